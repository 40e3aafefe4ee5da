package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The credentials of the gateway, sent back in every form, are in no byte that leaves the process.
 */
class CanaryTest {

  private static final GatewayCredentials SECRETS = GatewayCredentials.REFERENCE;

  /** What the gateway says of its one user. */
  private static final List<String> PERSON =
      List.of("reference.person", "@example.com", "Reference Person", "sk_live_profile_4242");

  /** Some of every kind: refused, answered, streamed, and of the control plane. */
  private static final String SOME =
      "auth.no*,auth.wrong*,errors.un*,chat.answers,chat-stream.ends*,profile.*,health.*";

  @TempDir Path scratch;

  @Test
  void inEveryFormAtOnce() throws Exception {
    run(Echo.fault(Echo.values()), profile(body -> body), "--select", SOME);
  }

  @Test
  @Tag("long")
  void inEveryFormAtOnceOverTheWholeCatalogue() throws Exception {
    run(Echo.fault(Echo.values()), profile(body -> body), "--pack", "full,limits,quality");
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Echo.class)
  void inThatFormOverTheWholeCatalogue(Echo form) throws Exception {
    run(Echo.fault(form), profile(body -> body), "--pack", "full,limits,quality");
  }

  /** The profile of a person, wherever and however broken it comes. */
  @ParameterizedTest
  @ValueSource(strings = {"renamed", "cut", "page", "text", "listed", "refused", "failed", "named"})
  void ofTheProfile(String how) throws Exception {
    UnaryOperator<String> change =
        switch (how) {
          case "renamed" -> body -> body.replace("apiKey", "k").replace("userEmail", "mail");
          case "cut" -> body -> body.substring(0, body.length() - 5);
          case "page" -> body -> "<html><p>" + body + "</p></html>";
          case "text" -> body -> body.replaceAll("[{}\"]", " ");
          case "listed" -> body -> "[" + body + "]";
          case "named" -> body -> "{\"sk_live_profile_4242\":{\"reference.person@example.com\":1}}";
          default -> body -> body;
        };
    int status = how.equals("refused") ? 403 : how.equals("failed") ? 500 : 0;
    run(Echo.fault(), profile(change, status), "--select", "profile.*,health.*");
  }

  private void run(Fault inference, Fault control, String... select) throws Exception {
    GatewayOptions onDemand = GatewayOptions.of(GatewaySurface.ON_DEMAND).withFaults(inference);
    List<Fault> both = List.of(control, inference);
    GatewayOptions plane = GatewayOptions.of(GatewaySurface.CONTROL_PLANE).withFaults(both);
    try (ReferenceGateway gateway = ReferenceGateway.start(onDemand);
        ReferenceGateway controlPlane = ReferenceGateway.start(plane)) {
      Cli cli =
          Cli.of(scratch, gateway)
              .with("TENSORMESH_CONTROL_PLANE_TOKEN", SECRETS.controlPlaneToken())
              .with("MESHCHECK_MAX_RETRIES", "0");
      String url = controlPlane.url().toString();
      List<String> verify = new ArrayList<>(List.of("verify", "--control-plane", url));
      verify.addAll(List.of(select));
      Map<String, String> told = new LinkedHashMap<>();
      told.put("verify", said(cli.run(verify.toArray(String[]::new))));
      told.put("settings", said(cli.run("verify", "--show-settings", "--control-plane", url)));
      told.put("diagnose", said(cli.run("diagnose", "--control-plane", url)));
      told.put("diagnose --json", said(cli.run("diagnose", "--json", "--control-plane", url)));
      told.put("threads", Thread.getAllStackTraces().keySet().toString());
      told.put("arguments", ProcessHandle.current().info().commandLine().orElse(""));
      told.putAll(written());
      assertTrue(told.get("verify").contains("[control-plane]"), told.get("verify"));
      assertTrue(told.get("diagnose").contains("control-plane"), told.get("diagnose"));
      assertTrue(told.values().stream().anyMatch(text -> text.contains("‹")), "nothing came back");
      told.forEach(CanaryTest::assertClean);
    }
  }

  @Test
  void filesAreForTheirOwnerOnly() throws Exception {
    assumeTrue(scratch.getFileSystem().supportedFileAttributeViews().contains("posix"));
    try (ReferenceGateway gateway = Cli.gateway()) {
      Cli cli = Cli.of(scratch, gateway);
      cli.run("verify", "--select", "health.*");
      assertEquals(Set.of("rwx------ d", "rw------- f"), permissions(scratch.resolve("reports")));
      cli.with("MESHCHECK_REPORTS", scratch.resolve("open").toString())
          .run("verify", "--select", "health.*", "--reports-for", "group");
      assertEquals(Set.of("rwxr-x--- d", "rw-r----- f"), permissions(scratch.resolve("open")));
    }
  }

  private static Set<String> permissions(Path folder) throws IOException {
    Set<String> seen = new java.util.HashSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> !Files.isSymbolicLink(f)).toList()) {
        String kind = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? " d" : " f";
        seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + kind);
      }
    }
    return seen;
  }

  private static String said(Command.Ended ended) {
    assertTrue(ended.exit() != 5, ended.err());
    return ended.out() + ended.err();
  }

  private Map<String, String> written() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(file + "", new String(Files.readAllBytes(file), StandardCharsets.UTF_8) + file);
      }
    }
    assertTrue(texts.size() > 5, texts.keySet()::toString);
    return texts;
  }

  private static void assertClean(String where, String text) {
    for (String secret :
        List.of(SECRETS.inferenceKey(), SECRETS.userId(), SECRETS.controlPlaneToken())) {
      assertNone(where, Echo.needles(secret), text);
    }
    assertNone(where, Echo.spelledIn(text));
    assertNone(where, PERSON, text);
  }

  private static void assertNone(String where, Optional<String> spelled) {
    assertTrue(spelled.isEmpty(), () -> where + " holds " + spelled.get() + " in pieces");
  }

  private static void assertNone(String where, List<String> needles, String text) {
    Optional<String> found = Echo.found(needles, text);
    assertTrue(
        found.isEmpty(),
        () -> {
          int at =
              text.toLowerCase(java.util.Locale.ROOT)
                  .indexOf(found.get().toLowerCase(java.util.Locale.ROOT));
          return where
              + " holds "
              + found.get()
              + ": "
              + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
        });
  }

  private static Fault profile(UnaryOperator<String> change) {
    return profile(change, 0);
  }

  /** The profile of a person, changed; a status of 0 leaves it as it is. */
  private static Fault profile(UnaryOperator<String> change, int status) {
    String person =
        "{\"user\":{\"id\":\"usr-7731-2210\",\"firstName\":\"Reference Person\",\"userEmail\":\"reference.person@example.com\",\"apiKey\":\"sk_live_profile_4242\"}}";
    Hooks hooks =
        Hooks.onReply(
            (call, reply) ->
                reply instanceof Reply.Whole whole && whole.status() == 200
                    ? whole
                        .withStatus(status == 0 ? 200 : status)
                        .withBody(Body.of(change.apply(person)))
                    : reply);
    return new Fault(
        "person", "A profile", Fault.Kind.FAULT, Set.of(), Set.of(), false, () -> hooks);
  }
}
