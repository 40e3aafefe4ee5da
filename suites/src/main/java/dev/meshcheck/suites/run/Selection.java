package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.known.Glob;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.Pack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which checks of the catalogue a run is about.
 *
 * @param entries the checks, in order
 * @param lowest the weakest level that is asked for
 * @param words the selection as people say it
 */
public record Selection(List<Entry> entries, Level lowest, String words) {

  /**
   * The checks that the settings ask for.
   *
   * @throws UsageException when a pattern matches no check: a typing error must not shrink a run
   */
  public static Selection of(Settings settings, List<Entry> catalogue) {
    List<String> ids = catalogue.stream().map(entry -> entry.info().id()).toList();
    List<Glob> wanted = patterns(settings.select(), "--select", ids);
    List<Glob> unwanted = patterns(settings.skip(), "--skip", ids);
    Set<Pack> packs = Pack.named(settings.packs());
    Level lowest = Level.valueOf(settings.level().toUpperCase(Locale.ROOT));
    List<Entry> entries =
        catalogue.stream()
            .filter(entry -> entry.info().level().compareTo(lowest) <= 0)
            .filter(
                entry ->
                    wanted.isEmpty()
                        ? packs.contains(entry.check().pack())
                        : anyMatches(wanted, entry))
            .filter(entry -> !anyMatches(unwanted, entry))
            .toList();
    return new Selection(entries, lowest, words(settings));
  }

  /**
   * The checks whose id matches one of the globs; all where there is none.
   *
   * @throws UsageException when a glob matches no check
   */
  static List<Entry> matching(List<String> globs, List<Entry> catalogue) {
    List<String> ids = catalogue.stream().map(entry -> entry.info().id()).toList();
    List<Glob> wanted = patterns(globs, "--select", ids);
    return catalogue.stream()
        .filter(entry -> wanted.isEmpty() || anyMatches(wanted, entry))
        .toList();
  }

  /** Whether a check of this selection is about that surface, and as strong there as asked for. */
  boolean isAbout(Entry entry, Surface surface) {
    return entry.isAbout(surface) && entry.levelOn(surface).compareTo(lowest) <= 0;
  }

  private static String words(Settings settings) {
    List<String> words = new ArrayList<>();
    words.add(
        settings.select().isEmpty()
            ? "pack " + String.join(", ", settings.packs())
            : String.join(", ", settings.select()));
    if (!settings.skip().isEmpty()) {
      words.add("without " + String.join(", ", settings.skip()));
    }
    if (!settings.level().equals("info")) {
      words.add("level " + settings.level() + " and above");
    }
    return String.join(" ", words);
  }

  private static boolean anyMatches(List<Glob> patterns, Entry entry) {
    return patterns.stream().anyMatch(p -> p.matches(entry.info().id()));
  }

  private static List<Glob> patterns(List<String> globs, String option, List<String> ids) {
    return globs.stream().map(glob -> pattern(glob, option, ids)).toList();
  }

  private static Glob pattern(String glob, String option, List<String> ids) {
    Glob pattern = new Glob(glob);
    if (ids.stream().noneMatch(pattern::matches)) {
      throw new UsageException(
          option
              + " '"
              + glob
              + "' matches no check; "
              + DidYouMean.hint(glob, ids)
              + "'"
              + Program.name()
              + " list' prints them");
    }
    return pattern;
  }
}
