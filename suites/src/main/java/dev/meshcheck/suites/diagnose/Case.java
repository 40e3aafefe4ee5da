package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.Passage;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.cause.Diagnosed;
import dev.meshcheck.reports.cause.Diagnosis;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Subject;
import dev.meshcheck.reports.cause.Trial;
import dev.meshcheck.suites.check.Dialect;
import dev.meshcheck.suites.check.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One target under diagnosis, and what is known of it so far. Not thread-safe. */
final class Case {

  private final Draft draft;
  private final List<Target> all;
  private final Optional<Duration> configAge;
  private final Redactor redactor;
  private final Passage passage;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Dialect dialect = new Dialect();
  private int fewest = 1;
  private final Map<Clue, String> clues = new EnumMap<>(Clue.class);
  private Target target;
  private Optional<NetworkPicture> network = Optional.empty();
  private Optional<Exchanger> exchanger = Optional.empty();
  private Optional<Addresses> ways = Optional.empty();

  Case(
      Draft draft,
      List<Target> all,
      Optional<Duration> configAge,
      Redactor redactor,
      Passage passage) {
    this.draft = draft;
    this.all = all;
    this.configAge = configAge;
    this.redactor = redactor;
    this.passage = passage;
    this.target = draft.target();
  }

  Draft draft() {
    return draft;
  }

  /** How its requests get to it. */
  Passage passage() {
    return passage;
  }

  Target target() {
    return target;
  }

  /** The fewest tokens that are asked for. */
  int fewest() {
    return fewest;
  }

  /** From now on no fewer tokens are asked for. */
  void atLeast(int tokens) {
    fewest = tokens;
  }

  /** From now on requests name that model. */
  void choose(String model) {
    target = target.withModel(model);
  }

  Probe probe() {
    return probe(target);
  }

  Probe probe(Target asked) {
    return new Probe(asked, List.of(), exchanger.orElseThrow(), dialect);
  }

  void looked(NetworkPicture picture) {
    network = Optional.of(picture);
  }

  Optional<NetworkPicture> network() {
    return network;
  }

  /** What its requests go through; until then it cannot be asked. */
  void through(Exchanger one) {
    exchanger = Optional.of(one);
  }

  /** The ways to each of its addresses, where it has several. */
  void ways(Addresses each) {
    ways = Optional.of(each);
  }

  /** How its addresses differ, where they do. */
  Optional<String> differingAddresses(Budget budget) {
    return ways.flatMap(w -> w.differ(this, budget, redactor));
  }

  /** What that exchange says. */
  Trial trial(Exchange exchange) {
    return Trial.of(exchange, redactor);
  }

  /** Lets another target of the same host use the same way. */
  void lend(Case other) {
    exchanger.ifPresent(other::through);
  }

  /** Somebody else on the same way, who shares nothing but the secrets. */
  Case at(Draft other) {
    Case one = new Case(other, List.of(other.target()), Optional.empty(), redactor, passage);
    lend(one);
    return one;
  }

  boolean canBeAsked() {
    return exchanger.isPresent();
  }

  void add(List<Exchange> more) {
    exchanges.addAll(more);
  }

  /** Takes back what proves nothing; it has been paid for all the same. */
  void forget(Predicate<Trial> some) {
    exchanges.removeIf(exchange -> some.test(trial(exchange)));
  }

  void clue(Clue clue, String sentence) {
    clues.put(clue, sentence);
  }

  /** What was sent, seen from what is known of the target now. */
  List<Exchange> exchanges() {
    return exchanges.stream()
        .map(
            e ->
                new Exchange(
                    e.id(), target, e.request(), e.reply(), e.timings(), e.startedAt(), e.resent()))
        .toList();
  }

  Evidence evidence() {
    Draft present = new Draft(target, draft.troubles(), draft.notes(), draft.from());
    // What was never sent says nothing of the host.
    List<Trial> trials =
        exchanges().stream()
            .filter(e -> !(e.reply() instanceof NoAnswer none) || none.kind().sent())
            .map(e -> Trial.of(e, redactor))
            .toList();
    return new Evidence(Subject.of(present, all, configAge), network, trials, clues);
  }

  /** What can be said of it now. */
  List<Diagnosed> diagnosed() {
    return Diagnosis.of(List.of(evidence()));
  }
}
