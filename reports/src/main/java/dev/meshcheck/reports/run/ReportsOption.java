package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import java.nio.file.Path;

/** What a hint that names a run has to repeat, so that the run is found again. */
public final class ReportsOption {

  private ReportsOption() {}

  /** {@code " --reports DIR"} where a flag named the directory; a variable is still set. */
  public static String of(Settings settings) {
    boolean named =
        settings
            .value(Setting.REPORTS)
            .filter(f -> f.layer() == Found.Layer.FLAG || f.layer() == Found.Layer.PROPERTY)
            .isPresent();
    String reports = settings.reports().map(Path::toString).orElse("");
    return named && !reports.isEmpty() ? " --reports " + ShellQuote.quote(reports) : "";
  }
}
