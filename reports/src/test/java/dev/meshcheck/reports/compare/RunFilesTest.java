package dev.meshcheck.reports.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunReport whole = Samples.run(false, Samples.oneOfEach());
  private final Path directory;

  RunFilesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private void refuses(String text, String said) throws IOException {
    Path file = Files.writeString(directory.resolve("report.json"), text);
    UsageException refused =
        assertThrows(
            UsageException.class,
            () -> RunFiles.read("report.json", directory, Optional.empty()),
            text);
    assertTrue(refused.getMessage().startsWith(file + " " + said), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  private void refuses(Consumer<ObjectNode> spoil, String said) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(ReportJson.write(whole));
    spoil.accept(tree);
    refuses(JSON.writeValueAsString(tree), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{}", "\"text\"", "{\"run\": {}, \"results\": []}"})
  void whatIsNoReportIsRefused(String text) throws IOException {
    refuses(text, "is no ");
  }

  @Test
  void halfAReportIsRefusedWithItsPlace() throws IOException {
    String text = ReportJson.write(whole);
    refuses(text.substring(0, text.length() / 2), "is no whole report.json of Meshcheck: line ");
  }

  @Test
  void aReportWithoutWhatEveryReportHasIsRefused() throws IOException {
    String said = "is no whole report.json of Meshcheck";
    refuses(tree -> tree.remove("exchanges"), said);
    refuses(tree -> ((ObjectNode) tree.path("run")).remove("startedAt"), said);
    refuses(tree -> ((ArrayNode) tree.path("results")).addNull(), said);
    refuses(tree -> ((ObjectNode) tree.path("results").get(0)).putNull("target"), said);
    refuses(tree -> ((ObjectNode) tree.path("results").get(0)).put("outcome", "exploded"), said);
    refuses(tree -> tree.remove("schemaVersion"), "is no report.json of Meshcheck");
  }

  @Test
  void aLaterFormatIsRefusedAsSuch() throws IOException {
    refuses(
        tree -> tree.put("schemaVersion", 2),
        "cannot be read: it has format 2, of a later Meshcheck");
  }

  @Test
  void twoReportsInOneFileAreNone() throws IOException {
    String text = ReportJson.write(whole);
    refuses(text + text, "is no whole report.json of Meshcheck");
  }

  @Test
  void aLatestThatSaysNoPathLeadsNowhere() throws IOException {
    Files.writeString(directory.resolve("latest"), "runs/\0");
    assertThrows(
        UsageException.class, () -> RunFiles.read("latest", directory, Optional.of(directory)));
  }

  @Test
  void unknownFieldsAreLeftAlone() throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(ReportJson.write(whole));
    tree.put("mood", "good");
    Files.writeString(directory.resolve("report.json"), JSON.writeValueAsString(tree));

    assertEquals(whole, RunFiles.read("report.json", directory, Optional.empty()));
  }
}
