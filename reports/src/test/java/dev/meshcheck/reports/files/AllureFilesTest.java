package dev.meshcheck.reports.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.disk.AtomicFiles;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureFilesTest {

  @TempDir Path directory;

  @Test
  void whatIsJudgedOtherwiseAtTheEndIsWrittenOnceMore() throws Exception {
    Target target = Samples.target("serverless");
    RunReport last =
        Samples.run(false, List.of(Samples.failed("a.one", target, Reason.WRONG_VALUE)));
    RunReport passed = Samples.run(false, List.of(Samples.passed("a.one", target)));
    String unfinished =
        ReportJson.write(passed).replaceFirst("\"complete\"( ?): true", "\"complete\"$1: false");
    RunReport first = ReportJson.read(unfinished);
    assertEquals(false, first.run().complete());

    AllureFiles files = new AllureFiles(directory, new AtomicFiles(Readers.OWNER));
    files.write(first);
    assertThat(result(), containsString("\"status\":\"passed\""));
    files.write(last);
    assertThat(result(), containsString("\"status\":\"failed\""));
  }

  private String result() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> results = files.filter(f -> f.toString().endsWith("-result.json")).toList();
      assertEquals(1, results.size());
      return Files.readString(results.get(0)).replaceAll("\\s*:\\s*", ":");
    }
  }
}
