package dev.meshcheck.suites.suite.auth;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.ErrorBodies;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;

/** What a request without the right key is told. */
public final class AuthRefusalSuite {

  private static Ask chat(Probe probe) {
    return Basis.ask(probe, CHAT);
  }

  @Check(
      id = "auth.refusal-names-the-scheme",
      title = "whether a 401 carries WWW-Authenticate is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.HTTP,
      when = Trait.GUARDED,
      ifItFails = {"nothing is promised here: vLLM sends none"})
  void namesTheScheme(Probe probe) {
    Answered refused = chat(probe).noKey().send();
    String header = refused.answer().headers().first("WWW-Authenticate").orElse("none");
    probe.record("WWW-Authenticate: " + header);
  }

  @Check(
      id = "auth.refusal-is-no-page",
      title = "a refusal is JSON, a line of text or empty, never a web page",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      ifItFails = {"a login page or a proxy answers instead of the gateway"})
  void refusalIsNoPage(Probe probe) {
    ErrorBodies.mustBeNoPage(chat(probe).key(Unknown.KEY).send());
  }

  @Check(
      id = "auth.refusal-is-json",
      title = "a refusal says why in JSON",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      ifItFails = {"the gateway refuses before the server that would say why"})
  void refusalIsJson(Probe probe) {
    Answered refused = chat(probe).key(Unknown.KEY).send();
    refused.json().object();
  }

  @Check(
      id = "auth.refusal-holds-no-answer",
      title = "a refusal does not hold the completion that it refuses",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      ifItFails = {"the key is checked after the model has answered"})
  void refusalHoldsNoAnswer(Probe probe) {
    Answered refused = chat(probe).noKey().send();
    Expect.that(
        Reason.NOT_REFUSED,
        !refused.body().contains("\"choices\""),
        "the refusal of a request without a key holds a completion",
        "an error",
        refused.described());
  }

  @Check(
      id = "auth.refusal-does-not-echo-the-key",
      title = "a refused key comes back in no header and no body",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      pack = Pack.SMOKE,
      ifItFails = {"the error message quotes the key, and logs will keep it"})
  void doesNotEchoTheKey(Probe probe) {
    Answered refused = chat(probe).key(Unknown.KEY).send();
    ErrorBodies.mustNotEcho(refused, Unknown.KEY);
  }
}
