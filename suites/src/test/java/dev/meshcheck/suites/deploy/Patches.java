package dev.meshcheck.suites.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The operation of a JSON patch (RFC 6902) that the deployments use. */
final class Patches {

  private Patches() {}

  /** Adds a field, or with {@code -} an element at the end. */
  static void add(JsonNode tree, String path, JsonNode value) {
    JsonPointer pointer = JsonPointer.compile(path);
    JsonNode parent = tree.at(pointer.head());
    String last = pointer.last().getMatchingProperty();
    assertTrue(parent.isContainerNode(), () -> "nothing to add to at " + pointer.head());
    if (last.equals("-")) {
      ((ArrayNode) parent).add(value);
    } else {
      ((ObjectNode) parent).set(last, value);
    }
  }
}
