package dev.meshcheck.suites.exporter;

import dev.meshcheck.fixtures.exchange.InFlight;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Found.Layer;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.reports.console.Kept;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.fleet.Fleet;
import dev.meshcheck.suites.fleet.Judged;
import dev.meshcheck.suites.run.Surroundings;
import dev.meshcheck.suites.run.Verify;
import dev.meshcheck.suites.run.Voice;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Judges an environment as {@code nightly} does, with the defaults of what runs every minute. */
final class EnvironmentJudge implements Probes.Judge {

  /** Without a word from Prometheus, as the blackbox exporter has it. */
  static final Duration USUAL = Duration.ofMinutes(2);

  private static final String ORIGIN = "default of exporter";

  /** What compares with reports that are kept, or writes a file beside them. */
  private static final Set<Setting> OF_REPORTS =
      EnumSet.of(Setting.BASELINE, Setting.FAIL_ON, Setting.WRITE_KNOWN_FAILURES);

  private final Fleet fleet;
  private final int atOnce;
  private final InFlight inFlight;
  private final Redactor redactor;
  private final Consumer<String> problems;

  /**
   * A judge of that fleet.
   *
   * @param problems takes a line on what went wrong beside a run
   */
  EnvironmentJudge(
      Fleet fleet, int atOnce, InFlight inFlight, Redactor redactor, Consumer<String> problems) {
    this.fleet = fleet;
    this.atOnce = atOnce;
    this.inFlight = inFlight;
    this.redactor = redactor;
    this.problems = problems;
  }

  /** Every environment of the file of a command. */
  static Fleet fleet(ExporterCommand command, Sources process) {
    Fleet fleet =
        Fleet.all(
            command.targets(),
            process,
            "exporter",
            List.of(found(Setting.REPORTS, "none", Layer.DEFAULT, ORIGIN)));
    if (fleet.whole().createReports().isEmpty()) {
      refuseComparing(fleet.whole());
    }
    return fleet;
  }

  private static void refuseComparing(Settings whole) {
    for (Setting setting : List.of(Setting.BASELINE, Setting.FAIL_ON)) {
      whole
          .value(setting)
          .filter(found -> found.layer() == Layer.FLAG || found.layer() == Layer.PROPERTY)
          .ifPresent(
              found -> {
                throw new UsageException(
                    "--%s compares with reports, and an exporter keeps none by itself; name a directory with --reports"
                        .formatted(setting));
              });
    }
  }

  @Override
  public Judged judge(Entry entry, Optional<Pack> pack, Duration most, Probe probe) {
    Voice voice = voice(entry.name());
    return Judged.by(
        redactor,
        () -> settings(entry, pack, most),
        settings ->
            new Verify(
                    settings,
                    new Surroundings(fleet.environment(), voice, probe.run(), inFlight, atOnce))
                .run());
  }

  private Settings settings(Entry entry, Optional<Pack> pack, Duration most) {
    Optional<Path> reports = fleet.whole().reports();
    List<Found> more = new ArrayList<>();
    more.add(found(Setting.PACK, Pack.SMOKE.toString(), Layer.DEFAULT, ORIGIN));
    pack.ifPresent(one -> more.add(found(Setting.PACK, one.toString(), Layer.FLAG, "of the URL")));
    more.add(
        found(
            Setting.REPORTS,
            reports
                .map(path -> path.resolve("environments").resolve(entry.name()).toString())
                .orElse("none"),
            Layer.FLAG,
            "of exporter"));
    Entry mine = reports.isPresent() ? entry : without(entry, OF_REPORTS);
    Settings asked = fleet.settings(mine, more);
    // Whoever waits less than the file allows decides.
    if (asked.runTimeout().filter(own -> own.compareTo(most) <= 0).isEmpty()) {
      more.add(
          found(
              Setting.RUN_TIMEOUT,
              BigDecimal.valueOf(most.toMillis(), 3).toPlainString(),
              Layer.FLAG,
              "of the scrape"));
    }
    return fleet.settings(mine, more);
  }

  private static Entry without(Entry entry, Set<Setting> some) {
    return new Entry(
        entry.name(),
        entry.labels(),
        entry.place(),
        entry.values().stream().filter(found -> !some.contains(found.setting())).toList());
  }

  private static Found found(Setting setting, String text, Layer layer, String origin) {
    return new Found(setting, text, layer, origin, List.of());
  }

  private Voice voice(String name) {
    return new Voice() {
      @Override
      public Heard of(Kept kept) {
        return new Heard(new RunObserver() {}, what -> {});
      }

      @Override
      public void problem(String line) {
        problems.accept(name + ": " + line);
      }
    };
  }
}
