package dev.meshcheck.reports.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;

/**
 * JSON that may be looked at in a terminal: what {@link Plain} writes out in a text is written as
 * an escape, and is the same for whoever reads the document.
 */
public final class PlainJson {

  private static final int DELETE = 0x7F;

  private PlainJson() {}

  /** What writes such JSON. */
  public static JsonFactory factory() {
    return new JsonFactoryBuilder().characterEscapes(new Escapes()).build();
  }

  private static final class Escapes extends CharacterEscapes {

    private static final long serialVersionUID = 1;

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      ascii[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    /** Halves of a character beyond the first 65,536 come one by one, and stay. */
    @Override
    public SerializableString getEscapeSequence(int c) {
      return Plain.isSeen(c) || Character.isSurrogate((char) c)
          ? null
          : new SerializedString(String.format(Locale.ROOT, "\\u%04x", c));
    }
  }
}
