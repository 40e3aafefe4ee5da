package dev.meshcheck.reports.fleet;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Gathers what was measured as snapshots of the Prometheus client library. */
final class Metrics {

  private static final String PREFIX = "meshcheck_";

  private final List<MetricSnapshot> all = new ArrayList<>();

  /** A gauge of that name, without the prefix that all have; none without points. */
  void gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
    if (!points.isEmpty()) {
      GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
      points.forEach(gauge::dataPoint);
      all.add(gauge.build());
    }
  }

  /** A point of a gauge. */
  static GaugeDataPointSnapshot point(double value, Labels labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
  }

  /** A counter of that name, to which the text format adds {@code _total}; none without points. */
  void counter(String name, String help, List<CounterDataPointSnapshot> points) {
    if (!points.isEmpty()) {
      CounterSnapshot.Builder counter = CounterSnapshot.builder().name(PREFIX + name).help(help);
      points.forEach(counter::dataPoint);
      all.add(counter.build());
    }
  }

  /** A point of a counter. */
  static CounterDataPointSnapshot count(int value, Labels labels) {
    return CounterDataPointSnapshot.builder().value(value).labels(labels).build();
  }

  /** A histogram; none without points. */
  void histogram(String name, String help, List<HistogramDataPointSnapshot> points) {
    if (!points.isEmpty()) {
      HistogramSnapshot.Builder histogram =
          HistogramSnapshot.builder().name(PREFIX + name).help(help);
      points.forEach(histogram::dataPoint);
      all.add(histogram.build());
    }
  }

  /** A point of a histogram, in seconds. */
  static HistogramDataPointSnapshot point(Spread spread, Labels labels) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < Spread.BOUNDS.size(); i++) {
      buckets.bucket(Spread.BOUNDS.get(i) / 1000, (long) spread.buckets().get(i));
    }
    buckets.bucket(Double.POSITIVE_INFINITY, (long) spread.buckets().get(Spread.BOUNDS.size()));
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(buckets.build())
        .sum(spread.sumMs() / 1000)
        .labels(labels)
        .build();
  }

  /** Text about something, as labels of a gauge that is 1; none without points. */
  void info(String name, String help, List<Labels> points) {
    if (!points.isEmpty()) {
      InfoSnapshot.Builder info = InfoSnapshot.builder().name(PREFIX + name).help(help);
      points.forEach(
          labels -> info.dataPoint(InfoDataPointSnapshot.builder().labels(labels).build()));
      all.add(info.build());
    }
  }

  MetricSnapshots snapshots() {
    return new MetricSnapshots(all);
  }

  /** The text format of Prometheus. */
  static String text(MetricSnapshots snapshots) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(bytes, snapshots);
    } catch (IOException e) {
      throw new UncheckedIOException("metrics cannot be written", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
