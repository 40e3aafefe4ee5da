package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static dev.meshcheck.suites.suite.tools.ToolRounds.PARIS;
import static dev.meshcheck.suites.suite.tools.ToolRounds.call;
import static dev.meshcheck.suites.suite.tools.ToolRounds.city;
import static dev.meshcheck.suites.suite.tools.ToolRounds.id;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Reach;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Together;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Usage;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tool calls and results of earlier turns, in all the ways in which clients write them down. */
public final class ToolHistorySuite {

  /** What agents put into a call when they write a file. */
  private static final int LONG = 20_000;

  private static final Pattern CONTEXT =
      Pattern.compile(
          "(?i)context|too many tokens|token limit|(less|fewer|more) than \\d{1,9} tokens|max_new_tokens");

  /** Enough words to outweigh a result of one number. */
  private static final String LOG = "line 1: it is 17 degrees in the city; ".repeat(8);

  /** Fails unless the request is answered, and costs more than the plainest history. */
  private static void mustCostMore(Probe probe, String what, Ask ask) {
    Usage plain = Usage.given(Given.answered(ToolRounds.one(probe)).json().at("/usage"));
    // Who counts no prompt at all tells nothing by the count.
    Given.that(plain::mustCountThePrompt);
    Expect.that(
        "prompt_tokens with " + what,
        Usage.given(ask.send().mustBe(200).json().at("/usage")).prompt(),
        is(greaterThan(plain.prompt())));
  }

  @Check(
      id = "tools.made-up-ids-are-taken",
      title = "calls in a history may have ids that another server or the client made up",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "ids must have the host's own form, as Mistral's nine characters",
        "ids may have letters and digits alone, and those of Kimi have a dot and a colon",
        "the gateway looks ids up that it gave out itself"
      })
  void madeUpIds(Probe probe) {
    ToolRounds.givenOneOfAnyForm(probe);
    mustBeTakenThen(probe, ToolHistorySuite::withForeignIds);
  }

  private static void withForeignIds(ToolRounds rounds) {
    String anthropic = "toolu_01A09q90qw90lq917835lq9";
    String openAi = "call_PTLP8xhu3uwZk4l3nlnrrJha";
    String uuid = "ee61e87d-25d8-4bad-8e47-02939eb234c5";
    rounds
        .called(
            call(anthropic, city("Paris")),
            call(openAi, city("Tokyo")),
            call(uuid, city("Oslo")),
            call(id(3), city("Lima")))
        .result(anthropic, PARIS)
        .result(openAi, PARIS)
        .result(uuid, PARIS)
        .result(id(3), PARIS);
  }

  private static void mustBeTaken(Probe probe, Consumer<ToolRounds> oddity) {
    ToolRounds.givenOne(probe);
    mustBeTakenThen(probe, oddity);
  }

  /** All oddities go well together, each on turns of its own. */
  private static void mustBeTakenThen(Probe probe, Consumer<ToolRounds> oddity) {
    ToolRounds all = ToolRounds.asking(Tools.WEATHER_QUESTION);
    withForeignIds(all);
    withoutContent(all);
    withText(all);
    ToolRounds alone = ToolRounds.asking(Tools.WEATHER_QUESTION);
    oddity.accept(alone);
    Together.judge(all.briefly(probe), alone.briefly(probe), answered -> answered.mustBe(200));
  }

  @Check(
      id = "tools.calls-without-content-are-taken",
      title = "an assistant turn with calls may have content null, or none at all",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the gateway insists on a text beside calls: the Vercel AI SDK sends null, others nothing"
      })
  void withoutContent(Probe probe) {
    mustBeTaken(probe, ToolHistorySuite::withoutContent);
  }

  private static void withoutContent(ToolRounds rounds) {
    rounds.assistant(call(id(0), city("Paris")));
    rounds.result(id(0), PARIS);
    rounds.assistant(call(id(1), city("Oslo"))).putNull("content");
    rounds.result(id(1), PARIS);
  }

  @Check(
      id = "tools.text-beside-calls-is-taken",
      title = "an assistant turn may have a text beside its calls",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway takes either, and models say what they are about to look up"})
  void textBesideCalls(Probe probe) {
    mustBeTaken(probe, ToolHistorySuite::withText);
  }

  private static void withText(ToolRounds rounds) {
    rounds.assistant(call(id(2), city("Rome"))).put("content", "I look that up.");
    rounds.result(id(2), PARIS);
  }

  @Check(
      id = "tools.text-beside-calls-counts",
      title = "the text of an earlier turn that calls a tool is part of the prompt",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {
        "the chat template leaves the text out where a turn has calls, as that of Llama 3.1 does",
        "the gateway keeps either the text or the calls"
      })
  void textBesideCallsCounts(Probe probe) {
    ToolRounds.givenOne(probe);
    Reach.mustCost(
        "the text beside a call",
        text -> {
          ToolRounds rounds = ToolRounds.asking(Tools.WEATHER_QUESTION);
          rounds.assistant(call(id(0), city("Paris"))).put("content", text);
          Ask ask = rounds.result(id(0), PARIS).briefly(probe);
          Json answer = Given.that(() -> Said.unlessRefused(ask, "a text beside a call").json());
          return Usage.given(answer.at("/usage")).prompt();
        });
  }

  @Check(
      id = "tools.result-parts-are-read",
      title = "the result of a tool may come as content parts, and is part of the prompt then",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the chat template renders a list of parts as nothing",
        "the gateway takes a string alone, and clients of MCP servers send parts"
      })
  void resultParts(Probe probe) {
    ToolRounds.givenOne(probe);
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    parts.addObject().put("type", "text").put("text", LOG);
    Ask ask =
        ToolRounds.asking(Tools.WEATHER_QUESTION)
            .called(call(id(0), city("Paris")))
            .result(id(0), parts)
            .briefly(probe);
    mustCostMore(probe, "a long result in parts, beside those with a short one in a string", ask);
  }

  @Check(
      id = "tools.odd-arguments-of-a-history-are-taken",
      title =
          "arguments with quotes, newlines, braces, emoji and template marks are taken in a history",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the chat template runs what it finds in arguments",
        "arguments of earlier calls are not part of the prompt"
      })
  void oddArguments(Probe probe) {
    ToolRounds.givenOne(probe);
    String odd = JsonNodeFactory.instance.objectNode().put("city", Note.TEXT).toString();
    Ask ask =
        ToolRounds.asking(Tools.WEATHER_QUESTION)
            .called(call(id(0), odd))
            .result(id(0), PARIS)
            .briefly(probe);
    mustCostMore(probe, "long arguments in a history, beside those with short ones", ask);
  }

  @Check(
      id = "tools.long-arguments-of-a-history-are-taken",
      title = "arguments of 20 KB, most of it white space, are taken in a history",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway has a limit for the length of a string"})
  void longArguments(Probe probe) {
    ToolRounds.givenOne(probe);
    String padded = "{" + " ".repeat(LONG) + city("Paris").substring(1);
    Answered answered =
        ToolRounds.asking(Tools.WEATHER_QUESTION)
            .called(call(id(0), padded))
            .result(id(0), PARIS)
            .briefly(probe)
            .send();
    if (answered.isRefusedAsBad() && CONTEXT.matcher(answered.body()).find()) {
      throw new Inapplicable("20 KB of white space do not fit into the context of the model");
    }
    answered.mustBe(200).json().object();
  }
}
