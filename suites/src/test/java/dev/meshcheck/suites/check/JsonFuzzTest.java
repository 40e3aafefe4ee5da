package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a host sends as JSON is judged, and never breaks the judge. */
class JsonFuzzTest {

  private static final List<String> SCHEMAS =
      List.of(
          "chat-chunk",
          "chat-completion",
          "completion",
          "models",
          "profile",
          "request-chat",
          "request-completions",
          "request-detokenize",
          "request-responses",
          "request-tokenize",
          "response",
          "tokenize");

  @Property
  void anyTextIsADocumentOrAFailure(@ForAll("documents") String text) {
    Json document;
    try {
      document = Json.parse("the body", text);
    } catch (Failure e) {
      assertFalse(e.getMessage().isBlank());
      return;
    }
    // A number beyond double range is read as infinite, for which JSON has no spelling.
    String again = document.node().toString();
    if (!again.contains("Infinity")) {
      assertEquals(document.node(), Json.parse("the body", again).node());
    }
    for (String pointer : List.of("", "/choices", "/choices/0", "/a~1b", "/0/0", "/usage/é")) {
      Json place = document.at(pointer);
      judged(place::text);
      judged(place::integer);
      judged(place::number);
      judged(place::items);
      judged(place::object);
      judged(place::optionalText);
      judged(place::optionalInteger);
      judged(place::optionalItems);
    }
  }

  @Property
  void anyDocumentHasAShapeOrNot(
      @ForAll("schemas") String schema, @ForAll("documents") String text) {
    judged(() -> Schema.mustHold(schema, Json.parse("the body", text)));
  }

  private static void judged(Runnable judgement) {
    try {
      judgement.run();
    } catch (Failure e) {
      assertFalse(e.getMessage().isBlank());
    }
  }

  @Provide
  Arbitrary<String> schemas() {
    return Arbitraries.of(SCHEMAS);
  }

  @Provide
  Arbitrary<String> documents() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\"",
            "\"choices\"",
            "\"usage\"",
            "\"id\"",
            "\"object\"",
            "\"message\"",
            "\"content\"",
            "\"index\"",
            "\"model\"",
            "{\"choices\":[{",
            "\"a/b\":",
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "1.5",
            "1e309",
            "1E-400",
            "99999999999999999999999",
            "01",
            "+1",
            "NaN",
            "\\u0000",
            "\\uD800",
            "\\",
            "é",
            "𝄞",
            "\0",
            " ",
            "\n",
            "\uFEFF",
            "//",
            "/*",
            "'a'",
            "\"\\uDC00\"",
            "[[[[[[[[",
            "]]]]]]]]")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }
}
