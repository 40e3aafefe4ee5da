package dev.meshcheck.suites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.cli.Main;
import dev.meshcheck.suites.run.Meshcheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps what the pages say in step with what there is. */
class ProjectTest {

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
  private static final Pattern OURS = Pattern.compile("\\./run\\.sh[^`\n]*|`--[a-z-]+");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(--[a-z-]+)");

  private static final String README = "README.md";
  private static final Path DECISIONS = Path.of("docs", "decisions");

  static Stream<Path> pages() throws IOException {
    Path root = ProjectFiles.root();
    try (Stream<Path> top = Files.list(root);
        Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .map(root::relativize)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Path page) throws Exception {
    Path folder = ProjectFiles.root().resolve(page).getParent();
    List<String> dead =
        found(LINK, ProjectFiles.read(page.toString()), 1).stream()
            .filter(link -> !Files.exists(folder.resolve(link)))
            .toList();
    assertEquals(List.of(), dead);
  }

  @Test
  void everyDecisionIsListed() throws Exception {
    Set<String> listed =
        found(LINK, ProjectFiles.read(DECISIONS.resolve(README).toString()), 1).stream()
            .filter(link -> link.matches("\\d{4}-.*"))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(ProjectFiles.root().resolve(DECISIONS))) {
      Set<String> there =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals(README))
              .collect(Collectors.toCollection(TreeSet::new));
      assertFalse(there.isEmpty());
      assertEquals(there, listed);
    }
  }

  @Test
  void readmeNamesBothDoors() throws Exception {
    String readme = ProjectFiles.read(README);
    assertTrue(readme.contains("./run.sh\n"), "./run.sh on a line of its own");
    assertTrue(readme.contains("mvn verify\n"), "mvn verify on a line of its own");
  }

  @Test
  void readmeNamesOnlyOptionsThatThereAre() throws Exception {
    String readme = ProjectFiles.read(README);
    Set<String> flags =
        Arrays.stream(Setting.values())
            .flatMap(setting -> setting.flag().stream())
            .collect(Collectors.toSet());
    Set<String> rows = found(ROW, readme, 1);
    assertFalse(rows.isEmpty());
    assertEquals(Set.of(), without(rows, flags));
    String ours = String.join("\n", found(OURS, readme, 0));
    assertEquals(Set.of(), without(found(OPTION, ours, 0), found(OPTION, help(), 0)));
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void readmeNamesEveryExitCode(ExitCode code) throws Exception {
    String row = "| %d | %s".formatted(code.code(), code.meaning());
    assertTrue(ProjectFiles.read(README).contains(row), row);
  }

  private static String help() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text, true);
    for (String command : List.of("verify", "nightly", "exporter", "gateway", "list")) {
      List<String> args = List.of(command, "--help");
      Main.run(args, Map.of(), new Properties(), new Meshcheck(), out, out);
    }
    return text.toString();
  }

  private static Set<String> without(Set<String> all, Set<String> known) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(known);
    return rest;
  }

  private static Set<String> found(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
