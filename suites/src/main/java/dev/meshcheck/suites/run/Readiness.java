package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Waits until a fresh deployment answers a plain chat request (on the control plane, a plain
 * request), and gives up at once on what no waiting heals. Whatever comes of it, the run judges.
 */
final class Readiness {

  /** Between two tries. */
  static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Duration most;
  private final Duration between;
  private final Supplier<Exchanger> exchangers;
  private final Consumer<String> waits;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * A wait.
   *
   * @param most how long
   * @param between two tries
   * @param exchangers gives one that has sent nothing yet, for each try
   * @param waits takes what is waited for, in words
   */
  Readiness(
      Duration most, Duration between, Supplier<Exchanger> exchangers, Consumer<String> waits) {
    this.most = most;
    this.between = between;
    this.exchangers = exchangers;
    this.waits = waits;
  }

  /** What one try has shown. */
  private sealed interface State {
    /** It answers. */
    record Ready() implements State {}

    /** It may answer later. */
    record NotYet(String why) implements State {}

    /** It will not, however long one waits. */
    record Never(String why) implements State {}
  }

  /** From now on nothing is sent any more. */
  void stop() {
    stopped.set(true);
  }

  /** Waits for that target; returns what the reader should know of it, if anything. */
  Optional<String> await(Target target) {
    long from = System.nanoTime();
    AtomicReference<State> last = new AtomicReference<>(new State.NotYet("it was not asked"));
    AtomicBoolean first = new AtomicBoolean(true);
    try {
      Awaitility.await()
          .dontCatchUncaughtExceptions()
          .pollDelay(Duration.ZERO)
          .pollInterval(between)
          .atMost(most)
          .until(
              () -> {
                State now =
                    stopped.get() ? new State.Never("the run was interrupted") : ask(target);
                last.set(now);
                if (now instanceof State.NotYet notYet) {
                  first.set(false);
                  waits.accept(target.address() + " to get ready: " + notYet.why());
                }
                return !(now instanceof State.NotYet);
              });
    } catch (ConditionTimeoutException e) {
      // What was seen last says why.
    }
    long seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds();
    return told(target, last.get(), seconds, first.get());
  }

  private Optional<String> told(Target target, State last, long seconds, boolean first) {
    if (last instanceof State.Ready) {
      return first
          ? Optional.empty()
          : Optional.of("%s was ready after %d s of waiting".formatted(target.address(), seconds));
    }
    return Optional.of(
        last instanceof State.Never never
            ? "--wait-ready gave up on %s after %d s, for waiting does not heal it: %s"
                .formatted(target.address(), seconds, never.why())
            : "%s was not ready after %d s, which is all that --wait-ready gives it: %s"
                .formatted(target.address(), most.toSeconds(), ((State.NotYet) last).why()));
  }

  private State ask(Target target) {
    try (Exchanger exchanger = exchangers.get()) {
      if (target.surface().credential() == Credential.ACCESS_TOKEN) {
        return state(asked(target, RouteName.PROFILE, exchanger).reply());
      }
      Preflight preflight = Preflight.of(target, exchanger);
      Reply list = preflight.exchange().reply();
      if (preflight.target().model().isEmpty()) {
        State state = state(list);
        return state instanceof State.Ready ? new State.NotYet("no model is listed yet") : state;
      }
      if (list instanceof NoAnswer none && none.kind().unreachable()) {
        return state(list);
      }
      Reply chat = asked(preflight.target(), RouteName.CHAT, exchanger).reply();
      boolean refused =
          chat instanceof Answer answer && (answer.status() == 404 || answer.status() == 400);
      List<String> models = Preflight.listed(preflight.exchange());
      String model = preflight.target().model().get();
      return refused && !models.isEmpty() && !models.contains(model)
          ? new State.Never(
              "there is no model "
                  + model
                  + "; "
                  + preflight.target().surface().modelList()
                  + " lists others")
          : state(chat);
    }
  }

  private static Exchange asked(Target target, RouteName route, Exchanger exchanger) {
    return Basis.ask(new Probe(target, List.of(), exchanger), route).send().exchange();
  }

  private static State state(Reply reply) {
    return reply instanceof Answer answer ? state(answer.status()) : state((NoAnswer) reply);
  }

  private static State state(int status) {
    String why = "it answers " + status;
    if (status / 100 == 2) {
      return new State.Ready();
    }
    return switch (status) {
      // A router that knows no backend yet says 404, and what is behind it may still come.
      case 404, 408, 425, 429 -> new State.NotYet(why);
      default -> status >= 500 ? new State.NotYet(why) : new State.Never(why);
    };
  }

  private static State state(NoAnswer none) {
    return switch (none.kind()) {
      case TLS_EXPIRED,
          TLS_WRONG_HOST,
          TLS_UNTRUSTED,
          PROXY_AUTHENTICATION,
          NOT_SENT,
          BUDGET_SPENT,
          RUN_TIMEOUT ->
          new State.Never(none.message());
      default -> new State.NotYet(none.message());
    };
  }
}
