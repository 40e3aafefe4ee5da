package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import java.net.URI;
import java.util.List;

/** Who listens at the port, and who only seems to. */
final class PortSetups {

  private static final String KIND = "who listens";

  private PortSetups() {}

  static List<Setup> all() {
    return List.of(
        // https://github.com/moby/moby/issues/31507: what maps a port takes connections by itself
        shows(
            KIND,
            "a port mapper with nothing behind it resets every connection",
            "connection-closed",
            s ->
                s.diagnose(URI.create("http://127.0.0.1:" + s.keep(RawServer.resetting()).port()))),
        shows(
            KIND,
            "the same, and TLS is spoken to it",
            "connection-closed tls-handshake-failed",
            s ->
                s.diagnose(
                    URI.create("https://127.0.0.1:" + s.keep(RawServer.resetting()).port()))));
  }
}
