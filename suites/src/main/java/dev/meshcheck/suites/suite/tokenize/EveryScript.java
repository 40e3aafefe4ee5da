package dev.meshcheck.suites.suite.tokenize;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Probe;
import java.util.List;

/** One text of every script and of every white space, so that one request tries all of them. */
final class EveryScript {

  private static final List<String> PARTS =
      List.of("two  spaces", "isn 't it , so ?", "grüße", "你好，世界", "שלום", "🎉👩‍👩‍👧", "a\tb\nc");

  /** With a space at either end, which is what gets lost first. */
  private static final String TEXT = " " + String.join(" ", PARTS) + " ";

  private EveryScript() {}

  static Ask tokenize(Probe probe) {
    return probe.tokenize(TEXT);
  }

  /** Fails where that is not the text, and names what is missing. */
  static void mustBe(String text) {
    List<String> lost = PARTS.stream().filter(part -> !text.contains(part)).toList();
    Expect.that(
        Reason.WRONG_VALUE,
        text.equals(TEXT),
        lost.isEmpty()
            ? "text of every script comes back with other white space"
            : "text comes back without \"" + String.join("\", \"", lost) + "\"",
        "\"" + TEXT + "\"",
        "\"" + text + "\"");
  }
}
