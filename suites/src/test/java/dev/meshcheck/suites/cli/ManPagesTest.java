package dev.meshcheck.suites.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Keeps docs/man in step with the command line; picocli writes the pages. */
class ManPagesTest {

  private static final Path PAGES = Path.of("../docs/man");

  @TempDir private Path made;

  @Test
  void pagesAreCurrent() throws IOException {
    boolean[] quiet = {};
    int exit =
        ManPageGenerator.generateManPage(
            made.toFile(), null, quiet, true, Commands.build().getCommandSpec());
    assertEquals(0, exit);
    if (Boolean.getBoolean("meshcheck.update-docs")) {
      Files.createDirectories(PAGES);
      for (String old : pages(PAGES).keySet()) {
        Files.delete(PAGES.resolve(old));
      }
      for (Map.Entry<String, String> page : pages(made).entrySet()) {
        Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
      }
    }
    assertEquals(
        pages(made),
        pages(PAGES),
        "docs/man is out of date; renew it with: mvn test -pl suites -am -Dtest=ManPagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dmeshcheck.update-docs=true");
  }

  private static Map<String, String> pages(Path directory) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".adoc")).toList()) {
        // A commit would make them out of date with the next one.
        String text = Files.readString(file).replaceAll(" \\(commit [^)]*\\)|(?m: +$)", "");
        pages.put(file.getFileName().toString(), text);
      }
    }
    return pages;
  }
}
