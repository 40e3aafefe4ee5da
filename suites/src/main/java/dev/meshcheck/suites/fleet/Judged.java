package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How the judging of one environment among others ended: nothing that happens to it escapes. */
public sealed interface Judged {

  /** It ran to an end of its own. */
  record Ran(RunReport report) implements Judged {}

  /**
   * There was no run.
   *
   * @param code {@link ExitCode#INCOMPLETE} where something is missing that it needs, such as a
   *     secret, or {@link ExitCode#MESHCHECK_BROKE}
   * @param why on one line, redacted
   */
  record Not(ExitCode code, String why) implements Judged {}

  /**
   * Judges.
   *
   * @param redactor learns the secrets of the environment
   * @param settings reads what the environment is told
   * @param run judges it
   */
  static Judged by(
      Redactor redactor, Supplier<Settings> settings, Function<Settings, RunReport> run) {
    try {
      Settings read = settings.get();
      read.secrets().forEach(redactor::learn);
      read.userIds().forEach(redactor::learnId);
      return new Ran(run.apply(read));
    } catch (UsageException e) {
      return new Not(ExitCode.INCOMPLETE, redactor.text(e.getMessage()));
    } catch (Exception | Error e) {
      String said = Optional.ofNullable(e.getMessage()).map(m -> ": " + m).orElse("");
      return new Not(
          ExitCode.MESHCHECK_BROKE,
          redactor.text("internal error: " + e.getClass().getSimpleName() + said));
    }
  }
}
