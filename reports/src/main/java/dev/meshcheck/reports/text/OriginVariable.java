package dev.meshcheck.reports.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variable that a value came from, so that what is printed works where the run did. */
public final class OriginVariable {

  /** By itself, or as a line of a targets file refers to it. */
  private static final Pattern ORIGIN =
      Pattern.compile("from (?:[^()]*:[0-9]+ \\()?([A-Z_][A-Z0-9_]*)\\)?");

  private OriginVariable() {}

  /** Of {@code from NAME} and {@code from targets.yaml:14 (NAME)}, the name. */
  public static Optional<String> in(String origin) {
    Matcher from = ORIGIN.matcher(origin);
    return from.matches() ? Optional.of(from.group(1)) : Optional.empty();
  }
}
