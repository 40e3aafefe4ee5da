package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers that are JSON and that no double can hold. They may be refused or cut to a limit. A
 * SHOULD: what reads JSON in Python takes them for infinity, and its refusal may break on quoting
 * that.
 */
public final class HugeNumberSuite {

  private static final String BEYOND = "1e309";

  private static void mustNotBreak(Probe probe, RouteName route, String... fields) {
    Map<String, Answered> broken = new LinkedHashMap<>();
    for (String field : fields) {
      Answered answered =
          Basis.ask(probe, route)
              .with(field, "BEYOND")
              .editRaw(body -> body.replace("\"BEYOND\"", BEYOND))
              .send();
      if (answered.status() >= 500) {
        broken.put(field + ": " + answered.status(), answered);
      }
    }
    broken.values().stream().findFirst().ifPresent(probe::restsOn);
    String told = String.join(", ", broken.keySet());
    Expect.that(
        Reason.SERVER_ERROR,
        broken.isEmpty(),
        probe.route(route).path() + " broke on " + BEYOND + " for " + told,
        "400 or 422, or an answer",
        told);
  }

  @Check(
      id = "errors.chat-number-beyond-double",
      title = "a chat request with a number that no double can hold breaks nothing",
      level = SHOULD,
      route = CHAT,
      source = Sources.JSON,
      pack = Pack.FULL,
      ifItBreaks = {"the number becomes infinity, which nobody expects behind the parser"})
  void chat(Probe probe) {
    mustNotBreak(probe, CHAT, "temperature", "max_tokens", "n", "top_p", "top_k");
  }

  @Check(
      id = "errors.completions-number-beyond-double",
      title = "a completion request with a number that no double can hold breaks nothing",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.JSON,
      pack = Pack.FULL,
      ifItBreaks = {"the number becomes infinity, which nobody expects behind the parser"})
  void completions(Probe probe) {
    mustNotBreak(probe, COMPLETIONS, "temperature", "max_tokens", "n", "top_p", "top_k");
  }

  @Check(
      id = "errors.responses-number-beyond-double",
      title = "a responses request with a number that no double can hold breaks nothing",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.JSON,
      pack = Pack.FULL,
      ifItBreaks = {"the number becomes infinity, which nobody expects behind the parser"})
  void responses(Probe probe) {
    mustNotBreak(probe, RESPONSES, "temperature", "max_output_tokens", "top_p");
  }
}
