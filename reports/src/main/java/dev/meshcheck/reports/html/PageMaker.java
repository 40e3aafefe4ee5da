package dev.meshcheck.reports.html;

import dev.meshcheck.reports.history.History;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Arranges a run as a page that is no larger than it may be. */
final class PageMaker {

  /** With more failures than that, a reader wants the list first. */
  private static final int MOST_OPEN = 15;

  private final RunReport report;
  private final History history;
  private final Assets assets;
  private final Set<String> shown;
  private final boolean lean;

  /**
   * A maker of pages.
   *
   * @param lean whether to leave out what passing checks rest on, and advice that stands above
   */
  PageMaker(RunReport report, History history, Assets assets, boolean lean) {
    this.report = report;
    this.history = history;
    this.assets = assets;
    this.lean = lean;
    this.shown =
        lean
            ? report.results().stream()
                .filter(r -> Sign.of(r).pressing())
                .map(CheckResult::exchanges)
                .filter(ids -> !ids.isEmpty())
                .map(ids -> ids.get(ids.size() - 1))
                .collect(Collectors.toSet())
            : report.exchanges().keySet();
  }

  /**
   * The page.
   *
   * @param room about how many characters opened exchanges may take together
   */
  Page page(int room) {
    Matrix matrix = Matrix.of(report);
    RunStrip runs = new RunStrip(history.runs());
    Page bare = new Page(report, assets, matrix, List.of(), List.of(), runs);
    return new Page(report, assets, matrix, routes(bare), exchanges(room), runs);
  }

  private List<RouteSection> routes(Page page) {
    Map<String, List<CheckResult>> byCheck =
        report.results().stream()
            .collect(
                Collectors.groupingBy(CheckResult::check, LinkedHashMap::new, Collectors.toList()));
    boolean few = page.unexplained().size() <= MOST_OPEN;
    Map<GuidanceNote, String> advised = new HashMap<>();
    return byCheck.values().stream()
        // What to look at comes first; the rest keeps the order of the plan.
        .sorted(Comparator.comparing(PageMaker::urgency))
        .map(results -> check(page, results, few, advised))
        .collect(
            Collectors.groupingBy(c -> c.info().route(), LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(e -> new RouteSection(e.getKey(), e.getValue()))
        .toList();
  }

  private static Sign urgency(List<CheckResult> results) {
    return results.stream()
        .map(Sign::of)
        .filter(Sign::pressing)
        .min(Comparator.naturalOrder())
        .orElse(Sign.PASSED);
  }

  private CheckView check(
      Page page, List<CheckResult> results, boolean few, Map<GuidanceNote, String> advised) {
    Map<List<Object>, String> told = new HashMap<>();
    List<ResultView> views = new ArrayList<>();
    for (CheckResult result : results) {
      List<Object> words =
          List.of(result.message(), result.expected(), result.actual(), result.guidance());
      views.add(view(page, result, Optional.ofNullable(told.get(words)), advised));
      told.putIfAbsent(words, result.target());
    }
    boolean open =
        few
            && views.stream()
                .anyMatch(v -> page.story().breaksContract(v.result()) && v.cause().isEmpty());
    return new CheckView(List.copyOf(views), open);
  }

  private ResultView view(
      Page page, CheckResult result, Optional<String> twin, Map<GuidanceNote, String> advised) {
    ResultName name = ResultName.of(result);
    List<Outcome> past = history.of(name);
    Optional<CauseReport> cause = page.story().cause(result);
    // The cause says what to do; once is enough for all that could not run because of it.
    boolean told = cause.isPresent() && result.outcome() == Outcome.COULD_NOT_RUN;
    List<GuidanceNote> notes = told ? List.of() : result.guidance();
    return new ResultView(
        result,
        notes.stream()
            .map(note -> new ResultView.Advice(note, above(note, result, advised)))
            .toList(),
        result.exchanges().stream().filter(shown::contains).toList(),
        report.change().flatMap(change -> mark(change, name)),
        cause,
        report.knownFailures().flatMap(known -> known.entry(name)),
        page.hop().words(result).map(Page::line),
        twin,
        past.isEmpty() ? Optional.empty() : Optional.of(new HistoryStrip(past)));
  }

  /** Where the same advice stands in full, if this page has no room to repeat it. */
  private Optional<String> above(
      GuidanceNote note, CheckResult result, Map<GuidanceNote, String> advised) {
    Optional<String> first = Optional.ofNullable(advised.putIfAbsent(note, result.check()));
    return lean ? first.filter(check -> !check.equals(result.check())) : Optional.empty();
  }

  private static Optional<String> mark(ChangeReport change, ResultName name) {
    if (change.newlyFailing().contains(name)) {
      return Optional.of("new");
    }
    if (change.fixed().contains(name)) {
      return Optional.of("fixed");
    }
    return change.stillFailing().contains(name) ? Optional.of("still failing") : Optional.empty();
  }

  private List<ExchangeView> exchanges(int room) {
    ExchangeView.Span span = span();
    Map<String, List<CheckResult>> judged = judged();
    Set<String> detailed = new HashSet<>();
    int left = room;
    for (String id : byImportance()) {
      left -= ExchangeView.weight(report.exchanges().get(id));
      if (left >= 0) {
        detailed.add(id);
      }
    }
    return report.exchanges().entrySet().stream()
        .filter(e -> shown.contains(e.getKey()))
        .map(
            e ->
                new ExchangeView(
                    e.getKey(),
                    e.getValue(),
                    span,
                    detailed.contains(e.getKey()),
                    judged.getOrDefault(e.getKey(), List.of())))
        .toList();
  }

  /** The results that rest on each exchange, what needs a look first. */
  private Map<String, List<CheckResult>> judged() {
    Map<String, List<CheckResult>> judged = new HashMap<>();
    report.results().stream()
        .sorted(Comparator.comparing(Sign::of))
        .forEach(
            r ->
                r.exchanges().stream()
                    .distinct()
                    .forEach(id -> judged.computeIfAbsent(id, i -> new ArrayList<>()).add(r)));
    return judged;
  }

  /** What failures rest on first, so that a page without room for all has what is looked for. */
  private List<String> byImportance() {
    Map<String, Sign> importance = new HashMap<>();
    for (CheckResult result : report.results()) {
      for (String id : result.exchanges()) {
        importance.merge(id, Sign.of(result), (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }
    return report.exchanges().keySet().stream()
        .filter(shown::contains)
        .sorted(Comparator.comparing(id -> importance.getOrDefault(id, Sign.INAPPLICABLE)))
        .toList();
  }

  private ExchangeView.Span span() {
    double start = Double.MAX_VALUE;
    double end = 0;
    for (ExchangeReport exchange : report.exchanges().values()) {
      double at = ExchangeView.millis(exchange);
      start = Math.min(start, at);
      end = Math.max(end, at + exchange.timings().total());
    }
    return new ExchangeView.Span(start, Math.max(1, end - start));
  }
}
