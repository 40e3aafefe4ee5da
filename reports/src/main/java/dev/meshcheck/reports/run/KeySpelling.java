package dev.meshcheck.reports.run;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A credential that is made from a configured one, as a shell makes it from the variable: a check
 * of almost right keys is only shown again with an almost right key, and no report holds one.
 */
public final class KeySpelling {

  /** A shorter piece may be the beginning of many keys. */
  private static final int SHORTEST = 8;

  private static final Pattern PLAIN = Pattern.compile("[\\w .,:=+/-]{0,80}");

  private static final Pattern SPELLED =
      Pattern.compile(
          "\\$\\(echo \\$(?<upper>\\w+) \\| tr a-z A-Z\\)"
              + "|\\$\\(printf %s \\$(?<basic>\\w+): \\| base64 -w0\\)"
              + "|\\$\\(printf %\\.(?<length>\\d{1,5})s \\$(?<start>\\w+)\\)"
              + "|\\$\\{(?<head>\\w+)%\\?}"
              + "|\\$\\{(?<tail>\\w+)#\\?}"
              + "|\\$\\{(?<braced>\\w+)}"
              + "|\\$(?<whole>[A-Z_][A-Z0-9_]{0,80})");

  private KeySpelling() {}

  /**
   * How a shell writes that value within double quotes; empty where it is made of another key.
   *
   * @param key the configured credential
   * @param name of the variable that holds it, without the dollar sign
   */
  static Optional<String> of(String value, String key, String name) {
    if (key.length() < 2) {
      return Optional.empty();
    }
    String head = key.substring(0, key.length() - 1);
    String tail = key.substring(1);
    String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(key, "${" + name + "}");
    parts.put(key.toUpperCase(Locale.ROOT), "$(echo $" + name + " | tr a-z A-Z)");
    parts.put(basic, "$(printf %s $" + name + ": | base64 -w0)");
    parts.put(head, "${" + name + "%?}");
    parts.put(tail, "${" + name + "#?}");
    if (value.length() > SHORTEST && key.startsWith(value)) {
      parts.putIfAbsent(value, "$(printf %." + value.length() + "s $" + name + ")");
    }
    return parts.entrySet().stream()
        .filter(part -> value.contains(part.getKey()))
        .map(part -> value.replace(part.getKey(), part.getValue()))
        // The braces matter only where a letter follows.
        .map(spelled -> spelled.replaceAll("\\$\\{(\\w+)}(?!\\w)", "\\$$1"))
        .filter(spelled -> PLAIN.matcher(SPELLED.matcher(spelled).replaceAll("")).matches())
        .findFirst();
  }

  /** The value that a shell makes of it, where the variables hold that. */
  public static String value(String spelled, UnaryOperator<String> variables) {
    return SPELLED
        .matcher(spelled)
        .replaceAll(m -> Matcher.quoteReplacement(made(m.group(), variables)));
  }

  private static String made(String part, UnaryOperator<String> variables) {
    Matcher of = SPELLED.matcher(part);
    if (!of.matches()) {
      return part;
    }
    if (of.group("upper") != null) {
      return variables.apply(of.group("upper")).toUpperCase(Locale.ROOT);
    }
    if (of.group("basic") != null) {
      byte[] pair = (variables.apply(of.group("basic")) + ":").getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(pair);
    }
    if (of.group("start") != null) {
      String key = variables.apply(of.group("start"));
      return key.substring(0, Math.min(key.length(), Integer.parseInt(of.group("length"))));
    }
    if (of.group("head") != null) {
      String key = variables.apply(of.group("head"));
      return key.substring(0, key.length() - 1);
    }
    if (of.group("tail") != null) {
      return variables.apply(of.group("tail")).substring(1);
    }
    String whole = of.group("whole");
    return variables.apply(whole == null ? of.group("braced") : whole);
  }
}
