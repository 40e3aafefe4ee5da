package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Puts an id that a host gave into the path of a request, so that it names one thing below the
 * route and nothing else, see https://www.rfc-editor.org/rfc/rfc3986#section-3.3.
 */
public final class PathSegments {

  private static final int LONGEST = 512;

  private static final String UNRESERVED = "-._~";

  /** Where these stand, another path is asked for, encoded or not. */
  private static final Set<String> DOTS = Set.of("", ".", "..");

  private PathSegments() {}

  /**
   * The id as one segment.
   *
   * @param what whose id it is, for messages
   * @throws CouldNotRun where no path can hold it
   */
  public static String one(String what, String id) {
    if (id.length() > LONGEST) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED,
          what + " has an id of more than " + LONGEST + " characters, which no path should hold");
    }
    if (DOTS.contains(id)) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED,
          what + " has the id \"" + id + "\", which leads to another path");
    }
    return encoded(id);
  }

  private static String encoded(String segment) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }
}
