package dev.meshcheck.suites.suite.tools;

import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tool calls of a streamed chat answer, put together from their fragments. */
final class CallFragments {

  private final Map<Long, List<Json>> byIndex = new TreeMap<>();

  private CallFragments() {}

  /** The fragments of the first choice, by the index of their call. */
  static CallFragments of(List<Json> chunks) {
    CallFragments fragments = new CallFragments();
    for (Json chunk : chunks) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        for (Json fragment : choice.at("/delta/tool_calls").optionalItems()) {
          long index = fragment.at("/index").integer();
          fragments.byIndex.computeIfAbsent(index, i -> new ArrayList<>()).add(fragment);
        }
      }
    }
    return fragments;
  }

  boolean none() {
    return byIndex.isEmpty();
  }

  List<Long> indexes() {
    return List.copyOf(byIndex.keySet());
  }

  /** Fails unless each call begins with its id, type and name, and never changes them. */
  void mustBeginOnce() {
    for (List<Json> call : byIndex.values()) {
      Json first = call.get(0);
      Expect.that(first.at("/id").place(), first.at("/id").text(), is(not(blankString())));
      Expect.that(
          first.at("/type").place(),
          first.at("/type").optionalText().orElse("function"),
          is("function"));
      String name = first.at("/function/name").text();
      Expect.that(first.at("/function/name").place(), name, is(not(blankString())));
      mustBeOneCall(call);
      call.stream().skip(1).forEach(fragment -> mustNotChange(fragment, first));
    }
  }

  /** Behind whole arguments, an id and a name of its own begin another call. */
  private static void mustBeOneCall(List<Json> call) {
    String id = call.get(0).at("/id").text();
    for (int i = 1; i < call.size(); i++) {
      Json fragment = call.get(i);
      String other = fragment.at("/id").optionalText().orElse("");
      boolean begins =
          !other.isEmpty()
              && !other.equals(id)
              && fragment.at("/function/name").optionalText().isPresent()
              && JsonText.isWhole(joined(call.subList(0, i)));
      Expect.that(
          Reason.STREAM_MALFORMED,
          !begins,
          "two calls of a stream have the same index, so that clients join them to one",
          "an index of its own for each call",
          fragment.toString());
    }
  }

  /**
   * Fails where the first fragment of a call does not tell its type, or a later one tells its id or
   * name: some clients join what comes, others put it in the place of what they have.
   */
  void mustNameOnce() {
    for (List<Json> call : byIndex.values()) {
      Json first = call.get(0);
      Expect.that(
          Reason.STREAM_MALFORMED,
          first.at("/type").present(),
          "the first fragment of a call has no type",
          "\"type\": \"function\" in the first fragment",
          first.toString());
      call.stream().skip(1).forEach(fragment -> mustNotRepeat(fragment, first));
    }
  }

  private static void mustNotRepeat(Json fragment, Json first) {
    for (String field : List.of("/id", "/function/name")) {
      // That it changes is told elsewhere.
      String later = fragment.at(field).optionalText().orElse("");
      Expect.that(
          Reason.STREAM_MALFORMED,
          later.isEmpty() || !later.equals(first.at(field).text()),
          "a later fragment of a call repeats its " + field.substring(1),
          "the " + field.substring(1) + " in the first fragment alone",
          fragment.toString());
    }
    for (String field : List.of("/type", "/function/name")) {
      Expect.that(
          Reason.STREAM_MALFORMED,
          fragment.at(field).optionalText().filter(String::isEmpty).isEmpty(),
          "a later fragment of a call has an empty " + field.substring(1),
          "no " + field.substring(1) + " behind the first fragment",
          fragment.toString());
    }
  }

  private static void mustNotChange(Json fragment, Json first) {
    for (String field : List.of("/id", "/function/name")) {
      String later = fragment.at(field).optionalText().orElse("");
      Expect.that(
          Reason.STREAM_MALFORMED,
          later.isEmpty() || later.equals(first.at(field).text()),
          "a fragment of a call has another " + field.substring(1) + " than the first one",
          first.at(field).toString(),
          fragment.toString());
    }
  }

  /** The ids of the calls, in order. */
  List<String> ids() {
    return byIndex.values().stream().map(call -> call.get(0).at("/id").text()).toList();
  }

  /** The names of the calls, in order. */
  List<String> names() {
    return byIndex.values().stream().map(call -> call.get(0).at("/function/name").text()).toList();
  }

  /** The arguments of each call, which must be a JSON object once they are joined. */
  List<Json> arguments() {
    List<Json> all = new ArrayList<>();
    byIndex.forEach((index, call) -> all.add(Json.parse(place(index), joined(call)).object()));
    return all;
  }

  /** The same of the calls of one function. */
  List<Json> argumentsOf(String name) {
    List<Json> all = new ArrayList<>();
    byIndex.forEach(
        (index, call) -> {
          if (call.get(0).at("/function/name").text().equals(name)) {
            all.add(Json.parse(place(index), joined(call)).object());
          }
        });
    return all;
  }

  private static String place(long index) {
    return "the joined arguments of call " + index;
  }

  private static String joined(List<Json> call) {
    StringBuilder text = new StringBuilder();
    call.forEach(f -> text.append(f.at("/function/arguments").optionalText().orElse("")));
    return text.toString();
  }
}
