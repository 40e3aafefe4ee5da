package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.model.Catalogue;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunPlan;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Says what a run is going to do.
 *
 * @param id of the run
 * @param name of the environment; without one, each target is called by its address
 */
record Planning(
    Settings settings, Selection selection, String id, Instant startedAt, Optional<String> name) {

  /** Summed up once: a night has a plan for each of its environments. */
  private static final Catalogue CATALOGUE = catalogue(Suites.catalogue());

  /** The checks of these targets, in the order in which they are told. */
  List<PlannedCheck> checks(List<Target> targets) {
    return selection.entries().stream()
        .flatMap(
            entry ->
                targets.stream()
                    .filter(target -> selection.isAbout(entry, target.surface()))
                    .map(target -> new PlannedCheck(entry.infoOn(target.surface()), target)))
        .toList();
  }

  /** The few checks by which a listed model is called, whatever else is selected. */
  List<PlannedCheck> rollCall(List<Target> models) {
    return Suites.catalogue().stream()
        .filter(RollCall::asks)
        .flatMap(
            entry ->
                models.stream()
                    .filter(target -> entry.isAbout(target.surface()))
                    .map(target -> new PlannedCheck(entry.infoOn(target.surface()), target)))
        .toList();
  }

  /** Who is judged, as in every run of the same environment. */
  Set<String> keys(List<Target> targets) {
    return targets.stream()
        .map(target -> TargetReport.key(target.name(), environment(target)))
        .collect(Collectors.toSet());
  }

  /** A target, and how its surface and model were chosen. */
  PlannedTarget target(Target target, List<String> decisions) {
    return new PlannedTarget(
        target,
        environment(target),
        decisions,
        new ToldSettings(settings).origins(target.surface()),
        settings.passage(target.base()));
  }

  /** The engine behind the targets. It has a key of its own, and no line shows another there. */
  PlannedTarget engine(Target engine, List<String> decisions) {
    Map<Setting, String> origins =
        engine.key().isPresent()
            ? Map.of(Setting.INFERENCE_KEY, "from MESHCHECK_" + Setting.ENGINE_KEY.name())
            : Map.of();
    return new PlannedTarget(
        engine, engine.address(), decisions, origins, settings.passage(engine.base()));
  }

  /** The checks that the engine is asked too: those that are planned in front and about it. */
  List<PlannedCheck> behind(Target engine, List<PlannedCheck> inFront) {
    Set<String> ids = inFront.stream().map(p -> p.check().id()).collect(Collectors.toSet());
    return checks(List.of(engine)).stream().filter(p -> ids.contains(p.check().id())).toList();
  }

  /** The whole plan. */
  RunPlan plan(
      List<PlannedTarget> targets, Optional<PlannedTarget> engine, List<PlannedCheck> checks) {
    return new RunPlan(
        id,
        startedAt,
        selection.words(),
        settings.parallel().most(),
        settings.strict(),
        CATALOGUE,
        new ToldSettings(settings).settings(),
        targets,
        engine,
        checks);
  }

  private String environment(Target target) {
    return name.orElse(target.address());
  }

  /** A catalogue whose version changes with every id, title and level in it. */
  private static Catalogue catalogue(List<Entry> entries) {
    CRC32 sum = new CRC32();
    for (Entry entry : entries) {
      String levels = entry.info().level() + List.of(entry.check().elsewhere()).toString();
      String line = entry.info().id() + levels + entry.info().title() + '\n';
      sum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    String version = Tool.current().version() + "-" + String.format("%08x", sum.getValue());
    return new Catalogue(version, entries.size());
  }
}
