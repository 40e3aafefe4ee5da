package dev.meshcheck.reports.fleet;

import static dev.meshcheck.reports.fleet.Metrics.point;

import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.RunVerdict;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an exporter tells of itself: counters that begin with its process. Thread-safe. */
public final class ExporterMetrics {

  private static final double[] BOUNDS = {0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600};

  /** A night has these, and a probe has not. */
  private static final Set<RunVerdict> OF_A_NIGHT =
      EnumSet.of(RunVerdict.NOT_ASKED, RunVerdict.WAITING, RunVerdict.UNFINISHED);

  private final int environments;
  private final Map<RunVerdict, Integer> probes = new EnumMap<>(RunVerdict.class);
  private final Map<Integer, Integer> answers = new TreeMap<>();
  private final long[] durations = new long[BOUNDS.length + 1];
  private double seconds;
  private int inFlight;
  private int waiting;

  /**
   * Those of an exporter that nobody has asked yet.
   *
   * @param environments that can be probed
   */
  public ExporterMetrics(int environments) {
    this.environments = environments;
    // A rate needs to have seen the 0.
    EnumSet.complementOf(EnumSet.copyOf(OF_A_NIGHT)).forEach(verdict -> probes.put(verdict, 0));
    List.of(200, 400, 404, 503).forEach(status -> answers.put(status, 0));
  }

  /** A probe begins. */
  public synchronized void begins() {
    inFlight++;
  }

  /** A probe has ended, however many had asked for it. */
  public synchronized void ended(RunVerdict verdict, Duration took) {
    inFlight--;
    probes.merge(verdict, 1, Integer::sum);
    double one = took.toMillis() / 1000.0;
    seconds += one;
    int bucket = Arrays.binarySearch(BOUNDS, one);
    durations[bucket < 0 ? -bucket - 1 : bucket]++;
  }

  /** Somebody asks for a probe; {@link #answered} has to follow. */
  public synchronized void asked() {
    waiting++;
  }

  /** Somebody who asked for a probe is answered with that HTTP status. */
  public synchronized void answered(int status) {
    waiting--;
    answers.merge(status, 1, Integer::sum);
  }

  /** What a registry collects. */
  public synchronized MetricSnapshots snapshots() {
    Metrics metrics = new Metrics();
    metrics.info(
        "build",
        "The version of Meshcheck.",
        List.of(Labels.of("version", Tool.current().version())));
    metrics.gauge(
        "exporter_environments",
        "Environments that can be probed.",
        List.of(point(environments, Labels.EMPTY)));
    metrics.counter(
        "exporter_probes",
        "Probes that have ended, by verdict.",
        probes.entrySet().stream()
            .map(e -> Metrics.count(e.getValue(), Labels.of("verdict", e.getKey().toString())))
            .toList());
    metrics.gauge(
        "exporter_probes_in_flight",
        "Probes that run now.",
        List.of(point(inFlight, Labels.EMPTY)));
    metrics.gauge(
        "exporter_waiting",
        "Requests for a probe that are not answered yet.",
        List.of(point(waiting, Labels.EMPTY)));
    metrics.counter(
        "exporter_answers",
        "Answers to requests for a probe, by HTTP status; those that shared a probe count each.",
        answers.entrySet().stream()
            .map(e -> Metrics.count(e.getValue(), Labels.of("status", e.getKey().toString())))
            .toList());
    metrics.histogram(
        "exporter_probe_duration_seconds", "How long probes took.", List.of(histogram()));
    machine(metrics);
    return metrics.snapshots();
  }

  private HistogramDataPointSnapshot histogram() {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < BOUNDS.length; i++) {
      buckets.bucket(BOUNDS[i], durations[i]);
    }
    buckets.bucket(Double.POSITIVE_INFINITY, durations[BOUNDS.length]);
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(buckets.build())
        .sum(seconds)
        .build();
  }

  /** The library's own collectors of these would bring tracers along. */
  private static void machine(Metrics metrics) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    metrics.gauge(
        "exporter_memory_used_bytes",
        "Memory that the Java machine uses.",
        List.of(
            point((double) memory.getHeapMemoryUsage().getUsed(), Labels.of("area", "heap")),
            point(
                (double) memory.getNonHeapMemoryUsage().getUsed(), Labels.of("area", "nonheap"))));
    metrics.gauge(
        "exporter_threads",
        "Threads of the Java machine.",
        List.of(point(ManagementFactory.getThreadMXBean().getThreadCount(), Labels.EMPTY)));
    metrics.gauge(
        "exporter_start_timestamp_seconds",
        "When the exporter started.",
        List.of(point(ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0, Labels.EMPTY)));
  }
}
