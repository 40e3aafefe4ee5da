package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.RunPlan;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is judged in a run, as it was found out before the first check.
 *
 * @param targets of the run
 * @param calls of the other models that they list, where those are wanted
 * @param engine behind the targets
 */
record Lineup(List<Preflight> targets, List<RollCall> calls, Optional<Preflight> engine) {

  /** Asks the targets for their models where that is wanted, and the engine for its own. */
  static Lineup of(
      List<Preflight> targets, Optional<Target> engine, Settings settings, Exchanger exchanger) {
    List<RollCall> calls =
        targets.stream()
            .filter(one -> settings.callsEveryModel(one.target().surface()))
            .map(one -> RollCall.of(one, exchanger))
            .toList();
    // The engine is asked for the same model, where it knows it.
    Optional<String> model =
        targets.stream().flatMap(one -> one.target().model().stream()).findFirst();
    return new Lineup(targets, calls, engine.map(behind -> Preflight.of(behind, exchanger, model)));
  }

  /** The targets, and a target for each model that is called. */
  List<Target> inFront() {
    return Stream.concat(targets.stream(), called()).map(Preflight::target).toList();
  }

  /** What is checked in front of the engine. */
  List<PlannedCheck> checks(Planning planning) {
    return Stream.concat(
            planning.checks(targets.stream().map(Preflight::target).toList()).stream(),
            planning.rollCall(called().map(Preflight::target).toList()).stream())
        .toList();
  }

  /** The plan of a run with these checks. */
  RunPlan plan(Planning planning, List<PlannedCheck> checks) {
    return planning.plan(
        Stream.concat(targets.stream(), called())
            .map(one -> planning.target(one.target(), one.decisions()))
            .toList(),
        engine.map(one -> planning.engine(one.target(), one.decisions())),
        checks);
  }

  /** What is selected, and what calls models that nobody selected checks for. */
  List<Entry> entries(Selection selection) {
    return calls.isEmpty()
        ? selection.entries()
        : Suites.catalogue().stream()
            .filter(entry -> RollCall.asks(entry) || selection.entries().contains(entry))
            .toList();
  }

  /** What people should know of the models that were not called. */
  List<String> notes() {
    return calls.stream().flatMap(call -> call.notes().stream()).toList();
  }

  /** What was sent to find all this out. */
  List<Exchange> exchanges() {
    return Stream.of(targets.stream(), called(), engine.stream())
        .flatMap(ones -> ones)
        .map(Preflight::exchange)
        .toList();
  }

  private Stream<Preflight> called() {
    return calls.stream().flatMap(call -> call.called().stream());
  }
}
