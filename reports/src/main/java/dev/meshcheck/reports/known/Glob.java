package dev.meshcheck.reports.known;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pattern for ids of checks: {@code *} is any text, {@code ?} any one character. */
public final class Glob {

  private static final Pattern PART = Pattern.compile("[*?]|[^*?]+");

  private final String text;
  private final Pattern pattern;

  /** The pattern that a user wrote. */
  public Glob(String text) {
    this.text = text;
    this.pattern =
        Pattern.compile(
            PART.matcher(text)
                .results()
                .map(part -> part.group())
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining()));
  }

  /** Whether the whole id matches. */
  public boolean matches(String id) {
    return pattern.matcher(id).matches();
  }

  /** As the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
