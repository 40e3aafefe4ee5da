package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From some request on, nothing that comes from here is answered any more: guards against floods
 * and against guessed keys shut an address out for a while, and a server may die as well.
 *
 * @see <a href="https://github.com/jzdziarski/mod_evasive">mod_evasive</a>
 * @see <a href="https://github.com/fail2ban/fail2ban">fail2ban</a>
 */
final class ShutOutRules {

  static final Map<String, Rule> ALL = Map.of("shut-out", ShutOutRules::shutOut);

  /** As many by chance, from one dead server of two, are one in thirty-two. */
  private static final int LEAST = 5;

  /** Who waits for nothing asks less. */
  private static final int LEAST_IN_SILENCE = 3;

  /** How many requests a diagnosis sends together at most, which come in any order. */
  private static final int TOGETHER = 5;

  /** What is lost on one path alone may be a matter of that path. */
  private static final int PATHS = 2;

  private static final int TOLD = 3;

  private ShutOutRules() {}

  /** What would refute it: one of these requests that is answered again. */
  private static Finding shutOut(Evidence e) {
    List<Trial> out = since(e);
    if (out.isEmpty()) {
      return ServiceRules.answered(e, "what is refused or lost is answered again afterwards");
    }
    List<String> lines = new ArrayList<>();
    out.stream().map(Trial::toString).distinct().limit(TOLD).forEach(lines::add);
    out.stream()
        .flatMap(t -> before(e.trials(), t).stream())
        .map(t -> "before that " + t)
        .distinct()
        .limit(TOLD)
        .forEach(lines::add);
    if (e.any(t -> t.key() == Sent.UNKNOWN && t.is(401, 403) && !out.contains(t))) {
      lines.add("a made-up key was tried before that, as always: some count these");
    }
    return Finding.found(0.75, lines, out::contains);
  }

  /** What is not answered since some request, in one way; nothing where some of it is. */
  static List<Trial> since(Evidence e) {
    List<Trial> asked = e.where(t -> t.route().isPresent());
    if (asked.isEmpty() || !isOut(asked.get(asked.size() - 1))) {
      return List.of();
    }
    Trial last = asked.get(asked.size() - 1);
    List<Trial> alike = asked.stream().filter(t -> isOut(t) && isSame(t, last)).toList();
    // A diagnosis sends few at once; a run sends many, all the time.
    boolean diagnosed = e.network().isPresent();
    List<Trial> out = diagnosed ? neverAgain(asked, alike) : unbroken(asked, alike);
    int least = diagnosed && isSilence(last) ? LEAST_IN_SILENCE : LEAST;
    boolean enough = out.size() >= least && paths(out) >= PATHS;
    return enough && out.stream().anyMatch(t -> before(asked, t).isPresent()) ? out : List.of();
  }

  /** All of them, where each path that they are on is lost for good. */
  private static List<Trial> neverAgain(List<Trial> asked, List<Trial> out) {
    boolean again =
        out.stream()
            .anyMatch(
                t ->
                    asked.stream()
                        .skip(asked.indexOf(t) + TOGETHER)
                        .anyMatch(o -> o.good() && o.path().equals(t.path())));
    return again ? List.of() : out;
  }

  /** Those behind the last that is answered otherwise. */
  private static List<Trial> unbroken(List<Trial> asked, List<Trial> out) {
    int first = asked.size();
    while (first > 0 && out.contains(asked.get(first - 1))) {
      first--;
    }
    return asked.subList(first, asked.size());
  }

  private static long paths(List<Trial> trials) {
    return trials.stream().map(Trial::path).distinct().count();
  }

  /** The same request, as it was answered before. */
  private static Optional<Trial> before(List<Trial> asked, Trial out) {
    return asked.stream()
        .takeWhile(t -> !t.id().equals(out.id()))
        .filter(t -> t.good() && t.asksAs(out))
        .findFirst();
  }

  private static boolean isOut(Trial t) {
    return t.is(403) || t.noAnswer().isPresent();
  }

  private static boolean isSilence(Trial t) {
    return t.noAnswer().stream()
        .anyMatch(k -> k == NoAnswer.Kind.TIMEOUT || k == NoAnswer.Kind.CONNECT_TIMEOUT);
  }

  private static boolean isSame(Trial one, Trial other) {
    return one.status().isPresent() ? one.like(other) : one.noAnswer().equals(other.noAnswer());
  }
}
