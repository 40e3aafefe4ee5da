package dev.meshcheck.suites.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the documentation says behind a check, and which faults prove that it can fail. */
public final class Contract {

  private Contract() {}

  /**
   * A documented sentence.
   *
   * @param text as the page words it
   * @param source its address
   */
  public record Sentence(String text, String source) {}

  /** Read once, and only where somebody asks. */
  private static final class Files {
    private static final Map<String, List<Sentence>> SENTENCES = readSentences();
    private static final Map<String, Set<String>> FAULTS = readFaults();
  }

  /** The sentences of docs/requirements.yaml that a check judges. */
  public static List<Sentence> sentences(String check) {
    return Files.SENTENCES.getOrDefault(check, List.of());
  }

  /** The faults of the reference gateway on which a check fails or warns, as the proof has it. */
  public static Set<String> faults(String check) {
    return Files.FAULTS.getOrDefault(check, Set.of());
  }

  private static Map<String, List<Sentence>> readSentences() {
    Map<String, List<Sentence>> sentences = new HashMap<>();
    try (InputStream file = Contract.class.getResourceAsStream("requirements.yaml")) {
      for (JsonNode one : new YAMLMapper().readTree(file)) {
        Sentence sentence =
            new Sentence(one.path("sentence").asText(), one.path("source").asText());
        one.path("checks")
            .forEach(
                judge ->
                    sentences
                        .computeIfAbsent(judge.asText(), check -> new ArrayList<>())
                        .add(sentence));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("requirements.yaml cannot be read", e);
    }
    return sentences;
  }

  private static Map<String, Set<String>> readFaults() {
    Map<String, Set<String>> faults = new HashMap<>();
    for (String matrix : List.of("kill-matrix.tsv", "kill-matrix-compatible.tsv")) {
      try (InputStream file = Contract.class.getResourceAsStream(matrix)) {
        new String(file.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split("\t", -1))
            .filter(cells -> cells.length > 3)
            .filter(cells -> cells[3].equals("failed") || cells[3].equals("warned"))
            .forEach(
                cells ->
                    faults.computeIfAbsent(cells[2], check -> new LinkedHashSet<>()).add(cells[0]));
      } catch (IOException e) {
        throw new UncheckedIOException(matrix + " cannot be read", e);
      }
    }
    return faults;
  }
}
