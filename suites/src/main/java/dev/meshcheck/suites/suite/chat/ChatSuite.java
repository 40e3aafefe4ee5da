package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Epoch;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import java.util.List;

/** POST /v1/chat/completions: the plain answer and what always holds of it. */
public final class ChatSuite {

  /** What a choice may end with; other words are new to every client. */
  static final List<String> FINISH_REASONS =
      List.of("stop", "length", "tool_calls", "content_filter", "function_call");

  static Json plain(Probe probe) {
    return Basis.judge(probe, CHAT).json();
  }

  @Check(
      id = "chat.answers",
      title = "a chat request with valid credentials is answered with 200 and JSON",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the key, X-User-Id or the model name is wrong",
        "the model is not deployed, or still loads",
        "the base URL has a doubled or missing /v1"
      },
      ifItBreaks = {"the model is not deployed, or still loads"},
      about = {
        Reason.UNAUTHORIZED,
        Reason.FORBIDDEN,
        Reason.ROUTE_NOT_FOUND,
        Reason.HTML_INSTEAD_OF_JSON
      })
  void answers(Probe probe) {
    Basis.judge(probe, CHAT);
  }

  @Check(
      id = "chat.content-type-is-json",
      title = "a chat answer says that it is application/json",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, CHAT));
  }

  @Check(
      id = "chat.has-the-documented-shape",
      title = "a chat answer has the documented fields with the documented types",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.SMOKE,
      ifItFails = {"a gateway rewrites bodies", "a server of another API answers"},
      about = {Reason.SCHEMA_MISMATCH})
  void shape(Probe probe) {
    Schema.mustHold("chat-completion", plain(probe));
  }

  @Check(
      id = "chat.created-is-seconds",
      title = "created is a time in seconds",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the time is in milliseconds", "the server's clock is far off"})
  void createdIsSeconds(Probe probe) {
    Epoch.mustBeSeconds(plain(probe).at("/created"));
  }

  @Check(
      id = "chat.model-is-echoed",
      title = "the answer names the model that the request named",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway routes to another model", "an alias is resolved in the answer"})
  void modelIsEchoed(Probe probe) {
    Said.mustNameTheModel(probe, Given.text(plain(probe).at("/model")));
  }

  @Check(
      id = "chat.finish-reason-is-known",
      title = "finish_reason is one of the documented words",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"an engine error is passed on as a finish reason"})
  void finishReasonIsKnown(Probe probe) {
    Expect.that(
        "finish_reason",
        plain(probe).at("/choices/0/finish_reason").text(),
        is(in(FINISH_REASONS)));
  }

  @Check(
      id = "chat.one-choice-by-default",
      title = "a request without n gets exactly one choice, with index 0",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway fans requests out"})
  void oneChoice(Probe probe) {
    List<Json> choices = plain(probe).at("/choices").items();
    Expect.that("the number of choices", choices.size(), is(1));
    Expect.that("index", Given.integer(choices.get(0).at("/index")), is(0L));
  }

  @Check(
      id = "chat.says-something",
      title = "an answer that stopped by itself holds content, reasoning, a refusal or a tool call",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the output parser swallows the text", "the chat template is broken"})
  void saysSomething(Probe probe) {
    Json message = Cut.isNot(plain(probe)).at("/choices/0/message");
    boolean something =
        List.of("/content", "/refusal", "/reasoning", "/reasoning_content").stream()
                .map(message::at)
                .anyMatch(text -> text.present() && !text.text().isBlank())
            || !message.at("/tool_calls").optionalItems().isEmpty();
    Expect.that(
        Reason.WRONG_VALUE,
        something,
        "the answer stopped by itself and is empty",
        "content, reasoning, a refusal or a tool call",
        message.toString());
  }

  @Check(
      id = "chat.ids-differ",
      title = "two answers have different ids",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"a cache answers whole requests", "ids are made from the request"})
  void idsDiffer(Probe probe) {
    String first = Given.id(plain(probe));
    Json second = Given.answered(probe.chat(Basis.HELLO).again(2)).json();
    Expect.that("the second id", Given.id(second), is(not(first)));
  }

  @Check(
      id = "chat.request-id",
      title = "whether a request id comes back is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"nothing is promised here"})
  void requestId(Probe probe) {
    Answered answer = Basis.judge(probe, CHAT);
    boolean inId =
        answer.exchange().request().headers().first("X-Request-Id").stream()
            .anyMatch(answer.json().at("/id").text()::contains);
    String header = answer.answer().headers().first("X-Request-Id").orElse("none");
    probe.record("X-Request-Id in the answer: " + header + (inId ? ", and in its id" : ""));
  }

  @Check(
      id = "chat.usual-options",
      title = "whether a limit as max_tokens and a temperature of 0 are taken is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.OPENAI_REASONING,
      when = Trait.ELSEWHERE,
      ifItFails = {"nothing is promised here"})
  void usualOptions(Probe probe) {
    plain(probe);
    probe.record(probe.dialect().told().orElse("max_tokens and temperature 0 are taken"));
  }
}
