package dev.meshcheck.suites.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Answers of the right form, with one text wherever a host chooses one. */
final class Good {

  static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}";

  private Good() {}

  /** The whole answer, as a stream where one is asked for. */
  static void answer(Asked asked, Peer peer, String escaped) throws IOException {
    if (asked.streamed()) {
      peer.say(EVENTS + "Connection: close\r\n\r\n").say(stream(escaped).getBytes(UTF_8));
    } else {
      peer.answer(JSON, body(asked, escaped).getBytes(UTF_8));
    }
  }

  /** The JSON of that route; the text is put into JSON strings as it is. */
  static String body(Asked asked, String escaped) {
    return switch (asked.path()) {
      case "/health" -> "{}";
      case "/version" -> "{\"version\":\"%s\"}".formatted(escaped);
      case "/v1/models" ->
          ("{\"object\":\"list\",\"data\":[{\"id\":\"%1$s\",\"object\":\"model\",\"created\":1,"
                  + "\"owned_by\":\"%1$s\"},{\"id\":\"model\",\"object\":\"model\","
                  + "\"created\":1764000000,\"owned_by\":\"%1$s\"}]}")
              .formatted(escaped);
      case "/v1/chat/completions" ->
          ("{\"id\":\"%1$s\",\"object\":\"chat.completion\",\"created\":1764000000,\"model\":\"%1$s\","
                  + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%1$s\"},"
                  + "\"finish_reason\":\"stop\"}],%2$s}")
              .formatted(escaped, USAGE);
      case "/v1/completions" ->
          ("{\"id\":\"%1$s\",\"object\":\"text_completion\",\"created\":1764000000,\"model\":\"%1$s\","
                  + "\"choices\":[{\"index\":0,\"text\":\"%1$s\",\"finish_reason\":\"stop\"}],%2$s}")
              .formatted(escaped, USAGE);
      case "/v1/responses" ->
          ("{\"id\":\"%1$s\",\"object\":\"response\",\"created_at\":1764000000,\"status\":\"completed\","
                  + "\"model\":\"%1$s\",\"output\":[{\"type\":\"message\",\"id\":\"%1$s\",\"role\":"
                  + "\"assistant\",\"status\":\"completed\",\"content\":[{\"type\":\"output_text\","
                  + "\"text\":\"%1$s\",\"annotations\":[]}]}],"
                  + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}")
              .formatted(escaped);
      case "/tokenize" ->
          "{\"count\":2,\"max_model_len\":4096,\"tokens\":[1,2],\"token_strs\":[\"%s\",\"b\"]}"
              .formatted(escaped);
      case "/detokenize" -> "{\"prompt\":\"%s\"}".formatted(escaped);
      default ->
          "{\"error\":{\"message\":\"%1$s\",\"type\":\"%1$s\",\"param\":null,\"code\":\"%1$s\"}}"
              .formatted(escaped);
    };
  }

  /** A stream of chat, whatever was asked. */
  static String stream(String escaped) {
    String chunk =
        "data: {\"id\":\"%1$s\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,"
            + "\"model\":\"%1$s\",\"choices\":[{\"index\":0,\"delta\":{%2$s},\"finish_reason\":%3$s}]}\n\n";
    return chunk.formatted(
            escaped, "\"role\":\"assistant\",\"content\":\"" + escaped + "\"", "null")
        + chunk.formatted(escaped, "", "\"stop\"")
        + "data: [DONE]\n\n";
  }
}
