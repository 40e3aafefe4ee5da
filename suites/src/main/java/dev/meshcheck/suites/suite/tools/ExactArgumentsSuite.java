package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what a model writes into a call reaches the client as it was written. */
public final class ExactArgumentsSuite {

  /**
   * What a double makes of a large integer: all its digits as C writes it, as few as tell it from
   * others elsewhere.
   */
  private static final Set<String> AS_A_DOUBLE =
      Stream.of(MathContext.UNLIMITED, new MathContext(17), new MathContext(16))
          .map(digits -> new BigDecimal((double) Note.TICKET, digits).toBigInteger().toString())
          .collect(Collectors.toUnmodifiableSet());

  private static Json arguments(Answered answered) {
    return Note.arguments(
        Tools.callsOf(Said.whole(answered, "tools")).stream()
            .map(call -> Tools.parsed(call.at("/function/arguments")))
            .toList());
  }

  private static Json streamed(Answered answered) {
    Said.unlessRefused(answered, "tools");
    var chunks = Given.chunks(answered);
    return Note.arguments(CallFragments.of(Cut.isNot(chunks)).arguments());
  }

  private static void mustBeTheNote(String what, Json arguments) {
    Expect.that(what, arguments.at("/text").text(), is(Note.TEXT));
  }

  @Check(
      id = "tools.arguments-come-byte-exact",
      title =
          "a text with quotes, newlines, braces, emoji and markup comes unchanged in a tool call",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the tool-call parser escapes or unescapes what the model wrote",
        "a filter on the way rewrites what looks like HTML",
        "the model does not copy what it is told to"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void byteExact(Probe probe) {
    Tries.of(
        probe,
        Note.ask(probe),
        answered -> mustBeTheNote("the text in the arguments", arguments(answered)));
  }

  @Check(
      id = "tools.streamed-arguments-come-byte-exact",
      title = "the same text comes unchanged where the call is streamed",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "the streaming tool-call parser loses characters between two tokens",
        "the model does not copy what it is told to"
      })
  void streamedByteExact(Probe probe) {
    Said.unlessRefused(Note.ask(probe), "tools");
    Tries.of(
        probe,
        Note.ask(probe).asStream(),
        answered -> mustBeTheNote("the text in the streamed arguments", streamed(answered)));
  }

  @Check(
      id = "tools.arguments-keep-their-types",
      title =
          "an integer, a boolean and an object in the arguments of a call stay such, streamed too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the tool-call parser, or the one for streams, reads every parameter as a string",
        "numbers pass through a language that has floating point only",
        "what is nested comes as a text that holds JSON"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void types(Probe probe) {
    Tries.of(probe, Note.ask(probe), answered -> mustKeepTypes(arguments(answered)));
    Tries.of(
        probe,
        Note.ask(probe).asStream(),
        answered -> mustKeepTypes(Given.that(() -> streamed(answered))));
  }

  private static void mustKeepTypes(Json arguments) {
    arguments.at("/line").integer();
    Json overwrite = arguments.at("/overwrite");
    Expect.that(
        Reason.SCHEMA_MISMATCH,
        overwrite.node().isBoolean(),
        overwrite.place() + " is not a boolean",
        "true or false",
        overwrite.toString());
    arguments.at("/place").object().at("/page").integer();
  }

  @Check(
      id = "tools.large-integers-keep-their-digits",
      title = "an integer beyond 2^53 in the arguments of a call has all its digits, streamed too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      pack = Pack.FULL,
      ifItFails = {
        "arguments pass through a language that has floating point only: ids of 64 bits name"
            + " something else"
      })
  void largeIntegers(Probe probe) {
    Ask ask =
        Tools.ask(probe)
            .with("messages", Probe.messages("user", Note.OF_A_TICKET))
            .with("tools", Tools.ticketForChat(Note.TICKET));
    Said.unlessRefused(Tools.ask(probe), "tools");
    Tries.untilGood(
        probe, ask, answered -> mustKeepItsDigits(Given.that(() -> arguments(answered))));
    Tries.untilGood(
        probe, ask.asStream(), answered -> mustKeepItsDigits(Given.that(() -> streamed(answered))));
  }

  private static void mustKeepItsDigits(Json arguments) {
    JsonNode id = arguments.at("/id").node();
    String digits = id.asText();
    boolean same = digits.equals(String.valueOf(Note.TICKET));
    if (!same && !AS_A_DOUBLE.contains(digits) && !id.isFloatingPointNumber()) {
      throw new Inapplicable("the model wrote another number");
    }
    Expect.that("id in the arguments", digits, is(String.valueOf(Note.TICKET)));
  }
}
