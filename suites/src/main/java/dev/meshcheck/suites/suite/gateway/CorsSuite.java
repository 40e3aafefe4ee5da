package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Unknown;
import java.util.List;
import java.util.Locale;

/** What browsers need of a host that lets pages of other sites ask. Nobody has to let them. */
public final class CorsSuite {

  private static final String ALLOWED = "Access-Control-Allow-Origin";
  private static final String HEADERS = "Access-Control-Allow-Headers";
  private static final String ORIGIN = "https://meshcheck.example";

  /** The list of models, as a page of another site asks for it, where the host allows that. */
  private static Answered allowed(Probe probe) {
    Answered answered = Given.answered(probe.get(MODELS).header("Origin", ORIGIN));
    if (answered.answer().headers().all(ALLOWED).isEmpty()) {
      throw new Inapplicable("the host lets no pages of other sites ask");
    }
    return answered;
  }

  @Check(
      id = "gateway.origin-is-allowed-once",
      title = "where pages of other sites may ask, Access-Control-Allow-Origin comes once",
      level = SHOULD,
      route = MODELS,
      source = Sources.CORS,
      ifItFails = {"the engine and a proxy before it both add the header: browsers refuse two"})
  void allowedOnce(Probe probe) {
    List<String> origins = allowed(probe).answer().headers().all(ALLOWED);
    Expect.that(
        Reason.WRONG_VALUE,
        origins.size() == 1 && !origins.get(0).contains(","),
        ALLOWED + " comes more than once, and browsers refuse the answer",
        "one value",
        String.join(" and ", origins));
  }

  @Check(
      id = "gateway.preflight-needs-no-key",
      title = "where pages of other sites may ask, a preflight is answered without a key",
      level = SHOULD,
      route = MODELS,
      source = Sources.CORS,
      ifItFails = {"the key is looked at before OPTIONS is: browsers send none in a preflight"})
  void preflight(Probe probe) {
    allowed(probe);
    Ask preflight =
        probe
            .get(MODELS)
            .path(probe.route(CHAT).path())
            .method("OPTIONS")
            .noKey()
            .noUserId()
            .header("Origin", ORIGIN)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization, content-type");
    Answered answered = preflight.send();
    Expect.that(
        Reason.WRONG_STATUS,
        answered.status() >= 200 && answered.status() < 300,
        "a preflight without a key is answered with " + answered.status(),
        "204 or 200, since browsers send no key with it",
        answered.described());
    Expect.that(
        Reason.WRONG_VALUE,
        !answered.answer().headers().all(ALLOWED).isEmpty(),
        "the answer to a preflight has no " + ALLOWED,
        ALLOWED + ", as other answers have it",
        answered.described());
    String headers =
        String.join(",", answered.answer().headers().all(HEADERS)).toLowerCase(Locale.ROOT);
    Expect.that(
        Reason.WRONG_VALUE,
        headers.contains("*")
            || (headers.contains("authorization") && headers.contains("content-")),
        "the answer to a preflight does not allow the headers that it was asked for",
        HEADERS + " with Authorization and Content-Type",
        headers.isEmpty() ? "no " + HEADERS : headers);
  }

  @Check(
      id = "gateway.refusals-can-be-read-by-pages",
      title = "where pages of other sites may ask, they may read what is refused as well",
      level = SHOULD,
      route = CHAT,
      source = Sources.CORS,
      ifItFails = {
        "the key is looked at in front of what allows origins: a page sees a CORS error for a 401",
        "a proxy adds the header to good answers alone (nginx: add_header without always)"
      })
  void refusals(Probe probe) {
    allowed(probe);
    Ask chat = Basis.ask(probe, CHAT).header("Origin", ORIGIN);
    for (Ask refused : List.of(chat.key(Unknown.KEY), chat.with("model", Unknown.MODEL))) {
      Answered answered = refused.send();
      Expect.that(
          Reason.WRONG_VALUE,
          answered.status() < 400 || !answered.answer().headers().all(ALLOWED).isEmpty(),
          "an answer of " + answered.status() + " has no " + ALLOWED + ", and good ones have it",
          ALLOWED + ", as other answers have it",
          answered.described());
    }
  }
}
