package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.gateway.wire.WireServer;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A user with settings, and the servers of one scenario; all of it is gone afterwards. */
final class Stage implements AutoCloseable {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(DiagnosisReport.schema());

  static final GatewayCredentials KNOWN = GatewayCredentials.REFERENCE;
  static final String NOBODY = "123e4567-e89b-12d3-a456-426614174000";
  static final String WRONG_KEY = "ak-0123456789abcdef0123";

  private final Path home;
  private final Map<Setting, String> flags = new EnumMap<>(Setting.class);
  private final Map<String, String> environment = new HashMap<>();
  private final List<AutoCloseable> servers = new ArrayList<>();
  private Resolver resolver = Resolver.SYSTEM;

  Stage() throws IOException {
    home = Files.createTempDirectory("meshcheck-stage");
    flag(Setting.TIMEOUT, "10");
  }

  Stage flag(Setting setting, String value) {
    flags.put(setting, value);
    return this;
  }

  Stage noFlag(Setting setting) {
    flags.remove(setting);
    return this;
  }

  Stage env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Stage noEnv(String name) {
    environment.remove(name);
    return this;
  }

  Stage key(String key) {
    return env("TENSORMESH_INFERENCE_API_KEY", key);
  }

  Stage resolver(Resolver other) {
    resolver = other;
    return this;
  }

  Path file(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  Map<Setting, String> flags() {
    return Map.copyOf(flags);
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  Path home() {
    return home;
  }

  /** The settings of somebody who uses that surface as it is meant to be. */
  Stage user(String surface) {
    flag(Setting.SURFACE, surface).key(KNOWN.inferenceKey());
    return surface.equals("on-demand")
        ? flag(Setting.USER_ID, KNOWN.userId())
            .flag(Setting.MODEL, "meshcheck-reference-gpu-type-cpux1")
        : this;
  }

  /** An on-demand gateway with that misbehaviour, and its user. */
  URI onDemand(Hooks... hooks) {
    user("on-demand");
    return gateway(GatewaySurface.ON_DEMAND, hooks);
  }

  /** A serverless gateway with that misbehaviour, and its user. */
  URI serverless(Hooks... hooks) {
    user("serverless");
    return gateway(GatewaySurface.SERVERLESS, hooks);
  }

  /**
   * No server answers at once, and Caddy 2.6 may lose the end of a stream of one that answers
   * before the request has been passed on whole: 25 of 1,200 behind it, none from 5 ms on.
   */
  private static final Duration FEW = Duration.ofMillis(5);

  URI gateway(GatewaySurface surface, Hooks... hooks) {
    List<Fault> faults = List.of(hooks).stream().map(Fault::of).toList();
    return keep(ReferenceGateway.start(
            GatewayOptions.of(surface)
                .withLatency(FEW)
                .withFrameGap(Duration.ofMillis(15))
                .withFaults(faults)))
        .url();
  }

  /** A server that answers everything with one function. */
  URI site(Function<Call, Reply> answer) {
    return keep(WireServer.start(0, answer)).url();
  }

  /** A server on one port that does with each connection whatever it likes. */
  URI raw(RawServer.Talk talk) throws IOException {
    return URI.create("http://127.0.0.1:" + keep(new RawServer(talk)).port());
  }

  /** TLS with that certificate in front of a server. */
  URI tls(Certificates certificate, URI upstream) throws Exception {
    TlsFront front = keep(new TlsFront(certificate.store(home), upstream));
    return URI.create("https://127.0.0.1:" + front.port());
  }

  <T extends AutoCloseable> T keep(T server) {
    servers.add(server);
    return server;
  }

  DiagnosisReport diagnose(URI host) {
    return diagnose(host.toString());
  }

  DiagnosisReport diagnose(String host) {
    DiagnosisReport report = new Diagnose(sources(host), resolver, DiagnosisObserver.SILENT).run();
    assertEquals(List.of(), SCHEMA.validate(report.json(), InputFormat.JSON));
    return report;
  }

  /** What a run or a diagnosis of that host reads its settings from. */
  Sources sources(String host) {
    flag(Setting.HOST, host);
    return new Sources(flags, Map.of(), environment, home, home, home);
  }

  @Override
  public void close() throws IOException {
    Collections.reverse(servers);
    for (AutoCloseable server : servers) {
      close(server);
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void close(AutoCloseable server) throws IOException {
    try {
      server.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
