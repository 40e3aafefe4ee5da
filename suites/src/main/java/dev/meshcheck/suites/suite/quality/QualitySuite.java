package dev.meshcheck.suites.suite.quality;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

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
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Samples how good the answers are, in the manner of the verifiers that model vendors publish. */
public final class QualitySuite {

  private static final int TOKENS = 200;
  private static final int N_GRAM = 3;

  /** More repetitions of the same three words than a short text needs. */
  private static final int DEGENERATE = 4;

  private static final List<String> QUESTIONS =
      List.of(
          "Why is the sky blue? Two sentences.",
          "Name three rivers of Europe.",
          "What does a compiler do? Two sentences.",
          "Write a haiku about rain.",
          "How many legs have two spiders together?",
          "Explain what a checksum is good for. Two sentences.",
          "Translate to French: good morning.",
          "Name a prime number between 20 and 30.",
          "What is the opposite of north?",
          "Give one reason to write tests.");

  private static Ask sample(Probe probe, int i) {
    return probe
        .chat(QUESTIONS.get(i))
        .with("max_tokens", TOKENS)
        .with("temperature", 0.7)
        .again(i + 2);
  }

  private static List<Answered> samples(Probe probe) {
    return IntStream.range(0, QUESTIONS.size()).mapToObj(i -> sample(probe, i).send()).toList();
  }

  private static List<String> contents(Probe probe) {
    return samples(probe).stream()
        .map(answered -> Given.that(() -> answered.mustBe(200).json()))
        .map(answer -> answer.at("/choices/0/message/content").optionalText().orElse(""))
        .toList();
  }

  @Check(
      id = "quality.questions-are-answered",
      title = "each of 10 plain questions is answered with 200 and some text",
      level = SHOULD,
      route = CHAT,
      source = Sources.MINIMAX_VERIFIER,
      pack = Pack.QUALITY,
      ifItFails = {"the engine fails on some requests", "the output parser swallows the text"})
  void questionsAreAnswered(Probe probe) {
    List<Answered> samples = samples(probe);
    List<Answered> silent =
        samples.stream()
            .filter(answered -> answered.status() != 200 || Said.everything(answered).isBlank())
            .toList();
    int good = samples.size() - silent.size();
    silent.stream().findFirst().ifPresent(probe::restsOn);
    Expect.that(
        Reason.WRONG_VALUE,
        good == samples.size(),
        good + " of " + samples.size() + " questions were answered",
        "all of them",
        good + " of " + samples.size());
    probe.record(good + " of " + samples.size() + " questions were answered");
  }

  @Check(
      id = "quality.not-only-reasoning",
      title = "no answer that ended by itself holds reasoning alone",
      level = SHOULD,
      route = CHAT,
      source = Sources.MINIMAX_VERIFIER,
      pack = Pack.QUALITY,
      ifItFails = {"the reasoning parser takes the answer for reasoning"})
  void notOnlyReasoning(Probe probe) {
    int ended = 0;
    for (Answered answered : samples(probe)) {
      Json choice = Given.that(() -> answered.mustBe(200).json()).at("/choices/0");
      if (choice.at("/finish_reason").text().equals("stop")) {
        ended++;
        boolean said = !choice.at("/message/content").optionalText().orElse("").isBlank();
        Expect.that(
            Reason.WRONG_VALUE,
            said || Said.everything(answered).isBlank(),
            "an answer that ended by itself holds reasoning and no content",
            "content",
            choice.at("/message").toString());
      }
    }
    if (ended == 0) {
      throw new Inapplicable("no answer ended by itself within " + TOKENS + " tokens");
    }
  }

  @Check(
      id = "quality.repeated-words",
      title = "how many answers repeat the same three words again and again is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.MINIMAX_VERIFIER,
      pack = Pack.QUALITY,
      ifItFails = {"nothing is promised here: quantisation and sampling make models loop"})
  void repeatedWords(Probe probe) {
    List<String> contents = contents(probe);
    long looping = contents.stream().filter(text -> mostRepeated(text) >= DEGENERATE).count();
    probe.record(looping + " of " + contents.size() + " answers loop");
  }

  /** How often the most frequent three words in a row stand in the text. */
  static int mostRepeated(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).strip().split("\\s+");
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i + N_GRAM <= words.length; i++) {
      seen.merge(String.join(" ", List.of(words).subList(i, i + N_GRAM)), 1, Integer::sum);
    }
    return seen.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  @Check(
      id = "quality.script",
      title = "how many answers to English questions hold letters of other scripts is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.MINIMAX_VERIFIER,
      pack = Pack.QUALITY,
      ifItFails = {"nothing is promised here"})
  void script(Probe probe) {
    List<String> contents = contents(probe);
    long foreign = contents.stream().filter(QualitySuite::hasOtherScript).count();
    probe.record(foreign + " of " + contents.size() + " answers hold letters of other scripts");
  }

  private static boolean hasOtherScript(String text) {
    return text.codePoints()
        .filter(Character::isLetter)
        .anyMatch(letter -> Character.UnicodeScript.of(letter) != Character.UnicodeScript.LATIN);
  }

  @Check(
      id = "quality.tool-trigger",
      title = "how well the model tells questions for a tool from others is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.KIMI_VERIFIER,
      pack = Pack.QUALITY,
      ifItFails = {"nothing is promised here"})
  void toolTrigger(Probe probe) {
    List<String> forTheTool =
        List.of(
            Tools.WEATHER_QUESTION,
            "Do I need an umbrella in Oslo today? Look at the weather.",
            "Get the weather in Lima.");
    List<String> others = List.of(Basis.HELLO, "What is 2 + 2?", "Name a fruit.");
    long hits = forTheTool.stream().filter(question -> calls(probe, question)).count();
    long alarms = others.stream().filter(question -> calls(probe, question)).count();
    double f1 = 2.0 * hits / (hits + alarms + forTheTool.size());
    probe.record(
        String.format(
            Locale.ROOT,
            "called for %d of %d questions for the tool and %d of %d others: F1 %.2f",
            hits,
            forTheTool.size(),
            alarms,
            others.size(),
            f1));
  }

  private static boolean calls(Probe probe, String question) {
    Ask ask = probe.chat(question).with("tools", Tools.forChat()).with("max_tokens", 160);
    return !Tools.callsOf(Said.unlessRefused(ask, "tools").json()).isEmpty();
  }
}
