package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.StopString;
import dev.meshcheck.suites.check.Streams;
import java.util.List;

/** What stop strings do to an answer of POST /v1/chat/completions. */
public final class ChatStopSuite {

  /** The content of the plain answer, long enough to stop it in the middle. */
  private static String plainContent(Probe probe) {
    Json content =
        Given.that(() -> Basis.judge(probe, CHAT).json()).at("/choices/0/message/content");
    String text = content.optionalText().orElse("");
    if (text.length() < 12) {
      throw new Inapplicable("the plain answer is too short to be stopped in the middle");
    }
    return text;
  }

  /** The choice of the same answer with those stop strings. */
  private static Json stopped(Probe probe, Object stops) {
    Answered answered = probe.chat(Basis.HELLO).with("stop", stops).send();
    return Said.unlessTheModelCannot(probe, answered).mustBe(200).json().at("/choices/0");
  }

  private static void mustEnd(Probe probe, Object stops, String whole, String stop) {
    Json choice = stopped(probe, stops);
    String text = choice.at("/message/content").optionalText().orElse("");
    StopString.mustEnd(choice, text, whole, stop);
  }

  @Check(
      id = "chat.stop-string-ends-the-answer",
      title = "a stop string ends the answer before it, with finish_reason stop",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway drops stop", "the stop string is sent along"})
  void stopString(Probe probe) {
    String whole = plainContent(probe);
    String stop = StopString.middleOf(whole);
    mustEnd(probe, stop, whole, stop);
  }

  @Check(
      id = "chat.stop-keeps-its-white-space",
      title = "a stop string that begins with a space ends the answer at that, not earlier",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"stop strings are trimmed on the way, so that \"\\n\\n\" is none"})
  void stopWithASpace(Probe probe) {
    String whole = plainContent(probe);
    String stop = StopString.withASpace(whole);
    mustEnd(probe, stop, whole, stop);
  }

  @Check(
      id = "chat.takes-a-list-of-stops",
      title = "each string of a list of stop strings ends the answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway takes the first stop string only"})
  void listOfStops(Probe probe) {
    String whole = plainContent(probe);
    String stop = StopString.middleOf(whole);
    mustEnd(probe, List.of("meshcheck-never-said", stop), whole, stop);
  }

  @Check(
      id = "chat.empty-stops-end-nothing",
      title = "no stop string, and an empty one, leave the answer as it is, or are refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"every text holds the empty string, so that the answer ends before it begins"})
  void emptyStops(Probe probe) {
    Ask plain = probe.chat(Basis.HELLO).with("max_tokens", 4);
    boolean taken = false;
    for (List<String> stops : List.of(List.<String>of(), List.of(""))) {
      Answered answered = plain.with("stop", stops).send();
      boolean refused =
          Given.that(answered::status) < 500
              && (answered.isRefusedAsBad()
                  || Given.that(() -> answered.json().at("/error")).present());
      if (!refused && Said.everything(answered).isBlank()) {
        mustSaySomething(answered, plain, probe);
      }
      taken |= !refused;
    }
    if (!taken) {
      throw new Inapplicable("the host refuses lists that are empty, and empty strings in them");
    }
  }

  private static void mustSaySomething(Answered answered, Ask plain, Probe probe) {
    if (Said.everything(plain.send()).isBlank()) {
      throw new Inapplicable("the first tokens of this model say nothing");
    }
    probe.restsOn(answered);
    throw new Failure(
        Reason.WRONG_VALUE,
        "an answer to a request with an empty stop is empty",
        "a text, as without it",
        answered.described());
  }

  @Check(
      id = "chat.stopped-logprobs-are-those-of-the-text",
      title = "the log probabilities of an answer that a stop string ended are those of its text",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {
        "the text is cut at the stop string and its log probabilities elsewhere",
        "what was held back while the stop string might come is told of no more"
      })
  void stoppedLogprobs(Probe probe) {
    String stop = StopString.middleOf(plainContent(probe));
    Ask ask = probe.chat(Basis.HELLO).with("stop", stop).with("logprobs", true);
    Answered answered = Said.unlessTheModelCannot(probe, ask.send());
    Json choice = Said.unlessRefused(answered, "stop beside logprobs").json().at("/choices/0");
    Json message = choice.at("/message");
    String text = message.at("/content").optionalText().orElse("");
    if (!Given.text(choice.at("/finish_reason")).equals("stop")
        || !text.equals(ChatParametersSuite.textOf(message))) {
      throw new Inapplicable("the stop string ended no text, or the model thinks first");
    }
    Given.whereItFails(
        probe,
        () -> StopString.mustBeTheTokens(tokens(choice), text, stop),
        () -> wholeLogprobsSpellTheText(probe));
  }

  private static List<String> tokens(Json choice) {
    return choice.at("/logprobs/content").optionalItems().stream()
        .map(entry -> Given.text(entry.at("/token")))
        .toList();
  }

  private static void wholeLogprobsSpellTheText(Probe probe) {
    Json choice =
        probe.chat(Basis.HELLO).with("logprobs", true).send().mustBe(200).json().at("/choices/0");
    Spelling.mustBe(choice.at("/logprobs/content").items(), choice.at("/message/content").text());
  }

  @Check(
      id = "chat.stop-reason-is-the-string",
      title = "stop_reason, where the host tells it, is the string that ended the answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway rewrites choices"})
  void stopReason(Probe probe) {
    String stop = StopString.middleOf(plainContent(probe));
    Json choice = stopped(probe, stop);
    if (!choice.at("/stop_reason").present()) {
      throw new Inapplicable("the host tells no stop_reason");
    }
    Expect.that("stop_reason", choice.at("/stop_reason").text(), is(stop));
  }

  @Check(
      id = "chat.streams-stop-too",
      title = "a stop string ends a streamed answer before it too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the beginning of the stop string is sent before it is known",
        "what is held back while the stop string might come is never sent"
      })
  void streamsStop(Probe probe) {
    String whole = plainContent(probe);
    String stop = StopString.middleOf(whole);
    Ask ask = probe.chat(Basis.HELLO).with("stop", stop);
    Said.unlessTheModelCannot(probe, ask.stream());
    List<Json> chunks = Given.stream(ask).chunks();
    String text = Streams.contentOf(chunks, "/delta/content");
    String finish = Given.that(() -> finishOf(chunks));
    StopString.mustEnd(finish, text, whole, stop);
  }

  private static String finishOf(List<Json> chunks) {
    Streams.mustFinishOnce(chunks, ChatSuite.FINISH_REASONS);
    return Streams.contentOf(chunks, "/finish_reason");
  }
}
