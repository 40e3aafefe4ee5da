package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Json;
import org.junit.jupiter.api.Test;

class NestingTest {

  private final Nesting nesting = new Nesting();

  private void event(String type, String fields) {
    nesting.next(
        Json.parse(
            "event", "{\"type\":\"response." + type + "\"" + fields.replace('\'', '"') + "}"));
  }

  private static String at(int index) {
    return ",'output_index':" + index;
  }

  private static String item(String id, int index) {
    return ",'item':{'id':'" + id + "'}" + at(index);
  }

  private static String of(String id, int index) {
    return ",'item_id':'" + id + "'" + at(index);
  }

  private void wrong(String message, String type, String fields) {
    Failure failure = failure(() -> event(type, fields));
    assertEquals(Reason.STREAM_MALFORMED, failure.reason());
    assertEquals(message, failure.getMessage());
    assertEquals("added and done events that nest", failure.expected());
    assertEquals("{\"type\":\"response." + type, failure.actual().substring(0, 18 + type.length()));
  }

  @Test
  void whatNestsIsFine() {
    assertDoesNotThrow(
        () -> {
          event("created", "");
          event("output_item.added", item("a", 0));
          event("reasoning_part.added", of("a", 0));
          event("reasoning_text.delta", of("a", 0));
          event("reasoning_part.done", of("a", 0));
          event("output_item.done", item("a", 0));
          event("output_item.added", item("b", 1));
          event("content_part.added", of("b", 1) + ",'content_index':0");
          event("output_text.delta", of("b", 1));
          event("output_text.done", of("b", 1));
          event("content_part.done", of("b", 1));
          event("content_part.added", of("b", 1) + ",'content_index':1");
          event("content_part.done", of("b", 1));
          event("output_item.done", item("b", 1));
          event("output_item.added", item("c", 5));
          event("function_call_arguments.delta", of("c", 5));
          event("output_item.done", item("c", 5));
          event("completed", "");
          nesting.end();
        });
  }

  @Test
  void indexesAndIdsMayBeLeftOut() {
    assertDoesNotThrow(
        () -> {
          event("output_item.added", ",'item':{}");
          event("content_part.added", ",'item_id':'a'");
          event("output_text.delta", ",'item_id':'b'");
          event("content_part.done", ",'item_id':'a'");
          event("output_item.done", ",'item':{}");
          event("output_item.added", ",'item':{}");
          event("output_item.done", ",'item':{}");
          nesting.end();
        });
  }

  @Test
  void partsAreCountedFromZeroInEachItem() {
    String message = "content_index does not count the parts of an item from 0";
    event("output_item.added", item("a", 0));
    wrong(message, "content_part.added", of("a", 0) + ",'content_index':1");
    event("content_part.added", of("a", 0) + ",'content_index':0");
    event("content_part.done", of("a", 0));
    wrong(message, "content_part.added", of("a", 0) + ",'content_index':0");
    event("output_item.done", item("a", 0));
    event("output_item.added", item("b", 1));
    wrong(message, "content_part.added", of("b", 1) + ",'content_index':1");
  }

  @Test
  void theFirstItemWithoutIndexIsAtZero() {
    event("output_item.added", ",'item':{'id':'a'}");
    wrong("an event has another output_index than the open item", "output_text.delta", of("a", 1));
    assertDoesNotThrow(() -> event("output_text.delta", of("a", 0)));
  }

  @Test
  void whatIsAddedIsDone() {
    event("output_item.added", item("a", 0));
    Failure failure = failure(nesting::end);
    assertEquals("something was added and never done", failure.getMessage());
    assertEquals("a done event for output_item", failure.actual());
    event("content_part.added", of("a", 0));
    assertEquals("a done event for content_part", failure(nesting::end).actual());
  }

  @Test
  void itemsComeOneAfterTheOther() {
    event("output_item.added", item("a", 0));
    wrong("an item is added before the last one is done", "output_item.added", item("b", 1));
  }

  @Test
  void indexesGrow() {
    event("output_item.added", item("a", 1));
    event("output_item.done", item("a", 1));
    wrong("output_index does not grow from item to item", "output_item.added", item("b", 1));
    wrong("output_index does not grow from item to item", "output_item.added", item("b", 0));
    event("output_item.added", ",'item':{'id':'b'}");
    wrong("an event has another output_index than the open item", "output_text.delta", of("b", 1));
  }

  @Test
  void onlyWhatWasAddedLastIsDone() {
    wrong("output_item is done and was not the last thing added", "output_item.done", item("a", 0));
    event("output_item.added", item("a", 0));
    wrong("content_part is done and was not the last thing added", "content_part.done", of("a", 0));
    event("content_part.added", of("a", 0));
    wrong("output_item is done and was not the last thing added", "output_item.done", item("a", 0));
  }

  @Test
  void itIsDoneUnderItsId() {
    event("output_item.added", item("a", 0));
    wrong(
        "output_item is added with one id and done with another", "output_item.done", item("b", 0));
  }

  @Test
  void itIsDoneUnderItsIndex() {
    event("output_item.added", item("a", 0));
    wrong(
        "output_item is added with one output_index and done with another",
        "output_item.done",
        item("a", 1));
  }

  @Test
  void eventsBelongToTheOpenItem() {
    wrong("an event belongs to no open item", "output_text.delta", of("a", 0));
    wrong("an event belongs to no open item", "content_part.added", of("a", 0));
    event("output_item.added", item("a", 0));
    wrong("an event names another item than the open one", "output_text.delta", of("b", 0));
    wrong("an event has another output_index than the open item", "output_text.delta", of("a", 1));
    wrong("an event names another item than the open one", "content_part.added", of("b", 0));
  }
}
