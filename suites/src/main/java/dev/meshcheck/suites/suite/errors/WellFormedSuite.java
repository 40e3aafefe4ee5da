package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.MUST;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.CouldNotRun;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.ValidRequests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every answer of the whole run can be read, whatever check asked for it: to most of them a body
 * that is no JSON is something else that is broken, and then nobody would tell of it. Alone, after
 * the others.
 */
@Alone
public final class WellFormedSuite {

  private static void mustBeReadable(Probe probe, RouteName route) {
    Given.that(() -> Basis.judge(probe, route).json());
    boolean streams = areStreamsRead(probe, route);
    List<Answered> whole =
        ValidRequests.of(probe, route).stream()
            .filter(WellFormedSuite::isWhole)
            .filter(answered -> streams || !answered.exchange().request().streamed())
            .toList();
    Map<Answered, Failure> broken = new LinkedHashMap<>();
    for (Answered answered : whole) {
      try {
        read(answered);
      } catch (Failure e) {
        broken.put(answered, e);
      }
    }
    if (broken.isEmpty()) {
      probe.record(whole.size() + " answers can be read");
      return;
    }
    Answered first = broken.keySet().iterator().next();
    Failure why = broken.get(first);
    probe.restsOn(first);
    throw why.told(
        "%d of %d answers cannot be read, such as one to a request with %s: %s"
            .formatted(
                broken.size(), whole.size(), ValidRequests.options(first), why.getMessage()));
  }

  /** Why none is read is told elsewhere. */
  private static boolean areStreamsRead(Probe probe, RouteName route) {
    try {
      Given.stream(Basis.ask(probe, route));
      return true;
    } catch (CouldNotRun e) {
      return false;
    }
  }

  /** Why one is not whole is told elsewhere. */
  private static boolean isWhole(Answered answered) {
    return answered.exchange().reply() instanceof Answer answer
        && answer.status() == 200
        && answer.ending() == Answer.Ending.COMPLETE;
  }

  private static void read(Answered answered) {
    if (answered.exchange().request().streamed() && !answered.answer().frames().isEmpty()) {
      answered.events().chunks();
    } else if (answered.answer().mediaType().equals("application/json")) {
      answered.json();
    }
  }

  @Check(
      id = "bodies.chat",
      title = "every chat answer of the whole run, and every event of one, is JSON",
      level = MUST,
      route = CHAT,
      source = Sources.JSON,
      ifItFails = {
        "a line break of a text is written into an event as it is",
        "numbers that JSON does not have, as NaN and -Infinity, are written as they are"
      })
  void chat(Probe probe) {
    mustBeReadable(probe, CHAT);
  }

  @Check(
      id = "bodies.completions",
      title = "every completion of the whole run, and every event of one, is JSON",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.JSON,
      ifItFails = {
        "a line break of a text is written into an event as it is",
        "numbers that JSON does not have, as NaN and -Infinity, are written as they are"
      })
  void completions(Probe probe) {
    mustBeReadable(probe, COMPLETIONS);
  }

  @Check(
      id = "bodies.responses",
      title = "every response of the whole run, and every event of one, is JSON",
      level = MUST,
      route = RESPONSES,
      source = Sources.JSON,
      ifItFails = {"a line break of a text is written into an event as it is"})
  void responses(Probe probe) {
    mustBeReadable(probe, RESPONSES);
  }
}
