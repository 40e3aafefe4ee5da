package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What holds of every stream, chat and completions alike. */
public final class Streams {

  /** How often a stream is asked for alone, where this machine is busy. */
  private static final int MOST_ATTEMPTS = 6;

  private static final String DONE_LINE = "data: [DONE]";

  /** An empty line that nothing follows, or nothing but a comment. */
  private static final Pattern LAST_BLANK_LINE =
      Pattern.compile("(\\r\\n\\r\\n|\\n\\n|\\r\\r|\\r\\n\\n|\\n\\r\\n)(:|\\z)");

  private Streams() {}

  /** Fails unless {@code [DONE]} comes exactly once, as the last thing in the stream. */
  public static void mustEndWithDone(Events events) {
    List<Frame> frames = events.frames();
    long done = frames.stream().filter(frame -> frame.event().isDone()).count();
    String text = events.answered().answer().text().strip();
    // An unterminated last block is no event to a strict reader; whether it is terminated is
    // another check's business.
    boolean unterminated = done == 0 && text.endsWith(DONE_LINE);
    if (unterminated) {
      return;
    }
    Expect.that(
        Reason.STREAM_TRUNCATED,
        done > 0,
        events.answered().what() + ": the stream ends without data: [DONE]",
        DONE_LINE + " as the last event",
        last(frames));
    Expect.that(
        Reason.STREAM_MALFORMED,
        done == 1 && frames.get(frames.size() - 1).event().isDone(),
        events.answered().what() + ": [DONE] is not exactly once and last",
        DONE_LINE + " once, as the last event",
        done + " times; the last event is " + last(frames));
  }

  /**
   * Fails where an event has an {@code event:} line, unless it says {@code message}, which is what
   * every reader takes an event without that line for.
   */
  public static void mustBeDataOnly(Events events) {
    List<String> typed =
        events.frames().stream()
            .flatMap(frame -> frame.event().type().stream())
            .filter(type -> !type.equals("message"))
            .toList();
    Expect.that(
        Reason.STREAM_MALFORMED,
        typed.isEmpty(),
        "events of a documented data-only stream have event: lines",
        "data: lines only",
        typed.size() + " events with event: lines");
  }

  /** Fails where the last block lacks its blank line, so that strict readers drop it. */
  public static void mustTerminateLastEvent(Events events) {
    String text = events.answered().answer().text();
    Expect.that(
        Reason.STREAM_MALFORMED,
        LAST_BLANK_LINE.matcher(text).find(),
        "the last event is not followed by an empty line, so strict readers drop it",
        "an empty line after the last event",
        last(events.frames()));
  }

  /** Fails where one of these fields changes from chunk to chunk. */
  public static void mustStayTheSame(List<Json> chunks, String... pointers) {
    for (String pointer : pointers) {
      Set<String> values = new LinkedHashSet<>();
      chunks.forEach(chunk -> values.add(chunk.at(pointer).toString()));
      Expect.that("the values of " + pointer + " over the stream", values, hasSize(1));
    }
  }

  /** Fails where a chunk names another model than that; one that names none is judged elsewhere. */
  public static void mustName(List<Json> chunks, String model) {
    Given.that(() -> mustStayTheSame(chunks, "/model"));
    chunks.get(chunks.size() - 1).at("/model").optionalText().stream()
        .filter(named -> !named.isEmpty())
        .forEach(named -> Expect.that("the model of a stream, by its chunks,", named, is(model)));
  }

  /** Fails unless each choice ends with exactly one known reason and nothing of it follows. */
  public static void mustFinishOnce(List<Json> chunks, Collection<String> known) {
    mustEndWithTheirReasons(chunks);
    Set<Long> seen = new TreeSet<>();
    Set<Long> finished = new TreeSet<>();
    for (Json chunk : chunks) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        long index = indexOf(choice);
        seen.add(index);
        choice
            .at("/finish_reason")
            .optionalText()
            .ifPresent(
                reason -> {
                  Expect.that("finish_reason", reason, is(in(known)));
                  Expect.that(
                      Reason.WRONG_VALUE,
                      finished.add(index),
                      "choice " + index + " finishes twice",
                      "one finish_reason for each choice",
                      choice.toString());
                });
      }
    }
    Expect.that(
        Reason.STREAM_TRUNCATED,
        !seen.isEmpty() && finished.equals(seen),
        "the stream ends before every choice has its finish_reason",
        "a finish_reason for the choices " + seen,
        "finished: " + finished);
  }

  /**
   * Fails where a chunk has no choices and nothing else to tell: clients read {@code choices[0]}.
   * Usage has a chunk of its own, and so has an error; Azure tells first what it filtered.
   */
  public static void mustHaveChoices(List<Json> chunks) {
    for (Json chunk : chunks.subList(Math.min(1, chunks.size()), chunks.size())) {
      Expect.that(
          Reason.STREAM_MALFORMED,
          !chunk.at("/choices").optionalItems().isEmpty()
              || chunk.at("/usage").present()
              || chunk.at("/error").present(),
          "a chunk in the middle of the stream has no choices and tells no usage",
          "choices, as clients read choices[0] of every chunk",
          chunk.toString());
    }
  }

  /** Whose chunk it is; that it says so is judged by the check of the shape. */
  public static long indexOf(Json choice) {
    return Given.integer(choice.at("/index"));
  }

  /** Fails where anything of a choice comes behind its finish_reason. */
  public static void mustEndWithTheirReasons(List<Json> chunks) {
    Set<Long> finished = new TreeSet<>();
    for (Json chunk : chunks) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        if (finished.contains(indexOf(choice))) {
          mustAddNothing(choice);
        }
        if (choice.at("/finish_reason").present()) {
          finished.add(indexOf(choice));
        }
      }
    }
  }

  private static void mustAddNothing(Json choice) {
    String more = deltaText(choice) + choice.at("/text").optionalText().orElse("");
    Expect.that(
        Reason.STREAM_MALFORMED,
        more.isEmpty(),
        "text follows after the finish_reason of its choice",
        "nothing after the finish_reason",
        choice.toString());
    Expect.that(
        Reason.STREAM_MALFORMED,
        choice.at("/delta/tool_calls").optionalItems().isEmpty(),
        "a call follows after the finish_reason of its choice",
        "nothing after the finish_reason",
        choice.toString());
  }

  /** Content and reasoning of one chunk's choice, under all the names in use. */
  public static String deltaText(Json choice) {
    return List.of("/delta/content", "/delta/reasoning", "/delta/reasoning_content").stream()
        .map(pointer -> choice.at(pointer).optionalText().orElse(""))
        .reduce("", String::concat);
  }

  /** Content and reasoning of all chunks, joined. */
  public static String everythingSaid(List<Json> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
        .map(Streams::deltaText)
        .collect(Collectors.joining());
  }

  /** The content of the first choice, joined. */
  public static String contentOf(List<Json> chunks, String pointer) {
    StringBuilder text = new StringBuilder();
    for (Json chunk : chunks) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        if (indexOf(choice) == 0) {
          text.append(choice.at(pointer).optionalText().orElse(""));
        }
      }
    }
    return text.toString();
  }

  /** Fails unless a streamed request is refused, by its status or by an event in the stream. */
  public static void mustTellError(Answered answered, String because) {
    if (answered.status() != 200) {
      answered.mustBeRefused(because);
      return;
    }
    boolean told =
        answered.events().chunks().stream().anyMatch(chunk -> chunk.at("/error").present());
    Expect.that(
        Reason.NOT_REFUSED,
        told,
        answered.what() + " is streamed as if it were right although " + because,
        "a 4xx status or an error event",
        answered.described());
  }

  /** Every finish_reason of the stream, in order. */
  public static List<String> finishReasons(List<Json> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
        .flatMap(choice -> choice.at("/finish_reason").optionalText().stream())
        .toList();
  }

  /** Fails unless usage comes, adds up, and comes only once unless it is counted continuously. */
  public static Usage mustTellUsage(List<Json> chunks) {
    List<Json> told = usages(chunks);
    Usage usage = Usage.ofChat(told.get(told.size() - 1));
    usage.mustAddUp();
    return usage;
  }

  private static List<Json> usages(List<Json> chunks) {
    List<Json> told =
        chunks.stream().map(chunk -> chunk.at("/usage")).filter(Json::present).toList();
    Expect.that(
        Reason.WRONG_VALUE,
        !told.isEmpty(),
        "stream_options.include_usage is true and no chunk tells usage",
        "one chunk with usage",
        "none in " + chunks.size() + " chunks");
    return told;
  }

  /** Fails unless usage comes in the last chunk, which holds no choices; that it comes is given. */
  public static void mustTellUsageLast(List<Json> chunks) {
    Given.that(() -> usages(chunks));
    Json last = chunks.get(chunks.size() - 1);
    Expect.that(
        Reason.WRONG_VALUE,
        last.at("/usage").present() && last.at("/choices").optionalItems().isEmpty(),
        "usage does not come last in a chunk without choices",
        "a last chunk with usage and \"choices\": []",
        last.toString());
    long told = chunks.stream().filter(chunk -> chunk.at("/usage").present()).count();
    Expect.that("the number of chunks with usage", told, is(1L));
  }

  /**
   * Fails where a stream keeps the client waiting and then comes all at once, three times in a row.
   * A busy machine of ours may read late, so one stream that comes in pieces is proof enough.
   *
   * @param ask the request, which other checks may have streamed already
   * @param atLength a question with an answer as long as that many tokens let it be: what a fast
   *     host says in a word is there at once, however it comes
   * @param oneToken a question with an answer of one token
   */
  public static void mustArriveInPieces(Ask ask, IntFunction<Ask> atLength, Ask oneToken) {
    Pace shared = Pace.of(Given.stream(ask).answered().exchange(), 0, 0);
    if (shared.inPieces()) {
      return;
    }
    int tokens = shared.tokensToTell(Probe.ENOUGH_TOKENS);
    Pace pace = alone(atLength.apply(tokens), oneToken, 2);
    if (!pace.tells() && tokens < Probe.ENOUGH_TOKENS) {
      // Alone it is faster than among others.
      tokens = Probe.ENOUGH_TOKENS;
      pace = alone(atLength.apply(tokens), oneToken, 2);
    }
    if (pace.events() < Pace.ENOUGH_EVENTS) {
      throw new Inapplicable("the answer is too short to tell: " + pace.events() + " events");
    }
    int heldBack = pace.heldBack() ? 1 : 0;
    for (int attempt = 3; isInDoubt(pace, heldBack) && attempt <= MOST_ATTEMPTS; attempt++) {
      pace = alone(atLength.apply(tokens), oneToken, attempt);
      heldBack += pace.heldBack() ? 1 : 0;
    }
    if (heldBack == Tries.K) {
      throw new Failure(
          Reason.STREAM_BUFFERED,
          "the stream comes late and all at once: something on the way holds it back",
          "events as they are generated",
          pace.toString());
    }
    if (!pace.inPieces()) {
      throw new Inapplicable("it cannot be told how the stream comes: " + pace);
    }
  }

  /** Once in pieces is proof enough, and what this process read late is none. */
  private static boolean isInDoubt(Pace pace, int heldBack) {
    return heldBack < Tries.K && (pace.heldBack() || pace.isSpoilt());
  }

  private static Pace alone(Ask ask, Ask oneToken, int attempt) {
    double shortMs = Given.answered(oneToken.again(attempt)).exchange().timings().total();
    try (OwnLag lag = OwnLag.watch()) {
      Exchange stream = Given.stream(ask.again(attempt)).answered().exchange();
      return Pace.of(stream, shortMs, lag.worstMs());
    }
  }

  private static String last(List<Frame> frames) {
    return frames.isEmpty() ? "no event" : frames.get(frames.size() - 1).event().data();
  }
}
