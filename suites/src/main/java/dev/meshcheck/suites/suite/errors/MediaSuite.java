package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** Images and sounds, which most models cannot read: whoever takes one has to read it. */
public final class MediaSuite {

  /** An image of one pixel. */
  private static final String PIXEL =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
          + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  /** A WAV file of eight samples of silence. */
  private static final String SILENCE =
      "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==";

  @Check(
      id = "errors.image-for-a-text-model",
      title = "an image is seen and counted, or refused, never dropped and never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the server fails on content that its model cannot read"},
      about = {Reason.SERVER_ERROR})
  void image(Probe probe) {
    Answered answered = withImage(probe).send();
    Refusals.mustNotBeServerError(answered);
    if (answered.status() == 200) {
      mustCostMore("an image", promptTokens(answered), bare(probe));
    }
  }

  @Check(
      id = "errors.audio-for-a-text-model",
      title = "a sound is heard and counted, or refused, never dropped and never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"parts of a message that are neither text nor image are dropped"},
      about = {Reason.SERVER_ERROR})
  void audio(Probe probe) {
    var sound = Map.of("data", SILENCE, "format", "wav");
    Answered answered = chat(probe, Map.of("type", "input_audio", "input_audio", sound)).send();
    Refusals.mustNotBeServerError(answered);
    if (answered.status() == 200) {
      mustCostMore("a sound", promptTokens(answered), bare(probe));
    }
  }

  @Check(
      id = "errors.responses-image-for-a-text-model",
      title = "an image in the input of a response is seen and counted, or refused",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"parts of an input message that are no text are dropped"},
      about = {Reason.SERVER_ERROR})
  void imageOfAResponse(Probe probe) {
    var text = Map.of("type", "input_text", "text", Basis.HELLO);
    var image = Map.of("type", "input_image", "image_url", PIXEL, "detail", "auto");
    var message = Map.of("type", "message", "role", "user", "content", List.of(text, image));
    Answered answered = Basis.ask(probe, RESPONSES).with("input", List.of(message)).send();
    Refusals.mustNotBeServerError(answered);
    if (answered.status() == 200) {
      mustCostMore("an image", inputTokens(answered), inputTokens(Basis.judge(probe, RESPONSES)));
    }
  }

  @Check(
      id = "errors.image-is-seen",
      title = "whether an image is seen is recorded, by what it costs",
      level = INFO,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"nothing is promised here: most models read text alone"})
  void imageIsSeen(Probe probe) {
    Answered answered = Said.unlessRefused(withImage(probe), "images");
    long seen = promptTokens(answered) - bare(probe);
    if (seen <= 0) {
      throw new Inapplicable("an image is taken and costs no token, so the model does not see it");
    }
    probe.record("an image of one pixel costs " + seen + " tokens");
  }

  private static void mustCostMore(String what, long tokens, long bare) {
    Expect.that("the prompt's tokens of the greeting with " + what, tokens, is(greaterThan(bare)));
  }

  private static long promptTokens(Answered answered) {
    return Usage.given(answered.json().at("/usage")).prompt();
  }

  private static long inputTokens(Answered answered) {
    return Usage.givenOfResponses(answered.json().at("/usage")).prompt();
  }

  private static long bare(Probe probe) {
    return promptTokens(Basis.judge(probe, CHAT));
  }

  private static Ask withImage(Probe probe) {
    return chat(probe, Map.of("type", "image_url", "image_url", Map.of("url", PIXEL)));
  }

  private static Ask chat(Probe probe, Map<String, Object> part) {
    var text = Map.of("type", "text", "text", Basis.HELLO);
    var message = Map.of("role", "user", "content", List.of(text, part));
    return probe.chat("").with("messages", List.of(message));
  }
}
