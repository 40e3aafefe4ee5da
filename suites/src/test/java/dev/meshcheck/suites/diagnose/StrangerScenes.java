package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** Somebody else answers, or asks for something that no such API asks for. */
final class StrangerScenes {

  private static final String ERROR = "{\"error\": {\"message\": \"%s\"}}";
  private static final String MAINTENANCE = "<html><title>Down for maintenance</title></html>";

  private StrangerScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "api-not-here",
            "so answers WireMock without a stub for it",
            "who answers",
            stage ->
                stage
                    .user("serverless")
                    .diagnose(
                        stage.site(
                            call ->
                                Reply.Whole.text(
                                    404,
                                    "text/plain",
                                    "No response could be served as there are no stub mappings."))),
            stage -> stage.diagnose(stage.serverless(missing("/v1/responses")))),
        new Scenario(
            "speaks-http2-only",
            "it begins like frames of HTTP/2",
            "--http2-prior-knowledge",
            stage -> stage.user("serverless").diagnose(stage.raw(StrangerScenes::frames)),
            stage ->
                stage
                    .user("serverless")
                    .diagnose(stage.raw((in, out) -> out.write(new byte[] {0, 0, 1, 0, 5, 1})))),
        new Scenario(
            "under-maintenance",
            "Down for maintenance",
            "until when",
            stage ->
                stage
                    .user("serverless")
                    .diagnose(stage.site(call -> Reply.Whole.text(200, "text/html", MAINTENANCE))),
            stage ->
                stage
                    .user("serverless")
                    .diagnose(
                        stage.site(
                            call -> Reply.Whole.text(200, "text/html", "<title>Console</title>")))),
        new Scenario(
            "request-head-too-large",
            "→ 431",
            "a shorter key",
            stage -> stage.diagnose(stage.serverless(withKey(431, "Header fields too large"))),
            stage -> stage.diagnose(stage.serverless(withKey(403, "Not for you")))),
        new Scenario(
            "key-in-other-header",
            "missing x-api-key header",
            "--header 'x-api-key: KEY'",
            stage -> stage.diagnose(stage.serverless(posts(401, "missing x-api-key header"))),
            stage -> stage.diagnose(stage.serverless(posts(401, "missing Authorization header")))),
        new Scenario(
            "gateway-gives-up",
            "the gateway gave up after 1",
            "proxy_read_timeout",
            stage -> stage.diagnose(stage.onDemand(late(Duration.ofMillis(1100)))),
            stage -> stage.diagnose(stage.onDemand(late(Duration.ZERO)))));
  }

  private static Hooks missing(String path) {
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals(path) ? Reply.Whole.text(404, "text/plain", "nothing here") : reply);
  }

  private static Hooks withKey(int status, String message) {
    return Hooks.onReply(
        (call, reply) -> call.header("Authorization").isPresent() ? said(status, message) : reply);
  }

  private static Hooks posts(int status, String message) {
    return Hooks.onReply((call, reply) -> isPost(call) ? said(status, message) : reply);
  }

  private static Hooks late(Duration wait) {
    return Hooks.onReply(
        (call, reply) ->
            isPost(call) && reply.status() < 400
                ? Reply.Whole.text(504, "text/html", "<title>504 Gateway Time-out</title>")
                    .deliver(d -> d.beforeHeaders(wait))
                : reply);
  }

  private static boolean isPost(Call call) {
    return call.method().equals("POST");
  }

  private static Reply said(int status, String message) {
    return Reply.Whole.text(status, "application/json", ERROR.formatted(message));
  }

  /** Empty SETTINGS, with which a server of HTTP/2 begins; see RFC 9113, 3.4. */
  static void frames(InputStream in, OutputStream out) throws IOException {
    int unused = in.read(new byte[8192]);
    out.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
  }
}
