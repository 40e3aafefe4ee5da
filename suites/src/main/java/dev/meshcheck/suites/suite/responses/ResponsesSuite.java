package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
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
import java.util.HashSet;
import java.util.List;

/** POST /v1/responses: the plain answer and what always holds of it. */
public final class ResponsesSuite {

  static Json plain(Probe probe) {
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
      },
      about = {
        Reason.UNAUTHORIZED,
        Reason.FORBIDDEN,
        Reason.ROUTE_NOT_FOUND,
        Reason.HTML_INSTEAD_OF_JSON
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
      ifItFails = {"a gateway rewrites bodies", "the chat route answers"},
      about = {Reason.SCHEMA_MISMATCH})
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
    Said.mustNameTheModel(probe, Given.text(plain(probe).at("/model")));
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
      id = "responses.holds-text",
      title = "a completed response holds a message with text, reasoning or a tool call",
      level = MUST,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"the output parser swallows the text"})
  void holdsText(Probe probe) {
    Json response = Cut.isNot(plain(probe));
    boolean text =
        Given.items(response.at("/output")).stream()
            .anyMatch(item -> !Said.itemText(item).isEmpty() || item.at("/arguments").present());
    Expect.that(
        Reason.WRONG_VALUE,
        text,
        "the response is completed and holds no text",
        "an item with text in output",
        response.at("/output").toString());
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
        Given.items(plain(probe).at("/output")).stream()
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
    String first = Given.id(plain(probe));
    Json second = Given.answered(probe.responses(Basis.HELLO).again(2)).json();
    Expect.that("the second id", Given.id(second), is(not(first)));
  }
}
