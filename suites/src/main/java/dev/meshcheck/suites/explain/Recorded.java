package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.HeaderReport;
import dev.meshcheck.reports.model.RequestReport;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a request again from a report. A report holds no secrets, so that where one stood, today's
 * takes its place; which one it was, the curl line says by the name of a variable.
 */
final class Recorded {

  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Z_][A-Z0-9_]{0,80}");

  private final ExchangeReport exchange;
  private final Target target;

  /**
   * A recorded exchange.
   *
   * @param target with today's credentials
   */
  Recorded(ExchangeReport exchange, Target target) {
    this.exchange = exchange;
    this.target = target;
  }

  /**
   * The request with today's credentials.
   *
   * @throws UsageException where the report does not hold all of it
   */
  Request request() {
    RequestReport sent = exchange.request();
    if (sent.truncated() || sent.body().stream().anyMatch(b -> b.contains(Redactor.MASK))) {
      throw new UsageException(
          "the report holds only a part of the body that was sent, so it cannot be sent again; run"
              + " the check: ./run.sh verify --select ID");
    }
    Headers headers = Headers.NONE;
    for (HeaderReport header : sent.headers()) {
      if (!header.name().equalsIgnoreCase("Content-Length")) {
        headers = headers.with(header.name(), value(header));
      }
    }
    Request request = Request.of(sent.method(), URI.create(sent.url()), headers);
    request = sent.body().map(request::withBody).orElse(request);
    return exchange.curl().contains("curl -sS -N ") ? request.asStream() : request;
  }

  private String value(HeaderReport header) {
    boolean hidden = header.value().contains(Redactor.MASK) || header.value().contains("…");
    return hidden ? fromCurl(header.name()) : header.value();
  }

  private String fromCurl(String name) {
    String quoted = Pattern.quote(name);
    Matcher line =
        Pattern.compile(" -H (?:\"" + quoted + ": ([^\"]*)\"|'" + quoted + ": ([^']*)')")
            .matcher(exchange.curl());
    if (!line.find()) {
      throw new UsageException(
          "the report does not say what stood in the header " + name + ", so it cannot be sent");
    }
    if (line.group(1) == null) {
      return line.group(2);
    }
    Matcher variable = VARIABLE.matcher(line.group(1));
    return variable.replaceAll(found -> Matcher.quoteReplacement(today(name, found.group())));
  }

  /** What stands in that header today. */
  private String today(String name, String variable) {
    boolean user = name.equalsIgnoreCase("X-User-Id");
    return target.extras().stream()
        .filter(extra -> extra.name().equalsIgnoreCase(name))
        .map(Target.Extra::value)
        .findFirst()
        .or(() -> user ? target.userId() : target.key())
        .orElseThrow(
            () -> new UsageException("the request needs " + variable + "; set it and try again"));
  }
}
