package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.Pack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which checks are printed, and how; what is not said leaves nothing out.
 *
 * @param format how
 * @param select globs of ids
 * @param route the route that a check is about
 * @param lowest the weakest level, on the surface where one is named
 * @param packs what a run with these packs would run
 * @param surface the surface that a check is about
 */
public record ListCommand(
    ListFormat format,
    List<String> select,
    Optional<RouteName> route,
    Optional<Level> lowest,
    Optional<Set<Pack>> packs,
    Optional<Surface> surface) {

  /** All checks. */
  public static ListCommand all(ListFormat format) {
    return new ListCommand(
        format, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * What is printed of the catalogue.
   *
   * @throws UsageException when a glob matches no check, or no check is all of what was asked for
   */
  List<Entry> of(List<Entry> catalogue) {
    List<Entry> some = narrowed(catalogue);
    if (some.isEmpty()) {
      throw new UsageException(
          "no check is all of what was asked for (%s); leave something out, or '%s list' prints all"
              .formatted(asked(), Program.name()));
    }
    return some;
  }

  private List<Entry> narrowed(List<Entry> catalogue) {
    return Selection.matching(select, catalogue).stream()
        .filter(entry -> route.stream().allMatch(r -> r == entry.info().route()))
        .filter(entry -> packs.stream().allMatch(p -> p.contains(entry.check().pack())))
        .filter(entry -> surface.stream().allMatch(entry::isAbout))
        .filter(entry -> lowest.stream().allMatch(l -> level(entry).compareTo(l) <= 0))
        .toList();
  }

  private String asked() {
    List<String> asked = new ArrayList<>();
    select.forEach(glob -> asked.add("--select '" + glob + "'"));
    route.ifPresent(r -> asked.add("--route " + r));
    lowest.ifPresent(l -> asked.add("--level " + l));
    packs.ifPresent(some -> some.forEach(p -> asked.add("pack " + p)));
    surface.ifPresent(s -> asked.add("--surface " + s.name()));
    return String.join(", ", asked);
  }

  private Level level(Entry entry) {
    return surface.map(entry::levelOn).orElse(entry.info().level());
  }
}
