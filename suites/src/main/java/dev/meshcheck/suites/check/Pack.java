package dev.meshcheck.suites.check;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How much a run is worth: each of the first three holds the ones before it. */
public enum Pack {
  /** At most 20 exchanges for each target, for nightly runs over many environments. */
  SMOKE,
  /** What every run does unless it is told otherwise. */
  STANDARD,
  /**
   * Everything that costs more time or tokens, and the bad bodies that chat gets, on every route;
   * how often a model obeys is told, too.
   */
  FULL,
  /** What provokes the host to say that it is too much, with a bounded burst. */
  LIMITS,
  /** What samples how good the answers are. */
  QUALITY,
  /** What measures how fast the host is: 42 streams, of some 10,000 tokens together. */
  PERFORMANCE;

  /** The packs that these names stand for: what is on top comes on top of standard. */
  public static Set<Pack> named(Collection<String> names) {
    Set<Pack> packs = EnumSet.noneOf(Pack.class);
    boolean size = false;
    for (String name : names) {
      Pack pack = valueOf(name.toUpperCase(Locale.ROOT));
      packs.add(pack);
      if (pack.compareTo(FULL) <= 0) {
        size = true;
        Arrays.stream(values()).filter(smaller -> smaller.compareTo(pack) < 0).forEach(packs::add);
      }
    }
    if (!size) {
      packs.addAll(EnumSet.of(SMOKE, STANDARD));
    }
    return packs;
  }

  /** The lower-case name, as in {@code --pack}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
