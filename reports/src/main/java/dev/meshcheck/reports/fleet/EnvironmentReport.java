package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.PerformanceReport;
import dev.meshcheck.reports.model.Summary;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.RunVerdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How one environment did in a night. It is as large for a run of a thousand checks as for one of
 * ten: lists have an end, and tell how much is behind it.
 *
 * @param name unique in the fleet
 * @param labels what it is filtered by
 * @param exitCode what {@code verify} of that environment alone would have exited with
 * @param verdict the same in a word
 * @param why nothing was judged, or not all of it, where that is so
 * @param run the id of its run, where there was one
 * @param startedAt when that run began
 * @param finishedAt when it ended
 * @param durationMs of its run, in milliseconds
 * @param hosts base addresses that were asked
 * @param summary its results by outcome
 * @param routes its results by route
 * @param causes diagnoses that explain many failures at once, most likely first
 * @param change what is different from its last night, or from the baseline that it was held to
 * @param failures the first roots of what no cause explains, at most {@link #MOST_FAILURES}
 * @param moreFailures how many roots are left out
 * @param notPassed the first results that did not pass, at most {@link #MOST_NOT_PASSED}
 * @param moreNotPassed how many are left out
 * @param nights its last nights, this one included, the oldest first
 * @param firstToken when its streams brought their first text
 * @param latency how long its answers took
 * @param requests how many it was asked
 * @param tokens the sum of the usage that it reported
 * @param certificates what its targets showed
 * @param performance how fast its targets are; absent where that was not measured
 * @param report the path of its own report.html, from the directory of the night
 */
public record EnvironmentReport(
    String name,
    Map<String, String> labels,
    int exitCode,
    RunVerdict verdict,
    Optional<String> why,
    Optional<String> run,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    long durationMs,
    List<String> hosts,
    Summary summary,
    List<RouteCounts> routes,
    List<FleetCause> causes,
    Optional<NightChange> change,
    List<FailureRoot> failures,
    int moreFailures,
    List<CheckOutcome> notPassed,
    int moreNotPassed,
    List<PastNight> nights,
    Optional<Spread> firstToken,
    Optional<Spread> latency,
    int requests,
    long tokens,
    List<TargetCertificate> certificates,
    Optional<List<PerformanceReport>> performance,
    Optional<String> report) {

  /** Roots of failures that are told. */
  public static final int MOST_FAILURES = 5;

  /** Results that are listed. */
  public static final int MOST_NOT_PASSED = 50;

  public EnvironmentReport {
    // In one order, so that two files of the same night are the same.
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** An environment that was not judged at all. */
  static EnvironmentReport unjudged(
      Environment environment, ExitCode code, RunVerdict verdict, String why) {
    return new EnvironmentReport(
        environment.name(),
        environment.labels(),
        code.code(),
        verdict,
        Optional.of(why),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        Summary.of(List.of()),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        0,
        List.of(),
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** What fails and is on no list of known failures. */
  Stream<CheckOutcome> unknownFailures() {
    return notPassed.stream().filter(c -> c.outcome() == Outcome.FAILED && !c.known());
  }

  /** Whether it fails; with --fail-on new, an environment may pass all the same. */
  boolean stillFails() {
    return unknownFailures().findAny().isPresent();
  }

  /** The same with its last nights, and measured against them. */
  EnvironmentReport after(List<PastNight> all) {
    List<PastNight> earlier = all.isEmpty() ? all : all.subList(0, all.size() - 1);
    return with(
        all,
        firstToken.map(s -> s.usually(PastNight.usual(earlier, PastNight::firstTokenMs))),
        latency.map(s -> s.usually(PastNight.usual(earlier, PastNight::latencyMs))),
        report);
  }

  /** The same with another way to its own report. */
  EnvironmentReport leadingTo(Optional<String> page) {
    return with(nights, firstToken, latency, page);
  }

  private EnvironmentReport with(
      List<PastNight> all,
      Optional<Spread> token,
      Optional<Spread> answers,
      Optional<String> page) {
    return new EnvironmentReport(
        name,
        labels,
        exitCode,
        verdict,
        why,
        run,
        startedAt,
        finishedAt,
        durationMs,
        hosts,
        summary,
        routes,
        causes,
        change,
        failures,
        moreFailures,
        notPassed,
        moreNotPassed,
        all,
        token,
        answers,
        requests,
        tokens,
        certificates,
        performance,
        page);
  }

  /** This night among the others. */
  PastNight asPast(String night, Instant at) {
    return new PastNight(
        night,
        at,
        verdict,
        summary.failed(),
        firstToken.map(Spread::medianMs),
        latency.map(Spread::medianMs),
        tokens);
  }

  /** The night before this one, where there was one. */
  Optional<PastNight> lastNight() {
    return nights.size() < 2 ? Optional.empty() : Optional.of(nights.get(nights.size() - 2));
  }
}
