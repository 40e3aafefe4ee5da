package dev.meshcheck.suites.suite.cache;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Probe;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prompts that begin alike, long enough for every cache that works in blocks, and then differ. What
 * differs was never sent before this run, so that none of it can be cached.
 */
final class LongPrompts {

  /** Words behind what differs. Each of them is one token at least, and none can be cached. */
  static final int WORDS_BEHIND = 60;

  /** Shelves before what differs: some 400 tokens, and so more than the 256 of LMCache's chunk. */
  private static final int SHARED = 45;

  /** Shelves in all, those behind it with 80 words. */
  private static final int ALL = 55;

  /** Enough for some reasoning and a word. */
  private static final int TOKENS = 96;

  private static final List<String> THINGS =
      List.of("stones", "lamps", "ropes", "books", "clocks", "maps", "shells");
  private static final String QUESTION = "What is the code word? Reply with the code word only.";

  private LongPrompts() {}

  /** What every prompt begins with. */
  static String beginning() {
    return shelves(0, SHARED);
  }

  static String shelves(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "Shelf "
                    + i
                    + " holds "
                    + THINGS.get(i % THINGS.size())
                    + " and old "
                    + THINGS.get((i / 7 + i) % THINGS.size())
                    + ".")
        .collect(Collectors.joining(" "));
  }

  /** The document, a code word, and more than {@link #WORDS_BEHIND} words behind it. */
  static String document(String nonce) {
    return shelves(0, SHARED) + "\nThe code word is " + nonce + ".\n" + shelves(SHARED, ALL);
  }

  /** Asks for the code word of a document in the user's message. */
  static Ask inMessage(Probe probe, String word) {
    return probe.chat(document(probe.nonce(word)) + "\n" + QUESTION).with("max_tokens", TOKENS);
  }

  /** The same behind a first word that is as new as the code word, so that no part is cached. */
  static Ask fresh(Probe probe, String start, String word) {
    return behind(probe, start, document(probe.nonce(word)));
  }

  /** Tells a code word, and asks for nothing. */
  static Ask telling(Probe probe, String word) {
    return probe
        .chat("The code word is " + probe.nonce(word) + ". Reply with OK.")
        .with("max_tokens", 4);
  }

  /** Begins like {@link #inMessage}, and asks for a code word that it does not hold. */
  static Ask wordless(Probe probe) {
    return probe.chat(beginning() + "\n" + QUESTION).with("max_tokens", TOKENS);
  }

  /** Begins like those, and asks for a code word that it does not hold. */
  static Ask wordless(Probe probe, String start) {
    return behind(probe, start, shelves(0, ALL));
  }

  private static Ask behind(Probe probe, String start, String document) {
    return probe
        .chat(probe.nonce(start) + ": " + document + "\n" + QUESTION)
        .with("max_tokens", TOKENS);
  }

  /**
   * Asks the same question always, under a system message with the document. What the user says was
   * said before in this run alone, and under such a message.
   */
  static Ask inSystem(Probe probe, String word) {
    String question = QUESTION + " (Question " + probe.nonce("question") + ".)";
    return probe
        .conversation("system", document(probe.nonce(word)), "user", question)
        .with("max_tokens", TOKENS);
  }

  /** The document and the question as the prompt of a completion or the input of a response. */
  static Ask on(RouteName route, Probe probe, String word) {
    String text = document(probe.nonce(word)) + "\n" + QUESTION;
    return route == RouteName.COMPLETIONS
        ? probe.completions(text).with("max_tokens", 8)
        : probe.responses(text).with("max_output_tokens", 16);
  }

  /** The same request as a stream that tells its usage. */
  static Ask counting(Ask ask) {
    return ask.with("stream_options", Map.of("include_usage", true));
  }
}
