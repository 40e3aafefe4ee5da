package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Json;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** The JSON of the API comes, and something stands around it. */
final class WrappedSetups {

  private static final String KIND = "a 200 that is none";

  private WrappedSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                KIND,
                "a script before every answer",
                "json-is-wrapped",
                s -> s.diagnose(s.onDemand(wrapped("<script src=/x.js></script>", ""))))
            .saying("before the JSON stands: <script"),
        shows(
            KIND,
            "every answer is a callback",
            "json-is-wrapped",
            s -> s.diagnose(s.serverless(wrapped("callback(", ");")))),
        healthy(
            KIND,
            "an end of line behind every answer, and no more",
            s -> s.diagnose(s.serverless(wrapped("", "\r\n\r\n")))),
        shows(
                KIND,
                "a gateway hands on what a function gave it",
                "json-is-wrapped",
                s -> s.diagnose(s.serverless(boxed())))
            .saying("envelope"),
        shows(
                KIND,
                "events within events",
                "json-is-wrapped",
                s -> s.diagnose(s.serverless(doubled())))
            .saying("before the JSON stands: data:"),
        shows(
                KIND,
                "each answer, refusals too, stands in an envelope of the gateway",
                "json-is-wrapped",
                s ->
                    s.diagnose(
                        s.onDemand(around("{\"code\": 0, \"message\": \"ok\", \"data\": %s}"))))
            .saying("envelope"),
        shows(
                KIND,
                "bodies come as Base64",
                "json-is-wrapped",
                s -> s.diagnose(s.onDemand(encoded())))
            .saying("Base64"),
        shows(
                KIND,
                "a program around every answer, which begins as Base64 does",
                "json-is-wrapped",
                s -> s.diagnose(s.serverless(wrapped("export default ", ""))))
            .saying("before the JSON stands: export default"));
  }

  static Hooks wrapped(String before, String behind) {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Whole whole && whole.status() == 200
                ? Reply.Whole.text(200, "application/json", before + whole.body().text() + behind)
                : reply);
  }

  /** Each body that is not streamed, put into that. */
  private static Hooks around(String envelope) {
    return bodies(body -> body.isEmpty() ? body : envelope.formatted(body));
  }

  private static Hooks encoded() {
    return bodies(
        body -> Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Each body that is not streamed, and its status as it is. */
  private static Hooks bodies(UnaryOperator<String> edit) {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Whole whole
                ? Reply.Whole.text(
                    whole.status(), "application/json", edit.apply(whole.body().text()))
                : reply);
  }

  private static Hooks boxed() {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Whole whole
                ? Reply.Whole.text(
                    200,
                    "application/json",
                    Json.write(
                        Json.object()
                            .put("statusCode", reply.status())
                            .put("body", whole.body().text())))
                : reply);
  }

  private static Hooks doubled() {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Stream stream
                ? stream.withFrames(
                    stream.frames().stream()
                        .map(
                            f ->
                                Frame.data(
                                    "data: " + f.json().map(Object::toString).orElse("[DONE]")))
                        .toList())
                : reply);
  }
}
