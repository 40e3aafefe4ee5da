package dev.meshcheck.suites.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.RunContext.Planned;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.proof.KillMatrix.Cell;
import dev.meshcheck.suites.run.Runner;
import dev.meshcheck.suites.run.Suites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is weaker where Tensormesh promises nothing, and what is judged there alone, on the faults
 * that the same checks fail on elsewhere. Expected is {@code kill-matrix-compatible.tsv}, which
 * {@code -Dmeshcheck.update-docs=true} writes.
 */
@Tag("long")
class CompatibleMatrixTest {

  static final Path EXPECTED =
      Path.of("src/test/resources/dev/meshcheck/suites/proof/kill-matrix-compatible.tsv");

  private static final Path STRICT =
      Path.of("src/test/resources/dev/meshcheck/suites/proof/kill-matrix.tsv");

  private static final Surface COMPATIBLE = Surfaces.named("openai-compatible").orElseThrow();

  /** The checks that are not the same on this surface as elsewhere. */
  private static final List<Entry> CHECKS =
      Suites.catalogue().stream()
          .filter(entry -> entry.isAbout(COMPATIBLE))
          .filter(
              entry ->
                  entry.levelOn(COMPATIBLE) != entry.info().level()
                      || entry.check().when() == Trait.KEY_CONFIGURED
                      || entry.check().when() == Trait.GUARDED)
          .toList();

  private static final Set<String> IDS =
      CHECKS.stream().map(entry -> entry.info().id()).collect(Collectors.toSet());

  private static List<Fault> faults() throws Exception {
    Set<String> telling =
        Files.readAllLines(STRICT).stream()
            .map(Cell::parse)
            .filter(cell -> IDS.contains(cell.check()))
            .map(Cell::fault)
            .collect(Collectors.toSet());
    return Faults.breaking().stream()
        .filter(fault -> telling.contains(fault.name()))
        .filter(fault -> fault.shows(GatewaySurface.SERVERLESS) && !fault.remembers())
        .toList();
  }

  private static List<Verdict> judge(ReferenceGateway gateway, Optional<String> key) {
    Target target =
        new Target(
            "compatible",
            COMPATIBLE,
            gateway.url(),
            key,
            Optional.empty(),
            Optional.of(gateway.model()));
    Queue<Verdict> verdicts = new ConcurrentLinkedQueue<>();
    try (Exchanger exchanger = Workshop.exchanger()) {
      Runner.run(
          CHECKS,
          List.of(target),
          CHECKS.stream().map(entry -> new Planned(entry.info().id(), target)).toList(),
          exchanger,
          1,
          verdicts::add,
          line -> {
            throw new IllegalStateException(line);
          });
    }
    return List.copyOf(verdicts);
  }

  private static ReferenceGateway gateway() {
    return Workshop.gateway(GatewaySurface.SERVERLESS);
  }

  @Test
  void nobodyFailsWhatIsPromisedByTensormeshAlone() throws Exception {
    List<Fault> faults = faults();
    Map<String, NavigableSet<Cell>> found =
        KillMatrix.of(
            faults,
            CompatibleMatrixTest::gateway,
            (gateway, fault) -> {
              gateway.misbehave(List.of(fault));
              return KillMatrix.bad(
                  fault, judge(gateway, Optional.of(gateway.credentials().inferenceKey())));
            });
    String lines =
        faults.stream()
            .flatMap(fault -> found.get(fault.name()).stream())
            .map(cell -> cell.line() + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("meshcheck.update-docs")) {
      Files.writeString(EXPECTED, lines);
    }
    assertEquals(Files.readString(EXPECTED), lines);
  }

  @Test
  void aHostWithoutFaultsPasses() {
    try (ReferenceGateway gateway = gateway()) {
      Optional<String> key = Optional.of(gateway.credentials().inferenceKey());
      assertEquals(List.of(), bad(judge(gateway, key).stream()));
    }
  }

  @Test
  void whereNoKeyIsSetNothingIsSaidAboutKeys() {
    Fault open = Faults.named("auth-chat-open").orElseThrow();
    try (ReferenceGateway gateway = gateway()) {
      gateway.misbehave(List.of(open));
      assertEquals(
          List.of(),
          bad(
              judge(gateway, Optional.empty()).stream()
                  .filter(verdict -> verdict.check().group().equals("auth"))
                  .filter(verdict -> verdict.check().level() != Level.INFO)
                  .filter(verdict -> verdict.outcome() != Outcome.COULD_NOT_RUN)));
    }
  }

  private static List<String> bad(Stream<Verdict> verdicts) {
    return verdicts
        .filter(v -> v.outcome() == Outcome.FAILED || v.outcome() == Outcome.WARNED)
        .map(verdict -> verdict.check().id() + ": " + verdict.message())
        .toList();
  }
}
