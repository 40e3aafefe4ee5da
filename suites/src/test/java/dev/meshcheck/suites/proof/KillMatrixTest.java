package dev.meshcheck.suites.proof;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.proof.KillMatrix.Cell;
import dev.meshcheck.suites.proof.Workshop.Sending;
import dev.meshcheck.suites.run.Suites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The proof that every check can fail, for the right reason, and only then. What is expected stands
 * in {@code kill-matrix.tsv}; {@code -Dmeshcheck.update-docs=true} writes what was found there, and
 * whoever does that reads the difference line by line.
 */
@Tag("long")
class KillMatrixTest {

  private static final Path EXPECTED =
      Path.of("src/test/resources/dev/meshcheck/suites/proof/kill-matrix.tsv");
  private static final Path PAGE = Path.of("../docs/kill-matrix.md");
  private static final boolean UPDATE = Boolean.getBoolean("meshcheck.update-docs");

  /** {@code -Dmeshcheck.resend=all} sends everything again for every fault, which takes longer. */
  private static final Sending SENDING =
      "all".equals(System.getProperty("meshcheck.resend")) ? Sending.ALL : Sending.CHANGED_ANSWERS;

  private static final List<Entry> CATALOGUE = Suites.catalogue();

  /** {@code -Dmeshcheck.faults=REGEX} tries some only; what is expected of the others stays. */
  private static final List<Fault> EVERYTHING =
      Faults.all().stream()
          .filter(f -> f.name().matches(System.getProperty("meshcheck.faults", ".*")))
          .toList();

  /** Whom these hit depends on the order of arrival, so only that they are seen is certain. */
  private static final Set<String> BY_CHANCE =
      Set.of(
          "cross-talk-on-chat",
          "cross-talk-on-completions",
          "cross-talk-on-responses",
          "cross-talk-on-tokenize",
          "crowd-gets-nothing",
          "crowd-gets-no-completion",
          "crowd-gets-garbage",
          "crowd-loses-chunks",
          "history-leaks",
          "chat-usage-moves",
          "completions-usage-moves",
          "responses-usage-moves",
          "temperature-0-samples",
          "error-poisons-next",
          "models-list-flickers",
          "tokenize-moves");

  private static Map<String, NavigableSet<Cell>> faults = Map.of();
  private static Map<String, NavigableSet<Cell>> variations = Map.of();

  @BeforeAll
  static void tryThemAll() throws Exception {
    Map<String, NavigableSet<Cell>> found = KillMatrix.of(CATALOGUE, EVERYTHING, SENDING);
    if (!UPDATE) {
      tryTheUnexpectedAgainAlone(found);
    }
    faults = only(found, Fault.Kind.FAULT);
    variations = only(found, Fault.Kind.VARIATION);
    if (UPDATE) {
      Files.createDirectories(EXPECTED.getParent());
      Map<String, List<String>> all = Files.exists(EXPECTED) ? expected() : new TreeMap<>();
      faults.forEach((name, cells) -> all.put(name, cells.stream().map(Cell::line).toList()));
      all.keySet().retainAll(Faults.breaking().stream().map(Fault::name).toList());
      BY_CHANCE.forEach(all::remove);
      List<String> lines = all.values().stream().flatMap(List::stream).toList();
      Files.writeString(EXPECTED, String.join("\n", lines) + "\n");
      Files.writeString(PAGE, page());
    }
  }

  private static String page() throws IOException {
    Map<String, NavigableSet<Cell>> cells = new TreeMap<>();
    Map<String, List<String>> expected = expected();
    for (Fault fault : Faults.breaking()) {
      List<String> lines = expected.getOrDefault(fault.name(), List.of());
      cells.put(
          fault.name(),
          lines.stream().map(Cell::parse).collect(Collectors.toCollection(TreeSet::new)));
    }
    return KillMatrixPage.of(CATALOGUE, Faults.breaking(), cells);
  }

  /**
   * Six hundred gateways' worth of work on two cores starves somebody now and then. What is not as
   * expected is tried once more, alone; what is wrong stays wrong.
   */
  private static void tryTheUnexpectedAgainAlone(Map<String, NavigableSet<Cell>> found)
      throws Exception {
    Map<String, List<String>> expected = expected();
    List<Fault> unexpected =
        EVERYTHING.stream()
            .filter(fault -> !BY_CHANCE.contains(fault.name()))
            .filter(
                fault ->
                    !found.get(fault.name()).stream()
                        .map(Cell::line)
                        .toList()
                        .equals(expected.getOrDefault(fault.name(), List.of())))
            .toList();
    for (Fault fault : unexpected) {
      found.putAll(KillMatrix.of(CATALOGUE, List.of(fault), SENDING));
    }
  }

  private static Map<String, NavigableSet<Cell>> only(
      Map<String, NavigableSet<Cell>> found, Fault.Kind kind) {
    Map<String, NavigableSet<Cell>> some = new TreeMap<>();
    EVERYTHING.stream()
        .filter(fault -> fault.kind() == kind)
        .forEach(fault -> some.put(fault.name(), found.get(fault.name())));
    return some;
  }

  private static Map<String, List<String>> expected() throws IOException {
    return Files.readAllLines(EXPECTED).stream()
        .collect(
            Collectors.groupingBy(
                line -> Cell.parse(line).fault(), TreeMap::new, Collectors.toList()));
  }

  @Test
  void everyFaultIsSeenByExactlyTheExpectedChecks() throws IOException {
    Map<String, List<String>> expected = expected();
    assertAll(
        faults.entrySet().stream()
            .filter(fault -> !BY_CHANCE.contains(fault.getKey()))
            .map(
                fault ->
                    () ->
                        assertEquals(
                            String.join("\n", expected.getOrDefault(fault.getKey(), List.of())),
                            fault.getValue().stream()
                                .map(Cell::line)
                                .collect(Collectors.joining("\n")))));
  }

  @Test
  void noFaultGoesUnseen() {
    List<String> unseen =
        faults.entrySet().stream()
            .filter(fault -> fault.getValue().stream().noneMatch(Cell::kills))
            .map(Map.Entry::getKey)
            .toList();
    assertEquals(List.of(), unseen);
  }

  @Test
  void noCheckIsUnproven() throws IOException {
    assumeTrue(EVERYTHING.size() == Faults.all().size(), "some faults only were tried");
    Set<String> killed =
        Stream.of(
                expected().values().stream().flatMap(List::stream).map(Cell::parse),
                Files.readAllLines(CompatibleMatrixTest.EXPECTED).stream().map(Cell::parse),
                faults.values().stream().flatMap(Set::stream))
            .flatMap(cells -> cells)
            .filter(Cell::kills)
            .map(Cell::check)
            .collect(Collectors.toCollection(TreeSet::new));
    // An INFO check judges nothing, so there is nothing that it could miss.
    List<String> unproven =
        CATALOGUE.stream()
            .filter(entry -> entry.info().level() != Level.INFO)
            .map(entry -> entry.info().id())
            .filter(id -> !killed.contains(id))
            .toList();
    assertEquals(List.of(), unproven);
  }

  @Test
  void everyCheckPassesOnEveryLegalVariation() {
    assertEquals(List.of(), lines(variations));
  }

  @Test
  void thePageIsCurrent() throws IOException {
    assertEquals(
        page(),
        Files.readString(PAGE),
        "docs/kill-matrix.md is stale; -Dmeshcheck.update-docs=true writes it anew");
  }

  private static List<String> lines(Map<String, NavigableSet<Cell>> matrix) {
    List<String> lines = new ArrayList<>();
    matrix.values().forEach(cells -> cells.forEach(cell -> lines.add(cell.line())));
    return lines;
  }
}
