package dev.meshcheck.reports.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CapabilityReport.State;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each state, and what keeps it from being another. */
class CapabilitiesTest {

  private static final Target TARGET = Samples.target("on-demand");

  private static Verdict passed(String check) {
    return Samples.passed(check, TARGET);
  }

  private static Verdict with(String check, Outcome outcome, Reason reason) {
    return Samples.verdict(check, TARGET, outcome, Optional.of(reason));
  }

  private static Optional<CapabilityReport> told(String capability, Verdict... verdicts) {
    RunReport report = Samples.run(false, List.of(verdicts));
    return report.capabilities().stream()
        .filter(c -> c.capability().equals(capability))
        .findFirst();
  }

  private static void is(State state, List<String> checks, String capability, Verdict... verdicts) {
    CapabilityReport one = told(capability, verdicts).orElseThrow();
    assertEquals(state, one.state());
    assertEquals(checks, one.checks());
    assertEquals("The message of " + checks.get(0) + ".", one.because());
  }

  @Test
  void whatIsShownIsThere() {
    is(
        State.YES,
        List.of("tools.fitting-tool-is-called"),
        "tools",
        passed("tools.are-taken"),
        passed("tools.fitting-tool-is-called"));
  }

  @Test
  void whatIsDeclinedIsNotThere() {
    is(
        State.NO,
        List.of("tools.are-taken"),
        "tools",
        with("tools.are-taken", Outcome.WARNED, Reason.WRONG_STATUS),
        with("tools.fitting-tool-is-called", Outcome.INAPPLICABLE, Reason.NOT_OFFERED));
  }

  @Test
  void whatDoesNotApplyIsNotThere() {
    is(
        State.NO,
        List.of("chat.reasoning"),
        "reasoning",
        with("chat.reasoning", Outcome.INAPPLICABLE, Reason.NOT_OFFERED),
        passed("chat.reasoning-tokens-are-part-of-the-answer"));
  }

  @Test
  void whatAWrongKeyFailsSaysNothingOfTheHost() {
    assertEquals(State.NOT_JUDGED, refused(401, Reason.UNAUTHORIZED).state());
    assertEquals(State.BROKEN, refused(500, Reason.SERVER_ERROR).state());
  }

  private static CapabilityReport refused(int status, Reason reason) {
    return told(
            "chat",
            Samples.failed(
                "chat.answers",
                TARGET,
                reason,
                Samples.exchange(
                    "e1",
                    TARGET,
                    Samples.chat(TARGET),
                    Samples.json(status, "{\"error\": \"Unauthorized\"}"))))
        .orElseThrow();
  }

  @Test
  void whatIsTakenAndFailsIsBroken() {
    is(
        State.BROKEN,
        List.of("json.nested-schema-holds"),
        "json-schema",
        passed("json.schema-is-taken"),
        passed("json.schema-holds"),
        with("json.nested-schema-holds", Outcome.WARNED, Reason.SCHEMA_MISMATCH));
  }

  @Test
  void aServerErrorIsNoRefusal() {
    is(
        State.BROKEN,
        List.of("tools.are-taken"),
        "tools",
        with("tools.are-taken", Outcome.WARNED, Reason.SERVER_ERROR));
  }

  @Test
  void aRefusalOfWhatWasNotAskedForBreaks() {
    is(
        State.BROKEN,
        List.of("tools.result-is-used"),
        "tools",
        passed("tools.are-taken"),
        passed("tools.fitting-tool-is-called"),
        with("tools.result-is-used", Outcome.WARNED, Reason.WRONG_STATUS));
  }

  @Test
  void whatFailsIsBrokenAlthoughAnotherCheckDoesNotApply() {
    is(
        State.BROKEN,
        List.of("errors.image-for-a-text-model"),
        "images",
        with("errors.image-is-seen", Outcome.INAPPLICABLE, Reason.NOT_OFFERED),
        with("errors.image-for-a-text-model", Outcome.WARNED, Reason.WRONG_VALUE));
  }

  @Test
  void whatCouldNotRunSaysNothing() {
    is(
        State.NOT_JUDGED,
        List.of("tools.fitting-tool-is-called"),
        "tools",
        with("tools.are-taken", Outcome.COULD_NOT_RUN, Reason.RATE_LIMITED),
        with("tools.fitting-tool-is-called", Outcome.COULD_NOT_RUN, Reason.RATE_LIMITED));
  }

  @Test
  void takingItIsNotDoingIt() {
    is(
        State.NOT_JUDGED,
        List.of("json.schema-holds"),
        "json-schema",
        passed("json.schema-is-taken"),
        with("json.schema-holds", Outcome.INAPPLICABLE, Reason.NOT_OFFERED));
  }

  @Test
  void anInfoCheckThatBrokeOffShowsNothing() {
    is(
        State.NOT_JUDGED,
        List.of("responses.stored"),
        "responses-store",
        with("responses.stored", Outcome.RECORDED, Reason.SCHEMA_MISMATCH));
  }

  @Test
  void aDocumentedRouteCannotBeDeclined() {
    is(
        State.BROKEN,
        List.of("chat.answers"),
        "chat",
        with("chat.answers", Outcome.FAILED, Reason.ROUTE_NOT_FOUND));
  }

  @Test
  void anOptionalRouteMayBeMissing() {
    is(
        State.NO,
        List.of("tokenize.answers"),
        "tokenize",
        with("tokenize.answers", Outcome.INAPPLICABLE, Reason.NOT_OFFERED));
  }

  @Test
  void whatWasNotSelectedIsLeftOut() {
    assertEquals(
        Optional.empty(), told("caching", passed("chat.cached-tokens-are-part-of-the-prompt")));
    assertEquals(Optional.empty(), told("tools", passed("chat.answers")));
  }

  @Test
  void eachTargetHasItsOwn() {
    Verdict other =
        Samples.verdict(
            "chat.reasoning",
            Samples.target("serverless"),
            Outcome.INAPPLICABLE,
            Optional.of(Reason.NOT_OFFERED));
    Verdict mine = Samples.verdict("chat.reasoning", TARGET, Outcome.RECORDED, Optional.empty());
    assertEquals(
        List.of("on-demand yes", "serverless no"),
        Samples.run(false, List.of(mine, other)).capabilities().stream()
            .map(c -> c.target() + " " + c.state())
            .toList());
  }

  @Test
  void slugsAreUniqueAndEveryLineCanBeShown() {
    List<String> slugs = Capabilities.all().stream().map(CapabilityRule::capability).toList();
    assertEquals(slugs.stream().distinct().toList(), slugs);
    assertEquals(
        List.of(),
        Capabilities.all().stream()
            .filter(r -> Stream.concat(r.asks().stream(), r.shows().stream()).findAny().isEmpty())
            .map(CapabilityRule::capability)
            .toList());
  }
}
