package dev.meshcheck.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.reports.Samples;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** A report that somebody mangled is read, or refused as the reader says it does. */
class ReportJsonFuzzTest {

  private static final String WHOLE =
      ReportJson.write(Samples.run(false, Samples.oneOfEach())).replaceAll("\n *", "");

  /** Puts a text in the place of some characters. */
  record Change(int at, int length, String text) {}

  @Property
  void aMangledReportIsReadOrRefused(
      @ForAll @Size(min = 1, max = 4) List<@From("changes") Change> changes) {
    String text = WHOLE;
    for (Change change : changes) {
      int at = change.at() % (text.length() + 1);
      int end = Math.min(text.length(), at + change.length());
      text = text.substring(0, at) + change.text() + text.substring(end);
    }
    RunReport report;
    try {
      report = ReportJson.read(text);
    } catch (IOException e) {
      // As documented.
      return;
    }
    try {
      assertEquals(report, ReportJson.read(ReportJson.write(report)));
    } catch (IOException e) {
      throw new AssertionError("what was read cannot be read again: " + text, e);
    }
  }

  @Provide
  Arbitrary<Change> changes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, WHOLE.length()),
            Arbitraries.integers().between(0, 30),
            Arbitraries.of(
                "",
                "null",
                "0",
                "-1",
                "1e999",
                "99999999999999999999",
                "\"\"",
                "\"x\"",
                "{}",
                "[]",
                "[null]",
                "{\"a\":null}",
                "true",
                ",",
                ":",
                "\"",
                "{",
                "}",
                "[",
                "]",
                "\\",
                "\\u0000",
                "\\uD800",
                "\0",
                "é",
                "\"2026-13-45T99:00:00Z\"",
                "[".repeat(2000)))
        .as(Change::new);
  }
}
