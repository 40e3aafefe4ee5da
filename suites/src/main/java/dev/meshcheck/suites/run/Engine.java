package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** What the command line drives; tests of the command line put their own in its place. */
public interface Engine {

  /**
   * Judges the hosts that the settings name, or the embedded reference gateway.
   *
   * @throws dev.meshcheck.fixtures.settings.UsageException when nothing can be sent with these
   *     settings
   */
  ExitCode verify(Settings settings, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException;

  /**
   * Finds out why requests to the host that the sources name fail.
   *
   * @param json whether to print for programs rather than for people
   * @throws dev.meshcheck.fixtures.settings.UsageException when no host is named
   */
  ExitCode diagnose(Sources sources, boolean json, PrintWriter out);

  /**
   * Prints the catalogue of checks, or a part of it.
   *
   * @throws dev.meshcheck.fixtures.settings.UsageException when a glob matches no check
   */
  ExitCode list(ListCommand command, PrintWriter out) throws IOException;

  /**
   * Prints what changed between two runs, or between two nights.
   *
   * @param before a report.json, its directory, the id of a run, or {@code latest}; or a
   *     fleet.json, its directory, the id of a night, or {@code latest-night}
   * @param now likewise
   * @param settings say where the reports are
   * @throws dev.meshcheck.fixtures.settings.UsageException when there is no such run
   */
  ExitCode compare(String before, String now, Settings settings, PrintWriter out)
      throws IOException;

  /**
   * Puts nights together that judged parts of a fleet.
   *
   * @param nights directories of nights, or of reports, which stand for their newest night
   * @param settings say where the reports go
   * @throws dev.meshcheck.fixtures.settings.UsageException when there is no such night, or an
   *     environment is there twice
   */
  ExitCode merge(List<String> nights, Settings settings, PrintWriter out) throws IOException;

  /**
   * Puts the hosts of runs side by side.
   *
   * @param runs each a report.json, its directory, the id of a run, {@code latest}, or a night
   * @param settings say where the reports are, and where the matrix goes
   * @throws dev.meshcheck.fixtures.settings.UsageException when there is no such run
   */
  ExitCode matrix(List<String> runs, Settings settings, PrintWriter out) throws IOException;

  /**
   * Accepts a run, so that later runs of the same environment can be compared with it.
   *
   * @param run a report.json, its directory, the id of a run, or {@code latest}
   * @param settings say where the reports are
   * @throws dev.meshcheck.fixtures.settings.UsageException when there is no such run
   */
  ExitCode accept(String run, Settings settings, PrintWriter out) throws IOException;

  /**
   * Explains a check, a cause, or what a run found.
   *
   * @param what the id of a check or a cause, {@code RUN:CHECK} or {@code RUN:e12}
   * @param settings say where the reports are
   * @throws dev.meshcheck.fixtures.settings.UsageException when there is nothing of that name
   */
  ExitCode explain(String what, Settings settings, PrintWriter out) throws IOException;

  /**
   * Sends an exchange of a run again and prints both answers.
   *
   * @param what {@code RUN:CHECK} or {@code RUN:e12}
   * @param sources today's credentials, and where the reports are
   * @throws dev.meshcheck.fixtures.settings.UsageException when there is no such exchange, or it
   *     cannot be sent as it was
   */
  ExitCode replay(String what, Sources sources, PrintWriter out) throws IOException;

  /** Runs the reference gateway until the process is told to end. */
  ExitCode gateway(GatewayCommand command, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException;
}
