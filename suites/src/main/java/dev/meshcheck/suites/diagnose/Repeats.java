package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Sent;
import dev.meshcheck.reports.cause.Trial;
import dev.meshcheck.suites.check.Ask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The same request several times: is it answered the same? */
final class Repeats {

  /** How often it is asked slowly, and how long is waited before each. */
  private static final int SLOWLY = 3;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How many of those whose connection was closed are asked again. */
  private static final int CLOSED = 2;

  /** How often nobody is asked for a key, where some seem to be. */
  private static final int KEYLESS = 3;

  private Repeats() {}

  /** Asks the cheapest requests again, where anybody can be asked. */
  static void ask(List<Case> cases, Budget budget) {
    budget.release();
    for (Case one : cases) {
      if (!one.canBeAsked() || Trials.isControlPlane(one.target())) {
        continue;
      }
      one.differingAddresses(budget).ifPresent(d -> one.clue(Clue.ADDRESSES_DIFFER, d));
      Evidence evidence = one.evidence();
      // Where no key was shown so far, there was a reason.
      boolean shown = one.target().key().isEmpty() || evidence.any(t -> t.key() == Sent.CONFIGURED);
      if (shown && (evidence.apiAnswers() || evidence.any(Trial::good))) {
        slowly(one, evidence, budget);
        repeat(one, budget);
      }
    }
  }

  private static void repeat(Case one, Budget budget) {
    if (isStreamInDoubt(one.evidence())) {
      one.add(budget.stream(Trials.stream(one).again(59)));
      lookAtLength(one, budget);
    }
    if (isOpenToSome(one.evidence())) {
      for (int i = 0; i < KEYLESS; i++) {
        one.add(budget.send(List.of(Trials.plain(one).noKey().again(80 + i))));
      }
    }
    int nth = 70;
    for (Trial broken : brokenOnce(one.evidence())) {
      Optional<Ask> again = Trials.again(one, broken);
      if (again.isPresent()) {
        one.add(budget.send(List.of(again.get().again(nth++))));
      }
    }
    List<Ask> asks = repeated(one);
    // One after the other: servers that take turns do so for each connection.
    for (int i = 0; i < asks.size(); i++) {
      one.add(budget.send(List.of(asks.get(i).again(60 + i))));
    }
  }

  /** A stream is asked for more than a plain chat, and it may be that which is refused. */
  private static void lookAtLength(Case one, Budget budget) {
    // Guards and limits look at neither.
    if (one.evidence().any(t -> t.streamed() && t.is(403, 429))) {
      return;
    }
    budget.send(List.of(Trials.stream(one).again(58))).stream()
        .map(one::trial)
        .filter(t -> !t.successful() && !t.is(403, 429))
        .findFirst()
        .ifPresent(
            t ->
                one.clue(
                    Clue.LONGER_IS_REFUSED,
                    "for %d tokens, without \"stream\", %s".formatted(Trials.STREAMED_TOKENS, t)));
  }

  /**
   * Enough that one of two servers shows itself, where they take turns or not. The first of them
   * are affordable, the rest where the host has had few requests.
   */
  private static List<Ask> repeated(Case one) {
    Ask models = Trials.cheapest(one);
    // A server that differs in one route shows it there alone.
    Optional<RouteName> doubt = inDoubt(one.evidence());
    if (doubt.isPresent()) {
      Ask doubted = Trials.cheapest(one, doubt.get());
      return List.of(doubted, doubted, models, models);
    }
    if (one.target().model().isEmpty()) {
      return List.of(models, models, models, models);
    }
    Ask chat = Trials.cheapest(one, RouteName.CHAT);
    boolean calm = one.evidence().accepted() && !one.evidence().any(t -> t.noAnswer().isPresent());
    return calm
        ? List.of(models, Trials.onUsedConnection(one), chat, models)
        : List.of(models, models, chat, chat);
  }

  /**
   * The first route that was not there, or broke, for a user and a model that may well be there.
   */
  private static Optional<RouteName> inDoubt(Evidence evidence) {
    List<Trial> odd =
        evidence.where(
            t ->
                t.method().equals("POST")
                    && t.model() == Sent.CONFIGURED
                    && t.user() != Sent.UNKNOWN
                    && (t.status().filter(s -> s == 404 || s == 405 || s >= 500).isPresent()
                        || refusedThough(evidence, t))
                    && !t.is(503));
    return Stream.concat(odd.stream().filter(evidence::asConfigured), odd.stream())
        .flatMap(t -> t.route().stream())
        .map(Route::name)
        .findFirst();
  }

  /**
   * What broke where others are answered may have met one moment, or one server of many: a GET, and
   * a connection that was closed as others were on other routes.
   */
  private static List<Trial> brokenOnce(Evidence evidence) {
    Predicate<Trial> closed =
        t -> t.noAnswer().equals(Optional.of(NoAnswer.Kind.CONNECTION_CLOSED));
    List<Trial> closings = evidence.where(closed.and(t -> t.route().isPresent()));
    boolean scattered = closings.stream().map(Trial::path).distinct().count() > 1;
    Optional<Trial> get =
        evidence.first(
            t ->
                t.method().equals("GET")
                    && t.route().isPresent()
                    && (t.is(500, 502, 504)
                        || t.noAnswer().stream().anyMatch(k -> !k.unreachable())));
    Stream<Trial> others =
        closings.stream().filter(t -> scattered && evidence.asConfigured(t) && !isGet(t));
    return Stream.concat(get.stream(), others.limit(CLOSED)).toList();
  }

  private static boolean isGet(Trial t) {
    return t.method().equals("GET");
  }

  /** Whether a stream was refused or lost where a plain chat was answered. */
  private static boolean isStreamInDoubt(Evidence evidence) {
    return evidence.accepted()
        && evidence.any(t -> t.on(RouteName.CHAT) && t.streamed() && !t.successful());
  }

  /** One of several servers may have been started without its key. */
  private static boolean isOpenToSome(Evidence evidence) {
    Optional<Trial> none = evidence.withKey(Sent.NONE);
    Optional<Trial> madeUp = evidence.withKey(Sent.UNKNOWN);
    boolean open = none.filter(Trial::good).isPresent();
    boolean shut = madeUp.filter(t -> t.is(401, 403)).isPresent();
    return evidence.accepted()
        && ((open && shut)
            || (madeUp.filter(Trial::good).isPresent()
                && none.filter(t -> t.is(401, 403)).isPresent()));
  }

  /** Whether a key is refused that another route took. */
  private static boolean refusedThough(Evidence evidence, Trial t) {
    return t.is(401, 403)
        && evidence.asConfigured(t)
        && evidence.any(o -> o.method().equals("POST") && evidence.asConfigured(o) && o.good());
  }

  /** What a proxy refused while it let others through, asked for again without any haste. */
  private static void slowly(Case one, Evidence evidence, Budget budget) {
    Optional<Trial> refused = evidence.first(t -> t.is(503) && t.voice().isForeign());
    Optional<Ask> ask = refused.flatMap(t -> Trials.again(one, t));
    if (ask.isEmpty()) {
      return;
    }
    List<Exchange> sent = new ArrayList<>();
    for (int i = 0; i < SLOWLY; i++) {
      pause(PAUSE);
      sent.addAll(budget.send(List.of(ask.get().again(50 + i))));
    }
    one.add(sent);
    List<Trial> answers = sent.stream().map(one::trial).toList();
    if (!answers.isEmpty() && answers.stream().noneMatch(t -> t.is(503))) {
      one.clue(
          Clue.SLOWLY_ANSWERED,
          "one by one, a second apart, none of %d is refused: what is refused is the burst"
              .formatted(answers.size()));
    }
  }

  static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
