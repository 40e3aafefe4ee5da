package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What the checks of one run share. JUnit hands a check nothing but configuration parameters, so a
 * run is found by the name that it has there; several runs can go on in one process.
 */
public final class RunContext implements AutoCloseable {

  /** The configuration parameter that holds the name of the run. */
  public static final String PARAMETER = "meshcheck.run";

  private static final Map<String, RunContext> OPEN = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();
  private final Exchanger exchanger;
  private final List<Planned> plan;
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
   * Opens a run; its checks find it until it is closed.
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
    this.plan = List.copyOf(plan);
    this.tellsRates = tellsRates;
    this.sink = sink;
    OPEN.put(name, this);
  }

  static Optional<RunContext> named(Optional<String> name) {
    return name.map(OPEN::get);
  }

  /** The value for {@link #PARAMETER}. */
  public String name() {
    return name;
  }

  List<Target> targetsOf(String checkId) {
    return plan.stream().filter(p -> p.checkId().equals(checkId)).map(Planned::target).toList();
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

  @Override
  public void close() {
    OPEN.remove(name);
  }
}
