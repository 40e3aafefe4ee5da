package dev.meshcheck.reports.compare;

import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.Shift;
import dev.meshcheck.reports.model.VersionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in plain lines what changed. */
public final class ChangeText {

  /** More of a kind are counted; report.json and report.html have them all. */
  private static final int MOST = 15;

  private ChangeText() {}

  /** One line for each thing that changed; none where nothing did. */
  public static List<String> lines(ChangeReport change) {
    List<String> lines = new ArrayList<>();
    add(lines, "new", change.newlyFailing());
    add(lines, "fixed", change.fixed());
    add(lines, "still failing", change.stillFailing());
    add(lines, "could not run any more", change.newlyCouldNotRun());
    add(lines, "check added", change.added());
    add(lines, "check removed", change.removed());
    for (VersionChange version : change.versions()) {
      lines.add(
          "version: %s was %s, is %s"
              .formatted(
                  version.target(),
                  version.before().orElse("unknown"),
                  version.after().orElse("unknown")));
    }
    for (Shift shift : change.shifts()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "time: %s %s was %.0f ms, is %.0f ms",
              shift.target(),
              shift.what(),
              shift.beforeMs(),
              shift.afterMs()));
    }
    return List.copyOf(lines);
  }

  private static void add(List<String> lines, String what, List<ResultName> names) {
    names.stream().limit(MOST).forEach(name -> lines.add(what + ": " + name));
    if (names.size() > MOST) {
      lines.add(what + ": … and " + (names.size() - MOST) + " more");
    }
  }
}
