package dev.meshcheck.suites;

import java.util.concurrent.atomic.AtomicLong;

/** A text that counts how often a character of it, or of a part of it, is read. */
public final class CountedText implements CharSequence {

  private final String text;
  private final AtomicLong reads;

  /** That text, of which nothing is read yet. */
  public CountedText(String text) {
    this(text, new AtomicLong());
  }

  private CountedText(String text, AtomicLong reads) {
    this.text = text;
    this.reads = reads;
  }

  /** How often a character was read. */
  public long reads() {
    return reads.get();
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    reads.incrementAndGet();
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new CountedText(text.substring(start, end), reads);
  }

  @Override
  public String toString() {
    return text;
  }
}
