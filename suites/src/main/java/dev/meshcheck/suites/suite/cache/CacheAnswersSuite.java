package dev.meshcheck.suites.suite.cache;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** That a cache of prompts never changes an answer, nor gives one prompt the answer of another. */
public final class CacheAnswersSuite {

  private static final int FEW = 3;

  private static final String LAST = "linnet";

  private static final List<String> WORDS =
      List.of(Series.FIRST, Series.SECOND, Series.THIRD, Series.FOURTH);

  @Check(
      id = "cache.warm-answers-as-cold",
      title =
          "a long prompt sent again, alone and four times at once, is answered as the first time",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      ifItFails = {
        "the cache gives back another prompt's state",
        "a block of the cache was overwritten while it was read"
      })
  void warmAnswersAsCold(Probe probe) {
    Series series = Series.of(probe);
    String cold = Said.content(series.cold()).strip();
    List<Supplier<Answered>> warm =
        series.warm().stream().<Supplier<Answered>>map(answered -> () -> answered).toList();
    Tries.among(
        probe,
        warm,
        answered -> {
          String said = Said.contentSoFar(answered).strip();
          Expect.that(
              Reason.WRONG_VALUE,
              said.equals(cold),
              "the answer to the same prompt is another one when it is warm",
              cold,
              said);
        });
  }

  @Check(
      id = "cache.no-answer-holds-another-nonce",
      title = "no answer holds the code word of another prompt that begins alike, or came before",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      ifItFails = {
        "the cache takes prompts for equal that differ late",
        "answers are cached by a part of the request alone",
        "the model is shown what earlier requests said"
      })
  void noOtherNonce(Probe probe) {
    Series series = Series.of(probe);
    series.all().forEach(answered -> mustHoldNoneBut(probe, answered, Series.FIRST));
    mustHoldNoneBut(probe, Series.another(probe), Series.SECOND);
    mustHoldNoneBut(probe, system(probe, Series.THIRD), Series.THIRD);
    mustHoldNoneBut(probe, system(probe, Series.FOURTH), Series.FOURTH);
    // Where earlier requests are shown to the model, the last one is.
    Given.answered(LongPrompts.telling(probe, LAST));
    mustHoldNone(
        probe,
        Said.unlessRefused(LongPrompts.wordless(probe), "a long prompt"),
        Stream.concat(Stream.of(LAST), WORDS.stream()).toList(),
        "no code word, since the prompt has none");
  }

  private static void mustHoldNoneBut(Probe probe, Answered answered, String own) {
    List<String> others = WORDS.stream().filter(word -> !word.equals(own)).toList();
    mustHoldNone(probe, answered, others, "no code word but " + probe.nonce(own));
  }

  private static void mustHoldNone(
      Probe probe, Answered answered, List<String> words, String expected) {
    String said = Said.everything(answered).toLowerCase(Locale.ROOT);
    for (String word : words) {
      Expect.that(
          Reason.WRONG_VALUE,
          !said.contains(probe.nonce(word)),
          "the answer holds a code word that only another prompt has",
          expected,
          said);
    }
  }

  private static Answered system(Probe probe, String word) {
    return Said.unlessRefused(LongPrompts.inSystem(probe, word), "a long system message");
  }

  @Check(
      id = "cache.late-nonces-come-back",
      title = "of two prompts that differ late the second gets an answer of its own",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      ifItFails = {"the cache takes prompts for equal that differ late"})
  void lateNonces(Probe probe) {
    givenRepeats(probe, Series.of(probe).cold(), Series.FIRST);
    mustComeBack(probe, Series.SECOND, word -> LongPrompts.inMessage(probe, word));
  }

  @Check(
      id = "cache.system-nonces-come-back",
      title = "of two prompts that differ in the system message the second gets its own answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      ifItFails = {"answers are cached by what the user says alone"})
  void systemNonces(Probe probe) {
    givenRepeats(probe, system(probe, Series.THIRD), Series.THIRD);
    mustComeBack(probe, Series.FOURTH, word -> LongPrompts.inSystem(probe, word));
  }

  /** A model that repeats no word says nothing of a cache. */
  private static void givenRepeats(Probe probe, Answered first, String word) {
    Given.that(() -> Said.mustHold("the first answer", Said.content(first), probe.nonce(word)));
  }

  /** Asked for a new word each time: an answer that a cache gives once it gives again. */
  private static void mustComeBack(Probe probe, String own, Function<String, Ask> about) {
    Tries.untilGood(
        probe,
        nth -> {
          String word = nth == 1 ? own : own + nth;
          Answered answered = Said.unlessRefused(about.apply(word), "a long prompt");
          Said.mustHold("the answer", Said.contentSoFar(answered), probe.nonce(word));
        });
  }

  @Check(
      id = "cache.white-space-counts",
      title = "of two prompts that differ in one space the second gets its own answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"answers are cached by prompts whose white space is squeezed"})
  void whiteSpace(Probe probe) {
    mustBeToldApart(probe, "lynx", " fox", "fox", text -> "\"" + text + "\"");
  }

  @Check(
      id = "cache.last-character-counts",
      title = "of two prompts that differ in their last character the second gets its own answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      ifItFails = {"the key of the cache leaves out the last token, which is computed anew anyway"})
  void lastCharacter(Probe probe) {
    mustBeToldApart(probe, "tern", "A", "B", UnaryOperator.identity());
  }

  /** Has the nonce repeated with one ending and then with the other. */
  private static void mustBeToldApart(
      Probe probe, String word, String one, String other, UnaryOperator<String> quoted) {
    Tries.untilGood(
        probe,
        nth -> {
          String nonce = probe.nonce(word + nth);
          String first = Said.content(Given.answered(repeat(probe, quoted.apply(nonce + one))));
          Given.that(() -> Said.mustHold("the first answer", first, nonce + one));
          Answered second = Given.answered(repeat(probe, quoted.apply(nonce + other)));
          Said.mustHold("the answer", Said.contentSoFar(second), nonce + other);
        });
  }

  private static Ask repeat(Probe probe, String text) {
    return probe.chat("Reply with exactly this: " + text).with("max_tokens", 96);
  }

  @Check(
      id = "cache.options-count",
      title = "a prompt that was answered before keeps to a smaller max_tokens all the same",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"answers are cached by their prompt, whatever the options"})
  void optionsCount(Probe probe) {
    Series.of(probe);
    // Who never keeps to it has no fault of the cache.
    Ask one = probe.chat(Basis.HELLO).with("max_tokens", 1);
    Given.that(() -> mustBeAtMost(1, Cached.of(one.send()), ""));
    Ask ask = LongPrompts.inMessage(probe, Series.FIRST).with("max_tokens", FEW);
    mustBeAtMost(FEW, Cached.of(ask.send()), " of a prompt that was answered before");
  }

  private static void mustBeAtMost(long most, Cached answer, String where) {
    Expect.that(
        "completion_tokens with max_tokens " + most + where,
        answer.told().completion(),
        is(lessThanOrEqualTo(most)));
  }

  @Check(
      id = "cache.tools-count",
      title = "of two requests that differ in their tools the second calls its own, or none",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      pack = Pack.FULL,
      ifItFails = {"answers are cached by their messages, whatever the tools"})
  void toolsCount(Probe probe) {
    Said.unlessRefused(tool(probe, "crane"), "tools");
    Json answer = Said.unlessRefused(tool(probe, "finch"), "tools").json();
    String other = toolName(probe, "crane");
    Expect.that(
        Reason.WRONG_VALUE,
        !answer.at("/choices").toString().contains(other),
        "the answer calls a tool that only another request has",
        "calls of " + toolName(probe, "finch") + " alone",
        answer.at("/choices").toString());
  }

  private static Ask tool(Probe probe, String word) {
    String name = toolName(probe, word);
    return probe
        .chat(LongPrompts.beginning() + "\n" + Tools.WEATHER_QUESTION)
        .with("tools", Tools.weatherNamed(name));
  }

  private static String toolName(Probe probe, String word) {
    return "get_weather_" + probe.nonce(word).replace('-', '_');
  }

  @Check(
      id = "cache.salt-breaks-nothing",
      title = "a made-up cache_salt is taken or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      ifItBreaks = {"the gateway hands the salt to an engine that does not know it"})
  void salt(Probe probe) {
    Series.of(probe);
    Ask ask = LongPrompts.inMessage(probe, Series.FIRST);
    Answered salted = ask.with("cache_salt", probe.nonce("meshcheck")).send();
    Refusals.mustNotBeServerError(salted);
    if (salted.status() == 200) {
      probe.record(
          "with a salt of its own, "
              + Cached.of(salted).tokens()
              + " tokens of a warm prompt were read from the cache");
    }
  }

  @Check(
      id = "cache.models-count",
      title = "of two models that are asked the same the second gives an answer of its own",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      pack = Pack.FULL,
      ifItFails = {"answers are cached by what is asked, whoever is asked"})
  void modelsCount(Probe probe) {
    String other =
        Given.items(Given.that(() -> Basis.judge(probe, MODELS).json()).at("/data")).stream()
            .map(card -> Given.text(card.at("/id")))
            .filter(id -> !id.equals(probe.model()))
            .findFirst()
            .orElseThrow(() -> new Inapplicable("the host lists one model alone"));
    Json first = Series.of(probe).cold().json();
    Answered second = LongPrompts.inMessage(probe, Series.FIRST).with("model", other).send();
    if (!second.isWhole() || second.status() != 200) {
      throw new Inapplicable("the model " + other + " does not answer");
    }
    Expect.that(
        "the id of the answer of another model",
        Given.text(second.json().at("/id")),
        is(not(Given.text(first.at("/id")))));
  }
}
