package dev.meshcheck.suites.diagnose;

import dev.meshcheck.reports.cause.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What alone was told to come later is asked for once more: a moment is no limit. */
final class OnceMore {

  private static final Duration USUAL = Duration.ofSeconds(1);

  private OnceMore() {}

  /** Waits as long as it was told to, and asks again. */
  static void ask(List<Case> cases, Budget budget) {
    for (Case one : cases) {
      Optional<Trial> told = one.canBeAsked() ? one.evidence().toldLaterOnce() : Optional.empty();
      told.filter(t -> !one.evidence().isOverSince(t))
          .flatMap(t -> Trials.again(one, t))
          .ifPresent(
              ask -> {
                Optional<Duration> wanted = told.flatMap(Trial::retryAfter);
                Repeats.pause(wanted.filter(d -> d.compareTo(USUAL) > 0).orElse(USUAL));
                one.add(budget.send(List.of(ask.again(80))));
              });
    }
  }
}
