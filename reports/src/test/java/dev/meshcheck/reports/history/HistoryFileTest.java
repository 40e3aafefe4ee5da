package dev.meshcheck.reports.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.html.HtmlReport;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  @TempDir Path reports;

  private final Target target = Samples.target("serverless");
  private final ResultName name = new ResultName("a.one", "serverless");

  @Test
  void theLastThirtyOutcomesAreKnownOldestFirst() throws IOException {
    RunReport good = Samples.run(false, List.of(Samples.passed("a.one", target)));
    RunReport bad = Samples.run(false, List.of(Samples.failed("a.one", target, Reason.TIMEOUT)));
    HistoryFile file = new HistoryFile(reports);
    for (int i = 0; i < 40; i++) {
      file.append(i == 39 ? bad : good);
      // The sample runs share one id, and a run is not its own past.
      Path lines = reports.resolve("history.jsonl");
      Files.writeString(lines, Files.readString(lines).replace("-3f2a", "-" + i));
    }
    Files.writeString(
        reports.resolve("history.jsonl"), "{\"torn serverless ", StandardOpenOption.APPEND);

    History history = file.upTo(good);

    List<Outcome> outcomes = history.of(name);
    assertEquals(History.RUNS, outcomes.size());
    assertEquals(List.of(Outcome.FAILED, Outcome.PASSED), outcomes.subList(28, 30));
    assertTrue(HtmlReport.render(good, history).contains("failed in 1 of the last 30 runs"));
  }

  @Test
  void linesThatNoRunWroteStandInNobodysWay() throws IOException {
    RunReport run = Samples.run(false, List.of(Samples.passed("a.one", target)));
    HistoryFile file = new HistoryFile(reports);
    Path lines = reports.resolve("history.jsonl");
    file.append(run);
    String earlier = Files.readString(lines).replace("-3f2a", "-1");
    try (OutputStream out = Files.newOutputStream(lines)) {
      out.write("{\"serverless \": \"\u00ff\"}\n".getBytes(StandardCharsets.ISO_8859_1));
      byte[] zeros = new byte[1 << 20];
      for (int mebibyte = 0; mebibyte < 9; mebibyte++) {
        out.write(zeros);
      }
      out.write(("\n\n" + earlier).getBytes(StandardCharsets.UTF_8));
    }

    assertEquals(List.of(Outcome.PASSED, Outcome.PASSED), file.upTo(run).of(name));
    assertEquals(1, file.runs().size());
  }

  @Test
  void withoutAFileThereIsOnlyThisRun() {
    RunReport run = Samples.run(false, List.of(Samples.passed("a.one", target)));

    assertEquals(List.of(Outcome.PASSED), new HistoryFile(reports).upTo(run).of(name));
  }

  @Test
  void aLineStaysWholeBesideATornOneAndBesideOthers() throws Exception {
    RunReport run = Samples.run(false, List.of(Samples.passed("a.one", target)));
    Path lines = reports.resolve("history.jsonl");
    Files.writeString(lines, "{\"run\":\"torn");

    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread writer = new Thread(() -> append(run));
      writer.start();
      writers.add(writer);
    }
    for (Thread writer : writers) {
      writer.join();
    }

    List<String> told = Files.readAllLines(lines);
    assertEquals("{\"run\":\"torn", told.get(0));
    assertEquals(9, told.size());
    assertEquals(1, Set.copyOf(told.subList(1, 9)).size());
    assertEquals(8, new HistoryFile(reports).runs().size());
  }

  private void append(RunReport run) {
    try {
      new HistoryFile(reports).append(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
