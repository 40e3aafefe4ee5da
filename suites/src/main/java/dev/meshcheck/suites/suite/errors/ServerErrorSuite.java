package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.MUST;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.ValidRequests;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No valid request breaks the server, whatever options it has and whatever check sent it: an option
 * may be refused, and that is the business of its check. Alone, after the others.
 */
@Alone
public final class ServerErrorSuite {

  /** The host is too busy, which is no fault of it; or it says that it has no such thing. */
  private static final List<Integer> HONEST = List.of(501, 503);

  private static void mustNotBreak(Probe probe, RouteName route) {
    List<Answered> valid = ValidRequests.of(probe, route);
    List<Answered> broken = valid.stream().filter(ServerErrorSuite::isBroken).toList();
    if (!broken.isEmpty()) {
      Map<String, Long> all = byOptions(valid);
      Stream<String> asked =
          byOptions(broken).entrySet().stream()
              .map(e -> e.getKey() + " (" + e.getValue() + " of " + all.get(e.getKey()) + ")");
      Answered first =
          broken.stream().min(Comparator.comparing(ValidRequests::options)).orElseThrow();
      probe.restsOn(first);
      throw new Failure(
          Reason.SERVER_ERROR,
          first.what()
              + " broke on valid requests with "
              + asked.collect(Collectors.joining("; with ")),
          "an answer, or a refusal with 4xx",
          broken.size() + " of " + valid.size() + " valid requests, such as " + first.described());
    }
    probe.record(valid.size() + " valid requests broke nothing");
  }

  /** How many requests have which options. */
  private static Map<String, Long> byOptions(List<Answered> requests) {
    return requests.stream()
        .collect(
            Collectors.groupingBy(ValidRequests::options, TreeMap::new, Collectors.counting()));
  }

  private static boolean isBroken(Answered answered) {
    return answered.exchange().reply() instanceof Answer answer
        && answer.status() >= 500
        && !HONEST.contains(answer.status());
  }

  @Check(
      id = "server-errors.chat",
      title = "no valid chat request of the whole run is answered with a 5xx, whatever its options",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItBreaks = {"the engine fails on an option that nobody checks before it"})
  void chat(Probe probe) {
    mustNotBreak(probe, CHAT);
  }

  @Check(
      id = "server-errors.completions",
      title = "no valid completion request of the whole run is answered with a 5xx",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_ERRORS,
      ifItBreaks = {"the engine fails on an option that nobody checks before it"})
  void completions(Probe probe) {
    mustNotBreak(probe, COMPLETIONS);
  }

  @Check(
      id = "server-errors.responses",
      title = "no valid responses request of the whole run is answered with a 5xx",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_ERRORS,
      ifItBreaks = {"the engine fails on an option that nobody checks before it"})
  void responses(Probe probe) {
    mustNotBreak(probe, RESPONSES);
  }

  @Check(
      id = "server-errors.tokenize",
      title = "no valid tokenize request of the whole run is answered with a 5xx",
      level = MUST,
      route = TOKENIZE,
      source = Sources.OPENAI_ERRORS,
      ifItBreaks = {"the tokenizer fails on a text or an option"})
  void tokenize(Probe probe) {
    mustNotBreak(probe, TOKENIZE);
  }

  @Check(
      id = "server-errors.detokenize",
      title = "no valid detokenize request of the whole run is answered with a 5xx",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.OPENAI_ERRORS,
      ifItBreaks = {"the tokenizer fails on a list of tokens"})
  void detokenize(Probe probe) {
    mustNotBreak(probe, DETOKENIZE);
  }
}
