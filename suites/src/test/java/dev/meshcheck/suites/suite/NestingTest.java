package dev.meshcheck.suites.suite;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestingTest {

  private static String item(String what, int index, String id) {
    return "{'type':'response.output_item.%s','output_index':%d,'item':{'id':'%s'}}"
        .formatted(what, index, id);
  }

  private static String part(String what, int index, String id) {
    return "{'type':'response.%s','output_index':%d,'item_id':'%s'}".formatted(what, index, id);
  }

  private static final List<String> MESSAGE =
      List.of(
          "{'type':'response.created'}",
          item("added", 0, "m"),
          part("content_part.added", 0, "m"),
          part("output_text.delta", 0, "m"),
          part("output_text.done", 0, "m"),
          part("content_part.done", 0, "m"),
          item("done", 0, "m"),
          item("added", 1, "f"),
          part("function_call_arguments.delta", 1, "f"),
          item("done", 1, "f"),
          "{'type':'response.completed'}");

  private static void follow(List<String> events) {
    Nesting nesting = new Nesting();
    events.forEach(event -> nesting.next(Json.parse("an event", event.replace('\'', '"'))));
    nesting.end();
  }

  private static List<String> without(int index) {
    List<String> events = new ArrayList<>(MESSAGE);
    events.remove(index);
    return events;
  }

  private static List<String> with(int index, String event) {
    List<String> events = new ArrayList<>(MESSAGE);
    events.set(index, event);
    return events;
  }

  private static void mustFail(List<String> events, String because) {
    Failure failure = assertThrows(Failure.class, () -> follow(events));
    assertThat(failure.getMessage(), containsString(because));
  }

  @Test
  void eventsThatNestAreRight() {
    assertDoesNotThrow(() -> follow(MESSAGE));
  }

  @Test
  void indexesMayBeLeftOut() {
    assertDoesNotThrow(
        () ->
            follow(
                List.of(
                    "{'type':'response.output_item.added','item':{'id':'m'}}",
                    "{'type':'response.output_text.delta','item_id':'m'}",
                    "{'type':'response.output_item.done','item':{'id':'m'}}")));
  }

  @Test
  void vllmsReasoningPartsNestToo() {
    assertDoesNotThrow(
        () ->
            follow(
                List.of(
                    item("added", 0, "r"),
                    part("reasoning_part.added", 0, "r"),
                    part("reasoning_text.delta", 0, "r"),
                    part("reasoning_part.done", 0, "r"),
                    item("done", 0, "r"))));
  }

  @Test
  void whatIsAddedMustBeDone() {
    mustFail(MESSAGE.subList(0, 6), "never done");
  }

  @Test
  void aPartMustBeDoneBeforeItsItem() {
    mustFail(without(5), "was not the last thing added");
  }

  @Test
  void anItemMustBeDoneBeforeTheNext() {
    mustFail(without(6), "before the last one is done");
  }

  @Test
  void nothingBelongsToNoItem() {
    mustFail(without(1), "belongs to no open item");
  }

  @Test
  void doneWithoutAddedIsWrong() {
    mustFail(without(2), "was not the last thing added");
  }

  @Test
  void idsStayThoseOfTheItem() {
    mustFail(with(3, part("output_text.delta", 0, "other")), "names another item");
    mustFail(with(6, item("done", 0, "other")), "added with one id and done with another");
  }

  @Test
  void indexesStayThoseOfTheItem() {
    mustFail(with(3, part("output_text.delta", 1, "m")), "another output_index");
    mustFail(with(6, item("done", 1, "m")), "done with another");
    mustFail(with(7, item("added", 0, "f")), "does not grow");
  }
}
