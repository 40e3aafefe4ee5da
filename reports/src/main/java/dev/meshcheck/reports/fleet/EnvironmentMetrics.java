package dev.meshcheck.reports.fleet;

import static dev.meshcheck.reports.fleet.Metrics.point;

import dev.meshcheck.reports.model.LoadReport;
import dev.meshcheck.reports.model.PerformanceReport;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.RunVerdict;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The metrics of environments. Of an environment there are at most 50 series of results that did
 * not pass, seven for each route, ten for each target, and about 50 others, whatever the
 * catalogue's size.
 */
final class EnvironmentMetrics {

  private static final String ENVIRONMENT = "environment";

  private final Metrics metrics;

  EnvironmentMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Adds those of all of them, so that the series of one name stand together. */
  void add(List<EnvironmentReport> all) {
    metrics.info("environment", "The labels of an environment.", points(all, this::labels));
    metrics.gauge(
        "run_exit_code",
        "What verify of the environment ended with: 0 passed, 1 broken contract, 2 usage,"
            + " 3 incomplete or not judged, 4 unreachable, 5 Meshcheck broke.",
        each(all, e -> Optional.of((double) e.exitCode())));
    metrics.gauge(
        "run_complete",
        "Whether the run came to its end.",
        each(all, e -> Optional.of(isComplete(e) ? 1.0 : 0.0)));
    metrics.gauge(
        "run_end_timestamp_seconds",
        "When the run ended.",
        each(all, e -> e.finishedAt().map(EnvironmentMetrics::seconds)));
    metrics.gauge(
        "run_duration_seconds",
        "How long the run took.",
        each(all, e -> e.run().map(run -> e.durationMs() / 1000.0)));
    metrics.gauge(
        "run_requests",
        "Requests that the run sent.",
        each(all, e -> e.run().map(run -> (double) e.requests())));
    metrics.gauge(
        "run_tokens",
        "Tokens that the run spent, as the answers report them.",
        each(all, e -> e.run().map(run -> (double) e.tokens())));
    metrics.gauge("results", "Results by route and outcome.", points(all, this::results));
    metrics.gauge(
        "check_outcome",
        "1 for each result that did not pass, by check and reason; at most 50 an environment.",
        points(all, this::outcomes));
    metrics.gauge(
        "check_outcomes_left_out",
        "Results that did not pass and have no series of their own.",
        each(all, e -> e.run().map(run -> (double) e.moreNotPassed())));
    metrics.gauge(
        "cause", "1 for each cause that explains what did not pass.", points(all, this::causes));
    metrics.histogram(
        "exchange_duration_seconds",
        "How long answers with 2xx took, in the last run alone.",
        histograms(all, EnvironmentReport::latency));
    metrics.histogram(
        "first_token_seconds",
        "When streams brought their first text, in the last run alone.",
        histograms(all, EnvironmentReport::firstToken));
    // Buckets are too wide to tell half as much again, and one slow stream moves the mean.
    metrics.gauge(
        "first_token_median_seconds",
        "When half of the streams had brought their first text, in the last run alone.",
        each(all, e -> e.firstToken().map(spread -> spread.medianMs() / 1000)));
    metrics.gauge(
        "certificate_not_before_timestamp_seconds",
        "The first moment of the certificate that a target shows.",
        points(all, e -> certificates(e, TargetCertificate::notBefore)));
    metrics.gauge(
        "certificate_not_after_timestamp_seconds",
        "The last moment of the certificate that a target shows.",
        points(all, e -> certificates(e, TargetCertificate::notAfter)));
    metrics.gauge(
        "performance_first_token_seconds",
        "When streams brought their first text, by how many were in flight; measured by the"
            + " performance pack.",
        points(all, this::firstTokens));
    metrics.gauge(
        "performance_tokens_per_second",
        "Tokens per second of one stream (the median) and of all together; measured by the"
            + " performance pack.",
        points(all, this::rates));
    metrics.gauge(
        "performance_long_prompt_first_token_seconds",
        "The median of the first text after long prompts, sent for the first time and again;"
            + " measured by the performance pack.",
        points(all, this::warmth));
  }

  private static boolean isComplete(EnvironmentReport one) {
    return one.run().isPresent()
        && one.verdict() != RunVerdict.CUT_SHORT
        && one.verdict() != RunVerdict.UNFINISHED
        && one.notPassed().stream().noneMatch(EnvironmentMetrics::cameTooLate);
  }

  /** What a run did not come to before its deadline. */
  private static boolean cameTooLate(CheckOutcome result) {
    return result.reason().filter(Reason.RUN_TIMEOUT::equals).isPresent();
  }

  static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }

  private static List<GaugeDataPointSnapshot> each(
      List<EnvironmentReport> all, Function<EnvironmentReport, Optional<Double>> value) {
    return points(all, e -> value.apply(e).map(v -> List.of(point(v, of(e)))).orElse(List.of()));
  }

  private static List<HistogramDataPointSnapshot> histograms(
      List<EnvironmentReport> all, Function<EnvironmentReport, Optional<Spread>> spread) {
    return points(all, e -> spread.apply(e).map(s -> List.of(point(s, of(e)))).orElse(List.of()));
  }

  private static <T> List<T> points(
      List<EnvironmentReport> all, Function<EnvironmentReport, List<T>> points) {
    return all.stream().map(points).flatMap(List::stream).toList();
  }

  private static Labels of(EnvironmentReport one) {
    return Labels.of(ENVIRONMENT, one.name());
  }

  /** A user's label may be called as no label of Prometheus can be. */
  private List<Labels> labels(EnvironmentReport one) {
    Map<String, String> labels = new HashMap<>();
    one.labels()
        .forEach(
            (key, value) -> labels.put("label_" + key.replaceAll("[^a-zA-Z0-9_]", "_"), value));
    Labels all = of(one).add("verdict", one.verdict().toString());
    for (Map.Entry<String, String> label : labels.entrySet()) {
      all = all.add(PrometheusNaming.sanitizeLabelName(label.getKey()), label.getValue());
    }
    return List.of(all);
  }

  private List<GaugeDataPointSnapshot> results(EnvironmentReport one) {
    List<GaugeDataPointSnapshot> points = new ArrayList<>();
    for (RouteCounts route : one.routes()) {
      route
          .counts()
          .forEach(
              (sign, count) ->
                  points.add(
                      point(
                          count,
                          of(one)
                              .add("route", route.route().toString())
                              .add("outcome", sign.toString()))));
    }
    return points;
  }

  private List<GaugeDataPointSnapshot> outcomes(EnvironmentReport one) {
    return one.notPassed().stream()
        .map(
            result ->
                point(
                    1,
                    of(one)
                        .add("target", result.target())
                        .add("check", result.check())
                        .add("outcome", result.known() ? "known" : result.outcome().toString())
                        .add("reason", result.reason().map(Object::toString).orElse(""))))
        .toList();
  }

  private List<GaugeDataPointSnapshot> causes(EnvironmentReport one) {
    return one.causes().stream()
        .map(cause -> of(one).add("target", cause.target().orElse("")).add("cause", cause.cause()))
        .distinct()
        .map(labels -> point(1, labels))
        .toList();
  }

  private List<GaugeDataPointSnapshot> certificates(
      EnvironmentReport one, Function<TargetCertificate, Instant> moment) {
    return one.certificates().stream()
        .map(c -> point(seconds(moment.apply(c)), of(one).add("target", c.target())))
        .toList();
  }

  private List<GaugeDataPointSnapshot> firstTokens(EnvironmentReport one) {
    return loads(
        one,
        (load, labels) ->
            List.of(
                point(load.firstTokenMs() / 1000, labels.add("quantile", "0.5")),
                point(load.firstTokenP95Ms() / 1000, labels.add("quantile", "0.95"))));
  }

  private List<GaugeDataPointSnapshot> rates(EnvironmentReport one) {
    return loads(
        one,
        (load, labels) ->
            Stream.of(
                    load.tokensPerSecond().map(rate -> point(rate, labels.add("of", "stream"))),
                    load.togetherPerSecond().map(rate -> point(rate, labels.add("of", "all"))))
                .flatMap(Optional::stream)
                .toList());
  }

  private static List<GaugeDataPointSnapshot> loads(
      EnvironmentReport one, BiFunction<LoadReport, Labels, List<GaugeDataPointSnapshot>> points) {
    List<GaugeDataPointSnapshot> all = new ArrayList<>();
    for (PerformanceReport target : one.performance().orElse(List.of())) {
      for (LoadReport load : target.load()) {
        all.addAll(
            points.apply(
                load,
                of(one)
                    .add("target", target.target())
                    .add("in_flight", String.valueOf(load.inFlight()))));
      }
    }
    return all;
  }

  private List<GaugeDataPointSnapshot> warmth(EnvironmentReport one) {
    return one.performance().orElse(List.of()).stream()
        .flatMap(
            target ->
                target.cache().stream()
                    .flatMap(
                        cache -> {
                          Labels labels = of(one).add("target", target.target());
                          return Stream.of(
                              point(cache.coldMs() / 1000, labels.add("cache", "cold")),
                              point(cache.warmMs() / 1000, labels.add("cache", "warm")));
                        }))
        .toList();
  }
}
