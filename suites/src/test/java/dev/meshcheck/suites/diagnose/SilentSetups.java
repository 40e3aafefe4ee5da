package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Delivery;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

/** Chats of which clients show nothing. */
final class SilentSetups {

  private static final String KIND = "a chat without a word";

  private SilentSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                KIND,
                "a filter leaves events that are no JSON",
                "json-is-broken",
                s -> s.diagnose(s.onDemand(chatStreams(json -> json.replaceFirst("\\}\\]", "]")))))
            .saying("no JSON"),
        shows(
                KIND,
                "streams hold no text, and whole answers do",
                "answer-is-empty",
                s -> s.diagnose(s.onDemand(chatStreams(json -> silenced(json, "stop")))))
            .saying("those that are streamed"),
        shows(
            KIND,
            "each event is JSON as a text in JSON",
            "json-is-wrapped",
            s -> s.diagnose(s.onDemand(chatStreams(SilentSetups::quoted)))),
        shows(
            KIND,
            "streams are cut off before their first event",
            "stream-breaks-off answer-is-cut answer-is-empty",
            s ->
                s.diagnose(
                    s.onDemand(
                        Hooks.onReply(
                            (c, r) ->
                                r instanceof Reply.Stream
                                    ? Reply.Whole.text(
                                            200,
                                            "text/event-stream",
                                            "data: {\"id\": \"chatcmpl-1\", ")
                                        .deliver(Delivery::cut)
                                    : r)))),
        shows(
            KIND,
            "haproxy hangs up on whoever asks for a stream",
            "streams-are-refused",
            s -> {
              URI host = s.onDemand();
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "  option http-buffer-request\n  http-request reject if { req.body -m reg \"stream.{0,4}true\" }\n"
                          + "  default_backend there",
                      Fronts.backend("there", host)));
            },
            "haproxy"),
        shows(
                KIND,
                "an engine gives up every answer before it begins",
                "answer-is-empty",
                s ->
                    s.diagnose(
                        s.onDemand(
                            Hooks.onReply((c, r) -> edited(r, json -> silenced(json, "abort"))))))
            .saying("abort"),
        shows(
                KIND,
                "the events of a chat's stream have their text as completions do",
                "answer-is-empty",
                s ->
                    s.diagnose(
                        s.onDemand(chatStreams(json -> json.replace("\"content\":", "\"text\":")))))
            .saying("clients of chat look for"));
  }

  /** Each line of a streamed chat is edited like that. */
  private static Hooks chatStreams(UnaryOperator<String> edit) {
    return Hooks.onReply(
        (call, reply) ->
            call.path().endsWith("/chat/completions") && reply instanceof Reply.Stream
                ? edited(reply, edit)
                : reply);
  }

  /** That JSON without a word, and with that {@code finish_reason} wherever it has one. */
  static String silenced(String json, String finish) {
    return json.replaceAll("\"content\":\"[^\"]*\"", "\"content\":\"\"")
        .replaceAll("\"finish_reason\":\"[a-z]+\"", "\"finish_reason\":\"" + finish + "\"");
  }

  private static String quoted(String line) {
    return line.startsWith("data: {")
        ? "data: \"" + line.substring(6).replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : line;
  }

  /** A good answer, with each line of its body edited. */
  static Reply edited(Reply reply, UnaryOperator<String> edit) {
    if (reply.status() != 200) {
      return reply;
    }
    return reply instanceof Reply.Stream stream
        ? stream.withFrames(
            stream.frames().stream()
                .map(f -> new Frame(f.lines().stream().map(edit).toList()))
                .toList())
        : Reply.Whole.text(
            200, "application/json", edit.apply(((Reply.Whole) reply).body().text()));
  }
}
