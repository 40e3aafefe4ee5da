package dev.meshcheck.reports.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A server that broke over one request of a diagnosis, and answers nothing since.
 *
 * @param over that request, with the engine's last words
 * @param since what was asked after it, and is not answered any more
 */
record Death(Trial over, List<Trial> since) {

  /** Requests that may be on their way when it breaks, and are answered yet. */
  private static final int TOGETHER = 10;

  private static final int TOLD = 3;

  /** One more may fail by chance. */
  private static final int LEAST = 2;

  /** What would refute it: one good answer to a request that was sent later. */
  static Optional<Death> of(Evidence e) {
    // A gateway in front goes on refusing whoever shows another key.
    List<Trial> asked = e.where(t -> t.route().isPresent() && !t.is(401, 403));
    Optional<Trial> over = asked.stream().filter(Death::isLastWord).findFirst();
    if (e.network().isEmpty() || over.isEmpty()) {
      return Optional.empty();
    }
    int at = asked.indexOf(over.get());
    int good = at;
    for (int i = at; i < asked.size(); i++) {
      good = asked.get(i).good() ? i : good;
    }
    List<Trial> since = asked.subList(good + 1, asked.size());
    boolean gone = since.size() >= LEAST && since.stream().allMatch(Death::isLost);
    return gone && good - at <= TOGETHER
        ? Optional.of(new Death(over.get(), since))
        : Optional.empty();
  }

  private static boolean isLastWord(Trial t) {
    return t.is(500) && Complaint.ENGINE.isOf(t);
  }

  private static boolean isLost(Trial t) {
    return t.is(500, 502, 503, 504) || t.noAnswer().isPresent();
  }

  /** That in words, in place of what it looks like. */
  Finding found() {
    List<String> lines = new ArrayList<>(List.of(over.toString()));
    since.stream().map(t -> "since then " + t).distinct().limit(TOLD).forEach(lines::add);
    return new Finding.Found(
        0.9,
        lines,
        t -> t.equals(over) || isLost(t),
        Set.of("answers-differ", "shut-out", "upstream-down", "connection-closed"));
  }
}
