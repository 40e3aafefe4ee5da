package dev.meshcheck.suites.e2e;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.cli.Main;
import dev.meshcheck.suites.run.Meshcheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The command line within this process, as a user of a reference gateway types it. */
final class Cli {

  private final Path scratch;
  private final Map<String, String> environment = new HashMap<>();

  private Cli(Path scratch) {
    this.scratch = scratch;
    environment.put("MESHCHECK_REPORT", "html,junit,summary,har,metrics,badge,allure");
    environment.put("MESHCHECK_REPORTS", scratch.resolve("reports").toString());
  }

  /** A command line that knows no host. */
  static Cli in(Path scratch) {
    return new Cli(scratch);
  }

  /** A command line that knows the gateway and what it takes. */
  static Cli of(Path scratch, ReferenceGateway gateway) {
    return new Cli(scratch)
        .with("GATEWAY_BASE", gateway.url().toString())
        .with("GATEWAY_MODEL_NAME", gateway.model())
        .with("TENSORMESH_INFERENCE_API_KEY", gateway.credentials().inferenceKey())
        .with("TENSORMESH_USER_ID", gateway.credentials().userId());
  }

  static ReferenceGateway gateway() {
    return ReferenceGateway.start(GatewayOptions.of(GatewaySurface.ON_DEMAND));
  }

  static List<Fault> faults(String... names) {
    return Stream.of(names).map(name -> Faults.named(name).orElseThrow()).toList();
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Command.Ended run(String... arguments) {
    Properties properties = new Properties();
    properties.setProperty("user.home", scratch.toString());
    properties.setProperty("user.dir", scratch.toString());
    properties.setProperty("meshcheck.home", scratch.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ExitCode code =
        Main.run(
            List.of(arguments),
            environment,
            properties,
            new Meshcheck(),
            new PrintWriter(out),
            new PrintWriter(err));
    return new Command.Ended(code.code(), out.toString(), err.toString());
  }

  /** The directory of the newest run. */
  Path latest() {
    try {
      return scratch.resolve("reports/latest").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the newest run. */
  String file(String name) {
    try {
      return Files.readString(latest().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
