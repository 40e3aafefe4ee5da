package dev.meshcheck.reports.html;

import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.FrameReport;
import dev.meshcheck.reports.model.RequestReport;
import dev.meshcheck.reports.model.ResponseReport;
import dev.meshcheck.reports.model.TimingsReport;
import dev.meshcheck.reports.text.Plain;
import dev.meshcheck.reports.text.PrettyBody;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An exchange in the waterfall, and opened.
 *
 * @param id such as {@code e12}
 * @param report what went over the wire
 * @param span of the whole run, for the bars
 * @param detailed whether the page has room for headers and bodies
 * @param judged the results that rest on it, what needs a look first
 */
public record ExchangeView(
    String id, ExchangeReport report, Span span, boolean detailed, List<CheckResult> judged) {

  private static final int LONGEST_BODY = 12_000;
  private static final int LONGEST_CURL = 12_000;
  private static final int MOST_CHECKS = 8;

  /**
   * The time that all bars share.
   *
   * @param startMs of the first exchange, in milliseconds since 1970
   * @param lengthMs to the end of the last one
   */
  record Span(double startMs, double lengthMs) {}

  /** About how many characters the opened exchange takes. */
  static int weight(ExchangeReport report) {
    int bodies =
        report.request().body().map(String::length).orElse(0)
            + report.response().map(r -> r.body().length()).orElse(0);
    return 2_000 + Math.min(3 * LONGEST_BODY, bodies * 3 / 2) + report.curl().length();
  }

  /** Method and path. */
  public String line() {
    return report.request().method() + " " + path();
  }

  /** The route that it went to by its path, else that of the first check that rests on it. */
  public String route() {
    String path = path().replaceFirst("\\?.*", "");
    return Surfaces.all().stream()
        .flatMap(surface -> surface.routes().values().stream())
        .filter(route -> route.path().equals(path))
        .map(route -> route.name().toString())
        .findFirst()
        .or(() -> judged.stream().map(result -> result.route().toString()).findFirst())
        .orElse("");
  }

  /** The results that rest on it, as many as there is room for. */
  public List<CheckResult> firstJudged() {
    return judged.stream().limit(MOST_CHECKS).toList();
  }

  /** How many results there is no room for. */
  public int moreJudged() {
    return judged.size() - firstJudged().size();
  }

  private String path() {
    try {
      URI uri = URI.create(report.request().url());
      String path = Optional.ofNullable(uri.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
      return Optional.ofNullable(uri.getRawQuery()).map(q -> path + "?" + q).orElse(path);
    } catch (IllegalArgumentException e) {
      // A redacted address need not be one.
      return report.request().url();
    }
  }

  /** The status, or why there was none. */
  public String status() {
    return report
        .response()
        .map(r -> String.valueOf(r.status()))
        .or(() -> report.noAnswer().map(n -> n.kind().toString()))
        .orElse("nothing");
  }

  /** For the style sheet: ok, client, server or none. */
  public String kind() {
    int status = report.response().map(ResponseReport::status).orElse(0);
    return status == 0 ? "none" : status >= 500 ? "server" : status >= 400 ? "client" : "ok";
  }

  /** How long it took. */
  public String duration() {
    return Numbers.duration(report.timings().total());
  }

  /** When it was sent, after the first one. */
  public String offset() {
    return Numbers.duration(offsetMs());
  }

  /** Where the bar begins. */
  public String from() {
    return Numbers.percent(offsetMs(), span.lengthMs());
  }

  /** Where the first byte came. */
  public String firstByteAt() {
    return Numbers.percent(offsetMs() + waitMs(), span.lengthMs());
  }

  /** How wide the time to the first byte is; never too thin to see. */
  public String waitWidth() {
    return Numbers.percent(Math.max(waitMs(), span.lengthMs() / 300), span.lengthMs());
  }

  /** How wide the rest is. */
  public String readWidth() {
    return Numbers.percent(report.timings().total() - waitMs(), span.lengthMs());
  }

  private double waitMs() {
    TimingsReport timings = report.timings();
    return Math.min(timings.total(), timings.firstByte().orElse(timings.total()));
  }

  private double offsetMs() {
    return Math.max(0, millis(report) - span.startMs());
  }

  static double millis(ExchangeReport report) {
    return Duration.between(java.time.Instant.EPOCH, report.startedAt()).toNanos() / 1e6;
  }

  /** The phases of its time. */
  public List<Phase> phases() {
    return Phase.of(report.timings());
  }

  /** The request as it went out, without its body. */
  public String requestHead() {
    RequestReport request = report.request();
    StringBuilder head = new StringBuilder(request.method() + " " + request.url());
    request
        .headers()
        .forEach(h -> head.append('\n').append(h.name()).append(": ").append(h.value()));
    return Plain.text(head.toString());
  }

  /** The body that was sent. */
  public Optional<String> requestBody() {
    return report
        .request()
        .body()
        .filter(b -> !b.isEmpty())
        .map(b -> PrettyBody.of(b, LONGEST_BODY));
  }

  /** Status line and headers of the answer. */
  public Optional<String> responseHead() {
    return report
        .response()
        .map(
            response -> {
              StringBuilder head = new StringBuilder("HTTP " + response.status());
              response
                  .headers()
                  .forEach(h -> head.append('\n').append(h.name()).append(": ").append(h.value()));
              return Plain.text(head.toString());
            });
  }

  /** The body that came back; a stream is told by its events. */
  public Optional<String> responseBody() {
    return report
        .response()
        .map(ResponseReport::body)
        .filter(body -> !body.isEmpty() && report.frames().isEmpty())
        .map(body -> PrettyBody.of(body, LONGEST_BODY));
  }

  /** How the body ended, where it did not end well. */
  public Optional<String> ending() {
    return report
        .response()
        .map(r -> r.ending().toString())
        .filter(ending -> !ending.equals("complete"));
  }

  /** The events of a stream. */
  public List<FrameView> frames() {
    return FrameView.of(report.frames());
  }

  /** How many events there are beyond those that are shown. */
  public int moreFrames() {
    return report.frames().size() - frames().size();
  }

  /** The events as strokes on a line 1000 wide. */
  public String frameStrokes() {
    StringBuilder strokes = new StringBuilder();
    for (FrameReport frame : report.frames()) {
      long x = Math.round(Math.min(1, frame.atMs() / Math.max(1, report.timings().total())) * 998);
      strokes.append('M').append(x + 1).append(" 0v16");
    }
    return strokes.toString();
  }

  /** When the first text came. */
  public Optional<String> firstToken() {
    return report.firstTokenMs().map(Numbers::duration);
  }

  /** The line that sends it again. */
  public String curl() {
    return Plain.shortened(Plain.text(report.curl()), LONGEST_CURL);
  }
}
