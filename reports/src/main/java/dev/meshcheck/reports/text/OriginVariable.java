package dev.meshcheck.reports.text;

import dev.meshcheck.fixtures.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variable that a value came from, so that what is printed works where the run did. */
public final class OriginVariable {

  /** By itself, or as a line of a targets file refers to it. */
  private static final Pattern ORIGIN =
      Pattern.compile("from (?:[^()]*:[0-9]+ \\()?([A-Z_][A-Z0-9_]*)\\)?");

  /** What texts that are written for everybody name. */
  private static final List<Setting> NAMED =
      List.of(Setting.INFERENCE_KEY, Setting.CONTROL_PLANE_TOKEN, Setting.USER_ID, Setting.MODEL);

  private OriginVariable() {}

  /** Of {@code from NAME} and {@code from targets.yaml:14 (NAME)}, the name. */
  public static Optional<String> in(String origin) {
    Matcher from = ORIGIN.matcher(origin);
    return from.matches() ? Optional.of(from.group(1)) : Optional.empty();
  }

  /** The variable that a value of these origins came from, or the usual one. */
  public static String of(Setting setting, Map<Setting, String> origins) {
    return in(origins.getOrDefault(setting, "")).orElseGet(() -> usual(setting));
  }

  /** The variable that everybody uses for it; for anything but the four of a request, the key's. */
  public static String usual(Setting setting) {
    return switch (setting) {
      case USER_ID -> "TENSORMESH_USER_ID";
      case MODEL -> "TENSORMESH_MODEL";
      case CONTROL_PLANE_TOKEN -> "TENSORMESH_CONTROL_PLANE_TOKEN";
      default -> "TENSORMESH_INFERENCE_API_KEY";
    };
  }

  /** The text with the variables of these origins in place of the usual ones. */
  public static String named(String text, Map<Setting, String> origins) {
    String named = text;
    for (Setting setting : NAMED) {
      named = named.replaceAll("\\b" + usual(setting) + "\\b", of(setting, origins));
    }
    return named;
  }
}
