package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps docs/requirements.yaml complete both ways. */
class RequirementsTest {

  private static final String TENSORMESH = "docs.tensormesh.ai";

  /** Where Tensormesh says something about its hosts. */
  private static final Set<String> ITS_WORDS = Set.of(TENSORMESH, "docs.litellm.ai");

  /**
   * One sentence of the documentation.
   *
   * @param checks what judges it
   * @param excluded why nothing does
   */
  record Requirement(
      String id,
      String sentence,
      URI source,
      Optional<List<String>> checks,
      Optional<String> excluded) {}

  private static List<Requirement> all;

  @BeforeAll
  static void read() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    yaml.findAndRegisterModules();
    all = yaml.readValue(page().toFile(), new TypeReference<>() {});
  }

  private static Path page() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow()
        .resolve("docs/requirements.yaml");
  }

  private static void mustHoldOfAll(Predicate<Requirement> rule) {
    assertEquals(List.of(), all.stream().filter(rule.negate()).map(Requirement::id).toList());
  }

  private static Set<String> named() {
    return all.stream()
        .flatMap(requirement -> requirement.checks().stream())
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  @Test
  void theTableIsNotEmpty() {
    assertTrue(all.size() > 70, () -> all.size() + " requirements");
  }

  @Test
  void everyCheckThatIsNamedExists() {
    Set<String> unknown = new HashSet<>(named());
    Suites.catalogue().forEach(entry -> unknown.remove(entry.info().id()));
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyCheckOnTensormeshsWordsIsNamed() {
    Set<String> named = named();
    assertEquals(
        List.of(),
        Suites.catalogue().stream()
            .filter(entry -> ITS_WORDS.contains(entry.info().source().getHost()))
            .map(entry -> entry.info().id())
            .filter(id -> !named.contains(id))
            .toList());
  }

  @Test
  void everySentenceIsJudgedOrExcludedWithAReason() {
    mustHoldOfAll(
        requirement ->
            requirement.checks().filter(checks -> !checks.isEmpty()).isPresent()
                != requirement.excluded().filter(reason -> reason.length() > 20).isPresent());
  }

  @Test
  void sentencesAreTensormeshs() {
    mustHoldOfAll(
        requirement ->
            requirement.source().getScheme().equals("https")
                && ITS_WORDS.contains(requirement.source().getHost()));
  }

  @Test
  void nothingIsSaidTwice() {
    Set<String> ids = new HashSet<>();
    mustHoldOfAll(requirement -> ids.add(requirement.id()));
    Set<String> sentences = new HashSet<>();
    mustHoldOfAll(requirement -> sentences.add(requirement.sentence()));
    mustHoldOfAll(
        requirement ->
            requirement.checks().stream()
                .allMatch(checks -> new HashSet<>(checks).size() == checks.size()));
  }
}
