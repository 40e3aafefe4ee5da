package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.exchange.RequestIds;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.reports.model.ConnectionReport;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.FrameReport;
import dev.meshcheck.reports.model.HeaderReport;
import dev.meshcheck.reports.model.NoAnswerReport;
import dev.meshcheck.reports.model.RequestReport;
import dev.meshcheck.reports.model.ResponseReport;
import dev.meshcheck.reports.model.TimingsReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/** Turns an exchange with its secrets into what a report may hold. */
public final class ExchangeRecorder {

  /** Characters of bodies and headers that a report holds altogether; of later ones, a little. */
  private static final int MOST_TOLD = 12 << 20;

  private static final int A_LITTLE = 1024;

  private final AtomicLong told = new AtomicLong();
  private final Redactor redactor;
  private final Curl curl;
  private final RequestIds ids;

  /** A recorder whose redactor knows every secret. */
  public ExchangeRecorder(Redactor redactor, Curl curl) {
    this(redactor, curl, RequestIds.NONE);
  }

  /** The same for a run whose requests are named. */
  public ExchangeRecorder(Redactor redactor, Curl curl, RequestIds ids) {
    this.redactor = redactor;
    this.curl = curl;
    this.ids = ids;
  }

  /** The exchange as it may be told. */
  public ExchangeReport record(Exchange exchange) {
    int limit = told.get() < MOST_TOLD ? BodyLimit.LIMIT : A_LITTLE;
    BodyLimit bodies = BodyLimit.of(redactor, exchange.target().surface(), limit);
    Optional<ResponseReport> response = Optional.empty();
    Optional<NoAnswerReport> noAnswer = Optional.empty();
    List<FrameReport> frames = List.of();
    if (exchange.reply() instanceof Answer answer) {
      BodyLimit.Shown body = bodies.body(answer.body());
      frames = bodies.frames(answer.frames(), body);
      List<HeaderReport> headers = headers(answer.headers(), limit);
      told.addAndGet(body.text().length());
      frames.forEach(frame -> told.addAndGet(frame.data().length()));
      headers.forEach(header -> told.addAndGet(header.value().length()));
      response =
          Optional.of(
              new ResponseReport(
                  answer.status(),
                  headers,
                  body.text(),
                  body.truncated() || frames.size() < answer.frames().size(),
                  answer.ending()));
    } else if (exchange.reply() instanceof NoAnswer none) {
      noAnswer = Optional.of(new NoAnswerReport(none.kind(), redactor.text(none.message())));
    }
    return new ExchangeReport(
        redactor.text(exchange.target().name()),
        exchange.startedAt(),
        request(ids.put(exchange.request(), exchange.id())),
        response,
        noAnswer,
        frames,
        timings(exchange.timings()),
        exchange.timings().connection().map(c -> new ConnectionReport(c.name(), c.reused())),
        rounded(Measures.firstTokenMs(exchange)),
        Optional.of(Measures.tokens(exchange)).filter(tokens -> tokens > 0),
        exchange.resent(),
        curl.line(exchange.request()));
  }

  private RequestReport request(Request request) {
    BodyLimit bodies = new BodyLimit(redactor);
    Optional<BodyLimit.Shown> body = request.body().map(bodies::body);
    return new RequestReport(
        request.method(),
        redactor.text(request.uri().toString()),
        headers(request.headers(), BodyLimit.LIMIT),
        body.map(BodyLimit.Shown::text),
        body.map(BodyLimit.Shown::truncated).orElse(false),
        request.first().map(this::request));
  }

  /** All of them, each cut to that many characters. */
  private List<HeaderReport> headers(Headers headers, int longest) {
    return redactor.headers(headers).fields().stream()
        .map(field -> new HeaderReport(field.name(), Texts.beginning(field.value(), longest)))
        .toList();
  }

  private static TimingsReport timings(Timings timings) {
    return new TimingsReport(
        rounded(timings.dns()),
        rounded(timings.connect()),
        rounded(timings.tls()),
        rounded(timings.firstByte()),
        rounded(timings.total()));
  }

  private static Optional<Double> rounded(OptionalDouble ms) {
    return ms.isPresent() ? Optional.of(rounded(ms.getAsDouble())) : Optional.empty();
  }

  /** Microseconds are the finest that anybody believes. */
  static double rounded(double ms) {
    return Math.round(Math.max(0, ms) * 1000) / 1000.0;
  }
}
