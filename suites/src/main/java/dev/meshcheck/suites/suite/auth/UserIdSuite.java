package dev.meshcheck.suites.suite.auth;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code X-User-Id}: missing, malformed, unknown, or not asked for. */
public final class UserIdSuite {

  private static Ask chat(Probe probe) {
    return Basis.ask(probe, CHAT);
  }

  @Check(
      id = "auth.user-id-is-required",
      title = "a request without X-User-Id is refused",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      when = Trait.USER_ID,
      pack = Pack.SMOKE,
      ifItFails = {"the gateway routes by the key alone, so that usage is attributed to nobody"})
  void userIdIsRequired(Probe probe) {
    chat(probe).noUserId().send().mustBeRefused("X-User-Id is missing");
  }

  @Check(
      id = "auth.completions-refuses-no-user-id",
      title = "a completion request without X-User-Id is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      when = Trait.USER_ID,
      ifItFails = {"the gateway routes by the key alone, so that usage is attributed to nobody"})
  void completionsWithoutUserId(Probe probe) {
    Basis.ask(probe, COMPLETIONS).noUserId().send().mustBeRefused("X-User-Id is missing");
  }

  @Check(
      id = "auth.responses-refuses-no-user-id",
      title = "a responses request without X-User-Id is refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      when = Trait.USER_ID,
      ifItFails = {"the gateway routes by the key alone, so that usage is attributed to nobody"})
  void responsesWithoutUserId(Probe probe) {
    Basis.ask(probe, RESPONSES).noUserId().send().mustBeRefused("X-User-Id is missing");
  }

  @Check(
      id = "auth.tokenize-refuses-no-user-id",
      title = "a tokenize request without X-User-Id is refused",
      level = MUST,
      route = TOKENIZE,
      source = Sources.QUICKSTART,
      when = Trait.USER_ID,
      ifItFails = {"the gateway routes by the key alone, so that usage is attributed to nobody"})
  void tokenizeWithoutUserId(Probe probe) {
    Basis.ask(probe, TOKENIZE).noUserId().send().mustBeRefused("X-User-Id is missing");
  }

  @Check(
      id = "auth.detokenize-refuses-no-user-id",
      title = "a detokenize request without X-User-Id is refused",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.QUICKSTART,
      when = Trait.USER_ID,
      ifItFails = {"the gateway routes by the key alone, so that usage is attributed to nobody"})
  void detokenizeWithoutUserId(Probe probe) {
    Basis.ask(probe, DETOKENIZE).noUserId().send().mustBeRefused("X-User-Id is missing");
  }

  @Check(
      id = "auth.user-id-is-a-uuid",
      title = "an X-User-Id that is no UUID is refused",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      when = Trait.USER_ID,
      ifItFails = {"the gateway does not look at the value"})
  void userIdIsAUuid(Probe probe) {
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("X-User-Id is a word", chat(probe).userId("somebody"));
    cases.put("X-User-Id is half a UUID", chat(probe).userId("00000000-0000-0000"));
    Refusals.allMustBeRefused(cases);
  }

  @Check(
      id = "auth.user-id-is-known",
      title = "an X-User-Id that nobody has is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      when = Trait.USER_ID,
      ifItFails = {"the gateway does not tie keys to users"})
  void userIdIsKnown(Probe probe) {
    chat(probe).userId(Unknown.USER_ID).send().mustBeRefused("nobody has this X-User-Id");
  }

  @Check(
      id = "auth.user-id-on-gets",
      title = "GET /v1/models without X-User-Id is refused",
      level = SHOULD,
      route = MODELS,
      source = Sources.REFERENCE,
      when = Trait.USER_ID,
      ifItFails = {"the gateway asks for X-User-Id on POSTs only"})
  void userIdOnGets(Probe probe) {
    probe.get(MODELS).noUserId().send().mustBeRefused("X-User-Id is missing");
  }

  @Check(
      id = "auth.user-id-is-harmless",
      title = "an X-User-Id that the surface does not ask for changes nothing",
      level = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.NO_USER_ID,
      ifItFails = {"the gateway routes by a header that it does not document"})
  void userIdIsHarmless(Probe probe) {
    chat(probe)
        .with("max_tokens", 4)
        .userId("00000000-0000-0000-0000-000000000000")
        .send()
        .mustBe(200);
  }

  @Check(
      id = "auth.streams-need-a-user-id",
      title = "a request for a stream without X-User-Id is refused",
      level = MUST,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.USER_ID,
      ifItFails = {"streams take a way through the gateway that routes by the key alone"})
  void streamsNeedAUserId(Probe probe) {
    chat(probe).noUserId().stream().mustBeRefused("X-User-Id is missing");
  }
}
