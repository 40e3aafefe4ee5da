package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Reply;
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
                "an engine gives up every answer before it begins",
                "answer-is-empty",
                s ->
                    s.diagnose(
                        s.onDemand(Hooks.onReply((c, r) -> edited(r, SilentSetups::aborted)))))
            .saying("abort"),
        shows(
                KIND,
                "the events of a chat's stream have their text as completions do",
                "answer-is-empty",
                s ->
                    s.diagnose(
                        s.onDemand(
                            Hooks.onReply(
                                (c, r) ->
                                    c.path().endsWith("/chat/completions")
                                            && r instanceof Reply.Stream
                                        ? edited(
                                            r, json -> json.replace("\"content\":", "\"text\":"))
                                        : r))))
            .saying("clients of chat look for"));
  }

  private static String aborted(String json) {
    return json.replaceAll("\"content\":\"[^\"]*\"", "\"content\":\"\"")
        .replaceAll("\"finish_reason\":\"[a-z]+\"", "\"finish_reason\":\"abort\"");
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
