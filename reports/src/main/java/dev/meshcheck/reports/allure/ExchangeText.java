package dev.meshcheck.reports.allure;

import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.FrameReport;
import dev.meshcheck.reports.model.HeaderReport;
import dev.meshcheck.reports.text.Plain;
import java.util.List;
import java.util.Locale;

/** An exchange as plain text. */
final class ExchangeText {

  private ExchangeText() {}

  /** What was sent and how it ended, on one line. */
  static String line(ExchangeReport exchange) {
    String end =
        exchange
            .response()
            .map(response -> String.valueOf(response.status()))
            .or(() -> exchange.noAnswer().map(none -> none.kind().toString()))
            .orElse("nothing");
    return exchange.request().method() + " " + exchange.request().url() + " → " + end;
  }

  /** All of it. */
  static String of(ExchangeReport exchange) {
    StringBuilder text = new StringBuilder();
    text.append(exchange.curl()).append("\n\n");
    text.append(exchange.request().method()).append(' ').append(exchange.request().url());
    text.append('\n');
    headers(text, exchange.request().headers());
    exchange.request().body().ifPresent(body -> text.append('\n').append(body).append('\n'));
    exchange
        .response()
        .ifPresent(
            response -> {
              text.append("\nHTTP ").append(response.status()).append('\n');
              headers(text, response.headers());
              if (exchange.frames().isEmpty()) {
                text.append('\n').append(response.body()).append('\n');
              }
            });
    for (FrameReport frame : exchange.frames()) {
      text.append(String.format(Locale.ROOT, "%n%8.1f ms  ", frame.atMs()));
      frame.event().ifPresent(event -> text.append(event).append("  "));
      text.append(frame.data());
    }
    exchange.noAnswer().ifPresent(n -> text.append('\n').append(n.message()).append('\n'));
    return Plain.text(text.toString());
  }

  private static void headers(StringBuilder text, List<HeaderReport> headers) {
    headers.forEach(h -> text.append(h.name()).append(": ").append(h.value()).append('\n'));
  }
}
