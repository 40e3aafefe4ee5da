package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.Machine;
import dev.meshcheck.reports.model.Run;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Setting;
import dev.meshcheck.reports.model.TargetReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every report says of the run itself, so that it can be understood and repeated. */
public final class About {

  private About() {}

  /** Names such as {@code run.id} and {@code setting.host}, with their values, in order. */
  public static Map<String, String> of(RunReport report) {
    Run run = report.run();
    Machine machine = run.machine();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("meshcheck.version", report.tool().version());
    about.put(
        "catalogue.version",
        report.catalogue().version() + ", " + report.catalogue().checks() + " checks");
    about.put("run.id", run.id());
    about.put("run.selection", run.selection());
    about.put("run.strict", String.valueOf(run.strict()));
    about.put("run.startedAt", run.startedAt().toString());
    run.finishedAt().ifPresent(end -> about.put("run.finishedAt", end.toString()));
    about.put("run.complete", String.valueOf(run.complete()));
    about.put(
        "machine",
        "%s, %s, Java %s, %d processors"
            .formatted(machine.os(), machine.arch(), machine.java(), machine.processors()));
    for (TargetReport target : report.targets()) {
      target.way().ifPresent(way -> about.put("way." + target.name(), way));
    }
    for (Setting setting : run.settings()) {
      // One setting may have a value for each surface.
      about.merge(
          "setting." + setting.name(),
          setting.value() + " (" + setting.origin() + ")",
          (one, other) -> one + ", " + other);
    }
    return about;
  }

  /** The same without settings that nobody touched, for pages that show all of it at once. */
  public static Map<String, String> chosen(RunReport report) {
    Map<String, String> about = of(report);
    about.values().removeIf(value -> value.endsWith("(default)"));
    return about;
  }
}
