package dev.meshcheck.suites.suite.tokenize;

import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.meshcheck.fixtures.surface.RouteName;
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
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Usage;
import java.util.Locale;

/** POST /tokenize. */
public final class TokenizeSuite {

  /** More tokens than any model reads. */
  private static final double NO_LIMIT = 1e12;

  private static Json plain(Probe probe) {
    return Basis.judge(probe, TOKENIZE).json();
  }

  private static long count(Ask ask) {
    return Given.integer(ask.send().mustBe(200).json().at("/count"));
  }

  @Check(
      id = "tokenize.answers",
      title = "a tokenize request with valid credentials is answered with 200 and JSON",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the base URL is wrong: /tokenize lives above /v1",
        "the gateway does not route /tokenize to the server"
      },
      about = {Reason.ROUTE_NOT_FOUND, Reason.HTML_INSTEAD_OF_JSON})
  void answers(Probe probe) {
    Basis.judge(probe, TOKENIZE);
  }

  @Check(
      id = "tokenize.content-type-is-json",
      title = "a tokenize answer says that it is application/json",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, TOKENIZE));
  }

  @Check(
      id = "tokenize.has-the-documented-shape",
      title = "the answer has count, max_model_len, tokens and token_strs of the documented types",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"a server of another API answers, such as llama.cpp"},
      about = {Reason.SCHEMA_MISMATCH})
  void shape(Probe probe) {
    Schema.mustHold("tokenize", plain(probe));
  }

  @Check(
      id = "tokenize.count-matches-tokens",
      title = "count is the number of tokens",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"special tokens are counted and not listed, or the reverse"})
  void countMatchesTokens(Probe probe) {
    Json answer = plain(probe);
    Expect.that(
        "count",
        Given.integer(answer.at("/count")),
        is((long) Given.items(answer.at("/tokens")).size()));
  }

  @Check(
      id = "tokenize.takes-marks-of-templates",
      title = "a text that holds the marks of a chat template is tokenized or refused, never a 5xx",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItBreaks = {"the tokenizer fails on special tokens that stand in a text"})
  void marks(Probe probe) {
    Given.that(() -> plain(probe));
    String marks = "<|im_start|>user Hello<|im_end|> <|endoftext|> <s></s> [INST] <think>";
    Refusals.mustNotBeServerError(probe.tokenize(marks).send());
  }

  @Check(
      id = "tokenize.max-model-len-is-positive",
      title = "max_model_len, where present, is above zero",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"the gateway answers without asking the server"})
  void maxModelLenIsPositive(Probe probe) {
    Json length = plain(probe).at("/max_model_len");
    if (length.present() && !isNoLimit(length)) {
      Expect.that("max_model_len", length.integer(), is(greaterThan(0L)));
    }
  }

  /** Tokenizers without a limit say 1e30, which is as good as saying nothing. */
  private static boolean isNoLimit(Json length) {
    return length.node().isNumber() && length.node().doubleValue() >= NO_LIMIT;
  }

  @Check(
      id = "tokenize.max-model-len-is-that-of-models",
      title = "max_model_len is the one that /v1/models says",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"/tokenize and /v1/models are answered by different deployments"})
  void maxModelLenOfModels(Probe probe) {
    Json models = Given.answered(Basis.ask(probe, RouteName.MODELS)).json();
    for (Json card : models.at("/data").optionalItems()) {
      Json length = card.at("/max_model_len");
      Json mine = plain(probe).at("/max_model_len");
      if (card.at("/id").toString().equals('"' + probe.model() + '"')
          && length.present()
          && !isNoLimit(mine)) {
        Expect.that("max_model_len of /tokenize", mine.integer(), is(length.integer()));
        return;
      }
    }
    throw new Inapplicable("/v1/models says no max_model_len for " + probe.model());
  }

  @Check(
      id = "tokenize.same-tokens-twice",
      title = "the same text gives the same tokens",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"requests are balanced over servers with different tokenizers"})
  void sameTokensTwice(Probe probe) {
    String first = plain(probe).at("/tokens").node().toString();
    // Several times, since a balancer may come round to the same server.
    for (int again = 2; again <= 5; again++) {
      Json later = probe.tokenize(Basis.HELLO).again(again).send().mustBe(200).json();
      Expect.that("later tokens", later.at("/tokens").node().toString(), is(first));
    }
  }

  @Check(
      id = "tokenize.more-text-is-not-fewer-tokens",
      title = "a text repeated has at least as many tokens",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"the text is cut before it is counted"})
  void moreText(Probe probe) {
    long once = Given.integer(plain(probe).at("/count"));
    long fourTimes = count(probe.tokenize((Basis.HELLO + " ").repeat(4)));
    Expect.that("the tokens of the text four times", fourTimes, is(greaterThan(once)));
    long fiftyTimes = count(probe.tokenize((Basis.HELLO + " ").repeat(50)));
    Expect.that("the tokens of the text fifty times", fiftyTimes, is(greaterThan(10 * fourTimes)));
  }

  @Check(
      id = "tokenize.special-tokens-are-extra",
      title = "add_special_tokens true never gives fewer tokens than false",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway turns the flag around"})
  void specialTokens(Probe probe) {
    long without = count(probe.tokenize(Basis.HELLO).with("add_special_tokens", false));
    long with = count(probe.tokenize(Basis.HELLO).with("add_special_tokens", true));
    Expect.that("the tokens with special ones", with, is(greaterThanOrEqualTo(without)));
  }

  @Check(
      id = "tokenize.token-strs-when-asked",
      title = "return_token_strs gives one string for each token",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the server is older than the field"},
      about = {Reason.SCHEMA_MISMATCH})
  void tokenStrs(Probe probe) {
    Json answer =
        probe.tokenize(Basis.HELLO).with("return_token_strs", true).send().mustBe(200).json();
    Expect.that(
        "the number of token_strs",
        answer.at("/token_strs").items().size(),
        is(Given.items(answer.at("/tokens")).size()));
  }

  @Check(
      id = "tokenize.no-token-strs-unasked",
      title = "token_strs is null or absent where nobody asked for it",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway sets return_token_strs, which makes every answer larger"})
  void noTokenStrsUnasked(Probe probe) {
    Expect.that("token_strs there", plain(probe).at("/token_strs").present(), is(false));
  }

  @Check(
      id = "tokenize.takes-messages",
      title = "messages are tokenized with the chat template",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"the gateway insists on prompt, which the documentation marks as required"})
  void takesMessages(Probe probe) {
    Json answer = messages(probe).send().mustBe(200).json();
    Expect.that(
        "count",
        Given.integer(answer.at("/count")),
        is((long) Given.items(answer.at("/tokens")).size()));
  }

  /** The documentation marks prompt as required, so a host may refuse messages without one. */
  private static Answered taken(Ask messages) {
    return Given.that(() -> Said.unlessRefused(messages, "messages without a prompt"));
  }

  private static Ask messages(Probe probe) {
    return probe
        .tokenize("")
        .without("prompt")
        .with("messages", Probe.messages("user", Basis.HELLO));
  }

  @Check(
      id = "tokenize.counts-like-chat",
      title = "the messages of a chat request have as many tokens as its usage says",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "the gateway rewrites prompts",
        "usage is estimated",
        "cached tokens are left out"
      })
  void countsLikeChat(Probe probe) {
    Said.mustNotBeGptOss(probe, "gpt-oss renders chat apart from /tokenize");
    Answered tokens = taken(messages(probe));
    Answered chat = Given.that(() -> Basis.judge(probe, RouteName.CHAT));
    Expect.that(
        "prompt_tokens of chat",
        Usage.given(chat.json().at("/usage")).prompt(),
        is(Given.integer(tokens.json().at("/count"))));
  }

  @Check(
      id = "tokenize.counts-tools",
      title = "messages with a tool have as many tokens as usage of the same chat request says",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"tools are dropped before the chat template is rendered"})
  void countsTools(Probe probe) {
    if (probe.model().toLowerCase(Locale.ROOT).contains("gpt-oss")) {
      throw new Inapplicable("gpt-oss renders chat apart from /tokenize");
    }
    Answered tokens =
        taken(
            messages(probe)
                .with("messages", Probe.messages("user", Tools.WEATHER_QUESTION))
                .with("tools", Tools.forChat()));
    Answered chat = Given.that(() -> Said.unlessRefused(Tools.ask(probe), "tools"));
    Expect.that(
        "prompt_tokens of chat with a tool",
        Given.that(() -> Usage.ofChat(chat.json().at("/usage"))).prompt(),
        is(Given.that(() -> tokens.json().at("/count").integer())));
  }

  @Check(
      id = "tokenize.counts-like-completions",
      title = "a prompt has as many tokens as usage of /v1/completions says",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway rewrites prompts", "usage is estimated"})
  void countsLikeCompletions(Probe probe) {
    Answered completion = Given.that(() -> Basis.judge(probe, RouteName.COMPLETIONS));
    Expect.that(
        "prompt_tokens of completions",
        Usage.given(completion.json().at("/usage")).prompt(),
        is(Given.integer(plain(probe).at("/count"))));
  }

  @Check(
      id = "tokenize.generation-prompt-is-extra",
      title = "add_generation_prompt false never gives more tokens than true",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the flag is dropped or turned around"})
  void generationPrompt(Probe probe) {
    Ask with = messages(probe).with("add_generation_prompt", true);
    long more = Given.integer(taken(with).json().at("/count"));
    long fewer = count(messages(probe).with("add_generation_prompt", false));
    Expect.that("the tokens without a generation prompt", fewer, is(lessThanOrEqualTo(more)));
  }

  @Check(
      id = "tokenize.contradicting-flags-are-refused",
      title = "continue_final_message beside add_generation_prompt is refused",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the flags are dropped"})
  void contradictingFlags(Probe probe) {
    taken(messages(probe));
    messages(probe)
        .with("continue_final_message", true)
        .with("add_generation_prompt", true)
        .send()
        .mustBeRefusedAsBad("two flags contradict each other");
  }

  @Check(
      id = "tokenize.every-script-counts",
      title = "text of every script is counted, and count is the number of its tokens",
      level = MUST,
      route = TOKENIZE,
      source = Sources.TOKENIZE,
      ifItFails = {"bodies are not read as UTF-8"})
  void everyScript(Probe probe) {
    Json answer = EveryScript.tokenize(probe).send().mustBe(200).json();
    long count = Given.integer(answer.at("/count"));
    Expect.that("the tokens of text of every script", count, is(greaterThan(0L)));
    Expect.that("count", count, is((long) Given.items(answer.at("/tokens")).size()));
  }
}
