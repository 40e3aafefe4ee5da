package dev.meshcheck.suites.exporter;

/** A request that gets no metrics; its message is one line for whoever asked. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The request itself is wrong. */
  static Refused bad(String message) {
    return new Refused(400, message);
  }

  /** There is no such thing. */
  static Refused unknown(String message) {
    return new Refused(404, message);
  }

  /** Not now; nothing is known of the environment. */
  static Refused busy(String message) {
    return new Refused(503, message);
  }

  /** The HTTP status that says so. */
  int status() {
    return status;
  }
}
