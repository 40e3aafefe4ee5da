package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.RequestIds;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.capability.Capabilities;
import dev.meshcheck.reports.cause.RunCauses;
import dev.meshcheck.reports.compare.Comparison;
import dev.meshcheck.reports.guidance.Probe;
import dev.meshcheck.reports.history.History;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.model.KnownFailuresReport;
import dev.meshcheck.reports.model.Machine;
import dev.meshcheck.reports.model.Rerun;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.Run;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Setting;
import dev.meshcheck.reports.model.Summary;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.performance.PerformanceCard;
import dev.meshcheck.reports.text.OriginVariable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of a run so far, redacted, and the report of it. Thread-safe. */
final class RunRecord {

  private static final Machine MACHINE = Machine.current();
  private static final Tool TOOL = Tool.current();

  private final RunPlan plan;
  private final Expectations expectations;
  private final Redactor redactor;
  private final List<Setting> settings;
  private final ExchangeBook exchanges;
  private final Adviser adviser = new Adviser();
  private final Map<PlannedCheck.Key, CheckResult> results = new LinkedHashMap<>();
  private final Map<String, Target> targets;
  private final Hops hops = new Hops();
  private final List<String> notes = new ArrayList<>();

  RunRecord(RunPlan plan, Redactor redactor, Expectations expectations) {
    this.plan = plan;
    this.expectations = expectations;
    this.redactor = redactor;
    this.targets =
        plan.targets().stream()
            .map(PlannedTarget::target)
            .collect(Collectors.toMap(Target::name, Function.identity()));
    this.exchanges =
        new ExchangeBook(
            new ExchangeRecorder(
                redactor,
                new Curl(
                    redactor,
                    Stream.concat(plan.targets().stream(), plan.engine().stream()).toList()),
                RequestIds.of(plan.id())),
            redactor);
    this.settings =
        plan.settings().stream()
            .map(s -> new Setting(clean(s.name()), clean(s.value()), clean(s.origin())))
            .toList();
  }

  String clean(String text) {
    return redactor.text(text);
  }

  synchronized String note(String text) {
    String note = clean(text);
    notes.add(note);
    return note;
  }

  void add(Exchange exchange) {
    exchanges.add(exchange);
  }

  CheckResult result(Verdict verdict) {
    PrivateValues personal = new PrivateValues(verdict.exchanges());
    CheckResult result =
        new CheckResult(
            verdict.check().id(),
            clean(verdict.target().name()),
            verdict.target().surface().name(),
            verdict.check().route(),
            verdict.check().level(),
            verdict.outcome(),
            verdict.reason(),
            verdict.check().title(),
            shortened(personal.blank(verdict.message())),
            verdict.expected().map(personal::blank).map(this::shortened),
            verdict.actual().map(personal::blank).map(this::shortened),
            List.of(),
            verdict.exchanges().stream().map(Exchange::id).distinct().toList(),
            ExchangeRecorder.rounded(verdict.duration().toNanos() / 1e6),
            false,
            verdict.check().source(),
            saysNothing(verdict.outcome()) ? List.of() : verdict.check().likelyCauses(),
            Optional.empty(),
            Optional.empty());
    boolean known = expectations.known().stream().anyMatch(k -> k.expects(result, today()));
    return known ? result.asKnownFailure() : result;
  }

  /** What was not judged has no cause that its check could know. */
  private static boolean saysNothing(Outcome outcome) {
    return outcome == Outcome.COULD_NOT_RUN || outcome == Outcome.INAPPLICABLE;
  }

  /** Keeps a result; of two on the same check and target, the worse one. */
  synchronized void put(Verdict verdict, CheckResult result) {
    targets.put(verdict.target().name(), verdict.target());
    PlannedCheck.Key key = new PlannedCheck.Key(verdict.check().id(), verdict.target().name());
    CheckResult known = results.get(key);
    if (known != null) {
      note(result.check() + " was judged twice on " + result.target() + "; the worse counts.");
      if (severity(known.outcome()) >= severity(result.outcome())) {
        return;
      }
    }
    results.put(key, result);
  }

  /** Keeps what became of a check at the engine. */
  synchronized void putBehind(CheckResult result) {
    hops.add(result);
  }

  /** Notes what became of a failure when it was run once more. */
  synchronized void rerun(PlannedCheck planned, Verdict again) {
    PrivateValues personal = new PrivateValues(again.exchanges());
    Rerun rerun = new Rerun(again.outcome(), shortened(personal.blank(again.message())));
    results.computeIfPresent(planned.key(), (key, result) -> result.withRerun(rerun));
  }

  /** Whether it failed and nobody expected it. */
  synchronized boolean failedUnexpectedly(PlannedCheck planned) {
    return find(planned)
        .filter(r -> r.outcome() == Outcome.FAILED && !r.knownFailure())
        .filter(r -> expectations.baseline().stream().noneMatch(before -> failed(before, r)))
        .isPresent();
  }

  private static boolean failed(RunReport before, CheckResult result) {
    return before.results().stream()
        .anyMatch(
            r -> r.outcome() == Outcome.FAILED && ResultName.of(r).equals(ResultName.of(result)));
  }

  synchronized Optional<CheckResult> find(PlannedCheck planned) {
    return Optional.ofNullable(results.get(planned.key()));
  }

  synchronized Summary summary() {
    return Summary.of(results.values());
  }

  /** The report of a run that goes on. */
  synchronized RunReport soFar() {
    return report(Optional.empty(), false);
  }

  /** The report of a run that came to its end. */
  synchronized RunReport finish(Instant at) {
    return ended(rated(report(Optional.of(at), true)));
  }

  /** The report of a run that was ended before its time; no baseline or list is held to it. */
  synchronized RunReport cutShort(Instant at) {
    RunReport report = report(Optional.of(at), false);
    Run run = report.run().exited(ExitCode.INCOMPLETE.code());
    return report.ended(run, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private RunReport report(Optional<Instant> end, boolean complete) {
    List<CheckResult> told = inOrder();
    Map<String, ExchangeReport> sent = exchanges.reports();
    Map<String, Probe> probes = exchanges.probes();
    List<CauseReport> causes = end.isPresent() ? causes(told) : List.of();
    Instant until = end.orElseGet(Instant::now);
    Run run =
        new Run(
            plan.id(),
            plan.startedAt(),
            end,
            Math.max(0, Duration.between(plan.startedAt(), until).toMillis()),
            clean(plan.selection()),
            plan.parallelism(),
            plan.strict(),
            Optional.empty(),
            complete,
            settings,
            MACHINE,
            List.copyOf(notes));
    return new RunReport(
        RunReport.SCHEMA_VERSION,
        TOOL,
        plan.catalogue(),
        run,
        plan.targets().stream()
            .map(p -> exchanges.spent(p, targets.get(p.target().name()), this::clean))
            .toList(),
        plan.engine().map(p -> exchanges.spent(p, p.target(), this::clean)),
        told.stream().map(result -> hops.joined(advised(result, probes))).toList(),
        sent,
        causes,
        Capabilities.of(told, causes),
        Summary.of(told),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        PerformanceCard.of(told, exchanges::speeds));
  }

  /** The report with how often it failed before beside each failure that was run once more. */
  private RunReport rated(RunReport report) {
    if (expectations.history().isEmpty()
        || report.results().stream().noneMatch(r -> r.rerun().isPresent())) {
      return report;
    }
    History history = expectations.history().get().upTo(report);
    return report.withResults(report.results().stream().map(r -> rated(r, history)).toList());
  }

  private static CheckResult rated(CheckResult result, History history) {
    ResultName name = ResultName.of(result);
    return result
        .rerun()
        .map(again -> again.withRate(history.failed(name), history.judged(name)))
        .map(result::withRerun)
        .orElse(result);
  }

  /**
   * What can only be said of a whole run: what changed, whether the list is right, the exit code.
   */
  private RunReport ended(RunReport report) {
    Optional<ChangeReport> change =
        expectations
            .baseline()
            .map(before -> Comparison.of(before, report, expectations.onlyNewFail()));
    Optional<KnownFailuresReport> known =
        expectations
            .known()
            .map(list -> list.judge(report.results(), expectations.catalogue(), today()))
            .map(judged -> judged.told(this::clean));
    int exit = ExitRule.of(report, change, known).code();
    return report.ended(
        report.run().exited(exit), change, known, Optional.of(ClientVerdicts.of(report)));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(plan.startedAt(), ZoneOffset.UTC);
  }

  /** Only at the end: half a run has half the evidence. */
  private List<CauseReport> causes(List<CheckResult> told) {
    return RunCauses.of(targets.values(), origins(), told, exchanges::trials, this::clean).stream()
        .map(this::typed)
        .toList();
  }

  /** Commands that ask the host go the way that the run went. */
  private CauseReport typed(CauseReport cause) {
    return plan.targets().stream()
        .filter(p -> cause.target().equals(Optional.of(clean(p.target().name()))))
        .findFirst()
        .map(p -> cause.withNext(p.passage().in(cause.next(), p.target())))
        .orElse(cause);
  }

  private Map<String, Map<dev.meshcheck.fixtures.settings.Setting, String>> origins() {
    return plan.targets().stream()
        .collect(Collectors.toMap(p -> p.target().name(), PlannedTarget::origins));
  }

  private List<CheckResult> inOrder() {
    List<CheckResult> ordered = new ArrayList<>();
    Map<PlannedCheck.Key, CheckResult> left = new LinkedHashMap<>(results);
    for (PlannedCheck planned : plan.checks()) {
      Optional.ofNullable(left.remove(planned.key())).ifPresent(ordered::add);
    }
    // A verdict that nobody planned is told all the same.
    ordered.addAll(left.values());
    return List.copyOf(ordered);
  }

  private CheckResult advised(CheckResult result, Map<String, Probe> probes) {
    Optional<Target> target = Optional.ofNullable(targets.get(result.target()));
    return target.map(t -> result.withGuidance(advice(result, t, probes))).orElse(result);
  }

  /** It is written for everybody, and a key may have come from another variable than the usual. */
  private List<GuidanceNote> advice(CheckResult result, Target target, Map<String, Probe> probes) {
    Map<dev.meshcheck.fixtures.settings.Setting, String> own =
        origins().getOrDefault(target.name(), Map.of());
    return adviser.advise(result, target, probes).stream()
        .map(note -> note.worded(step -> OriginVariable.named(step, own)))
        .toList();
  }

  private String shortened(String text) {
    return new BodyLimit(redactor).excerpt(text);
  }

  private static int severity(Outcome outcome) {
    return switch (outcome) {
      case FAILED -> 5;
      case COULD_NOT_RUN -> 4;
      case WARNED -> 3;
      case RECORDED -> 2;
      case PASSED -> 1;
      case INAPPLICABLE -> 0;
    };
  }
}
