package dev.meshcheck.reports.render;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.EngineReport;
import dev.meshcheck.reports.model.EngineReport.Whose;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.Rerun;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gateway or engine: whose each failure is, in the words that all reports share. */
public record Hop(RunReport report) {

  /** Longer lists belong to report.json. */
  private static final int MOST_ROWS = 60;

  /**
   * One check in front and at the engine.
   *
   * @param check the name of the check and the target
   * @param front what became of it there
   * @param engine what became of it at the engine
   * @param whose it is
   */
  public record Row(String check, String front, String engine, String whose) {}

  /** Whether there was an engine to look at. */
  public boolean isThere() {
    return report.engine().isPresent();
  }

  private List<CheckResult> wrong() {
    return report.results().stream().filter(Hop::isWrong).toList();
  }

  /** Whether it is wrong in front; the engine does not stand behind a control plane. */
  private static boolean isWrong(CheckResult result) {
    return (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.WARNED)
        && result.route() != RouteName.PROFILE;
  }

  /** What only the engine does not hold: somebody in front mends it, or does not show it. */
  private List<CheckResult> wrongInsideAlone() {
    return report.results().stream()
        .filter(r -> r.outcome() == Outcome.PASSED || r.outcome() == Outcome.RECORDED)
        .filter(r -> r.reason().isEmpty())
        .filter(r -> r.engine().filter(EngineReport::wrong).isPresent())
        .filter(r -> r.engine().filter(this::lacksKey).isEmpty())
        .toList();
  }

  /** What the engine refused for want of a key says nothing of it, and nothing of the gateway. */
  private boolean lacksKey(EngineReport engine) {
    return engine.wrong()
        && !keyTaken()
        && !engine.exchanges().isEmpty()
        && Optional.ofNullable(
                report.exchanges().get(engine.exchanges().get(engine.exchanges().size() - 1)))
            .filter(e -> e.response().filter(r -> r.status() == 401).isPresent())
            .filter(Hop::carriesNoKey)
            .isPresent();
  }

  /** Where a key opens the engine, what it refuses without one is a finding. */
  private boolean keyTaken() {
    String name = report.engine().map(TargetReport::name).orElse("");
    return report.exchanges().values().stream()
        .filter(e -> e.target().equals(name) && !carriesNoKey(e))
        .anyMatch(e -> e.response().filter(r -> r.status() < 300).isPresent());
  }

  private static boolean carriesNoKey(ExchangeReport exchange) {
    return exchange.request().headers().stream()
        .noneMatch(h -> h.name().equalsIgnoreCase("Authorization"));
  }

  private String wantsKey() {
    long refused =
        report.results().stream().flatMap(r -> r.engine().stream()).filter(this::lacksKey).count();
    return refused == 0
        ? ""
        : "; it wants a key and none was given (MESHCHECK_ENGINE_KEY), so nothing follows from "
            + Counted.of(refused, "check")
            + " that it answered with 401";
  }

  /** The answer in a sentence or two; empty without an engine. */
  public Optional<String> summary() {
    return report.engine().map(engine -> "engine " + engine.host() + ": " + answer());
  }

  private String answer() {
    if (unjudged().isPresent()) {
      return "nothing can be said of it: " + unjudged().get();
    }
    List<CheckResult> wrong = wrong();
    String rest = insideAlone() + wantsKey() + stuck();
    if (wrong.isEmpty()) {
      return "nothing was found wrong in front of it" + rest;
    }
    List<String> shares = new ArrayList<>();
    share(shares, wrong, Whose.GATEWAY, "the gateway's");
    share(shares, wrong, Whose.ENGINE, "the engine's");
    share(shares, wrong, Whose.BOTH, "of both");
    share(shares, wrong, Whose.UNKNOWN, "not to be told");
    return "of "
        + Counted.of(wrong.size(), "finding")
        + " in front, "
        + String.join(", ", shares)
        + rest;
  }

  private String insideAlone() {
    int alone = wrongInsideAlone().size();
    return alone == 0
        ? ""
        : "; "
            + Counted.of(alone, "check")
            + " failed at the engine alone, which the gateway mends or hides";
  }

  /** A gateway that is down stands before an engine that is not. */
  private String stuck() {
    List<CheckResult> stuck =
        report.results().stream()
            .filter(r -> r.outcome() == Outcome.COULD_NOT_RUN && r.engine().isPresent())
            .toList();
    long passed = stuck.stream().filter(r -> r.engine().get().outcome() == Outcome.PASSED).count();
    return stuck.isEmpty()
        ? ""
        : "; of "
            + Counted.of(stuck.size(), "check")
            + " that could not run in front, the engine passed "
            + passed;
  }

  private void share(List<String> shares, List<CheckResult> wrong, Whose whose, String words) {
    long count = wrong.stream().filter(r -> whose(r) == whose).count();
    if (count > 0) {
      shares.add(count + (count == 1 ? " is " : " are ") + words);
    }
  }

  /** Why the engine was not judged at all, where that is so. */
  private Optional<String> unjudged() {
    List<EngineReport> asked = report.results().stream().flatMap(r -> r.engine().stream()).toList();
    return asked.stream().allMatch(e -> e.outcome() == Outcome.COULD_NOT_RUN)
        ? Optional.of(
            asked.stream()
                .findFirst()
                .map(EngineReport::message)
                .orElse("no check was asked there"))
        : Optional.empty();
  }

  private Whose whose(CheckResult result) {
    return result
        .engine()
        .filter(engine -> !lacksKey(engine))
        .flatMap(EngineReport::whose)
        .orElse(Whose.UNKNOWN);
  }

  /** Whose a failure is, and why; empty without an engine, and where nothing is wrong. */
  public Optional<String> words(CheckResult result) {
    return isThere() && isWrong(result) ? Optional.of(told(result)) : Optional.empty();
  }

  private String told(CheckResult result) {
    if (result.engine().isEmpty()) {
      return "not asked of the engine, which does not promise it";
    }
    EngineReport engine = result.engine().get();
    return switch (whose(result)) {
      case GATEWAY -> "the engine passes this, so it is the gateway's";
      case ENGINE -> "the engine fails this too, for the same reason, so it is the engine's";
      case BOTH -> "the engine fails this too, in another way: " + engine.message();
      case UNKNOWN ->
          result.rerun().filter(Rerun::flaky).isPresent()
              ? "it is flaky in front, so nothing follows from the engine"
              : "nothing can be said of the engine: " + engine.message();
    };
  }

  /** Both side by side, what is wrong in front first. */
  public List<Row> rows() {
    return Stream.concat(
            wrong().stream().map(r -> row(r, whose(r).toString())),
            wrongInsideAlone().stream().map(r -> row(r, "engine, not seen in front")))
        .limit(MOST_ROWS)
        .toList();
  }

  private static Row row(CheckResult result, String whose) {
    return new Row(
        Story.name(result),
        result.outcome() + reason(result.reason().map(Object::toString)),
        result
            .engine()
            .map(e -> e.outcome() + reason(e.reason().map(Object::toString)))
            .orElse("not asked"),
        whose);
  }

  private static String reason(Optional<String> reason) {
    return reason.stream().map(text -> ": " + text).collect(Collectors.joining());
  }
}
