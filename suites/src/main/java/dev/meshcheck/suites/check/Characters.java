package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;

/**
 * Pieces of streamed text, each of which must hold whole characters. They are looked at one by one:
 * joined, two halves of a character would heal each other, and a client that shows pieces as they
 * come does not join them.
 */
public final class Characters {

  private static final char REPLACEMENT = '\uFFFD';

  private Characters() {}

  /**
   * Fails where a piece of one text ends or begins within a character.
   *
   * @param pieces in order; missing and null ones say nothing
   */
  public static void mustBeWhole(List<Json> pieces) {
    List<Json> texts =
        pieces.stream().filter(Json::present).filter(p -> !text(p).isEmpty()).toList();
    for (int i = 0; i < texts.size(); i++) {
      mustBeWhole(texts.get(i), i == texts.size() - 1);
    }
  }

  /** That a piece is a text is judged by the check of its shape. */
  private static String text(Json piece) {
    return Given.text(piece);
  }

  private static void mustBeWhole(Json piece, boolean last) {
    String text = text(piece);
    // A limit may cut within the very last character.
    String inside = last ? text.substring(0, text.length() - 1) : text;
    Expect.that(
        Reason.WRONG_VALUE,
        inside.indexOf(REPLACEMENT) < 0,
        piece.place() + " holds U+FFFD in the place of part of a character",
        "whole characters in every piece",
        escaped(text));
    Expect.that(
        Reason.WRONG_VALUE,
        text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF),
        piece.place() + " holds half of a character",
        "whole characters in every piece",
        escaped(text));
  }

  /** A lone half of a character cannot be written in UTF-8. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point >= 0xD800 && point <= 0xDFFF) {
                out.append(String.format("\\u%04x", point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }
}
