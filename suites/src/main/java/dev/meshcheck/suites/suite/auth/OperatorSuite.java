package dev.meshcheck.suites.suite.auth;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Absence;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import java.util.List;

/**
 * Routes of the server that a gateway should keep to itself. Each is asked in a way that changes
 * nothing: GETs that tell, and POSTs of an empty object, which no route can act on.
 */
public final class OperatorSuite {

  private static final List<String> TELLING =
      List.of(
          "/metrics",
          "/load",
          "/server_info",
          "/is_paused",
          "/tokenizer_info",
          "/openapi.json",
          "/docs");

  /**
   * What vLLM's own check of keys leaves or left out, another form of what it guards, or what other
   * engines have beside the API: {@code /generate} is SGLang's and TGI's.
   */
  private static final List<String> GENERATING =
      List.of(
          "/invocations",
          "/v1/messages",
          "/v1/messages/count_tokens",
          "/v1/chat/completions/batch",
          "/v1/chat/completions/render",
          "/inference/v1/generate",
          "/generate",
          "/generative_scoring",
          "/rerank",
          "/v2/rerank",
          "/pooling",
          "/classify",
          "/score");

  @Check(
      id = "auth.operator-routes-are-closed",
      title = "routes for operators are not open to everybody",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      when = Trait.TENSORMESH,
      ifItFails = {"the gateway passes every path on to the server"})
  void operatorRoutes(Probe probe) {
    for (String path : TELLING) {
      Answered answered = probe.get(MODELS).noKey().path(path).send();
      Expect.that(
          Reason.INTERNALS_LEAKED,
          answered.status() >= 300,
          "GET " + path + " is open to everybody: " + answered.status(),
          "401, 403 or 404, or a redirect to a public page",
          answered.described());
    }
  }

  @Check(
      id = "auth.no-way-around-the-key",
      title = "no other route of the server takes requests without a key",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      when = Trait.GUARDED,
      pack = Pack.FULL,
      ifItFails = {
        "vLLM's own check of keys covers some paths only, and the gateway passes on the others",
        "the gateway guards the routes that it knows"
      })
  void noWayAround(Probe probe) {
    Ask empty = Basis.ask(probe, CHAT).noKey().raw("{}");
    for (String path : GENERATING) {
      Answered answered = empty.path(path).send();
      Expect.that(
          Reason.NOT_REFUSED,
          !Absence.isThere(empty, answered, path) || isClosed(answered.status()),
          "POST " + path + " is reachable without a key: " + answered.status(),
          "401 or 403, or what a route gets that nobody has",
          answered.described());
    }
  }

  /**
   * Refused, or broken before anything was generated, which a gateway does that has no such route.
   */
  private static boolean isClosed(int status) {
    return status == 401 || status == 403 || (status >= 300 && status < 400) || status >= 500;
  }
}
