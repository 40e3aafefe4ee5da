package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.model.FrameReport;
import dev.meshcheck.reports.outcome.Quotation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Redacts bodies and keeps their beginning: a report is no dump. */
final class BodyLimit {

  /** Characters of a body, and of all frames of a stream together, that a report holds. */
  static final int LIMIT = 64 * 1024;

  /** Characters of a message, or of what was expected or came instead. */
  static final int EXCERPT = 4 * 1024;

  private final Redactor redactor;
  private final UnaryOperator<String> clean;
  private final int margin;
  private final boolean whole;
  private final int limit;

  /**
   * A limit.
   *
   * @param whole whether the redaction has to see a body from beginning to end
   * @param limit how many characters are held
   */
  private BodyLimit(Redactor redactor, UnaryOperator<String> clean, boolean whole, int limit) {
    this.redactor = redactor;
    this.limit = limit;
    this.clean = clean;
    this.margin = redactor.margin();
    this.whole = whole;
  }

  /** A limit for texts that everybody may read once they are redacted. */
  BodyLimit(Redactor redactor) {
    this(redactor, redactor::text, false, LIMIT);
  }

  /**
   * A limit for the bodies of a surface, which may hold personal data.
   *
   * @param limit how many characters are held
   */
  static BodyLimit of(Redactor redactor, Surface surface, int limit) {
    UnaryOperator<String> clean =
        surface.privateBodies()
            ? text -> redactor.privateText(text, surface.privateFields())
            : redactor::text;
    return new BodyLimit(redactor, clean, surface.privateBodies(), limit);
  }

  /** A body as the report shows it. */
  record Shown(String text, boolean truncated) {}

  Shown body(byte[] bytes) {
    // Not more is decoded than is looked at; a character has at most four bytes.
    int length = whole ? bytes.length : Math.min(bytes.length, 4 * (limit + margin));
    Shown shown = body(new String(bytes, 0, length, StandardCharsets.UTF_8));
    return new Shown(shown.text(), shown.truncated() || length < bytes.length);
  }

  Shown body(String text) {
    if (text.isEmpty()) {
      return new Shown("", false);
    }
    if (whole || text.length() <= limit + margin) {
      String redacted = clean.apply(text);
      return new Shown(Texts.beginning(redacted, limit), redacted.length() > limit);
    }
    String redacted = clean.apply(text.substring(0, limit + margin));
    int safe = Math.max(0, Math.min(limit, redacted.length() - margin));
    return new Shown(Texts.beginning(redacted, safe), true);
  }

  /** A text of a verdict: short by nature, cut where a body got into it. */
  String excerpt(String text) {
    Shown shown = body(text);
    String told = Quotation.shortened(shown.text());
    return told.length() <= EXCERPT && !shown.truncated()
        ? told
        : Texts.beginning(told, EXCERPT) + "… (cut)";
  }

  /**
   * The frames from the first one on, as far as they fit together.
   *
   * @param body that they came in, as it is told
   */
  List<FrameReport> frames(List<Frame> frames, Shown body) {
    List<Frame> near = near(frames);
    List<String> came = near.stream().map(f -> f.event().data()).toList();
    // A secret may be spread over frames that are told, so these are redacted together.
    List<String> texts = isTold(came, body) ? came : together(came);
    Iterator<String> types = types(near).iterator();
    List<FrameReport> shown = new ArrayList<>();
    int room = limit;
    for (int i = 0; i < near.size(); i++) {
      Frame frame = near.get(i);
      Optional<String> type = frame.event().type().map(told -> types.next());
      room -= texts.get(i).length();
      if (room < 0) {
        break;
      }
      shown.add(new FrameReport(ExchangeRecorder.rounded(frame.atMs()), type, texts.get(i)));
    }
    return List.copyOf(shown);
  }

  /**
   * Whether that body tells each of them as it came, so that to tell it again gives nothing away.
   */
  private static boolean isTold(List<String> texts, Shown body) {
    Iterator<String> told =
        body.text()
            .lines()
            .filter(line -> line.startsWith("data:"))
            .map(line -> line.substring(line.startsWith("data: ") ? 6 : 5))
            .iterator();
    return texts.stream().allMatch(text -> told.hasNext() && told.next().equals(text));
  }

  private List<String> types(List<Frame> frames) {
    List<String> types = frames.stream().flatMap(f -> f.event().type().stream()).toList();
    return whole ? types.stream().map(type -> "‹private›").toList() : redactor.texts(types);
  }

  private List<String> together(List<String> texts) {
    return whole ? texts.stream().map(clean).toList() : redactor.texts(texts);
  }

  /** What is longer is not told, and need not be looked through. */
  private List<Frame> near(List<Frame> frames) {
    int length = 0;
    for (int i = 0; i < frames.size(); i++) {
      length += frames.get(i).event().data().length();
      if (length > limit + margin) {
        return frames.subList(0, i);
      }
    }
    return frames;
  }
}
