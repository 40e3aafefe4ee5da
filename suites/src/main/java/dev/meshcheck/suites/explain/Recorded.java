package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.exchange.RequestIds;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.HeaderReport;
import dev.meshcheck.reports.model.RequestReport;
import dev.meshcheck.reports.run.KeySpelling;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a request again from a report. A report holds no secrets, so that where one stood, today's
 * takes its place; which one it was, the curl line says by the name of a variable.
 */
final class Recorded {

  /** A variable between two quoted pieces of a curl line. */
  private static final Pattern SPLICED = Pattern.compile("'\"\\$([A-Z_][A-Z0-9_]{0,80})\"'");

  private final RequestReport sent;
  private final String whole;
  private final String curl;
  private final Target target;
  private final Today today;

  /** Today's credentials that are not those of the target: a check sends keys to the wrong one. */
  record Today(Optional<String> inferenceKey, Optional<String> accessToken) {}

  /**
   * A recorded exchange.
   *
   * @param target with today's credentials
   */
  Recorded(ExchangeReport exchange, Target target, Today today) {
    this(exchange.request(), exchange.curl(), target, today);
  }

  private Recorded(RequestReport sent, String curl, Target target, Today today) {
    this.sent = sent;
    this.whole = curl;
    int next = curl.lastIndexOf(" --next ");
    this.curl =
        next < 0
            ? curl
            : sent.behind().isPresent() ? curl.substring(next) : curl.substring(0, next);
    this.target = target;
    this.today = today;
  }

  /**
   * The request with today's credentials.
   *
   * @throws UsageException where the report does not hold all of it
   */
  Request request() {
    Optional<String> body = sent.body().map(this::unmasked);
    if (sent.truncated() || body.stream().anyMatch(b -> b.contains(Redactor.MASK))) {
      throw new UsageException(
          "the report holds only a part of the body that was sent, so it cannot be sent again; run"
              + " the check: "
              + Program.name()
              + " verify --select ID");
    }
    Headers headers = Headers.NONE;
    for (HeaderReport header : sent.headers()) {
      // A name of that run would lead to two requests in the host's log.
      boolean named = header.value().startsWith(RequestIds.PREFIX);
      if (!named && !header.name().equalsIgnoreCase("Content-Length")) {
        headers = headers.with(header.name(), value(header));
      }
    }
    Request request = Request.of(sent.method(), URI.create(unmasked(sent.url())), headers);
    request = body.map(request::withBody).orElse(request);
    request = curl.contains(" -sS -N ") ? request.asStream() : request;
    Optional<Request> first =
        sent.behind().map(before -> new Recorded(before, whole, target, today).request());
    return first.map(request::behind).orElse(request);
  }

  /** Today's credential where the curl line has its variable in place of what was masked. */
  private String unmasked(String text) {
    Matcher spliced = SPLICED.matcher(curl);
    return text.contains(Redactor.MASK) && spliced.find()
        ? text.replace(Redactor.MASK, today("", spliced.group(1)))
        : text;
  }

  private String value(HeaderReport header) {
    boolean hidden = header.value().contains(Redactor.MASK) || header.value().contains("…");
    return hidden ? fromCurl(header.name()) : header.value();
  }

  private String fromCurl(String name) {
    String quoted = Pattern.quote(name);
    Matcher line =
        Pattern.compile(" -H (?:\"" + quoted + ": ([^\"]*)\"|'" + quoted + ": ([^']*)')")
            .matcher(curl);
    if (!line.find()) {
      throw new UsageException(
          "the report does not say what stood in the header " + name + ", so it cannot be sent");
    }
    if (line.group(1) == null) {
      return line.group(2);
    }
    return KeySpelling.value(line.group(1), variable -> today(name, variable));
  }

  /** What stands in that header today. */
  private String today(String name, String variable) {
    boolean user = name.equalsIgnoreCase("X-User-Id");
    return target.extras().stream()
        .filter(extra -> extra.name().equalsIgnoreCase(name))
        .map(Target.Extra::value)
        .findFirst()
        .or(() -> user ? user(variable) : key(variable))
        .orElseThrow(
            () -> new UsageException("the request needs $" + variable + "; set it and try again"));
  }

  private Optional<String> user(String variable) {
    return isSecond(variable) ? target.second().userId() : target.userId();
  }

  private static boolean isSecond(String variable) {
    return variable.startsWith("MESHCHECK_SECOND_");
  }

  private Optional<String> key(String variable) {
    if (isSecond(variable)) {
      return target.second().key();
    }
    boolean token = variable.contains("CONTROL_PLANE");
    boolean own = token == (target.surface().credential() == Credential.ACCESS_TOKEN);
    return own ? target.key() : token ? today.accessToken() : today.inferenceKey();
  }
}
