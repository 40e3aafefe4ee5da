package dev.meshcheck.suites.suite.auth;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Nothing that a caller can write takes the place of a key. */
public final class BypassSuite {

  /** What a proxy tells the server behind it of a caller, and what a caller can write as well. */
  private static final List<Headers.Field> CALLER =
      List.of(
          new Headers.Field("X-Forwarded-For", "127.0.0.1"),
          new Headers.Field("X-Real-IP", "127.0.0.1"),
          new Headers.Field("True-Client-IP", "127.0.0.1"),
          new Headers.Field("Forwarded", "for=127.0.0.1;host=localhost"),
          new Headers.Field("X-Forwarded-Host", "localhost"),
          new Headers.Field("Origin", "http://localhost"),
          new Headers.Field("X-Forwarded-User", "admin"),
          new Headers.Field("X-Auth-Request-User", "admin"),
          new Headers.Field("Remote-User", "admin"));

  /** The same of the path that was asked for. */
  private static final List<Headers.Field> PATH =
      List.of(
          new Headers.Field("X-Original-URL", "/health"),
          new Headers.Field("X-Rewrite-URL", "/health"),
          new Headers.Field("X-Forwarded-Uri", "/health"));

  @Check(
      id = "auth.other-spellings-are-guarded",
      title = "no other spelling of a guarded path is answered without a key",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway guards paths as they are spelled, and the server reads others too"})
  void otherSpellings(Probe probe) {
    String path = probe.route(CHAT).path();
    Ask open = Basis.ask(probe, CHAT).noKey();
    Given.that(() -> open.send().mustBeRefused("no key was sent"));
    for (String spelled :
        List.of(
            path + "/",
            "/" + path,
            path.replace("/chat", "//chat"),
            path.replace("/chat", "/%63hat"),
            path.toUpperCase(Locale.ROOT))) {
      Answered answered = open.path(spelled).send();
      Expect.that(
          Reason.NOT_REFUSED,
          // Some say 200 and an error, or their first page, to paths that they do not have.
          answered.status() >= 300 || !JsonText.read(answered.body()).has("choices"),
          answered.what() + " is answered although no key was sent",
          "a refusal, or a redirect to the path that is guarded",
          answered.described());
    }
  }

  @Check(
      id = "auth.claims-open-nothing",
      title = "no header that says who or where a caller is takes the place of a key",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      when = Trait.GUARDED,
      ifItFails = {
        "whoever comes from localhost needs no key, and the address is read from X-Forwarded-For",
        "the server believes what a login proxy would say, and no proxy takes it out of requests",
        "the path is looked up in X-Original-URL, and another one is served"
      })
  void claims(Probe probe) {
    Ask open = Basis.ask(probe, CHAT).noKey();
    Given.that(() -> open.send().mustBeRefused("no key was sent"));
    for (List<Headers.Field> claims : List.of(CALLER, PATH)) {
      Ask claiming = open;
      for (Headers.Field claim : claims) {
        claiming = claiming.header(claim.name(), claim.value());
      }
      Answered answered = claiming.send();
      Expect.that(
          Reason.NOT_REFUSED,
          answered.status() >= 300 || !answered.answer().text().contains("\"choices\""),
          "without a key, a request is answered that has "
              + claims.stream().map(Headers.Field::name).collect(Collectors.joining(", ")),
          "a refusal",
          answered.described());
    }
  }
}
