package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;

/** What the checks of one run share; several runs can go on in one process. */
public final class RunContext implements EngineExecutionContext {

  private final Exchanger exchanger;
  private final Map<String, List<Target>> plan;
  private final List<Target> targets;
  private final Consumer<Verdict> sink;
  private final boolean tellsRates;
  private final Turns turns = new Turns();
  private final Map<String, Dialect> dialects = new ConcurrentHashMap<>();

  /**
   * One check on one target.
   *
   * @param checkId the id of the check
   * @param target whom to ask
   */
  public record Planned(String checkId, Target target) {}

  /**
   * A run.
   *
   * @param targets all targets of the run, whether checks are planned on them or not
   * @param tellsRates whether it is told how often a model obeys
   */
  public RunContext(
      Exchanger exchanger,
      List<Target> targets,
      List<Planned> plan,
      boolean tellsRates,
      Consumer<Verdict> sink) {
    this.exchanger = exchanger;
    this.targets = List.copyOf(targets);
    this.plan =
        plan.stream()
            .collect(
                Collectors.groupingBy(
                    Planned::checkId, Collectors.mapping(Planned::target, Collectors.toList())));
    this.tellsRates = tellsRates;
    this.sink = sink;
  }

  List<Target> targetsOf(String checkId) {
    return plan.getOrDefault(checkId, List.of());
  }

  Probe probe(Target target) {
    List<Target> others = targets.stream().filter(other -> !other.equals(target)).toList();
    Dialect dialect = dialects.computeIfAbsent(target.name(), any -> new Dialect());
    return new Probe(target, others, exchanger, dialect, turns, tellsRates);
  }

  /** Who judges when. */
  Turns turns() {
    return turns;
  }

  void judged(Verdict verdict) {
    sink.accept(verdict);
  }
}
