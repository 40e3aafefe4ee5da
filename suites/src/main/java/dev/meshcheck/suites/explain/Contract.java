package dev.meshcheck.suites.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the documentation says behind a check, and which faults prove that it can fail. */
final class Contract {

  private Contract() {}

  /**
   * A documented sentence.
   *
   * @param text as the page words it
   * @param source its address
   */
  record Sentence(String text, String source) {}

  /** The sentences of docs/requirements.yaml that a check judges. */
  static List<Sentence> sentences(String check) {
    List<Sentence> sentences = new ArrayList<>();
    try (InputStream file = Contract.class.getResourceAsStream("requirements.yaml")) {
      for (JsonNode one : new YAMLMapper().readTree(file)) {
        for (JsonNode judge : one.path("checks")) {
          if (judge.asText().equals(check)) {
            sentences.add(new Sentence(one.path("sentence").asText(), one.path("source").asText()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("requirements.yaml cannot be read", e);
    }
    return List.copyOf(sentences);
  }

  /** The faults of the reference gateway on which a check fails or warns, as the proof has it. */
  static Set<String> faults(String check) {
    Set<String> faults = new LinkedHashSet<>();
    for (String matrix : List.of("kill-matrix.tsv", "kill-matrix-compatible.tsv")) {
      try (InputStream file = Contract.class.getResourceAsStream(matrix)) {
        new String(file.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split("\t", -1))
            .filter(cells -> cells.length > 3 && cells[2].equals(check))
            .filter(cells -> cells[3].equals("failed") || cells[3].equals("warned"))
            .forEach(cells -> faults.add(cells[0]));
      } catch (IOException e) {
        throw new UncheckedIOException(matrix + " cannot be read", e);
      }
    }
    return faults;
  }
}
