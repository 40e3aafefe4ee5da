package dev.meshcheck.suites.check;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks through many answers for what outsiders need not know. Most of them say the same, and what
 * is looked for stands within a line, so that a line in which there was nothing is read once.
 */
public final class FirstReading {

  /** Longer lines seldom come twice, and to remember them costs as much as the answers. */
  private static final int LONGEST = 500;

  private final BiFunction<CharSequence, Predicate<String>, Optional<Internals.Told>> look;
  private final Set<String> clean = new HashSet<>();

  private FirstReading(BiFunction<CharSequence, Predicate<String>, Optional<Internals.Told>> look) {
    this.look = look;
  }

  /** For addresses, pods and stack traces. */
  public static FirstReading ofTheInside() {
    return new FirstReading(Internals::in);
  }

  /** For paths of files. */
  public static FirstReading ofPaths() {
    return new FirstReading(Internals::pathIn);
  }

  /** What that text tells, where the client does not know it already. */
  Optional<Internals.Told> in(String text, Predicate<String> isKnown) {
    String unread =
        text.lines()
            .distinct()
            .filter(line -> !clean.contains(line))
            .collect(Collectors.joining("\n"));
    if (look.apply(unread, told -> false).isEmpty()) {
      unread.lines().filter(line -> line.length() <= LONGEST).forEach(clean::add);
      return Optional.empty();
    }
    return look.apply(unread, isKnown);
  }
}
