package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The JSON that an answer holds, whole or in events, for whoever looks at all of it. */
final class Documents {

  private Documents() {}

  /** The body, or each event of a stream; what is no JSON is left out. */
  static List<JsonNode> of(Answered answered) {
    List<JsonNode> documents = new ArrayList<>();
    List<String> texts =
        answered.answer().frames().isEmpty()
            ? List.of(answered.body())
            : answered.answer().frames().stream().map(frame -> frame.event().data()).toList();
    for (String text : texts) {
      try {
        documents.add(Json.parse("a document", text).node());
      } catch (Failure e) {
        // Another check's business.
      }
    }
    return documents;
  }

  /** Every text of a document but those below the fields that are left out. */
  static void texts(JsonNode node, Predicate<String> leftOut, Consumer<String> sink) {
    if (node.isTextual()) {
      sink.accept(node.textValue());
    } else if (node.isObject()) {
      node.properties().stream()
          .filter(field -> !leftOut.test(field.getKey()))
          .forEach(field -> texts(field.getValue(), leftOut, sink));
    } else {
      node.forEach(child -> texts(child, leftOut, sink));
    }
  }
}
