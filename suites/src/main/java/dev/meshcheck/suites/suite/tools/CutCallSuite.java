package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What becomes of a call that max_tokens cuts. */
public final class CutCallSuite {

  /** Enough to begin the arguments of the note, and far too few to end them. */
  private static final long TOKENS = 24;

  /**
   * How an answer ended.
   *
   * @param used generated tokens
   * @param called whether it holds a call or a part of one
   * @param whole whether each of its calls has all arguments
   * @param thought the reasoning beside the content
   */
  private record End(
      String finish, long used, boolean called, boolean whole, String content, String thought) {

    static End of(Answered answered) {
      Json answer = Said.unlessRefused(answered, "tools").json();
      Json message = answer.at("/choices/0/message");
      List<Json> calls = Tools.callsOf(answer);
      return new End(
          Given.text(answer.at("/choices/0/finish_reason")),
          Given.integer(answer.at("/usage/completion_tokens")),
          !calls.isEmpty(),
          areWhole(
              () -> calls.stream().map(c -> Tools.parsed(c.at("/function/arguments"))).toList()),
          message.at("/content").optionalText().orElse(""),
          message.at("/reasoning").optionalText().orElse("")
              + message.at("/reasoning_content").optionalText().orElse(""));
    }

    static End ofStream(Answered answered) {
      Said.unlessRefused(answered, "tools");
      List<Json> chunks = Given.chunks(answered);
      CallFragments calls = Given.that(() -> CallFragments.of(chunks));
      String content = Streams.contentOf(chunks, "/delta/content");
      return new End(
          String.join(", ", Streams.finishReasons(chunks)),
          Given.that(() -> Streams.mustTellUsage(chunks)).completion(),
          !calls.none(),
          areWhole(calls::arguments),
          content,
          Streams.everythingSaid(chunks).equals(content) ? "" : "some");
    }

    private static boolean areWhole(Supplier<List<Json>> arguments) {
      try {
        List<Json> all = arguments.get();
        return !all.isEmpty()
            && all.stream()
                .allMatch(
                    a ->
                        List.of("/text", "/line", "/overwrite").stream()
                            .allMatch(field -> a.at(field).present()));
      } catch (Failure e) {
        return false;
      }
    }

    /** Says nothing where the limit did not cut a call, as far as the answer shows. */
    End ofACutCall() {
      if (used < TOKENS || whole) {
        throw new Inapplicable("the answer ended by itself, after " + used + " tokens");
      }
      boolean hidden = content.isBlank() && thought.isBlank();
      if (!called && !hidden && !content.contains(Tools.SAVE_NOTE)) {
        throw new Inapplicable("the model began no call within " + TOKENS + " tokens");
      }
      return this;
    }
  }

  private static Ask ask(Probe probe) {
    return Note.ask(probe).with("max_tokens", TOKENS);
  }

  private static Ask stream(Probe probe) {
    return ask(probe).with("stream_options", Map.of("include_usage", true)).asStream();
  }

  @Check(
      id = "tools.cut-call-ends-with-length",
      title = "a call that max_tokens cuts ends with finish_reason length, streamed too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "finish_reason becomes tool_calls as soon as a call has begun: clients run half a call"
      })
  void endsWithLength(Probe probe) {
    Tries.untilGood(probe, ask(probe), answered -> mustSayLength("the answer", End.of(answered)));
    Tries.untilGood(
        probe, stream(probe), answered -> mustSayLength("the stream", End.ofStream(answered)));
  }

  private static void mustSayLength(String what, End end) {
    String finish = end.ofACutCall().finish();
    Expect.that(
        Reason.WRONG_VALUE,
        finish.equals("length"),
        what + " ends with " + finish + " although max_tokens cut the call",
        "finish_reason length after " + TOKENS + " tokens",
        finish.isEmpty() ? "no finish_reason" : finish);
  }

  @Check(
      id = "tools.no-marks-of-a-cut-call",
      title = "a call that max_tokens cuts leaves no mark of it in the content, streamed too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the tool-call parser gives what it cannot read to its end back as content"})
  void noMarks(Probe probe) {
    Tries.untilGood(
        probe, ask(probe), answered -> mustHoldNoMarks("the content", End.of(answered)));
    Tries.untilGood(
        probe,
        stream(probe),
        answered -> mustHoldNoMarks("the streamed content", End.ofStream(answered)));
  }

  private static void mustHoldNoMarks(String what, End end) {
    Marks.mustNotStandBesideACall(what, end.ofACutCall().content());
  }
}
