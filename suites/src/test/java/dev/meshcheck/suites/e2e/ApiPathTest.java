package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.wire.Call;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that have the API elsewhere below their address than in /v1, as Z.ai and Gemini do. */
class ApiPathTest {

  private final ReferenceGateway gateway =
      ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS));

  @TempDir Path scratch;

  @AfterEach
  void close() {
    gateway.close();
  }

  /** Has the API below that path alone, and nothing beside it. */
  private void serveAt(String path) {
    gateway.misbehave(List.of(Fault.of(Hooks.onCall(call -> moved(call, path + "/")))));
  }

  private static Call moved(Call call, String path) {
    boolean there = call.path().startsWith(path);
    String inner = there ? "/v1/" + call.path().substring(path.length()) : "/nowhere";
    return new Call(call.method(), inner, call.query(), call.headers(), call.body());
  }

  private Command.Ended run(String command, String path, String... more) {
    String[] words = new String[more.length + 1];
    words[0] = command;
    System.arraycopy(more, 0, words, 1, more.length);
    return Cli.in(scratch)
        .with("MESHCHECK_HOST", gateway.url() + path)
        .with("MESHCHECK_SURFACE", "openai-compatible")
        .with("TENSORMESH_INFERENCE_API_KEY", gateway.credentials().inferenceKey())
        .run(words);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "/api/paas/v4, '', api/paas/v4/",
    "/v1beta/openai, /v1beta/openai, /",
  })
  void everyCheckAsksThereHoweverItIsWritten(String served, String host, String path) {
    everyCheckAsksThere(served, host, path);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/paas/v4, /api/paas, /v4",
    "/v1beta/openai, /v1beta/openai/chat/completions, /",
  })
  void everyCheckAsksThere(String served, String host, String path) {
    serveAt(served);
    Command.Ended ended = run("verify", host, "--api-path", path);
    assertEquals(0, ended.exit(), ended.out() + ended.err());
    assertThat(ended.out(), matchesRegex("(?s).*PASSED  [34]\\d\\d passed, 0 failed, \\d+ rec.*"));
  }

  @Test
  void diagnoseSaysWhichPathToTry() {
    serveAt("/v1beta/openai");
    Command.Ended lost = run("diagnose", "/v1beta/openai");
    assertEquals(1, lost.exit(), lost.out() + lost.err());
    assertThat(lost.out(), containsString("some services have no /v1 below their base address"));
    String next =
        " diagnose --host %s/v1beta/openai --surface openai-compatible --api-path /   #"
            .formatted(gateway.url());
    assertThat(lost.out(), containsString(next));

    Command.Ended found = run("diagnose", "/v1beta/openai", "--api-path", "/");
    assertEquals(0, found.exit(), found.out() + found.err());
    assertThat(found.out(), containsString("POST /chat/completions with your key → 200"));
    assertThat(found.out(), not(containsString("/v1/")));
  }

  @Test
  void aWrongPathIsToldWithTheDocumentedOne() {
    Command.Ended lost = run("diagnose", "", "--api-path", "/v4");
    assertEquals(1, lost.exit(), lost.out() + lost.err());
    assertThat(lost.out(), containsString("GET /v1/models with no key → 200"));
    assertThat(lost.out(), containsString("--api-path /v1   #"));
  }

  @ParameterizedTest
  @CsvSource({"/v4/../x", "a b", "http://x", "v4?x=1", "//", "/v4#x", "..", "/%2e%2e/"})
  void whatIsNoPathIsRefused(String path) {
    Command.Ended ended = run("verify", "", "--api-path", path);
    assertEquals(2, ended.exit(), ended.out() + ended.err());
    assertThat(
        ended.err(),
        containsString(
            "api-path '%s' (from --api-path) is no path below the host; write it as in /v4"
                .formatted(path)));
  }
}
