package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.meshcheck.fixtures.surface.RouteName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an agent sends late in a session: a conversation of some thousand tokens, in a body of 200
 * KB. Its first message tells a word, and its last one asks for it.
 */
public final class LongTalk {

  /** More than the 4,096 tokens that some engines keep whatever their model can. */
  private static final int TOKENS = 4500;

  private static final int BODY = 200_000;

  private static final int TURNS = 10;
  private static final int ANSWER = 96;
  private static final String PIECE = "The parcel stays on the shelf until somebody asks for it. ";

  /** In words that nothing else is asked in: a cache may look at the last message alone. */
  private static final String QUESTION = "Which code word was that? Reply with it alone.";

  private LongTalk() {}

  /** The conversation, where it fits the model's context; else a body as long with a greeting. */
  public static Ask ask(Probe probe) {
    return talk(probe).orElseGet(() -> greeting(probe).padded(BODY));
  }

  /** What says the same kind of thing in few words. */
  public static Ask brief(Probe probe) {
    return tokens(probe).isEmpty() ? greeting(probe) : said(probe, 0, PIECE.strip());
  }

  private static Ask greeting(Probe probe) {
    return probe.chat(Basis.HELLO).with("max_tokens", 4);
  }

  /** The conversation; empty where nobody tells how long it may be. */
  public static Optional<Ask> talk(Probe probe) {
    return talk(probe, 0);
  }

  /** The same conversation with the word told just before it is asked for. */
  public static Optional<Ask> toldLate(Probe probe) {
    return talk(probe, TURNS);
  }

  /** The word that is asked for. */
  public static String word(Probe probe) {
    return probe.nonce("walnut");
  }

  private static Optional<Ask> talk(Probe probe, int toldAt) {
    OptionalLong tokens = tokens(probe);
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    String filler = filler(probe, tokens.getAsLong() / TURNS);
    return Optional.of(said(probe, toldAt, filler).padded(BODY));
  }

  private static Ask said(Probe probe, int toldAt, String filler) {
    ArrayNode messages = Json.MAPPER.createArrayNode();
    for (int turn = 0; turn <= TURNS; turn++) {
      String said = turn == toldAt ? "The code word is " + word(probe) + "." : filler;
      messages.addObject().put("role", "user").put("content", said);
      messages.addObject().put("role", "assistant").put("content", "Noted.");
    }
    messages.addObject().put("role", "user").put("content", QUESTION);
    return probe.chat("").with("messages", messages).with("max_tokens", ANSWER);
  }

  /** Half of the context at most, so that nobody has a reason to cut it. */
  private static OptionalLong tokens(Probe probe) {
    return tokenized(probe)
        .filter(told -> told.path("count").asLong() > 0)
        .map(told -> told.path("max_model_len"))
        .filter(length -> length.canConvertToLong() && length.longValue() > 0)
        .map(length -> OptionalLong.of(Math.min(TOKENS, length.longValue() / 2)))
        .orElse(OptionalLong.empty());
  }

  /** About so many tokens: a greeting tells how many characters make one. */
  private static String filler(Probe probe, long tokens) {
    long each = tokenized(probe).map(t -> t.path("count").asLong()).orElse(1L);
    long characters = tokens * Basis.HELLO.length() / each;
    return PIECE.repeat((int) Math.max(1, characters / PIECE.length())).strip();
  }

  private static Optional<JsonNode> tokenized(Probe probe) {
    if (probe.target().surface().route(RouteName.TOKENIZE).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(probe.tokenize(Basis.HELLO).send().mustBe(200).json().node());
    } catch (Failure | CouldNotRun e) {
      return Optional.empty();
    }
  }
}
