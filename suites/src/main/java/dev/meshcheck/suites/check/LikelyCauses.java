package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the likely causes of a check may be told of a failure. What is wrong with an answer says
 * nothing of a host that broke, refused the key or was not there: of those the guidance speaks,
 * which goes by what came back.
 */
public final class LikelyCauses {

  /**
   * An answer came, and is not the one that the check looks for. One that lacks a field was not
   * looked at, unless the check is about fields.
   */
  private static final Set<Reason> OF_ANSWERS =
      EnumSet.of(
          Reason.WRONG_STATUS,
          Reason.NOT_REFUSED,
          Reason.NOT_JSON,
          Reason.WRONG_CONTENT_TYPE,
          Reason.WRONG_VALUE,
          Reason.STREAM_MALFORMED,
          Reason.STREAM_TRUNCATED,
          Reason.STREAM_BUFFERED,
          Reason.SECRET_LEAKED,
          Reason.INTERNALS_LEAKED);

  /** The host broke over the request. */
  private static final Set<Reason> OF_BREAKING =
      EnumSet.of(
          Reason.SERVER_ERROR,
          Reason.UNAVAILABLE,
          Reason.STREAM_ERROR,
          Reason.BODY_CUT,
          Reason.TIMEOUT,
          Reason.CONNECTION_CLOSED);

  /** Tensormesh has a gateway; a llama-server has none, and may do all by itself. */
  private static final String GATEWAY = "the gateway ";

  private static final String ANYBODY = "the server, or a gateway in front of it, ";

  private LikelyCauses() {}

  /** How they are told of a host of that surface. */
  static List<String> at(Surface surface, List<String> causes) {
    if (surface.isTensormesh()) {
      return causes;
    }
    return causes.stream()
        .map(
            cause ->
                cause.startsWith(GATEWAY) && !cause.contains("the server")
                    ? ANYBODY + cause.substring(GATEWAY.length())
                    : cause)
        .toList();
  }

  /** All that the check knows, in whatever case. */
  public static List<String> all(Check check) {
    return Stream.of(check.ifItFails(), check.ifItBreaks())
        .flatMap(Arrays::stream)
        .distinct()
        .toList();
  }

  /** Those that this failure allows, most likely first; none where it allows none. */
  public static List<String> of(Check check, Failure failure) {
    if (!failure.likely().isEmpty()) {
      return failure.likely();
    }
    Reason reason = failure.reason();
    boolean about = OF_ANSWERS.contains(reason) || List.of(check.about()).contains(reason);
    return Stream.of(
            about ? check.ifItFails() : new String[0],
            OF_BREAKING.contains(reason) ? check.ifItBreaks() : new String[0])
        .flatMap(Arrays::stream)
        .toList();
  }
}
