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
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

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
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      ifItFails = {"a login page or a proxy answers instead of the gateway"},
      about = {Reason.HTML_INSTEAD_OF_JSON})
  void refusalIsNoPage(Probe probe) {
    ErrorBodies.mustBeNoPage(Given.refused(chat(probe).key(Unknown.KEY)));
  }

  @Check(
      id = "auth.refusal-is-json",
      title = "a refusal says why in JSON",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      ifItFails = {"the gateway refuses before the server that would say why"},
      about = {Reason.HTML_INSTEAD_OF_JSON})
  void refusalIsJson(Probe probe) {
    Answered refused = Given.refused(chat(probe).key(Unknown.KEY));
    refused.json().object();
  }

  @Check(
      id = "auth.refusal-holds-no-answer",
      title = "a refusal does not hold the completion that it refuses",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      ifItFails = {"the key is checked after the model has answered"})
  void refusalHoldsNoAnswer(Probe probe) {
    Answered refused = Given.refused(chat(probe).noKey());
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
    Answered refused = Given.refused(chat(probe).key(Unknown.KEY));
    ErrorBodies.mustNotEcho(refused, Unknown.KEY);
  }

  @Check(
      id = "auth.refusals-of-keys-are-alike",
      title = "a key that is almost right is refused in the same words as any other",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.GUARDED,
      ifItFails = {
        "the refusal tells more of a key than that it is wrong, so that it can be guessed"
      })
  void areAlike(Probe probe) {
    String key =
        probe
            .target()
            .key()
            .filter(k -> k.length() > KEPT)
            .orElseThrow(() -> new Inapplicable("no key is configured that could be changed"));
    Answered near =
        Given.refused(
            chat(probe).key(key.substring(0, key.length() - 1) + turned(key, key.length() - 1)));
    Answered far = Given.refused(chat(probe).key(allTurned(key)));
    Expect.that(
        Reason.SECRET_LEAKED,
        saying(near).equals(saying(far)),
        "an almost right key is refused in other words than a wrong one",
        "the same refusal for both",
        saying(near) + " beside " + saying(far));
  }

  /** Ids, hashes and times: numbers, and what mixes digits with letters as no word does. */
  private static final String CHANGES =
      "[0-9a-fA-F-]{8,}|(?=[\\w-]*\\d)(?=[\\w-]*[a-zA-Z])[\\w-]{8,}|\\d+";

  /** A word of which only the ends are told, as OpenAI and others tell a key. */
  private static final Pattern MASKED =
      Pattern.compile("([\\w-]{0,8})(?:\\*{2,}+|\\.{3}|…)([\\w-]{0,8})");

  /** The beginning of a key tells what kind of key it is, and is no secret. */
  private static final int KEPT = 3;

  /** A key of the same form of which nothing is right but the beginning. */
  private static String allTurned(String key) {
    StringBuilder other = new StringBuilder(key.substring(0, KEPT));
    for (int i = KEPT; i < key.length(); i++) {
      other.append(turned(key, i));
    }
    return other.toString();
  }

  private static char turned(String key, int at) {
    char c = key.charAt(at);
    if (Character.isDigit(c)) {
      return (char) ('0' + (c - '0' + 1) % 10);
    }
    if (c >= 'a' && c <= 'z') {
      return (char) ('a' + (c - 'a' + 1) % 26);
    }
    return c >= 'A' && c <= 'Z' ? (char) ('A' + (c - 'A' + 1) % 26) : c;
  }

  private static boolean isOf(String key, MatchResult masked) {
    return key.startsWith(masked.group(1)) && key.endsWith(masked.group(2));
  }

  /**
   * Status and body without what was sent, its ends included, and without what changes from answer
   * to answer.
   */
  private static String saying(Answered refused) {
    String sent = refused.exchange().request().headers().first("Authorization").orElse("");
    String key = sent.substring(sent.indexOf(' ') + 1);
    String body = refused.body().replace(key, "KEY");
    body = MASKED.matcher(body).replaceAll(word -> isOf(key, word) ? "KEY" : "ANOTHER");
    for (int length : List.of(8, 6, 4)) {
      body = body.replace(key.substring(key.length() - length), "END");
      body = body.replace(key.substring(0, length), "BEGINNING");
    }
    return refused.status() + " " + body.replaceAll(CHANGES, "#");
  }
}
