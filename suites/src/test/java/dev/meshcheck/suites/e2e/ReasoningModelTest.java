package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models that take neither {@code max_tokens} nor a temperature nor stop strings, as OpenAI's
 * reasoning models do.
 *
 * @see <a href="https://platform.openai.com/docs/guides/reasoning">OpenAI: reasoning models</a>
 */
class ReasoningModelTest {

  private final ReferenceGateway gateway =
      ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS));

  @TempDir Path scratch;

  ReasoningModelTest() {
    Hooks hooks =
        Hooks.onReply(
            (call, reply) ->
                reply.status() == 200
                    ? refusal(call).map(ReasoningModelTest::refused).orElse(reply)
                    : reply);
    gateway.misbehave(List.of(Fault.of(hooks)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private static Optional<String> refusal(Call call) {
    if (!call.method().equals("POST") || call.path().endsWith("tokenize")) {
      return Optional.empty();
    }
    ObjectNode body = call.json().orElseThrow();
    boolean chat = call.path().endsWith("/chat/completions");
    if (chat && body.has("max_tokens")) {
      return Optional.of(
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.");
    }
    double temperature = body.path("temperature").asDouble(1);
    if (temperature != 1) {
      return Optional.of(
          "Unsupported value: 'temperature' does not support %s with this model. Only the default (1) value is supported."
              .formatted(temperature));
    }
    return chat && body.hasNonNull("stop")
        ? Optional.of("Unsupported parameter: 'stop' is not supported with this model.")
        : Optional.empty();
  }

  private static Reply refused(String words) {
    return Reply.Whole.text(
        400,
        "application/json",
        "{\"error\": {\"message\": \"%s\", \"type\": \"invalid_request_error\", \"param\": null, \"code\": \"unsupported_parameter\"}}"
            .formatted(words));
  }

  private Command.Ended run(String surface, String... words) {
    return Cli.in(scratch)
        .with("MESHCHECK_HOST", gateway.url().toString())
        .with("MESHCHECK_SURFACE", surface)
        .with("TENSORMESH_INFERENCE_API_KEY", gateway.credentials().inferenceKey())
        .run(words);
  }

  @Test
  void theyAreAskedAsTheyWantToBe() {
    Command.Ended ended = run("openai-compatible", "verify");
    assertEquals(0, ended.exit(), ended.out() + ended.err());
    assertThat(ended.out(), matchesRegex("(?s).*PASSED  [34]\\d\\d passed, 0 failed, \\d+ rec.*"));
    Command.Ended told = run("openai-compatible", "explain", "latest:chat.usual-options");
    assertThat(
        told.out(),
        containsString(
            "max_tokens is refused, and max_completion_tokens sent in its place; temperature is refused, and left out"));
  }

  @Test
  void diagnoseAsksThemSo() {
    Command.Ended ended = run("openai-compatible", "diagnose");
    assertEquals(0, ended.exit(), ended.out() + ended.err());
    assertThat(ended.out(), containsString("nothing wrong found"));
  }

  @Test
  void whereBothArePromisedTheRefusalFails() {
    Command.Ended ended = run("serverless", "verify", "--pack", "smoke");
    assertEquals(1, ended.exit(), ended.out() + ended.err());
    assertThat(ended.out(), containsString("FAIL  chat.answers"));
  }
}
