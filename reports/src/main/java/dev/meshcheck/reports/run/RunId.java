package dev.meshcheck.reports.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Names of runs: they sort by time and are safe as names of directories. */
public final class RunId {

  /** What such names look like; whatever else lies among runs is nobody's to remove. */
  public static final String FORM = "\\d{8}T\\d{6}Z-[0-9a-f]{4}";

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  /** A new name such as {@code 20261123T201500Z-3f2a}. */
  public static String at(Instant started) {
    int random = ThreadLocalRandom.current().nextInt(0x10000);
    return UTC.format(started) + String.format(Locale.ROOT, "-%04x", random);
  }
}
