package dev.meshcheck.suites.suite.auth;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;
import java.util.List;

/** Every guarded route refuses a request without a key and one with a wrong key. */
public final class GuardSuite {

  @Check(
      id = "auth.chat-refuses-no-key",
      title = "a chat request without a key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      pack = Pack.SMOKE,
      ifItFails = {"the gateway does not guard this route"})
  void chatWithoutKey(Probe probe) {
    Basis.ask(probe, CHAT).noKey().send().mustBeRefused("no key was sent");
  }

  @Check(
      id = "auth.chat-refuses-a-wrong-key",
      title = "a chat request with a wrong key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway looks whether there is a key, and not which"})
  void chatWithWrongKey(Probe probe) {
    Basis.ask(probe, CHAT).key(Unknown.KEY).send().mustBeRefused("the key is wrong");
  }

  @Check(
      id = "auth.completions-refuses-no-key",
      title = "a completion request without a key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway does not guard this route"})
  void completionsWithoutKey(Probe probe) {
    Basis.ask(probe, COMPLETIONS).noKey().send().mustBeRefused("no key was sent");
  }

  @Check(
      id = "auth.completions-refuses-a-wrong-key",
      title = "a completion request with a wrong key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway looks whether there is a key, and not which"})
  void completionsWithWrongKey(Probe probe) {
    Basis.ask(probe, COMPLETIONS).key(Unknown.KEY).send().mustBeRefused("the key is wrong");
  }

  @Check(
      id = "auth.responses-refuses-no-key",
      title = "a responses request without a key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway does not guard this route"})
  void responsesWithoutKey(Probe probe) {
    Basis.ask(probe, RESPONSES).noKey().send().mustBeRefused("no key was sent");
  }

  @Check(
      id = "auth.responses-refuses-a-wrong-key",
      title = "a responses request with a wrong key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway looks whether there is a key, and not which"})
  void responsesWithWrongKey(Probe probe) {
    Basis.ask(probe, RESPONSES).key(Unknown.KEY).send().mustBeRefused("the key is wrong");
  }

  @Check(
      id = "auth.tokenize-refuses-no-key",
      title = "a tokenize request without a key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = TOKENIZE,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      pack = Pack.SMOKE,
      ifItFails = {
        "vLLM itself leaves this route open: the gateway must guard it",
        "the gateway does not guard this route"
      })
  void tokenizeWithoutKey(Probe probe) {
    Basis.ask(probe, TOKENIZE).noKey().send().mustBeRefused("no key was sent");
  }

  @Check(
      id = "auth.tokenize-refuses-a-wrong-key",
      title = "a tokenize request with a wrong key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = TOKENIZE,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway looks whether there is a key, and not which"})
  void tokenizeWithWrongKey(Probe probe) {
    Basis.ask(probe, TOKENIZE).key(Unknown.KEY).send().mustBeRefused("the key is wrong");
  }

  @Check(
      id = "auth.detokenize-refuses-no-key",
      title = "a detokenize request without a key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = DETOKENIZE,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {
        "vLLM itself leaves this route open: the gateway must guard it",
        "the gateway does not guard this route"
      })
  void detokenizeWithoutKey(Probe probe) {
    Basis.ask(probe, DETOKENIZE).noKey().send().mustBeRefused("no key was sent");
  }

  @Check(
      id = "auth.detokenize-refuses-a-wrong-key",
      title = "a detokenize request with a wrong key is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = DETOKENIZE,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {"the gateway looks whether there is a key, and not which"})
  void detokenizeWithWrongKey(Probe probe) {
    Basis.ask(probe, DETOKENIZE).key(Unknown.KEY).send().mustBeRefused("the key is wrong");
  }

  @Check(
      id = "auth.streams-are-guarded",
      title = "a request for a stream is refused without a key and with a wrong one",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.GUARDED,
      ifItFails = {
        "streams take a way through the gateway that nobody guards",
        "the stream begins before the key is looked at"
      })
  void streams(Probe probe) {
    for (RouteName route : List.of(CHAT, COMPLETIONS, RESPONSES)) {
      if (probe.target().surface().route(route).isPresent()) {
        Basis.ask(probe, route).noKey().stream().mustBeRefused("no key was sent for the stream");
      }
    }
    Ask wrong = Basis.ask(probe, CHAT).key(Unknown.KEY);
    wrong.stream().mustBeRefused("the key of the stream is wrong");
  }
}
