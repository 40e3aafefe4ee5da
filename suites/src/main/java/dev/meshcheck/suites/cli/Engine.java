package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;

/** What the command line drives; the implementation is found as a service. */
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

  /** Prints the catalogue of checks. */
  ExitCode list(ListFormat format, PrintWriter out) throws IOException;

  /** Runs the reference gateway until the process is told to end. */
  ExitCode gateway(GatewayOptions options, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException;
}
