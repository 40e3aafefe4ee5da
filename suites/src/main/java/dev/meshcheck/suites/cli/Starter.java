package dev.meshcheck.suites.cli;

import dev.meshcheck.reports.outcome.ExitCode;
import java.util.Optional;
import java.util.Properties;

/** The script that waits for this process. Once it is gone, nobody hears what is found. */
final class Starter {

  /** Its process id; set by run.sh where it waits, and does not become this process. */
  private static final String PARENT = "meshcheck.parent";

  private Starter() {}

  /** Ends this process, as an interrupted run ends, when the script has died. */
  static void endWith(Properties properties) {
    String parent = properties.getProperty(PARENT, "");
    if (!parent.matches("\\d{1,18}")) {
      return;
    }
    Optional<ProcessHandle> script = ProcessHandle.of(Long.parseLong(parent));
    if (script.isEmpty()) {
      System.exit(ExitCode.INCOMPLETE.code());
    } else {
      var unused = script.get().onExit().thenRun(() -> System.exit(ExitCode.INCOMPLETE.code()));
    }
  }
}
