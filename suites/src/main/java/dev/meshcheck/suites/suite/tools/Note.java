package dev.meshcheck.suites.suite.tools;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Tools;
import java.util.List;

/** A note that a tool is to save: a text with everything in it that parsers stumble over. */
final class Note {

  /** Quotes, a newline, a tab, braces, back slashes, template marks, emoji and markup. */
  static final String TEXT =
      "He said \"hi\",\n\tthen {\"a\": [1, {}]} \\o/ and {{ name }}, {% if x %} "
          + "\uD83D\uDC69\u200D\uD83D\uDCBB \u65E5\u672C <b>salt &amp; pepper</b>.";

  /** An id of 64 bits, which no double holds. */
  static final long TICKET = 1_234_567_890_123_456_789L;

  static final String OF_A_TICKET =
      "Use the tool open_ticket to open the ticket with the id " + TICKET + ".";

  private Note() {}

  static Ask ask(Probe probe) {
    String question =
        "Use the tool save_note to save this note on page 7 at line 42, over what is there:\n"
            + TEXT;
    return Tools.ask(probe)
        .with("messages", Probe.messages("user", question))
        .with("tools", Tools.noteForChat(TEXT));
  }

  /** The arguments of the first call. */
  static Json arguments(List<Json> all) {
    if (all.isEmpty()) {
      throw new Inapplicable("the model called no tool");
    }
    return all.get(0);
  }
}
