package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.CouldNotRun;
import dev.meshcheck.suites.check.ErrorBodies;
import dev.meshcheck.suites.check.FirstReading;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Unknown;
import java.util.List;
import java.util.function.Consumer;

/** Looks at every answer of the run for what must not leave the host; alone, after the others. */
@Alone
public final class LeakSuite {

  /** Shorter keys may stand in a text by chance. */
  private static final int TELLING_KEY = 12;

  /** Every answer of the run that came whole enough to be read. */
  private static List<Answered> answers(Probe probe) {
    return probe.everything().stream().filter(Answered::isWhole).toList();
  }

  private static List<Answered> refusals(Probe probe) {
    // At least one, so that a run of few checks does not pass on nothing.
    UnknownModelSuite.ask(probe, CHAT).send().isWhole();
    List<Answered> refusals =
        answers(probe).stream().filter(answered -> answered.status() >= 400).toList();
    if (refusals.isEmpty()) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED, "no request was refused, so there is no error to look at");
    }
    return refusals;
  }

  private static void judge(Probe probe, List<Answered> answers, Consumer<Answered> rule) {
    answers.forEach(rule);
    probe.record("looked at " + answers.size() + " answers");
  }

  @Check(
      id = "leaks.no-refusal-tells-of-the-inside",
      title = "no refusal of the whole run tells an address, a pod or a stack trace",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      ifItFails = {"one route passes exceptions on to the client as they are"})
  void inside(Probe probe) {
    FirstReading reading = FirstReading.ofTheInside();
    judge(probe, refusals(probe), answered -> ErrorBodies.mustNotTell(answered, reading));
  }

  @Check(
      id = "leaks.no-refusal-tells-a-path",
      title = "no refusal of the whole run tells the path of a file",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      ifItFails = {"one route passes messages of the server on to the client as they are"})
  void paths(Probe probe) {
    FirstReading reading = FirstReading.ofPaths();
    judge(probe, refusals(probe), answered -> ErrorBodies.mustNotTell(answered, reading));
  }

  @Check(
      id = "leaks.no-good-answer-tells-of-the-inside",
      title = "no header and no field of a good answer tells an address, a pod or a stack trace",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      ifItFails = {
        "a proxy says in a header which server it asked",
        "the server tells where it runs"
      })
  void goodAnswers(Probe probe) {
    List<Answered> good =
        answers(probe).stream().filter(answered -> answered.status() < 400).toList();
    FirstReading reading = FirstReading.ofTheInside();
    judge(probe, good, answered -> ErrorBodies.mustTellNothingBesideTheText(answered, reading));
  }

  @Check(
      id = "leaks.no-answer-sends-the-key-back",
      title = "no answer of the whole run holds the key, right or wrong, that was sent",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"errors quote the request with its headers", "redirects quote the address"})
  void keys(Probe probe) {
    String key =
        probe
            .target()
            .key()
            .filter(k -> k.length() >= TELLING_KEY)
            .orElseThrow(() -> new Inapplicable("no key is configured that could be told"));
    Basis.ask(probe, CHAT).key(Unknown.KEY).send().isWhole();
    judge(
        probe,
        answers(probe),
        ErrorBodies.mustNotEcho(key).andThen(ErrorBodies.mustNotEcho(Unknown.KEY)));
  }

  @Check(
      id = "leaks.no-refusal-is-a-page",
      title = "no refusal of the whole run is a web page",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"one route is answered by a proxy instead of the gateway"},
      about = {Reason.HTML_INSTEAD_OF_JSON})
  void pages(Probe probe) {
    // The page of a 5xx is that of whoever broke, which is the finding.
    List<Answered> refused =
        refusals(probe).stream().filter(answered -> answered.status() < 500).toList();
    judge(probe, refused, ErrorBodies::mustBeNoPage);
  }
}
