package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.capability.Capabilities;
import dev.meshcheck.reports.capability.CapabilityRule;
import dev.meshcheck.reports.model.CapabilityReport.Kind;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table of capabilities to the catalogue. */
class CapabilityIdsTest {

  private static final Map<String, Entry> CATALOGUE =
      Suites.catalogue().stream()
          .collect(Collectors.toMap(e -> e.info().id(), Function.identity()));

  @Test
  void everyCheckExistsAndIsNamedOnceInALine() {
    for (CapabilityRule rule : Capabilities.all()) {
      assertEquals(
          List.of(),
          rule.checks().stream().filter(id -> !CATALOGUE.containsKey(id)).toList(),
          rule.capability());
      int named = rule.asks().size() + rule.shows().size() + rule.breaks().size();
      assertEquals(named, rule.checks().size(), rule.capability());
    }
  }

  @Test
  void everyRouteHasALine() {
    Set<String> routes =
        Arrays.stream(RouteName.values()).map(RouteName::toString).collect(Collectors.toSet());
    assertEquals(
        new TreeSet<>(routes),
        Capabilities.all().stream()
            .filter(rule -> rule.kind().equals(Optional.of(Kind.ROUTE)))
            .map(CapabilityRule::capability)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void routesRestOnThePlainRequest() {
    Capabilities.all().stream()
        .filter(rule -> rule.kind().equals(Optional.of(Kind.ROUTE)))
        .forEach(
            rule ->
                rule.checks()
                    .forEach(id -> assertTrue(CATALOGUE.get(id).check().first(), () -> id)));
  }

  /** An INFO check never fails, so it cannot say that something is broken. */
  @Test
  void whatBreaksIsJudged() {
    Set<String> silent = new HashSet<>();
    Capabilities.all().stream()
        .flatMap(rule -> rule.breaks().stream())
        .filter(id -> CATALOGUE.get(id).info().level() == Level.INFO)
        .forEach(silent::add);
    assertEquals(Set.of(), silent);
  }
}
