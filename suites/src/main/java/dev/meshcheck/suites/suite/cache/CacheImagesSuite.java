package dev.meshcheck.suites.suite.cache;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * That a cache of prompts tells images apart. Nothing here depends on what the model sees: only on
 * what the host counts, and on whose answer it gives.
 */
public final class CacheImagesSuite {

  /** Red and blue, 64 by 64 pixels: some models take no smaller ones. */
  private static final String RED =
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PQQkAAAgAsetfWiP4FgYrsKZeS0BAQEBAQEBA"
          + "QEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEDgsqnc8OJg6Ln3AAAAAElFTkSuQmCC";

  private static final String BLUE =
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PQQkAAAgAsetfWiP4FgYrsGqeExAQEBAQEBAQ"
          + "EBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBA4LMf88OL0EKXAAAAAAElFTkSuQmCC";

  @Check(
      id = "cache.images-count",
      title = "of two prompts that differ in the image alone the second gets an answer of its own",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      pack = Pack.FULL,
      ifItFails = {"answers are cached by the text of their messages, whatever the images"})
  void imagesCount(Probe probe) {
    Pair pair = Pair.of(probe);
    Expect.that(
        "the id of the answer to a prompt with another image",
        Given.text(pair.second().json().at("/id")),
        is(not(Given.text(pair.first().json().at("/id")))));
  }

  @Check(
      id = "cache.cached-tokens-end-at-another-image",
      title = "of a prompt with another image nothing behind that image is told as cached",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      pack = Pack.FULL,
      ifItFails = {
        "the cache knows an image by its place alone, and gives back the state of another one",
        "tokens are told as cached, and billed so, that were computed"
      })
  void endAtAnotherImage(Probe probe) {
    Cached cached = Cached.of(Pair.of(probe).second());
    long behind = Pair.behind().split(" ").length;
    Expect.that(
        "the cached tokens of a prompt of "
            + cached.told().prompt()
            + " tokens, at least the last "
            + behind
            + " of which stand behind an image that was never sent before them,",
        cached.tokens(),
        is(lessThanOrEqualTo(cached.told().prompt() - behind)));
  }

  /**
   * The answers to two prompts that begin with a word of this run, and differ in an image.
   *
   * @param first to the red one
   * @param second to the blue one, which was sent behind it
   */
  private record Pair(Answered first, Answered second) {

    static Pair of(Probe probe) {
      Cached red = Cached.of(Said.unlessRefused(ask(probe, List.of(image(RED))), "images"));
      Cached none = Cached.of(ask(probe, List.of()).send());
      if (red.told().prompt() <= none.told().prompt()) {
        throw new Inapplicable(
            "an image is taken and costs no token, so the model does not see it");
      }
      Answered first = ask(probe, List.of(image(RED))).send();
      return new Pair(first, Given.answered(ask(probe, List.of(image(BLUE)))));
    }

    /** What follows in a message of its own, since templates move images within a message. */
    static String behind() {
      return LongPrompts.beginning() + "\nWhich shelf is the first? Reply with its number.";
    }

    private static Ask ask(Probe probe, List<Object> images) {
      List<Object> parts = new ArrayList<>();
      parts.add(Map.of("type", "text", "text", probe.nonce("ibis") + ": look at this."));
      parts.addAll(images);
      List<Object> messages =
          List.of(
              Map.of("role", "user", "content", parts),
              Map.of("role", "assistant", "content", "I see."),
              Map.of("role", "user", "content", behind()));
      return probe.chat("").with("messages", messages).with("max_tokens", 16);
    }

    private static Object image(String png) {
      return Map.of(
          "type", "image_url", "image_url", Map.of("url", "data:image/png;base64," + png));
    }
  }
}
