package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.Plain;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that the page shows.
 *
 * @param report the run
 * @param assets style sheet and script
 * @param matrix routes against targets
 * @param routes the checks by route
 * @param exchanges in the order of sending
 */
public record Page(
    RunReport report,
    Assets assets,
    Matrix matrix,
    List<RouteSection> routes,
    List<ExchangeView> exchanges) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final int MOST_FAILURES = 12;

  /** The order of the parts in the bar of all outcomes. */
  private static final List<Sign> BAR =
      List.of(
          Sign.PASSED,
          Sign.RECORDED,
          Sign.INAPPLICABLE,
          Sign.KNOWN,
          Sign.WARNED,
          Sign.COULD_NOT_RUN,
          Sign.FAILED);

  /** The words that all reports share. */
  public Story story() {
    return new Story(report);
  }

  /** For the style sheet: good, bad or unsure. */
  public String mood() {
    return story()
        .exit()
        .map(
            exit ->
                exit == ExitCode.PASSED ? "good" : exit == ExitCode.INCOMPLETE ? "unsure" : "bad")
        .orElse("unsure");
  }

  /** The mark of the verdict. */
  public String mark() {
    return switch (mood()) {
      case "good" -> "✓";
      case "bad" -> "✗";
      default -> "!";
    };
  }

  /** What the verdict means. */
  public String meaning() {
    return story()
        .exit()
        .map(story()::meaning)
        .orElse("this run did not come to its end; it shows what was known when it stopped");
  }

  /** How many results have that sign; known failures are not among the failed here. */
  public int count(Sign sign) {
    return (int) report.results().stream().filter(r -> Sign.of(r) == sign).count();
  }

  /** The signs that occur, and failed and passed always. */
  public List<Sign> signs() {
    return Arrays.stream(Sign.values())
        .filter(s -> s == Sign.PASSED || s == Sign.FAILED || count(s) > 0)
        .toList();
  }

  /** How many results of that sign there are, of all, in percent. */
  public String share(Sign sign) {
    return Numbers.percent(count(sign), report.results().size());
  }

  /** Where the part of that sign begins in the bar of all. */
  public String shareFrom(Sign sign) {
    int before = BAR.subList(0, BAR.indexOf(sign)).stream().mapToInt(this::count).sum();
    return Numbers.percent(before, report.results().size());
  }

  /** What broke and is not explained by a cause, told once for all targets alike. */
  public List<List<CheckResult>> unexplained() {
    return Story.alike(story().failures().stream().filter(r -> causeOf(r).isEmpty()).toList());
  }

  /** The first of those. */
  public List<List<CheckResult>> firstUnexplained() {
    return unexplained().stream().limit(MOST_FAILURES).toList();
  }

  /** The failures that a cause explains. */
  public List<CheckResult> explained(CauseReport cause) {
    return report.results().stream()
        .filter(r -> !Sign.of(r).equals(Sign.PASSED) && cause.explains().contains(r.check()))
        .filter(r -> causeOf(r).equals(Optional.of(cause)))
        .toList();
  }

  /** The first cause that explains a result which did not pass. */
  Optional<CauseReport> causeOf(CheckResult result) {
    Sign sign = Sign.of(result);
    return sign == Sign.FAILED || sign == Sign.COULD_NOT_RUN || sign == Sign.WARNED
        ? report.causes().stream().filter(c -> c.explains().contains(result.check())).findFirst()
        : Optional.empty();
  }

  /** How sure a cause is. */
  public static String confidence(CauseReport cause) {
    return Math.round(100 * cause.confidence()) + " % sure";
  }

  /** A time as people read it. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** How long the run took. */
  public String duration() {
    return Numbers.duration((double) report.run().durationMs());
  }

  /** A duration as people read it. */
  public static String ms(double ms) {
    return Numbers.duration(ms);
  }

  /** How much longer or shorter something takes now. */
  public static String shift(double before, double after) {
    return String.format(Locale.ROOT, "%+.0f %%", 100 * (after - before) / Math.max(before, 0.001));
  }

  /** How long the waterfall is. */
  public String waterfallLength() {
    return exchanges.isEmpty()
        ? Numbers.duration(0)
        : Numbers.duration(exchanges.get(0).span().lengthMs());
  }

  /** How many exchanges this page has no room for. */
  public int exchangesLeftOut() {
    return report.exchanges().size() - exchanges.size();
  }

  /** The surfaces of the run. */
  public List<String> surfaces() {
    return report.results().stream().map(CheckResult::surface).distinct().toList();
  }

  /** The targets, where they are not the surfaces under another name. */
  public List<String> namedTargets() {
    return report.targets().size() > surfaces().size()
        ? report.targets().stream().map(TargetReport::name).toList()
        : List.of();
  }

  /** Text from outside on one line. */
  public static String line(String text) {
    return Plain.line(text, 300);
  }
}
