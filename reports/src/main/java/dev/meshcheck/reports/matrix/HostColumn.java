package dev.meshcheck.reports.matrix;

import dev.meshcheck.reports.capability.Capabilities;
import dev.meshcheck.reports.html.StateSign;
import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CapabilityReport.State;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.render.Story;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One target of one run.
 *
 * @param name what it is called
 * @param details what tells it from others of the same name: surface, model, version, day
 * @param run the id of the run
 * @param startedAt when the run began
 * @param tool the version of Meshcheck that ran it
 * @param verdict how the run ended
 * @param capabilities as the table of this Meshcheck says it, whichever one ran
 */
public record HostColumn(
    String name,
    List<String> details,
    String run,
    Instant startedAt,
    String tool,
    RunVerdict verdict,
    List<CapabilityReport> capabilities) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** Keeps copies. */
  public HostColumn {
    details = List.copyOf(details);
    capabilities = List.copyOf(capabilities);
  }

  /** The columns of a run, one for each of its targets. */
  static List<HostColumn> of(RunReport report) {
    List<CapabilityReport> all = Capabilities.of(report.results(), report.causes());
    return report.targets().stream()
        .map(
            target ->
                new HostColumn(
                    target.environment().orElse(target.host()),
                    details(target, report.run().startedAt()),
                    report.run().id(),
                    report.run().startedAt(),
                    report.tool().version(),
                    new Story(report).conclusion(),
                    all.stream().filter(c -> c.target().equals(target.name())).toList()))
        .toList();
  }

  private static List<String> details(TargetReport target, Instant startedAt) {
    List<String> details = new ArrayList<>(List.of(target.name()));
    target.model().ifPresent(details::add);
    target.serverVersion().ifPresent(version -> details.add("version " + version));
    details.add(DAY.format(startedAt));
    return details;
  }

  /** What is broken, then what is not there and what could not be judged. */
  public List<CapabilityReport> lacking() {
    return capabilities.stream()
        .filter(c -> c.state() != State.YES)
        .sorted(
            Comparator.comparing(
                c -> List.of(State.BROKEN, State.NO, State.NOT_JUDGED).indexOf(c.state())))
        .toList();
  }

  /** How many capabilities have that state. */
  public long count(State state) {
    return capabilities.stream().filter(c -> c.state() == state).count();
  }

  /** The mark of a state. */
  public static StateSign sign(CapabilityReport capability) {
    return StateSign.of(capability.state());
  }
}
