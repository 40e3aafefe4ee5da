package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.fault.Gzip;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The status is 200 and the body is none, and answers that are only slow. */
final class BodySetups {

  private static final String KIND = "a 200 that is none";
  private static final String TIME = "time";
  private static final String ERROR =
      "{\"error\": {\"message\": \"%s\", \"type\": \"server_error\"}}";

  private static final String UNCHUNKED =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
          + "Connection: close\r\n\r\n{\"object\": \"list\", \"data\": []}";

  private static final Reply COMMENTS =
      Reply.Stream.of(List.of(Frame.comment("keep-alive"), Frame.comment("keep-alive")));

  private BodySetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                KIND,
                "chat: an error object",
                "error-told-as-success",
                s -> s.diagnose(s.onDemand(chat(200, ERROR.formatted("CUDA out of memory")))))
            .saying("CUDA out of memory"),
        shows(
                KIND,
                "somebody counts characters for bytes",
                "answer-is-cut",
                s ->
                    s.diagnose(
                        s.onDemand(
                            Hooks.onReply(
                                (c, r) ->
                                    isChat(c.path())
                                            && r instanceof Reply.Whole w
                                            && w.status() == 200
                                        ? w.withBody(
                                            Body.of(w.body().text().replaceFirst("..$", "")))
                                        : r))))
            .saying("stops before its end"),
        shows(
            KIND,
            "chat: an error in words",
            "error-told-as-success",
            s -> s.diagnose(s.onDemand(chat(200, "{\"error\": \"engine died\"}")))),
        shows(KIND, "chat: nothing", "answer-is-empty", s -> s.diagnose(s.onDemand(chat(200, "")))),
        shows(
                KIND,
                "blank lines, and comments where a stream was asked for, until it closes",
                "answer-is-empty",
                s ->
                    s.diagnose(
                        s.onDemand(
                            RefusalScenes.said(200, "\n\n\n")
                                .andReply((c, r) -> isStreamed(c, r) ? COMMENTS : r))))
            .saying("(nothing)"),
        shows(
                KIND,
                "no blank lines end the events of a stream",
                "stream-is-no-event-stream",
                s -> s.diagnose(s.onDemand(unseparated())))
            .saying("without the blank line"),
        shows(
            KIND,
            "chunks are announced, and none come",
            "not-http",
            s ->
                s.user("serverless")
                    .diagnose(
                        s.raw(
                            (in, out) -> {
                              in.read(new byte[8192]);
                              out.write(UNCHUNKED.getBytes(StandardCharsets.US_ASCII));
                            }))),
        shows(
                KIND,
                "a function of a gateway answers in place of the model",
                "answer-is-something-else",
                s ->
                    s.diagnose(
                        s.onDemand(RefusalScenes.said(200, "{\"result\": {\"text\": \"Hi\"}}"))))
            .saying("\"result\""),
        shows(
                KIND,
                "every text is empty",
                "answer-is-empty",
                s -> s.diagnose(s.onDemand(mute(r -> true))))
            .saying("texts are empty"),
        healthy(
            KIND,
            "a chat of one token is empty, and a longer one is not",
            s -> s.diagnose(s.onDemand(mute(r -> r instanceof Reply.Whole)))),
        shows(
            KIND,
            "nginx answers chat with nothing",
            "answer-is-empty",
            s ->
                s.diagnose(
                    Fronts.nginx(
                        s,
                        "location = /v1/chat/completions { return 200; } location / { proxy_pass %s; }"
                            .formatted(s.onDemand()))),
            "nginx"),
        shows(
            KIND,
            "chat: a web page",
            "host-is-web-page proxy-answers-instead error-told-as-success one-route-fails",
            s -> s.diagnose(s.onDemand(chat(200, "<html><title>Sign in</title></html>")))),
        shows(
                KIND,
                "streams hold an error",
                "error-told-as-success",
                s -> s.diagnose(s.onDemand(streams("engine died"))))
            .saying("engine died"),
        shows(
            KIND,
            "streams hold nothing",
            "answer-is-empty stream-breaks-off",
            s ->
                s.diagnose(
                    s.onDemand(
                        Hooks.onReply(
                            (c, r) ->
                                r instanceof Reply.Stream stream
                                    ? stream.withFrames(List.of())
                                    : r)))),
        shows(
            KIND,
            "chat: a Content-Length that is too long",
            "answer-is-cut",
            s ->
                s.diagnose(
                    s.onDemand(
                        Hooks.onReply(
                            (c, r) ->
                                isChat(c.path()) && r instanceof Reply.Whole w && w.status() == 200
                                    ? w.deliver(d -> d.declaredLength(100_000))
                                    : r)))),
        shows(
            KIND,
            "a wrong key is answered with 200 and an error",
            "key-invalid",
            s -> {
              URI host =
                  s.onDemand(
                      Hooks.onReply(
                          (c, r) ->
                              r.status() == 401
                                  ? Reply.Whole.text(
                                      200, "application/json", ERROR.formatted("Invalid API key"))
                                  : r));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        shows(
            KIND,
            "an unknown model is answered with 200 and an error",
            "model-not-served",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (c, r) ->
                              r.status() == 404 && isChat(c.path())
                                  ? Reply.Whole.text(
                                      200,
                                      "application/json",
                                      ERROR.formatted("The model does not exist"))
                                  : r));
              return s.flag(Setting.MODEL, "no/such-model").diagnose(host);
            }),
        healthy(
            KIND,
            "/health says nothing, and says it with 200",
            s ->
                s.diagnose(
                    s.onDemand(
                        Hooks.onReply(
                            (c, r) ->
                                c.path().equals("/health") && r.status() == 200
                                    ? Reply.Whole.text(200, "text/plain", "")
                                    : r)))),
        healthy(
            KIND,
            "errors that are null in good answers",
            s ->
                s.diagnose(
                    s.onDemand(
                        Hooks.onReply(
                            (c, r) ->
                                r instanceof Reply.Whole w
                                        && w.status() == 200
                                        && w.body().text().startsWith("{")
                                    ? Reply.Whole.text(
                                        200,
                                        "application/json",
                                        "{\"error\": null, " + w.body().text().substring(1))
                                    : r)))),
        healthy(
            TIME,
            "a slow first byte, well within the deadline",
            s -> s.flag(Setting.TIMEOUT, "20").diagnose(s.onDemand(slow(Duration.ofSeconds(4))))),
        healthy(
            TIME,
            "a short deadline, and a host that keeps it",
            s -> s.flag(Setting.TIMEOUT, "2").diagnose(s.onDemand())),
        shows(
                TIME,
                "a host that is later than the deadline",
                "timeout-before-headers",
                s -> {
                  URI host = s.onDemand(slow(Duration.ofSeconds(5)));
                  return s.flag(Setting.TIMEOUT, "2").diagnose(host);
                })
            .saying("2 s"),
        shows(
                KIND,
                "every body is compressed twice",
                "not-http",
                s -> s.diagnose(s.onDemand(Hooks.onReply((c, r) -> twice(r)))))
            .saying("bytes that are no text, and begin with 1f8b0800, as gzip does"),
        shows(
                KIND,
                "a chat has no choices",
                "answer-is-empty",
                s -> s.diagnose(s.onDemand(chat(200, "{\"choices\": []}"))))
            .saying("(no choices)"),
        shows(
            KIND,
            "a chat has null for its choices",
            "answer-is-empty",
            s -> s.diagnose(s.serverless(chat(200, "{\"id\": \"x\", \"choices\": null}")))));
  }

  /** Every JSON that is a success has that around it. */
  static Hooks chat(int status, String body) {
    String type = body.startsWith("<") ? "text/html" : "application/json";
    return Hooks.onReply(
        (call, reply) ->
            reply.status() < 400 && isChat(call.path())
                ? Reply.Whole.text(status, type, body)
                : reply);
  }

  /** All events of a stream in the lines of one, with no blank line behind them. */
  private static Hooks unseparated() {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Stream stream
                ? Reply.Whole.text(
                    200,
                    "text/event-stream",
                    stream.frames().stream()
                        .flatMap(f -> f.lines().stream())
                        .collect(Collectors.joining("\n", "", "\n")))
                : reply);
  }

  private static boolean isStreamed(Call call, Reply reply) {
    return reply.status() == 200
        && call.json().filter(body -> body.path("stream").asBoolean()).isPresent();
  }

  /** Texts of such replies are empty, and end by themselves. */
  private static Hooks mute(Predicate<Reply> which) {
    return Hooks.onReply(
        (call, reply) ->
            !which.test(reply) || reply.status() >= 400 || call.path().equals("/v1/responses")
                ? reply
                : reply instanceof Reply.Stream stream
                    ? stream.withFrames(
                        stream.frames().stream()
                            .map(f -> new Frame(f.lines().stream().map(BodySetups::mute).toList()))
                            .toList())
                    : reply instanceof Reply.Whole whole && call.method().equals("POST")
                        ? Reply.Whole.text(200, "application/json", mute(whole.body().text()))
                        : reply);
  }

  private static String mute(String json) {
    return json.replaceAll("\"(content|text)\":\"[^\"]*\"", "\"$1\":\"\"")
        .replace("\"finish_reason\":\"length\"", "\"finish_reason\":\"stop\"");
  }

  private static boolean isChat(String path) {
    return path.equals("/v1/chat/completions");
  }

  private static Hooks streams(String message) {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Stream stream
                ? stream.withFrames(
                    List.of(stream.frames().get(0), Frame.data(ERROR.formatted(message))))
                : reply);
  }

  private static Hooks slow(Duration wait) {
    return Hooks.onReply(
        (call, reply) ->
            call.method().equals("POST") && reply.status() < 400
                ? reply.deliver(d -> d.beforeHeaders(wait))
                : reply);
  }

  private static Reply twice(Reply reply) {
    return reply instanceof Reply.Whole whole
        ? whole.withBody(Gzip.of(Gzip.of(whole.body()))).header("Content-Encoding", "gzip")
        : reply;
  }
}
