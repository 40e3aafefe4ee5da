package dev.meshcheck.reports.badge;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meshcheck.reports.html.Templates;
import dev.meshcheck.reports.model.JsonFormat;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.RunVerdict.Mood;
import dev.meshcheck.reports.render.Story;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * A run in two words, for a README or a dashboard: as an image, and as what <a
 * href="https://shields.io/badges/endpoint-badge">shields.io</a> makes one of.
 *
 * @param schemaVersion of shields.io's format
 * @param label the left half
 * @param message the right half
 * @param color of the right half, by a name that shields.io knows
 * @param isError whether nobody may paint it green
 */
public record Badge(
    int schemaVersion, String label, String message, String color, boolean isError) {

  /** On both sides of each half, in pixels. */
  private static final int MARGIN = 6;

  /** The badge of a finished run. */
  public static Badge of(RunReport report) {
    Story story = new Story(report);
    Mood mood = story.conclusion().mood();
    boolean some = mood == Mood.GOOD && !story.expectedFailures().isEmpty();
    return new Badge(
        1, "meshcheck", message(story), some ? "yellowgreen" : color(mood), mood == Mood.BAD);
  }

  private static String passed(Story story) {
    int known = story.knownFailures().size();
    int still = story.expectedFailures().size() - known;
    return story.report().summary().passed()
        + " passed"
        + (known == 0 ? "" : ", " + known + " known")
        + (still == 0 ? "" : ", " + still + " still failing");
  }

  private static String message(Story story) {
    return switch (story.conclusion()) {
      case PASSED -> passed(story);
      case FAILED -> story.failures().size() + " failed";
      default -> story.verdict().toLowerCase(Locale.ROOT);
    };
  }

  private static String color(Mood mood) {
    return switch (mood) {
      case GOOD -> "brightgreen";
      case BAD -> "red";
      case UNSURE -> "orange";
    };
  }

  /** The text of badge.json. */
  public String json() {
    try {
      return JsonFormat.writer().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the badge cannot be written as JSON", e);
    }
  }

  /** The text of badge.svg. */
  public String svg() {
    return Templates.render("badge.jte", this);
  }

  /** What shields.io paints under that name, dark enough for white letters. */
  public String paint() {
    return switch (color) {
      case "brightgreen" -> "#2f7d1b";
      case "yellowgreen" -> "#5f6f00";
      case "red" -> "#c0392b";
      default -> "#a85a00";
    };
  }

  /** How wide the left half is, in pixels. */
  public int labelWidth() {
    return 2 * MARGIN + width(label);
  }

  /** How wide the right half is, in pixels. */
  public int messageWidth() {
    return 2 * MARGIN + width(message);
  }

  /** About as wide as Verdana of 11 pixels; the image makes the letters fit. */
  public static int width(String text) {
    return (int) Math.ceil(text.chars().mapToDouble(Badge::width).sum());
  }

  private static double width(int letter) {
    if ("iljtfr.,:' ".indexOf(letter) >= 0) {
      return 4.3;
    }
    return letter == 'm' || letter == 'w' ? 9.8 : 7;
  }
}
