package dev.meshcheck.suites.suite;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Epoch;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;
import java.util.HashSet;
import java.util.List;

/** POST /v1/responses. */
public final class ResponsesSuite {

  /** Every key that the Open Responses specification wants in a response. */
  private static final List<String> STRICT_KEYS =
      List.of(
          "id",
          "object",
          "created_at",
          "completed_at",
          "status",
          "incomplete_details",
          "model",
          "previous_response_id",
          "instructions",
          "output",
          "error",
          "tools",
          "tool_choice",
          "truncation",
          "parallel_tool_calls",
          "text",
          "top_p",
          "presence_penalty",
          "frequency_penalty",
          "top_logprobs",
          "temperature",
          "reasoning",
          "usage",
          "max_output_tokens",
          "max_tool_calls",
          "store",
          "background",
          "service_tier",
          "metadata",
          "safety_identifier",
          "prompt_cache_key");

  private static Json plain(Probe probe) {
    return Basis.judge(probe, RESPONSES).json();
  }

  @Check(
      id = "responses.answers",
      title = "a responses request with valid credentials is answered with 200 and JSON",
      level = MUST,
      route = RESPONSES,
      source = Sources.RESPONSES,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the key, X-User-Id or the model name is wrong",
        "the gateway does not route /v1/responses",
        "the server is vLLM's Rust front end, which has no such route"
      })
  void answers(Probe probe) {
    Basis.judge(probe, RESPONSES);
  }

  @Check(
      id = "responses.content-type-is-json",
      title = "a response says that it is application/json",
      level = MUST,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, RESPONSES));
  }

  @Check(
      id = "responses.has-the-documented-shape",
      title = "a response has the documented fields with the documented types",
      level = MUST,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"a gateway rewrites bodies", "the chat route answers"})
  void shape(Probe probe) {
    Schema.mustHold("response", plain(probe));
  }

  @Check(
      id = "responses.created-at-is-seconds",
      title = "created_at, where present, is a time in seconds",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the time is in milliseconds", "the server's clock is far off"})
  void createdAtIsSeconds(Probe probe) {
    Epoch.mustBeSeconds(plain(probe).at("/created_at"));
  }

  @Check(
      id = "responses.model-is-echoed",
      title = "the answer names the model that the request named",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"the gateway routes to another model"})
  void modelIsEchoed(Probe probe) {
    Expect.that("model", plain(probe).at("/model").text(), is(probe.model()));
  }

  @Check(
      id = "responses.status-fits",
      title = "status is completed, or incomplete with its reason",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway answers before the response is done"})
  void statusFits(Probe probe) {
    Json response = plain(probe);
    if (!response.at("/status").present()) {
      return;
    }
    String status = response.at("/status").text();
    Expect.that("status", status, is(in(List.of("completed", "incomplete"))));
    if (status.equals("incomplete")) {
      Expect.that(
          "incomplete_details.reason",
          response.at("/incomplete_details/reason").text(),
          is(in(List.of("max_output_tokens", "content_filter"))));
    }
  }

  @Check(
      id = "responses.usage-counts-the-prompt",
      title = "a prompt costs at least one token",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"usage is a placeholder", "cached tokens are left out of the count"})
  void usageCountsThePrompt(Probe probe) {
    Json usage = plain(probe).at("/usage");
    if (!usage.present()) {
      throw new Inapplicable("the response tells no usage, which is not documented here");
    }
    Usage.ofResponses(usage).mustCountThePrompt();
  }

  @Check(
      id = "responses.usage-adds-up",
      title = "total_tokens, where usage is told, is the sum of its two parts",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway rewrites usage", "reasoning tokens are counted twice"})
  void usageAddsUp(Probe probe) {
    Json usage = plain(probe).at("/usage");
    if (usage.present()) {
      Usage.ofResponses(usage).mustAddUp();
    }
  }

  @Check(
      id = "responses.usage-parts-fit",
      title = "reasoning and cached tokens are at most the counts that they are part of",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the details are counted over several requests"})
  void usageParts(Probe probe) {
    Json usage = plain(probe).at("/usage");
    if (usage.present()) {
      Usage told = Usage.ofResponses(usage);
      Usage.mustBePartOf(usage.at("/output_tokens_details/reasoning_tokens"), told.completion());
      Usage.mustBePartOf(usage.at("/input_tokens_details/cached_tokens"), told.prompt());
    }
  }

  @Check(
      id = "responses.usage-names",
      title = "which names usage has is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"nothing is promised here: both pairs of names have been seen"})
  void usageNames(Probe probe) {
    Json usage = plain(probe).at("/usage");
    String names = usage.at("/input_tokens").present() ? "input/output" : "prompt/completion";
    probe.record(usage.present() ? "usage with " + names + " names" : "no usage");
  }

  @Check(
      id = "responses.holds-text",
      title = "a completed response holds a message with text, reasoning or a tool call",
      level = MUST,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"the output parser swallows the text"})
  void holdsText(Probe probe) {
    Json response = plain(probe);
    boolean cut = response.at("/status").optionalText().filter("incomplete"::equals).isPresent();
    boolean text =
        response.at("/output").items().stream()
            .anyMatch(item -> !itemText(item).isEmpty() || item.at("/arguments").present());
    Expect.that(
        Reason.WRONG_VALUE,
        cut || text,
        "the response is completed and holds no text",
        "an item with text in output",
        response.at("/output").toString());
  }

  /** The text of one output item, under all the names in use. */
  static String itemText(Json item) {
    StringBuilder text = new StringBuilder();
    for (Json part : item.at("/content").optionalItems()) {
      text.append(part.at("/text").optionalText().orElse(""));
      text.append(part.at("/refusal").optionalText().orElse(""));
    }
    for (Json part : item.at("/summary").optionalItems()) {
      text.append(part.at("/text").optionalText().orElse(""));
    }
    return text.toString();
  }

  /** The text of all messages of a response. */
  static String textOf(Json response) {
    return response.at("/output").items().stream()
        .filter(item -> item.at("/type").text().equals("message"))
        .map(ResponsesSuite::itemText)
        .reduce("", String::concat);
  }

  @Check(
      id = "responses.item-ids-differ",
      title = "no two output items have the same id",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"ids are made from the request"})
  void itemIdsDiffer(Probe probe) {
    List<String> ids =
        plain(probe).at("/output").items().stream()
            .flatMap(item -> item.at("/id").optionalText().stream())
            .toList();
    Expect.that("the number of different item ids", new HashSet<>(ids).size(), is(ids.size()));
  }

  @Check(
      id = "responses.ids-differ",
      title = "two responses have different ids",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"a cache answers whole requests"})
  void idsDiffer(Probe probe) {
    String first = plain(probe).at("/id").text();
    Json second = probe.responses(Basis.HELLO).again(2).send().mustBe(200).json();
    Expect.that("the second id", second.at("/id").text(), is(not(first)));
  }

  @Check(
      id = "responses.limit-makes-incomplete",
      title = "a response cut by max_output_tokens is incomplete for that reason",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"an older server calls every response completed", "the limit is not passed on"})
  void limitMakesIncomplete(Probe probe) {
    Json response = cut(probe);
    Expect.that("status", response.at("/status").text(), is("incomplete"));
    Expect.that(
        "incomplete_details.reason",
        response.at("/incomplete_details/reason").text(),
        is("max_output_tokens"));
  }

  @Check(
      id = "responses.limit-is-kept",
      title = "the generated tokens never exceed max_output_tokens",
      level = MUST,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"the limit is not passed on"})
  void limitIsKept(Probe probe) {
    Json usage = cut(probe).at("/usage");
    if (usage.present()) {
      Expect.that(
          "generated tokens with max_output_tokens 16",
          Usage.ofResponses(usage).completion(),
          is(lessThanOrEqualTo(16L)));
    }
  }

  private static Json cut(Probe probe) {
    return probe
        .responses("Count from one to fifty.")
        .with("max_output_tokens", 16)
        .send()
        .mustBe(200)
        .json();
  }

  @Check(
      id = "responses.unknown-previous-response-is-refused",
      title = "a previous_response_id that nobody has is refused, not ignored",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the field is dropped, so that the conversation is silently lost"})
  void unknownPrevious(Probe probe) {
    probe
        .responses(Basis.HELLO)
        .with("previous_response_id", "resp_meshcheck_does_not_exist")
        .send()
        .mustBeRefused("previous_response_id names no response");
  }

  @Check(
      id = "responses.stored",
      title = "whether a response can be fetched again is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"nothing is promised here: storing is off by default in vLLM"})
  void stored(Probe probe) {
    String path = probe.route(RESPONSES).path() + "/" + plain(probe).at("/id").text();
    int status = probe.responses("").method("GET").path(path).send().status();
    probe.record("GET of the response: " + status);
  }

  @Check(
      id = "responses.strict-profile",
      title = "which keys of the Open Responses specification are missing is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.OPEN_RESPONSES,
      ifItFails = {"nothing is promised here: plain vLLM leaves out five of them"})
  void strictProfile(Probe probe) {
    Json response = plain(probe);
    List<String> missing = STRICT_KEYS.stream().filter(key -> !response.node().has(key)).toList();
    probe.record(missing.isEmpty() ? "no key is missing" : "missing: " + missing);
  }

  @Check(
      id = "responses.usage-counts-the-answer",
      title = "an answer with text costs at least one token",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"usage is a placeholder", "generated tokens are not counted"})
  void usageCountsTheAnswer(Probe probe) {
    Json answer = plain(probe);
    if (!answer.at("/usage").present() || textOf(answer).isEmpty()) {
      throw new Inapplicable("the response tells no usage or has no text");
    }
    Usage.ofResponses(answer.at("/usage")).mustCountTheAnswer();
  }
}
