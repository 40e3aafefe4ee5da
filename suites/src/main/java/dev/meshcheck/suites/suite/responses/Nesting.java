package dev.meshcheck.suites.suite.responses;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Follows the events of a streamed response: an item is added, its parts are added and done, the
 * item is done; ids and indexes stay those of the open item. See
 * https://platform.openai.com/docs/api-reference/responses-streaming.
 */
final class Nesting {

  /** Something that was added and is not done yet. */
  private record Open(String kind, Optional<String> itemId, long outputIndex) {}

  private final Deque<Open> open = new ArrayDeque<>();
  private long lastIndex = -1;
  private long parts;

  /** Takes the next event. */
  void next(Json event) {
    String type = Given.text(event.at("/type"));
    if (type.equals("response.output_item.added")) {
      begin(event, "output_item", event.at("/item/id").optionalText());
    } else if (type.equals("response.output_item.done")) {
      finish(event, "output_item", event.at("/item/id").optionalText());
    } else if (type.endsWith("_part.added")) {
      begin(event, kindOf(type), event.at("/item_id").optionalText());
    } else if (type.endsWith("_part.done")) {
      finish(event, kindOf(type), event.at("/item_id").optionalText());
    } else if (event.at("/item_id").present()) {
      belongs(event);
    }
  }

  /** Takes the end of the stream. */
  void end() {
    if (!open.isEmpty()) {
      throw failure("something was added and never done", "a done event for " + open.peek().kind());
    }
  }

  private static String kindOf(String type) {
    return type.substring("response.".length(), type.lastIndexOf('.'));
  }

  private void begin(Json event, String kind, Optional<String> id) {
    // Who leaves the index out says nothing wrong with it.
    long next = kind.equals("output_item") ? lastIndex + 1 : lastIndex;
    long index = event.at("/output_index").optionalInteger().orElse(next);
    if (kind.equals("output_item")) {
      if (!open.isEmpty()) {
        throw failure("an item is added before the last one is done", event.toString());
      }
      if (index <= lastIndex) {
        throw failure("output_index does not grow from item to item", event.toString());
      }
      lastIndex = index;
      parts = 0;
    } else {
      belongs(event);
      if (event.at("/content_index").optionalInteger().orElse(parts) != parts) {
        throw failure("content_index does not count the parts of an item from 0", "" + event);
      }
      parts++;
    }
    open.push(new Open(kind, id, index));
  }

  private void finish(Json event, String kind, Optional<String> id) {
    if (open.isEmpty() || !open.peek().kind().equals(kind)) {
      throw failure(kind + " is done and was not the last thing added", event.toString());
    }
    Open last = open.pop();
    if (!last.itemId().equals(id)) {
      throw failure(kind + " is added with one id and done with another", event.toString());
    }
    long index = event.at("/output_index").optionalInteger().orElse(last.outputIndex());
    if (index != last.outputIndex()) {
      throw failure(kind + " is added with one output_index and done with another", "" + event);
    }
  }

  private void belongs(Json event) {
    if (open.isEmpty()) {
      throw failure("an event belongs to no open item", event.toString());
    }
    Open item = open.peekLast();
    Optional<String> id = event.at("/item_id").optionalText();
    if (item.itemId().isPresent() && id.isPresent() && !item.itemId().equals(id)) {
      throw failure("an event names another item than the open one", event.toString());
    }
    if (event.at("/output_index").optionalInteger().orElse(item.outputIndex())
        != item.outputIndex()) {
      throw failure("an event has another output_index than the open item", event.toString());
    }
  }

  private static Failure failure(String message, String actual) {
    return new Failure(Reason.STREAM_MALFORMED, message, "added and done events that nest", actual);
  }
}
