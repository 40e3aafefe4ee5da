package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Causes that show in how streams come and end. */
final class StreamRules {

  private static final int MOST_LINES = 3;

  static final Map<String, Rule> ALL =
      Map.of(
          "longer-answers-fail", StreamRules::longerFails,
          "streams-are-refused", StreamRules::refused,
          "stream-breaks-off", StreamRules::breaksOff,
          "stream-is-no-event-stream", StreamRules::noEventStream,
          "stream-without-done", StreamRules::withoutDone,
          "stream-comes-twice", StreamRules::comesTwice,
          "stream-repeats-the-text", StreamRules::repeatsTheText,
          "responses-in-vllm-framing", StreamRules::vllmFraming,
          "proxy-buffers-streams", StreamRules::buffered);

  private static final String UNSEPARATED = "data: lines without the blank line that ends an event";

  private StreamRules() {}

  /** What would refute it: one stream that comes, or the same refusal without a stream. */
  private static Finding refused(Evidence e) {
    List<Trial> streams =
        e.where(t -> t.on(RouteName.CHAT) && t.streamed() && e.asConfigured(t) && !t.is(429));
    Predicate<Trial> closed = t -> t.noAnswer().equals(Optional.of(Kind.CONNECTION_CLOSED));
    Predicate<Trial> lost =
        t -> t.streamed() && !t.successful() && (t.status().isPresent() || closed.test(t));
    if (!e.accepted() || streams.isEmpty() || !streams.stream().allMatch(lost)) {
      return ruledOut(e, "streams are answered");
    }
    if (longerFails(e) instanceof Finding.Found) {
      return Finding.ruledOut("without \"stream\" as long an answer is refused as well");
    }
    if (e.any(
        t ->
            t.route().isPresent()
                && !t.streamed()
                && (t.like(streams.get(0)) || (closed.test(t) && closed.test(streams.get(0))))
                && isAnswered(e, t))) {
      return Finding.ruledOut("the same comes back without \"stream\" as well, now and then");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "with \"stream\": true " + streams.get(0) + (streams.size() > 1 ? ", each time" : ""));
    e.first(t -> t.on(RouteName.CHAT) && !t.streamed() && e.asConfigured(t) && t.good())
        .ifPresent(t -> lines.add("without it " + t));
    return Finding.found(streams.size() > 1 ? 0.95 : 0.8, lines, lost);
  }

  /**
   * What would refute it: one answer of that length, streamed or not, or that what is shorter is
   * not answered any more, either.
   */
  private static Finding longerFails(Evidence e) {
    Predicate<Trial> lost = t -> t.on(RouteName.CHAT) && t.streamed() && !t.successful();
    String seen = e.clues().get(Clue.LONGER_IS_REFUSED);
    if (seen == null || !e.accepted() || e.any(t -> t.streamed() && t.successful())) {
      return e.accepted() ? ruledOut(e, "longer answers come") : Finding.SILENT;
    }
    Optional<Trial> since =
        e.trials().stream()
            .dropWhile(lost.negate())
            .filter(t -> t.on(RouteName.CHAT) && !t.streamed() && e.asConfigured(t) && t.good())
            .findFirst();
    if (since.isEmpty()) {
      return Finding.ruledOut("nothing shows that one token is still answered");
    }
    List<String> lines = new ArrayList<>(List.of(seen));
    e.first(lost).ifPresent(t -> lines.add("with \"stream\": true " + t));
    lines.add("and for one token since then " + since.get());
    return Finding.found(0.85, lines, lost);
  }

  /** Whether what was asked there is answered at another time. */
  private static boolean isAnswered(Evidence e, Trial t) {
    return e.any(o -> o.good() && o.path().equals(t.path()) && e.asConfigured(o));
  }

  /** Lines of events, of which no blank line makes events. */
  private static boolean isUnseparated(Trial t) {
    return t.flow().filter(f -> f.isEventStream() && f.events() == 0 && f.whole()).isPresent()
        && t.has(Mark.UNSEPARATED);
  }

  private static Finding breaksOff(Evidence e) {
    Predicate<Trial> broken =
        where(f -> f.isEventStream() && f.brokenOff())
            .and(t -> !t.has(Mark.WRAPPED) && !t.has(Mark.NO_CHOICES) && !isUnseparated(t));
    if (e.any(broken)) {
      return Finding.found(0.9, lines(e, broken), broken);
    }
    return e.any(where(f -> !f.whole()))
        ? Finding.ruledOut("no stream is cut off: what is missing had not come in time")
        : ruledOut(e, "the streams that came are whole, and their choices finished");
  }

  private static Finding noEventStream(Evidence e) {
    Predicate<Trial> other = where(f -> !f.isEventStream()).or(StreamRules::isUnseparated);
    return e.any(other)
        ? Finding.found(0.95, lines(e, other), other)
        : ruledOut(e, "streams are answered with text/event-stream");
  }

  private static Finding withoutDone(Evidence e) {
    Predicate<Trial> open = where(f -> f.isEventStream() && f.whole() && f.finished() && !f.done());
    Predicate<Trial> documented =
        t -> !t.on(RouteName.RESPONSES) && endsWithDone(t) && open.test(t);
    return e.any(documented)
        ? Finding.found(0.95, lines(e, documented), documented)
        : ruledOut(e, "streams end with data: [DONE]");
  }

  /** What would refute it: one event that comes once. */
  private static Finding comesTwice(Evidence e) {
    Predicate<Trial> twice = where(Flow::twice);
    return e.any(twice)
        ? Finding.found(0.95, lines(e, twice), twice)
        : ruledOut(e, "events come once");
  }

  /** What would refute it: one event that holds what is new alone. */
  private static Finding repeatsTheText(Evidence e) {
    Predicate<Trial> growing = where(Flow::growing);
    return e.any(growing)
        ? Finding.found(0.95, lines(e, growing), growing)
        : ruledOut(e, "events hold what is new alone");
  }

  private static Finding vllmFraming(Evidence e) {
    Predicate<Trial> framed =
        where(f -> f.isEventStream() && f.whole() && f.finished() && f.typed() && !f.done());
    Predicate<Trial> documented =
        t -> t.on(RouteName.RESPONSES) && endsWithDone(t) && framed.test(t);
    return e.any(documented)
        ? Finding.found(0.95, lines(e, documented))
        : ruledOut(e, "the stream of responses is not framed as vLLM does it");
  }

  /** Judged where nothing else was in flight; what streams do under load proves nothing. */
  private static Finding buffered(Evidence e) {
    return Optional.ofNullable(e.clues().get(Clue.STREAMS_HELD_BACK))
        .map(seen -> Finding.found(0.9, List.of(seen)))
        .or(
            () ->
                Optional.ofNullable(e.clues().get(Clue.STREAMS_COME_IN_PIECES))
                    .map(Finding::ruledOut))
        .orElse(Finding.SILENT);
  }

  private static Predicate<Trial> where(Predicate<Flow> predicate) {
    return trial -> trial.flow().filter(predicate).isPresent();
  }

  private static boolean endsWithDone(Trial trial) {
    return trial.route().stream().anyMatch(r -> r.streamEnd() == Route.StreamEnd.DONE);
  }

  private static List<String> lines(Evidence e, Predicate<Trial> which) {
    return e.where(which).stream()
        .map(t -> t + ", " + (isUnseparated(t) ? UNSEPARATED : ended(t.flow().orElseThrow())))
        .distinct()
        .limit(MOST_LINES)
        .toList();
  }

  private static String ended(Flow flow) {
    if (!flow.isEventStream()) {
      return flow.mediaType().isEmpty() ? "without a Content-Type" : "as " + flow.mediaType();
    }
    if (!flow.whole()) {
      return "then cut off";
    }
    if (!flow.finished()) {
      return "closed before every choice had finished";
    }
    if (flow.twice()) {
      return "each of them twice in a row";
    }
    if (flow.growing()) {
      return "each of which begins with all the text of the one before";
    }
    return flow.typed() ? "with event: lines and without [DONE]" : "whole, and without [DONE]";
  }

  private static Finding ruledOut(Evidence e, String because) {
    return e.any(t -> t.flow().isPresent()) ? Finding.ruledOut(because) : Finding.SILENT;
  }
}
