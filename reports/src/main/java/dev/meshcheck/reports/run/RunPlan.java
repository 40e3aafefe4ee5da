package dev.meshcheck.reports.run;

import dev.meshcheck.reports.model.Catalogue;
import dev.meshcheck.reports.model.Setting;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is going to do. It may hold secrets; {@link RunLog} redacts what it tells.
 *
 * @param id see {@link RunId}
 * @param startedAt when the run began
 * @param selection which checks were asked for, in words
 * @param parallelism how many exchanges are allowed in flight at once
 * @param strict whether a SHOULD that is not met fails the run
 * @param catalogue the checks that the tool knows, selected or not
 * @param settings every setting that shapes the run, as {@code --show-settings} prints it
 * @param targets with unique names
 * @param engine what stands behind the targets and is judged beside them
 * @param checks what will be judged, in the order in which it is told
 */
public record RunPlan(
    String id,
    Instant startedAt,
    String selection,
    int parallelism,
    boolean strict,
    Catalogue catalogue,
    List<Setting> settings,
    List<PlannedTarget> targets,
    Optional<PlannedTarget> engine,
    List<PlannedCheck> checks) {

  /** A plan without an engine. */
  public RunPlan(
      String id,
      Instant startedAt,
      String selection,
      int parallelism,
      boolean strict,
      Catalogue catalogue,
      List<Setting> settings,
      List<PlannedTarget> targets,
      List<PlannedCheck> checks) {
    this(
        id,
        startedAt,
        selection,
        parallelism,
        strict,
        catalogue,
        settings,
        targets,
        Optional.empty(),
        checks);
  }

  public RunPlan {
    settings = List.copyOf(settings);
    targets = List.copyOf(targets);
    checks = List.copyOf(checks);
    Set<String> names = new HashSet<>();
    for (PlannedTarget planned : targets) {
      if (!names.add(planned.target().name())) {
        throw new IllegalArgumentException(
            "two targets share the name " + planned.target().name() + "; names are unique");
      }
    }
    Set<PlannedCheck.Key> keys = new HashSet<>();
    for (PlannedCheck planned : checks) {
      if (!names.contains(planned.target().name())) {
        throw new IllegalArgumentException(
            planned.check().id() + " is planned on an unknown target " + planned.target().name());
      }
      if (!keys.add(planned.key())) {
        throw new IllegalArgumentException(
            planned.check().id() + " is planned twice on " + planned.target().name());
      }
    }
  }
}
