package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps docs/troubleshooting.md in step with the causes. */
class TroubleshootingTest {

  @Test
  void pageIsCurrent() throws Exception {
    Path page = root().resolve("docs/troubleshooting.md");
    if (Boolean.getBoolean("meshcheck.update-docs")) {
      Files.writeString(page, Troubleshooting.markdown());
    }
    assertEquals(
        Troubleshooting.markdown(),
        Files.exists(page) ? Files.readString(page) : "",
        "docs/troubleshooting.md is out of date; renew it with: mvn test -pl reports -am"
            + " -Dtest=TroubleshootingTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dmeshcheck.update-docs=true");
  }

  private static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow();
  }
}
