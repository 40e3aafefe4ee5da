package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.hasSize;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Characters;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.EngineOptions;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tries;
import java.util.List;

/** What POST /v1/chat/completions does with conversations, options and every script. */
public final class ChatBehaviourSuite {

  private static final String NONCE = "zebra-4471";

  /**
   * Emoji of several code points, right-to-left, a combining accent, and beyond the first plane.
   */
  static final String EVERY_SCRIPT = "naïve 日本語 👩‍💻 שלום e\u0301 𝄞 ñ";

  private static final int TOKENS = 96;

  @Check(
      id = "chat.remembers-the-conversation",
      title = "what was said earlier in a conversation is known later",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"only the last message reaches the model", "the chat template drops turns"})
  void remembers(Probe probe) {
    Ask ask =
        probe
            .conversation(
                "user", "The code word is " + NONCE + ".",
                "assistant", "Understood.",
                "user", "What is the code word? Reply with the code word only.")
            .with("max_tokens", TOKENS);
    Tries.of(
        probe,
        ask,
        answered -> Said.mustHold("the answer", Said.content(Said.taken(answered)), NONCE));
  }

  @Check(
      id = "chat.knows-the-system-message",
      title = "what the system message says is known to the model",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the chat template has no place for a system message", "the gateway drops it"})
  void systemMessage(Probe probe) {
    Ask ask =
        probe
            .conversation(
                "system",
                "The code word is " + NONCE + ". Tell it to everybody who asks.",
                "user",
                "What is the code word? Reply with the code word only.")
            .with("max_tokens", TOKENS);
    Tries.of(
        probe,
        ask,
        answered -> Said.mustHold("the answer", Said.content(Said.taken(answered)), NONCE));
  }

  @Check(
      id = "chat.repeats-a-nonce",
      title = "a word that the request asks for comes back letter by letter",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the answer belongs to another request", "the prompt is rewritten on the way"})
  void repeatsANonce(Probe probe) {
    Ask ask = probe.chat("Reply with exactly this: \"qv7-plum-92\"").with("max_tokens", TOKENS);
    Tries.of(
        probe, ask, answered -> Said.mustHold("the answer", Said.content(answered), "qv7-plum-92"));
  }

  static Ask everyScript(Probe probe) {
    return probe
        .chat("Reply with exactly this: \"" + EVERY_SCRIPT + "\"")
        .with("max_tokens", TOKENS);
  }

  @Check(
      id = "chat.every-script-is-valid-utf8",
      title = "the answer to text of every script is valid UTF-8",
      level = MUST,
      route = CHAT,
      source = Sources.JSON,
      ifItFails = {"text is cut within a character", "a proxy recodes bodies"})
  void validUtf8(Probe probe) {
    Answered answered = Given.answered(everyScript(probe));
    Utf8.mustBeValid(answered);
    Json message = Given.that(() -> answered.json().at("/choices/0/message").object());
    Characters.mustBeWhole(List.of(message.at("/content")));
  }

  @Check(
      id = "chat.every-script-comes-back",
      title = "text of every script that the request asks for comes back unchanged, streamed too",
      level = SHOULD,
      route = CHAT,
      source = Sources.JSON,
      ifItFails = {
        "text is normalised or recoded on the way",
        "the tokenizer drops characters",
        "streams put characters of several tokens together in another way"
      })
  void everyScriptComesBack(Probe probe) {
    Tries.of(
        probe,
        everyScript(probe),
        answered -> Said.mustHold("the answer", Said.content(answered), EVERY_SCRIPT));
    Tries.untilGood(
        probe,
        everyScript(probe).asStream(),
        answered -> Said.mustHold("the stream", streamed(answered), EVERY_SCRIPT));
  }

  private static String streamed(Answered answered) {
    List<Json> chunks = Cut.isNot(Given.chunks(answered));
    String content = Streams.contentOf(chunks, "/delta/content");
    if (content.isBlank()) {
      throw new Inapplicable("the stream has no content");
    }
    return content;
  }

  @Check(
      id = "chat-stream.characters-are-whole",
      title = "no chunk of a stream breaks a character",
      level = MUST,
      route = CHAT,
      source = Sources.SSE,
      ifItFails = {"the server sends tokens that are parts of a character as U+FFFD"})
  void charactersAreWhole(Probe probe) {
    ChatStreams.kinds(probe)
        .each(
            events -> {
              Utf8.mustBeValid(events.answered());
              ChatStreams.pieces(events.chunks()).forEach(Characters::mustBeWhole);
            });
  }

  @Check(
      id = "chat.control-characters-are-no-server-error",
      title = "control characters in a message are answered or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.JSON,
      ifItBreaks = {"the tokenizer or a log line fails on them"})
  void controlCharacters(Probe probe) {
    Refusals.mustNotBeServerError(BehindMarksSuite.controls(probe).send());
  }

  @Check(
      id = "chat.takes-the-documented-options",
      title = "the sampling options that Tensormesh documents are taken",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway refuses options of vLLM that OpenAI does not have"})
  void documentedOptions(Probe probe) {
    EngineOptions.mustBeExpected(probe, "top_k");
    Ask ask =
        probe
            .chat(Basis.HELLO)
            .with("max_tokens", 4)
            .with("temperature", 0.5)
            .with("top_p", 0.9)
            .with("top_k", 5)
            .with("min_p", 0.05)
            .with("seed", 7)
            .with("repetition_penalty", 1.1);
    Said.unlessTheModelCannot(probe, ask.send()).mustBe(200);
  }

  @Check(
      id = "chat.negative-seeds-are-no-server-error",
      title = "a seed below 0, which the API allows, is honoured or refused, never a 5xx",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItBreaks = {"the engine keeps seeds in a number without a sign, and nobody looks before"})
  void negativeSeeds(Probe probe) {
    Refusals.mustNotBeServerError(
        probe.chat(Basis.HELLO).with("max_tokens", 4).with("seed", -1).send());
  }

  @Check(
      id = "chat.takes-defaults-as-they-are",
      title = "options that have their documented default are taken as if they were absent",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "top_p must be below 1, and SDKs send 1",
        "a penalty of 0 counts as one",
        "an option that the answer names is not known at all, whatever its value"
      })
  void defaults(Probe probe) {
    probe
        .chat(Basis.HELLO)
        .with("max_tokens", 4)
        .with("temperature", 1)
        .with("top_p", 1)
        .with("n", 1)
        .with("presence_penalty", 0)
        .with("frequency_penalty", 0)
        .with("stream", false)
        .with("logprobs", false)
        .send()
        .mustBe(200)
        .json()
        .object();
  }

  @Check(
      id = "chat.markup-comes-back",
      title = "text with markup that the request asks for comes back unchanged",
      level = SHOULD,
      route = CHAT,
      source = Sources.JSON,
      ifItFails = {"a filter on the way escapes or removes what looks like HTML"})
  void markupComesBack(Probe probe) {
    String markup = "<b>salt & pepper</b>";
    Ask ask = probe.chat("Reply with exactly this: \"" + markup + "\"").with("max_tokens", TOKENS);
    Tries.of(probe, ask, answered -> Said.mustHold("the answer", Said.content(answered), markup));
  }

  @Check(
      id = "chat.null-is-as-good-as-absent",
      title = "options that are null are taken as if they were absent",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "a parser in the gateway knows absent options only, and SDKs send null",
        "an option that the answer names is not known at all, null or not"
      },
      about = {Reason.SERVER_ERROR})
  void nullOptions(Probe probe) {
    Ask ask = probe.chat(Basis.HELLO).with("max_tokens", 4);
    for (String option :
        List.of(
            "temperature",
            "top_p",
            "n",
            "stop",
            "seed",
            "stream",
            "stream_options",
            "logprobs",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias")) {
      ask = ask.with(option, null);
    }
    Json answer = ask.send().mustBe(200).json();
    Expect.that("the choices where n is null", Given.items(answer.at("/choices")), hasSize(1));
  }

  @Check(
      id = "chat.no-marks-in-the-text",
      title = "no answer, whole or streamed, holds a mark such as <|im_end|> or </think>",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "skip_special_tokens is off, or the template's end of turn is no stop token",
        "the output parser is not the one for this model"
      })
  void noMarks(Probe probe) {
    Json message = Given.that(() -> ChatSuite.plain(probe)).at("/choices/0/message");
    Marks.mustNotFrame("the answer", ChatParametersSuite.textOf(message));
    Marks.mustNotEndAThought("the answer", message.at("/content").optionalText().orElse(""));
    ChatStreams.kinds(probe)
        .each(
            events -> {
              List<Json> chunks = events.chunks();
              Marks.mustNotFrame("the streamed text", Streams.everythingSaid(chunks));
              Marks.mustNotEndAThought(
                  "the streamed text", Streams.contentOf(chunks, "/delta/content"));
            });
  }

  @Check(
      id = "chat.knows-the-developer-message",
      title = "a message of the role developer is taken, and what it says is known",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the chat template knows the role system only", "the gateway drops the role"})
  void developerMessage(Probe probe) {
    Ask ask =
        probe
            .conversation(
                "developer",
                "The code word is " + NONCE + ". Tell it to everybody who asks.",
                "user",
                "What is the code word? Reply with the code word only.")
            .with("max_tokens", TOKENS);
    Tries.of(
        probe,
        ask,
        answered -> Said.mustHold("the answer", Said.content(Said.taken(answered)), NONCE));
  }
}
