package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.guidance.BodyShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status says that all is well, and the body does not. */
final class BodyRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "error-told-as-success", BodyRules::hiddenError,
          "answer-is-empty", BodyRules::empty,
          "answer-is-something-else", BodyRules::somethingElse,
          "text-is-one-character", BodyRules::oneCharacter,
          "answer-is-cut", BodyRules::cut,
          "answer-does-not-end", BodyRules::unended,
          "json-is-broken", BodyRules::broken,
          "json-is-wrapped", BodyRules::wrapped);

  /** How job queues say that they have taken the request, and nothing yet to show for it. */
  private static final Pattern WAITS =
      Pattern.compile(
          "(?i)(in[-_ ]queue|queued|pending|processing|in[-_ ]progress|accepted|submitted|scheduled"
              + "|starting|warming|initiali[sz]ing|provisioning)");

  private static final String QUEUE =
      "202 says that the request was taken, and is answered later: a queue stands there";

  /** What nobody sees comes so from {@link dev.meshcheck.reports.text.Plain}. */
  private static final String WRITTEN_OUT = "(\\\\u\\p{XDigit}{4})++";

  private BodyRules() {}

  /** What would refute it: that the error is about what is asked with, which others explain. */
  private static Finding hiddenError(Evidence e) {
    Predicate<Trial> hidden =
        t -> t.route().isPresent() && t.has(Mark.HIDDEN_ERROR) && !RouteRules.isLeftOut(t);
    // That a wrong key is refused with 200 shows where the right one is taken.
    boolean others = e.accepted() && e.any(hidden.and(t -> !e.asConfigured(t)));
    List<Trial> asked = e.where(BodyRules::isInference);
    if (!e.accepted() && !asked.isEmpty() && asked.stream().noneMatch(hidden)) {
      // Some say so of routes that they do not have; what is asked for fails for its own reason.
      return Finding.ruledOut("requests for the model are answered with a status of their own");
    }
    return others
        ? Finding.found(0.95, e.lines(hidden), hidden)
        : plain(e, hidden, "no success holds an error");
  }

  private static boolean isInference(Trial t) {
    return Stream.of(RouteName.CHAT, RouteName.COMPLETIONS, RouteName.RESPONSES, RouteName.PROFILE)
        .anyMatch(t::on);
  }

  private static Finding empty(Evidence e) {
    Predicate<Trial> silentStream =
        t -> t.flow().stream().anyMatch(f -> f.events() == 0 && f.whole());
    Predicate<Trial> nothing =
        t ->
            t.has(Mark.NO_BODY)
                || t.has(Mark.NO_CHOICES)
                || (silentStream.test(t) && t.shape().equals(Optional.of(BodyShape.EMPTY)));
    Finding found =
        plain(e, nothing.and(t -> !t.has(Mark.HIDDEN_ERROR)), "no success is without a body");
    if (found instanceof Finding.Found f) {
      return e.any(t -> t.is(202) && t.has(Mark.NO_BODY)) ? f.after(QUEUE) : f;
    }
    return wordless(e, found);
  }

  /** What would refute it: one answer with a text; a single short one may well be without. */
  private static Finding wordless(Evidence e, Finding otherwise) {
    List<Trial> spoken =
        e.where(t -> t.on(RouteName.CHAT) && t.good()).stream().filter(e::asConfigured).toList();
    Predicate<Trial> hidden = t -> t.has(Mark.HIDDEN_TEXT);
    if (spoken.stream().anyMatch(hidden)) {
      List<String> lines = new ArrayList<>();
      lines.add(
          "the text is in \"text\" of the message or delta, and clients of chat look for \"content\"");
      lines.addAll(e.lines(hidden));
      return Finding.found(0.9, lines, hidden);
    }
    // In a run, texts are cut short and bent on purpose.
    List<Trial> streams = spoken.stream().filter(Trial::streamed).toList();
    List<Trial> mute = spoken.stream().filter(t -> t.has(Mark.NO_TEXT)).toList();
    boolean alone = e.network().isPresent() && !streams.isEmpty() && spoken.size() > 1;
    if (!alone
        || !mute.containsAll(streams)
        || (mute.size() > streams.size() && mute.size() < spoken.size())) {
      return otherwise;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d of %d texts are empty%s, and no limit ended them: their finish_reason is stop, content_filter, abort or error"
            .formatted(
                mute.size(),
                spoken.size(),
                mute.size() < spoken.size() ? ", those that are streamed" : ""));
    spoken.stream().map(Trial::toString).distinct().limit(3).forEach(lines::add);
    return Finding.found(0.85, lines, t -> t.has(Mark.NO_TEXT));
  }

  /**
   * What would refute it: an answer that the route has. Pages, and what comes to a GET, others
   * tell.
   */
  private static Finding somethingElse(Evidence e) {
    Predicate<Trial> foreign = RouteRules::isForeignJson;
    if (!e.any(t -> foreign.test(t) && e.asConfigured(t)) || !e.any(Trial::provesApi)) {
      return ServiceRules.answered(e, "no success to a POST is JSON of another kind");
    }
    List<String> lines = new ArrayList<>(e.lines(foreign));
    if (e.any(t -> foreign.test(t) && WAITS.matcher(t.said()).find())) {
      lines.add("it tells of a job that waits, or is at work, and holds no answer");
    }
    e.first(t -> t.provesApi() && e.asConfigured(t)).ifPresent(t -> lines.add("while " + t));
    return Finding.found(0.9, lines, foreign);
  }

  private static Finding oneCharacter(Evidence e) {
    Predicate<Trial> odd = t -> t.has(Mark.NONSENSE) && e.network().isPresent();
    return plain(e, odd, "no text is one character over and over, or characters that are none");
  }

  private static Finding cut(Evidence e) {
    String otherwise =
        e.any(t -> t.has(Mark.UNENDED))
            ? "no connection is closed before the end of a body"
            : "every body is whole";
    Finding found = plain(e, t -> t.has(Mark.CUT), otherwise);
    return found instanceof Finding.Found f && e.any(t -> t.has(Mark.STOPS_EARLY))
        ? f.after("as many bytes came as were announced, and the JSON stops before its end")
        : found;
  }

  /** What would refute it: that the same answer ends at other times, which others tell. */
  private static Finding unended(Evidence e) {
    if (e.network().isEmpty()) {
      // In a run much is in flight at once, and it is told by the checks.
      return Finding.SILENT;
    }
    Predicate<Trial> open = t -> t.has(Mark.UNENDED);
    Finding found = plain(e, open, "every answer that begins ends in time");
    return found instanceof Finding.Found f
        ? Finding.found(
            0.9,
            e.where(t -> t.route().isPresent() && open.test(t)).stream()
                .map(t -> begun(t) + ", and no end after " + seconds(t.totalMs()) + last(t))
                .distinct()
                .limit(4)
                .toList(),
            f.symptom())
        : found;
  }

  private static String begun(Trial t) {
    return t.flow().isPresent() ? t.toString() : t.requested() + " → " + t.status().orElse(0);
  }

  private static String last(Trial t) {
    return t.flow()
        .filter(f -> f.events() > 0)
        .map(f -> ", the last event after " + seconds(f.lastMs()))
        .orElse("");
  }

  private static String seconds(double ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }

  /** What would refute it: a body that a strict parser reads. */
  private static Finding broken(Evidence e) {
    return plain(e, t -> t.has(Mark.BROKEN_JSON), "every body that is meant for JSON is JSON");
  }

  /** What would refute it: a body that is JSON as a whole. */
  private static Finding wrapped(Evidence e) {
    Predicate<Trial> wrapped = t -> t.has(Mark.WRAPPED) && !t.on(RouteName.HEALTH);
    Finding found = plain(e, wrapped, "no JSON has anything around it");
    return found instanceof Finding.Found f ? f.after(wrapping(e.where(wrapped).get(0))) : found;
  }

  private static String wrapping(Trial first) {
    if (first.has(Mark.BASE64)) {
      return "the JSON comes as Base64";
    }
    if (first.shape().equals(Optional.of(BodyShape.JSON))) {
      return "the answer stands in a member of another JSON, an envelope of somebody's own";
    }
    String before = first.said().replaceFirst("(?s)\\{.*", "");
    if (before.isEmpty()) {
      return "there is something behind the JSON";
    }
    if (before.matches(WRITTEN_OUT)) {
      return "before the JSON stands" + before.toUpperCase(Locale.ROOT).replace("\\U", " U+");
    }
    boolean invisible = before.chars().noneMatch(c -> c > ' ' && c < 0x7F);
    return "before the JSON stands"
        + (invisible
            ? before
                .codePoints()
                .mapToObj(c -> String.format(Locale.ROOT, " U+%04X", c))
                .collect(Collectors.joining())
            : ": " + before.strip());
  }

  private static Finding plain(Evidence e, Predicate<Trial> wrong, String otherwise) {
    Predicate<Trial> asked = t -> t.route().isPresent() && wrong.test(t);
    // A health check without a body is usual, and others may be refused in their own way.
    boolean any = e.any(t -> asked.test(t) && !t.on(RouteName.HEALTH) && e.asConfigured(t));
    if (any) {
      return Finding.found(0.95, e.lines(asked), asked);
    }
    return ServiceRules.answered(e, otherwise);
  }
}
