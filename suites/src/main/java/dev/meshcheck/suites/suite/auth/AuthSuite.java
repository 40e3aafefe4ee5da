package dev.meshcheck.suites.suite.auth;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Keys;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Keys in every form but the right one. */
public final class AuthSuite {

  private static Ask chat(Probe probe) {
    return Basis.ask(probe, CHAT);
  }

  private static String key(Probe probe) {
    return probe
        .target()
        .key()
        .orElseThrow(() -> new Inapplicable("no key is configured to send in a wrong form"));
  }

  @Check(
      id = "auth.keys-are-looked-at",
      title = "a host that a key is configured for does not answer whatever key it gets",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      when = Trait.KEY_CONFIGURED,
      ifItFails = {
        "the server runs without --api-key, so that everybody who reaches it can use it",
        "the host needs no key, and none should be configured"
      })
  void keysAreLookedAt(Probe probe) {
    Keys.mustBeLookedAt(probe);
  }

  @Check(
      id = "auth.no-key-is-401",
      title = "a request without a key is refused with 401",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway refuses with 403 or hides the route"},
      about = {Reason.FORBIDDEN, Reason.ROUTE_NOT_FOUND})
  void noKeyIs401(Probe probe) {
    Given.refused(chat(probe).noKey()).mustBe(401);
  }

  @Check(
      id = "auth.wrong-key-is-401",
      title = "a request with a wrong key is refused with 401",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway refuses with 403 or hides the route"},
      about = {Reason.FORBIDDEN, Reason.ROUTE_NOT_FOUND})
  void wrongKeyIs401(Probe probe) {
    Given.refused(chat(probe).key(Unknown.KEY)).mustBe(401);
  }

  @Check(
      id = "auth.refuses-a-key-without-scheme",
      title = "the right key without Bearer before it is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway takes the whole header for the key"})
  void keyWithoutScheme(Probe probe) {
    chat(probe).authorization(key(probe)).send().mustBeRefused("the key has no scheme");
  }

  @Check(
      id = "auth.refuses-other-schemes",
      title = "an empty Bearer and Basic authentication are refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.BEARER,
      when = Trait.GUARDED,
      ifItFails = {"the gateway looks for the key anywhere in the header"})
  void otherSchemes(Probe probe) {
    String basic =
        Base64.getEncoder().encodeToString((key(probe) + ":").getBytes(StandardCharsets.UTF_8));
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("Bearer is empty", chat(probe).authorization("Bearer"));
    cases.put("the scheme is Basic", chat(probe).authorization("Basic " + basic));
    cases.put("the scheme is Token", chat(probe).authorization("Token " + key(probe)));
    Refusals.allMustBeRefused(cases);
  }

  @Check(
      id = "auth.refuses-a-key-with-more-or-less",
      title = "a key that is almost the right one is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {
        "keys are compared in part",
        "a list of keys is taken, and one of them is right"
      })
  void nearKeys(Probe probe) {
    String key = key(probe);
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("the key has a character more", chat(probe).key(key + "0"));
    cases.put("the key lacks its end", chat(probe).key(key.substring(0, key.length() - 1)));
    cases.put("the key has another beginning", chat(probe).key(otherBeginning(key)));
    cases.put("a word follows the key", chat(probe).key(key + " x"));
    cases.put("another key stands before the key", chat(probe).key(Unknown.KEY + "," + key));
    String otherCase = key.toUpperCase(Locale.ROOT);
    if (!otherCase.equals(key)) {
      cases.put("the key is in capital letters", chat(probe).key(otherCase));
    }
    Refusals.allMustBeRefused(cases);
  }

  private static String otherBeginning(String key) {
    return (key.startsWith("x") ? "y" : "x") + key.substring(1);
  }

  @Check(
      id = "auth.refuses-a-key-beyond-ascii",
      title = "a key with a letter beyond ASCII is refused, and breaks nothing",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      pack = Pack.FULL,
      ifItFails = {"what is no ASCII is dropped before keys are compared"},
      ifItBreaks = {
        "keys are compared as texts of ASCII, as Python's secrets.compare_digest does: a key that"
            + " was copied with a dash or a quote of a word processor is a server error"
      })
  void keyBeyondAscii(Probe probe) {
    chat(probe).key(key(probe) + "\u00e9").send().mustBeRefused("the key has a letter too many");
  }

  @Check(
      id = "auth.refuses-a-key-in-the-address",
      title = "a key in the query is no credential",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway takes keys from the address, where logs keep them"})
  void keyInTheAddress(Probe probe) {
    String key = URLEncoder.encode(key(probe), StandardCharsets.UTF_8);
    String query = "?api_key=" + key + "&key=" + key;
    chat(probe)
        .noKey()
        .path(probe.route(CHAT).path() + query)
        .send()
        .mustBeRefused("the key is in the address only");
  }

  @Check(
      id = "auth.refuses-a-key-in-the-body",
      title = "a key in the body is no credential",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway takes keys from the body"})
  void keyInTheBody(Probe probe) {
    chat(probe)
        .noKey()
        .with("api_key", key(probe))
        .send()
        .mustBeRefused("the key is in the body only");
  }

  @Check(
      id = "auth.refuses-an-access-token",
      title = "a control-plane access token is no inference key",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway asks the control plane about every token"})
  void accessToken(Probe probe) {
    String token =
        probe.others().stream()
            .filter(other -> other.surface().credential() == Credential.ACCESS_TOKEN)
            .flatMap(other -> other.key().stream())
            .findFirst()
            .orElseThrow(() -> new Inapplicable("this run has no control-plane token to try"));
    chat(probe).key(token).send().mustBeRefused("the key is a control-plane token");
  }

  @Check(
      id = "auth.lower-case-bearer",
      title = "whether the scheme may be written in lower case is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.HTTP,
      when = Trait.GUARDED,
      ifItFails = {"nothing is promised here"})
  void lowerCaseBearer(Probe probe) {
    Ask lower = chat(probe).with("max_tokens", 4).authorization("bearer " + key(probe));
    probe.record("bearer: " + lower.send().status());
  }
}
