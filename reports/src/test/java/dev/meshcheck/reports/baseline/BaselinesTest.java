package dev.meshcheck.reports.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.history.HistoryFile;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselinesTest {

  private static final String MINE = "on-demand 127.0.0.1:27120";
  private static final String OTHER = "on-demand 127.0.0.1:27110";

  private final Target target = Samples.target("on-demand");
  private final RunReport good = Samples.run(false, List.of(Samples.passed("a.one", target)));
  private final RunReport bad =
      Samples.run(false, List.of(Samples.failed("a.one", target, Reason.TIMEOUT)));
  private final Path reports;
  private final Baselines baselines;

  BaselinesTest(@TempDir Path reports) {
    this.reports = reports;
    this.baselines = new Baselines(reports, Readers.OWNER);
  }

  private Optional<String> find(String word, String... keys) {
    return baselines.find(word, Set.of(keys)).map(run -> run.run().id());
  }

  /** A run of that id, of the environment at that address. */
  private RunReport put(RunReport run, String id, String key) throws IOException {
    String text =
        ReportJson.write(run)
            .replace("\"" + run.run().id() + "\"", "\"" + id + "\"")
            .replace(
                "\"environment\" : \"" + target.address() + "\"",
                "\"environment\" : \"" + key.substring(key.indexOf(' ') + 1) + "\"");
    Path directory = Files.createDirectories(reports.resolve("runs").resolve(id));
    Files.writeString(directory.resolve("report.json"), text);
    RunReport renamed = ReportJson.read(text);
    assertEquals(key, renamed.targets().get(0).key());
    new HistoryFile(reports).append(renamed);
    return renamed;
  }

  @Test
  void portForwardsDoNotShareTheirPast() throws IOException {
    put(good, "20261101T000000Z-0001", MINE);
    put(bad, "20261102T000000Z-0002", OTHER);

    assertEquals(Optional.of("20261101T000000Z-0001"), find("latest", MINE));
    assertEquals(Optional.of("20261102T000000Z-0002"), find("latest", OTHER));
    assertEquals(Optional.empty(), find("latest", "on-demand somewhere.example"));
  }

  @Test
  void aRunOfAnotherEnvironmentUnderOneOfTheNamesIsNone() throws IOException {
    put(good, "20261101T000000Z-0001", MINE);

    String plane = "control-plane api.example";
    assertEquals(Optional.of("20261101T000000Z-0001"), find("latest", MINE, plane));
    assertEquals(Optional.empty(), find("latest", OTHER, plane));
  }

  @Test
  void lastPassedOutlivesEveryFailingNight() throws IOException {
    put(good, "20261101T000000Z-0001", MINE);
    put(bad, "20261102T000000Z-0002", MINE);
    put(bad, "20261103T000000Z-0003", MINE);

    assertEquals(Optional.of("20261103T000000Z-0003"), find("latest", MINE));
    assertEquals(Optional.of("20261101T000000Z-0001"), find("last-passed", MINE));
    assertEquals(Optional.empty(), find("last-passed", OTHER));
  }

  @Test
  void whatIsAcceptedStaysUntilSomethingElseIs() throws IOException {
    RunReport first = put(bad, "20261101T000000Z-0001", MINE);
    RunReport second = put(bad, "20261102T000000Z-0002", MINE);
    RunReport elsewhere = put(good, "20261103T000000Z-0003", OTHER);
    assertEquals(Optional.empty(), find("accepted", MINE));

    baselines.accept(second);
    baselines.accept(elsewhere);
    assertEquals(Optional.of("20261102T000000Z-0002"), find("accepted", MINE));

    baselines.accept(first);
    assertEquals(Optional.of("20261101T000000Z-0001"), find("accepted", MINE), "an older one too");
    assertEquals(Optional.of("20261103T000000Z-0003"), find("accepted", OTHER));
  }

  @Test
  void whatIsSpoiltOrGoneIsPassedOver() throws IOException {
    put(good, "20261101T000000Z-0001", MINE);
    put(good, "20261102T000000Z-0002", MINE);
    put(good, "20261103T000000Z-0003", MINE);
    Files.writeString(reports.resolve("runs/20261102T000000Z-0002/report.json"), "{");
    Files.delete(reports.resolve("runs/20261103T000000Z-0003/report.json"));

    assertEquals(Optional.of("20261101T000000Z-0001"), find("latest", MINE));
  }
}
