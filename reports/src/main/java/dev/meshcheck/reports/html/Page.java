package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CapabilityReport.Kind;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.PerformanceReport;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.render.ClientRow;
import dev.meshcheck.reports.render.Groups;
import dev.meshcheck.reports.render.Hop;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.Plain;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * All that the page shows.
 *
 * @param report the run
 * @param assets style sheet and script
 * @param matrix routes against targets
 * @param routes the checks by route
 * @param exchanges in the order of sending
 * @param lastRuns how the last runs ended
 */
public record Page(
    RunReport report,
    Assets assets,
    Matrix matrix,
    List<RouteSection> routes,
    List<ExchangeView> exchanges,
    RunStrip lastRuns) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final int MOST_FAILURES = 12;
  private static final int MOST_DEAR = 20;
  private static final int MOST_TARGETS = 4;
  private static final int MOST_CAUSES = 3;

  /** More columns than that need the width of the page. */
  private static final int MOST_BESIDE = 3;

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
    return story().conclusion().mood().toString();
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
    return Groups.alike(
        story().failures().stream().filter(r -> story().cause(r).isEmpty()).toList());
  }

  /** The first of those, what was not there before in front. */
  public List<List<CheckResult>> firstUnexplained() {
    return unexplained().stream()
        .sorted(Comparator.comparing(this::isNew).reversed())
        .limit(MOST_FAILURES)
        .toList();
  }

  /** The causes with what they explain. */
  public List<CauseView> causes() {
    return story().causes().entrySet().stream()
        .map(e -> new CauseView(e.getKey(), story().scope(e.getValue()), e.getValue()))
        .toList();
  }

  /** The first of them, for the top of the page: the subtitle of the verdict, and what follows. */
  public List<CauseView> firstCauses() {
    return causes().stream().limit(MOST_CAUSES).toList();
  }

  /** Whether the matrix has room beside the causes. */
  public boolean narrowMatrix() {
    return report.targets().size() <= MOST_BESIDE;
  }

  /** Which clients work, the worst first. */
  public List<ClientRow> clients() {
    return ClientRow.of(report);
  }

  /** Whether a client that was judged does not simply work. */
  public boolean clientsNeedALook() {
    return clients().stream().anyMatch(ClientRow::isExplained);
  }

  /** What each target can do; its routes stand in the matrix. */
  public CapabilityTable capabilities() {
    return CapabilityTable.of(
        Kind.ABILITY, capableTargets().stream().map(t -> capabilities(t.name())).toList());
  }

  /** The targets that can do more than answer a route. */
  public List<TargetReport> capableTargets() {
    return report.targets().stream()
        .filter(t -> capabilities(t.name()).stream().anyMatch(c -> c.kind() == Kind.ABILITY))
        .toList();
  }

  private List<CapabilityReport> capabilities(String target) {
    return report.capabilities().stream().filter(c -> c.target().equals(target)).toList();
  }

  /** Who was asked: the targets, and the engine behind them. */
  public List<TargetReport> asked() {
    return Stream.concat(report.targets().stream(), report.engine().stream()).toList();
  }

  /** Gateway or engine. */
  public Hop hop() {
    return new Hop(report);
  }

  /** When the streams of each target brought their first text. */
  public List<TokenStrip> firstTokens() {
    return TokenStrip.of(report);
  }

  /** The checks that asked most of the hosts, dearest first. */
  public List<CheckCost> dearest() {
    return CheckCost.of(report).stream().limit(MOST_DEAR).toList();
  }

  /** What all checks asked together, an exchange that several rest on once. */
  public String cost() {
    return "%s requests, %s tokens"
        .formatted(
            Numbers.count(report.targets().stream().mapToLong(TargetReport::requests).sum()),
            Numbers.count(report.targets().stream().mapToLong(TargetReport::tokens).sum()));
  }

  /** How fast the targets are, where that was measured. */
  public List<PerformanceReport> performance() {
    return report.performance().orElse(List.of());
  }

  /** The routes that exchanges went to, for the filter. */
  public List<String> exchangeRoutes() {
    return exchanges.stream()
        .map(ExchangeView::route)
        .filter(r -> !r.isEmpty())
        .distinct()
        .toList();
  }

  /** The statuses of exchanges, or why there was none, for the filter. */
  public List<String> exchangeStatuses() {
    return exchanges.stream().map(ExchangeView::status).distinct().sorted().toList();
  }

  /** The targets, where they are few enough to name each at the top. */
  public List<TargetReport> fewTargets() {
    return report.targets().size() <= MOST_TARGETS ? report.targets() : List.of();
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

  /** Whether one of the failures was not there before. */
  public boolean isNew(List<CheckResult> group) {
    return report.change().stream()
        .anyMatch(c -> group.stream().map(ResultName::of).anyMatch(c.newlyFailing()::contains));
  }

  /** A command on one line, whole: half a command is worse than none. */
  public static String command(String text) {
    return Plain.line(text, 2_000);
  }

  /** Text from outside on one line. */
  public static String line(String text) {
    return Plain.line(text, 300);
  }
}
