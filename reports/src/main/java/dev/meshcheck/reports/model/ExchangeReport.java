package dev.meshcheck.reports.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request and what came back, redacted.
 *
 * @param target the name of the target it was sent to
 * @param startedAt when it was sent
 * @param request what was sent
 * @param response what came back, where there was a status line
 * @param noAnswer why there was none
 * @param frames the server-sent events of a stream, as far as the size limit allows
 * @param timings phases in milliseconds
 * @param connection what it went over, where there was a connection
 * @param firstTokenMs when a stream brought its first text, in milliseconds after sending
 * @param tokens that the answer said it cost; absent where it said none, and in older reports
 * @param resent how many times it was sent again before this reply
 * @param curl one line for a shell that sends the same request again
 */
public record ExchangeReport(
    String target,
    Instant startedAt,
    RequestReport request,
    Optional<ResponseReport> response,
    Optional<NoAnswerReport> noAnswer,
    List<FrameReport> frames,
    TimingsReport timings,
    Optional<ConnectionReport> connection,
    Optional<Double> firstTokenMs,
    Optional<Long> tokens,
    int resent,
    String curl) {

  /** Whether it left this machine at all. */
  public boolean wasSent() {
    return noAnswer.stream().allMatch(none -> none.kind().sent());
  }

  /** How many requests it was. */
  public int requests() {
    return wasSent() ? 1 + resent : 0;
  }
}
