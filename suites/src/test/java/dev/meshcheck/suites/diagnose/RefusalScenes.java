package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The key is taken, and the request is not, or the answer is none. */
final class RefusalScenes {

  private static final String JSON = "application/json";

  private RefusalScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "own-header-refused",
            "without the headers of your own (OpenAI-Organization): POST /v1/chat/completions",
            "Leave the header out",
            stage -> withHeader(stage, "OpenAI-Organization: org-old"),
            stage -> withHeader(stage, "X-Trace: 1")),
        new Scenario(
            "shut-out",
            "before that ",
            "from another machine",
            stage -> stage.diagnose(stage.serverless(shutting(2))),
            stage -> stage.diagnose(stage.serverless(shutting(20)))),
        new Scenario(
            "gateway-key-refused",
            "→ 401 (AuthenticationError: OpenAIException - Incorrect API key",
            "renew its key for the server behind it",
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        ServiceScenes.chat(
                            401,
                            "AuthenticationError: OpenAIException - Incorrect API key provided"))),
            stage -> RoutingScenes.withKey(stage, Stage.WRONG_KEY)),
        new Scenario(
            "token-out-of-time",
            "the token says that it holds from ",
            "have a new token made",
            stage -> {
              URI host = stage.serverless();
              return stage
                  .key(RoutingScenes.token("nbf", Instant.now().plusSeconds(7200)))
                  .diagnose(host);
            },
            stage -> {
              URI host = stage.serverless();
              return stage
                  .key(RoutingScenes.token("nbf", Instant.now().minusSeconds(7200)))
                  .diagnose(host);
            }),
        new Scenario(
            "request-refused",
            "what it speaks of is a parameter of the request",
            "Change what they speak of",
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        ServiceScenes.chat(
                            400, "Unsupported parameter: 'max_tokens' is not supported"))),
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        ServiceScenes.chat(400, "The model `m` has been decommissioned.")))),
        new Scenario(
            "service-overloaded",
            "→ 503 (Server overloaded, please retry shortly.)",
            "the number of servers behind the gateway",
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        ServiceScenes.chat(503, "Server overloaded, please retry shortly."))),
            stage -> stage.diagnose(stage.onDemand(ServiceScenes.chat(429, "Too many requests")))),
        new Scenario(
            "answer-is-something-else",
            "it tells of a job that waits",
            "of job queues the OpenAI-compatible routes often have an address of their own",
            stage -> stage.diagnose(stage.onDemand(said(200, "{\"status\": \"IN_QUEUE\"}"))),
            stage -> stage.diagnose(stage.onDemand(said(200, "")))),
        new Scenario(
            "text-is-one-character",
            "the text is \"!!!!!!!!!!!!…\"",
            "data type",
            stage -> stage.diagnose(stage.onDemand(saying("!!"))),
            stage -> stage.diagnose(stage.onDemand(saying("no ")))));
  }

  private static DiagnosisReport withHeader(Stage stage, String header) {
    URI host =
        stage.onDemand(
            Hooks.onReply(
                (call, reply) ->
                    call.header("OpenAI-Organization").isPresent()
                        ? error(
                            401, "OpenAI-Organization header should match organization for API key")
                        : reply));
    return stage.flag(Setting.HEADER, header).diagnose(host);
  }

  /** Once so many requests had no good key, whatever comes is forbidden. */
  private static Hooks shutting(int most) {
    AtomicInteger refused = new AtomicInteger();
    return Hooks.onReply(
        (call, reply) ->
            refused.get() < most && (reply.status() != 401 || refused.incrementAndGet() <= most)
                ? reply
                : Reply.Whole.text(403, JSON, "{\"message\": \"Forbidden\"}"));
  }

  private static Reply error(int status, String message) {
    return Reply.Whole.text(status, JSON, "{\"error\": {\"message\": \"%s\"}}".formatted(message));
  }

  /** Inference that would be answered is answered with that body instead. */
  static Hooks said(int status, String body) {
    return Hooks.onReply(
        (call, reply) ->
            reply.status() < 400
                    && List.of("/v1/chat/completions", "/v1/completions", "/v1/responses")
                        .contains(call.path())
                ? Reply.Whole.text(status, JSON, body)
                : reply);
  }

  /** Each piece of a streamed chat says that. */
  static Hooks saying(String text) {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Stream stream
                ? stream.withFrames(stream.frames().stream().map(f -> saying(f, text)).toList())
                : reply);
  }

  private static Frame saying(Frame frame, String text) {
    return new Frame(
        frame.lines().stream()
            .map(line -> line.replaceAll("\"content\":\"[^\"]*\"", "\"content\":\"" + text + "\""))
            .toList());
  }
}
