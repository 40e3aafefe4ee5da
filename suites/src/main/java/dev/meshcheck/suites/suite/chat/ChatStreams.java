package dev.meshcheck.suites.suite.chat;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.SkyColour;
import dev.meshcheck.suites.check.StreamKinds;
import dev.meshcheck.suites.check.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The streams of POST /v1/chat/completions, of every kind, and the texts that they carry. */
final class ChatStreams {

  /** Text of a chunk's choice, under all the names in use. */
  private static final List<String> TEXTS =
      List.of("/delta/content", "/delta/reasoning", "/delta/reasoning_content", "/delta/refusal");

  private ChatStreams() {}

  static StreamKinds kinds(Probe probe) {
    Ask hello = probe.chat(Basis.HELLO);
    Ask plain = ChatStreamSuite.ask(probe);
    return StreamKinds.of(plain)
        .and("without usage", hello)
        .and("with logprobs", LogprobsSuite.streamed(probe))
        .and("with n 2", ChatCountSuite.twoCutStreamed(probe))
        .and("with a tool", Tools.ask(probe))
        .and("with a tool that nothing asks for", hello.with("tools", Tools.forChat()))
        .and("with a schema", SkyColour.ask(probe))
        .and("for clients that accept gzip", hello.header("Accept-Encoding", "gzip"))
        .and("for clients that accept JSON", () -> hello.streamAccepting("application/json"))
        .and("cut by max_tokens", hello.with("max_tokens", 1))
        .and("with text of every script", ChatBehaviourSuite.everyScript(probe))
        .and("that is long", tedious(probe));
  }

  /** Takes seconds on a real host, so that a clock that is read for each chunk moves on. */
  private static Ask tedious(Probe probe) {
    return probe.chat("Count from 1 to 200.");
  }

  /** The pieces of each text of the stream in order: one list for each choice, name and call. */
  static List<List<Json>> pieces(List<Json> chunks) {
    List<List<Json>> all = new ArrayList<>();
    for (long index : indexes(chunks)) {
      List<Json> choices = choices(chunks, index);
      for (String name : TEXTS) {
        all.add(choices.stream().map(choice -> choice.at(name)).toList());
      }
      for (long call : calls(choices)) {
        all.add(
            choices.stream()
                .flatMap(choice -> choice.at("/delta/tool_calls").optionalItems().stream())
                .filter(fragment -> indexOf(fragment) == call)
                .map(fragment -> fragment.at("/function/arguments"))
                .toList());
      }
    }
    return all;
  }

  private static Set<Long> indexes(List<Json> chunks) {
    Set<Long> indexes = new TreeSet<>();
    for (Json chunk : chunks) {
      chunk.at("/choices").optionalItems().forEach(c -> indexes.add(c.at("/index").integer()));
    }
    return indexes;
  }

  private static List<Json> choices(List<Json> chunks, long index) {
    return chunks.stream()
        .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
        .filter(choice -> choice.at("/index").integer() == index)
        .toList();
  }

  /** Whose fragment it is; that it says so, and holds a text, is for the checks of calls. */
  private static long indexOf(Json fragment) {
    return Given.integer(fragment.at("/index"));
  }

  private static Set<Long> calls(List<Json> choices) {
    Set<Long> calls = new TreeSet<>();
    for (Json choice : choices) {
      choice
          .at("/delta/tool_calls")
          .optionalItems()
          .forEach(fragment -> calls.add(indexOf(fragment)));
    }
    return calls;
  }
}
