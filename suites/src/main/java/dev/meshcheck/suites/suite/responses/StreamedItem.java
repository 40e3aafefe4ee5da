package dev.meshcheck.suites.suite.responses;

import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One output item as the events of a stream build it, with all that is said of it afterwards. See
 * https://platform.openai.com/docs/api-reference/responses-streaming.
 */
final class StreamedItem {

  private static final String TEXT = "response.output_text";
  private static final String ARGUMENTS = "response.function_call_arguments";

  private final Json added;
  private final Map<String, StringBuilder> deltas = new LinkedHashMap<>();
  private final List<Json> closings = new ArrayList<>();
  private Optional<Json> done = Optional.empty();

  private StreamedItem(Json added) {
    this.added = added;
  }

  /** The items of a stream in order. An event without output_index belongs to the last one. */
  static List<StreamedItem> of(List<Json> events) {
    List<StreamedItem> items = new ArrayList<>();
    Map<Long, StreamedItem> byIndex = new LinkedHashMap<>();
    for (Json event : events) {
      String type = ResponseStreams.type(event);
      Optional<Long> index = event.at("/output_index").optionalInteger();
      if (type.equals("response.output_item.added")) {
        StreamedItem item = new StreamedItem(event.at("/item").object());
        items.add(item);
        index.ifPresent(at -> byIndex.put(at, item));
      } else if (!items.isEmpty()) {
        StreamedItem last = items.get(items.size() - 1);
        index.map(at -> byIndex.getOrDefault(at, last)).orElse(last).take(type, event);
      }
    }
    return items;
  }

  private void take(String type, Json event) {
    if (type.equals("response.output_item.done")) {
      done = Optional.of(event.at("/item").object());
    } else if (type.endsWith(".delta") && event.at("/delta").node().isTextual()) {
      String key = key(type, event);
      deltas.computeIfAbsent(key, k -> new StringBuilder()).append(event.at("/delta").text());
    } else if (type.endsWith(".done")) {
      closings.add(event);
    }
  }

  /** Texts are told apart by their kind and by their place in the item. */
  private static String key(String type, Json event) {
    String kind = type.substring(0, type.lastIndexOf('.'));
    String part = event.at("/content_index").node().asText() + event.at("/summary_index").node();
    return kind + " " + part;
  }

  String type() {
    return added.at("/type").text();
  }

  /** The item as it is when it is done, or as it was added where the stream never says so. */
  Json finished() {
    return done.orElse(added);
  }

  /** Whether the stream says that the item is done, and what became of it. */
  boolean isDone() {
    return done.isPresent();
  }

  /** Fails where a call is done under another call_id than it was added with. */
  void mustKeepItsCallId() {
    Optional<String> id = added.at("/call_id").optionalText();
    Json closed = finished().at("/call_id");
    id.filter(own -> closed.present())
        .ifPresent(own -> Expect.that(closed.place(), closed.text(), is(own)));
  }

  /** Fails where an event that closes something says another text than its deltas. */
  void mustBeClosedAsStreamed() {
    for (Json closing : closings) {
      String type = ResponseStreams.type(closing);
      if (type.endsWith("_part.done")) {
        mustSay(closing.at("/part/text"), key(TEXT + ".done", closing));
      } else {
        for (String said : List.of("/text", "/arguments", "/refusal")) {
          mustSay(closing.at(said), key(type, closing));
        }
      }
    }
    done.ifPresent(this::mustEndAsStreamed);
  }

  private void mustEndAsStreamed(Json item) {
    Expect.that(item.at("/type").place(), item.at("/type").text(), is(type()));
    if (type().equals("message")) {
      mustSay(item.place() + ", its text", Said.itemText(item), joined(TEXT));
    } else if (type().equals("function_call")) {
      Json name = item.at("/name");
      Expect.that(name.place(), name.node().asText(), is(added.at("/name").node().asText()));
      mustSay(item.at("/arguments").place(), item.at("/arguments").text(), joined(ARGUMENTS));
    }
  }

  private Optional<String> joined(String kind) {
    return deltas.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(kind))
        .map(entry -> entry.getValue().toString())
        .reduce(String::concat);
  }

  private void mustSay(Json said, String key) {
    if (said.present()) {
      Optional<String> streamed = Optional.ofNullable(deltas.get(key)).map(StringBuilder::toString);
      mustSay(said.place(), said.text(), streamed);
    }
  }

  /** What came in one piece, without deltas, has nothing to be compared with. */
  private static void mustSay(String place, String said, Optional<String> streamed) {
    streamed.ifPresent(text -> Expect.that(place, said, is(text)));
  }
}
