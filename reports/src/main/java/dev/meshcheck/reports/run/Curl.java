package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.text.OriginVariable;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a request as one {@code curl} line for bash, zsh or ksh. The configured credentials become
 * variables, every other credential a placeholder.
 */
public final class Curl {

  /** Bodies are cut after that many characters: a longer line is no line to paste. */
  static final int LONGEST_BODY = 8 * 1024;

  /** What curl works out for itself. */
  private static final Set<String> IMPLIED = Set.of("content-length", "host", "transfer-encoding");

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "x-api-key", "api-key", "cookie");

  private final Redactor redactor;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Set<String> extras = new HashSet<>();
  private final Map<URI, String> passages = new LinkedHashMap<>();

  /**
   * Curl lines for a run.
   *
   * @param targets whose credentials become variables, and how to get to them
   */
  public Curl(Redactor redactor, Collection<PlannedTarget> targets) {
    this.redactor = redactor;
    for (PlannedTarget planned : targets) {
      Target target = planned.target();
      target.key().ifPresent(key -> variables.putIfAbsent(key, ofKey(planned)));
      target
          .userId()
          .ifPresent(id -> variables.putIfAbsent(id, variable(planned, Setting.USER_ID)));
      Target.Second second = target.second();
      second.key().ifPresent(key -> variables.putIfAbsent(key, own(Setting.SECOND_KEY)));
      second.userId().ifPresent(id -> variables.putIfAbsent(id, own(Setting.SECOND_USER_ID)));
      for (Target.Extra extra : target.extras()) {
        extras.add(extra.name().toLowerCase(Locale.ROOT));
        variables.putIfAbsent(extra.value(), "$" + extra.variable());
      }
      passages.putIfAbsent(
          root(target.base()),
          planned.passage().curl().stream().map(o -> " " + o).collect(Collectors.joining()));
    }
  }

  private static String ofKey(PlannedTarget planned) {
    return switch (planned.target().surface().credential()) {
      case INFERENCE_KEY -> variable(planned, Setting.INFERENCE_KEY);
      case ACCESS_TOKEN -> variable(planned, Setting.CONTROL_PLANE_TOKEN);
    };
  }

  /** The variable of Meshcheck's own, where others name no such thing. */
  private static String own(Setting setting) {
    return "$" + setting.environment().get(0).text();
  }

  /** The variable that it came from, so that the line works where the run did; else the usual. */
  private static String variable(PlannedTarget planned, Setting setting) {
    return "$" + OriginVariable.of(setting, planned.origins());
  }

  private static URI root(URI uri) {
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
  }

  /** The line that sends that request again. */
  public String line(Request request) {
    // What comes on a connection depends on what came before: curl keeps it for the next.
    String before = request.first().map(first -> " " + part(first) + " --next").orElse("");
    return "curl" + before + " " + part(request);
  }

  private String part(Request request) {
    StringBuilder line = new StringBuilder("-sS");
    if (request.streamed()) {
      line.append(" -N");
    }
    String url = redactor.text(request.uri().toString());
    if (url.chars().anyMatch(c -> "[]{}".indexOf(c) >= 0)) {
      line.append(" -g");
    }
    if (url.contains("/../") || url.contains("/./") || url.endsWith("/..")) {
      line.append(" --path-as-is");
    }
    if (request.method().equals("HEAD")) {
      line.append(" --head");
    } else if (!request.method().equals("GET") || request.body().isPresent()) {
      line.append(" -X ").append(ShellQuote.quote(request.method()));
    }
    line.append(passages.getOrDefault(root(request.uri()), ""));
    line.append(' ').append(withKeys(ShellQuote.quote(url), request.uri().toString()));
    request.headers().fields().stream()
        .filter(f -> !IMPLIED.contains(f.name().toLowerCase(Locale.ROOT)))
        .forEach(f -> line.append(" -H ").append(header(f)));
    request.body().ifPresent(body -> line.append(data(body, request.headers())));
    return line.toString();
  }

  private String header(Headers.Field field) {
    String name = redactor.text(field.name());
    String lower = field.name().toLowerCase(Locale.ROOT);
    if (lower.equals("x-user-id") && variables.containsKey(field.value())) {
      return '"' + name + ": " + variables.get(field.value()) + '"';
    }
    if (extras.contains(lower)) {
      String given =
          variables.getOrDefault(
              field.value(), "$" + new Target.Extra(name, field.value()).variable());
      return '"' + name + ": " + given + '"';
    }
    if (!CREDENTIALS.contains(lower)) {
      // To curl, "Name:" means no such header; "Name;" means one without a value.
      return ShellQuote.quote(
          field.value().isEmpty() ? name + ";" : name + ": " + redactor.text(field.value()));
    }
    int space = field.value().indexOf(' ');
    String scheme = space < 0 ? "" : redactor.text(field.value().substring(0, space + 1));
    String secret = field.value().substring(space + 1);
    Optional<String> variable = Optional.ofNullable(variables.get(secret));
    if (secret.matches("Bearer|Basic|Token")) {
      return ShellQuote.quote(name + ": " + secret);
    }
    if (variable.isEmpty()) {
      variable = spelled(secret);
    }
    if (variable.isPresent() && scheme.matches("[A-Za-z]* ?")) {
      // Double quotes, so that the shell puts the key in.
      return '"' + name + ": " + scheme + variable.get() + '"';
    }
    return ShellQuote.quote(name + ": " + scheme + (secret.isBlank() ? "" : "wrong-key"));
  }

  /** A credential that is made from a configured one. */
  private Optional<String> spelled(String secret) {
    return variables.entrySet().stream()
        .filter(known -> known.getValue().startsWith("$"))
        .flatMap(k -> KeySpelling.of(secret, k.getKey(), k.getValue().substring(1)).stream())
        .filter(spelled -> redactor.text(spelled).equals(spelled))
        .findFirst();
  }

  /** Puts the variable back where a configured credential was masked, outside of the quotes. */
  private String withKeys(String quoted, String raw) {
    return variables.entrySet().stream()
        .filter(known -> raw.contains(known.getKey()) && quoted.startsWith("'"))
        .findFirst()
        .map(known -> quoted.replace(Redactor.MASK, "'\"" + known.getValue() + "\"'"))
        .orElse(quoted);
  }

  private String data(String body, Headers headers) {
    // Redacted before it is cut, so that no cut can leave half a secret.
    String clean = redactor.text(body);
    boolean cut = clean.length() > LONGEST_BODY;
    String shown = cut ? Texts.beginning(clean, LONGEST_BODY) : clean;
    StringBuilder text = new StringBuilder();
    if (headers.first("Content-Type").isEmpty()) {
      // Otherwise curl would claim a form.
      text.append(" -H 'Content-Type:'");
    }
    // A leading @ would make curl read a file.
    text.append(shown.startsWith("@") ? " --data-raw " : " --data ");
    text.append(withKeys(ShellQuote.quote(shown), body));
    if (cut) {
      text.append(
          String.format(
              Locale.ROOT,
              " # cut: the first %d of %d characters of the body; this line alone does not"
                  + " reproduce it",
              shown.length(),
              clean.length()));
    } else if (shown.indexOf('\0') >= 0) {
      text.append(" # the body holds NUL, which no shell can pass on: shown as \\0");
    }
    return text.toString();
  }
}
