package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.Pack;
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
   * @throws dev.meshcheck.fixtures.settings.UsageException when a glob matches no check
   */
  List<Entry> of(List<Entry> catalogue) {
    return Selection.matching(select, catalogue).stream()
        .filter(entry -> route.stream().allMatch(r -> r == entry.info().route()))
        .filter(entry -> packs.stream().allMatch(p -> p.contains(entry.check().pack())))
        .filter(entry -> surface.stream().allMatch(entry::isAbout))
        .filter(entry -> lowest.stream().allMatch(l -> level(entry).compareTo(l) <= 0))
        .toList();
  }

  private Level level(Entry entry) {
    return surface.map(entry::levelOn).orElse(entry.info().level());
  }
}
