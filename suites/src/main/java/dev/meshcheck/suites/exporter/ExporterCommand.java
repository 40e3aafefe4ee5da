package dev.meshcheck.suites.exporter;

/**
 * What {@code exporter} was asked for.
 *
 * @param targets the targets file, as the user named it
 * @param listen the address to listen on
 * @param port the port to listen on; 0 for a free one
 * @param atOnce probes that may run at once
 * @param inFlight requests under way at once, to all hosts together
 */
public record ExporterCommand(String targets, String listen, int port, int atOnce, int inFlight) {

  /** Where it listens, unless a flag says otherwise: nobody else's machine asks there. */
  public static final String LISTEN = "127.0.0.1";

  /** The port, unless a flag says otherwise. */
  public static final int PORT = 9464;

  /** Probes at once, unless a flag says otherwise. */
  public static final int AT_ONCE = 16;
}
