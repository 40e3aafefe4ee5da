package dev.meshcheck.suites.suite.cache;

import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Usage;
import java.util.List;

/**
 * What an answer tells of its prompt.
 *
 * @param usage as it stands in the answer
 * @param told the counts
 */
record Cached(Json usage, Usage told) {

  private static final List<String> WHERE =
      List.of("/prompt_tokens_details/cached_tokens", "/input_tokens_details/cached_tokens");

  /** Of a whole answer of chat, completions or responses; no verdict where it is none. */
  static Cached of(Answered answered) {
    Json answer = Said.unlessRefused(answered, "a long prompt").json();
    Json usage = answer.at("/usage");
    return new Cached(usage, Usage.givenOfAny(answer, usage));
  }

  /** Of the last chunk that tells usage, or of the last event of a response. */
  static Cached ofStream(List<Json> chunks) {
    Json usage =
        Given.that(
            () ->
                chunks.stream()
                    .flatMap(
                        chunk -> List.of(chunk.at("/usage"), chunk.at("/response/usage")).stream())
                    .filter(Json::present)
                    .reduce((a, b) -> b)
                    .map(Json::object)
                    .orElseGet(() -> chunks.get(chunks.size() - 1).at("/usage").object()));
    return new Cached(usage, Usage.givenOfAny(chunks.get(0), usage));
  }

  /** Cached tokens, none where nothing is told: Tensormesh leaves the details out then. */
  long tokens() {
    return WHERE.stream()
        .mapToLong(pointer -> usage.at(pointer).optionalInteger().orElse(0L))
        .max()
        .orElse(0);
  }

  /** Fails where the parts do not fit: cached tokens are part of the prompt, and counted there. */
  void mustFit() {
    WHERE.forEach(pointer -> Usage.mustBePartOf(usage.at(pointer), told.prompt()));
    // Where nothing is cached, a wrong total has another cause.
    if (tokens() > 0) {
      told.mustAddUp();
    }
  }

  /** Fails where the prompt has another size than before. */
  void mustCost(long prompt) {
    Expect.that(usage.place() + ": the tokens of the same prompt", told.prompt(), is(prompt));
  }
}
