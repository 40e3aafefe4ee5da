package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The kinds of stream that a route has: every option that changes the shape of a chunk, and every
 * way of asking. What holds of every stream is judged on each of them, the plain one first.
 */
public final class StreamKinds {

  /** The kind without any option. */
  private static final String PLAIN = "";

  private final List<Kind> kinds;

  private record Kind(String name, Supplier<Answered> sent) {

    /**
     * Options are offered, not owed: a host may refuse to stream them. That it breaks on them is
     * for {@code server-errors}.
     */
    boolean isNoStream() {
      return !name.equals(PLAIN) && sent.get().status() >= 400;
    }

    boolean isUnanswered() {
      return !name.equals(PLAIN) && !(sent.get().exchange().reply() instanceof Answer);
    }
  }

  private StreamKinds(List<Kind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  /** The plain stream of that request. */
  public static StreamKinds of(Ask plain) {
    return new StreamKinds(List.of(new Kind(PLAIN, plain::stream)));
  }

  /**
   * One more kind.
   *
   * @param name what tells it from the plain one, such as {@code with logprobs}
   */
  public StreamKinds and(String name, Ask ask) {
    return and(name, ask::stream);
  }

  /** One more kind, asked for in a way of its own. */
  public StreamKinds and(String name, Supplier<Answered> sent) {
    List<Kind> more = new ArrayList<>(kinds);
    more.add(new Kind(name, sent));
    return new StreamKinds(more);
  }

  /**
   * Fails where the rule does not hold of every kind. A stream that is not whole, or did not come
   * at all, is the business of {@link #eachMustBe} alone.
   */
  public void each(Consumer<Events> rule) {
    Given.that(() -> kinds.get(0).sent().get().events().mustBeWellFormed());
    judge(
        kind -> kind.isUnanswered() || kind.isNoStream(),
        events -> {
          if (events.isWellFormed()) {
            rule.accept(events);
          }
        });
  }

  /** Fails where the rule does not hold of every kind, whole or not. */
  public void eachMustBe(Consumer<Events> rule) {
    judge(Kind::isNoStream, rule);
  }

  private void judge(Predicate<Kind> passedOver, Consumer<Events> rule) {
    List<Kind> failed = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    int judged = 0;
    for (Kind kind : kinds) {
      try {
        if (!passedOver.test(kind)) {
          judged++;
          rule.accept(kind.sent().get().events());
        }
      } catch (Failure e) {
        failed.add(kind);
        failures.add(e);
      } catch (Inapplicable | CouldNotRun e) {
        mustNotBePlain(kind, e);
        judged--;
      }
    }
    if (!failures.isEmpty()) {
      throw told(failed, failures.get(0), failed.size() == judged);
    }
  }

  /** Where nothing can be said of the plain stream, nothing can be said of streams. */
  private static void mustNotBePlain(Kind kind, RuntimeException why) {
    if (kind.name().equals(PLAIN)) {
      throw why;
    }
  }

  private static Failure told(List<Kind> failed, Failure first, boolean all) {
    // Looked at last, so that it is the one to be shown.
    Answered unused = failed.get(0).sent().get();
    if (all) {
      return first;
    }
    String own = failed.get(0).name();
    String others = String.join(", ", failed.stream().skip(1).map(Kind::name).toList());
    return first.told(
        (own.equals(PLAIN) ? "" : "a stream " + own + ": ")
            + first.getMessage()
            + (others.isEmpty() ? "" : " (and streams " + others + ")"));
  }
}
