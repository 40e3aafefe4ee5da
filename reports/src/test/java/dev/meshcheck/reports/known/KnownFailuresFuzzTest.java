package dev.meshcheck.reports.known;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A list of known failures is understood, or refused in one line that says where. */
class KnownFailuresFuzzTest {

  private static Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("known", ".yaml");
  }

  @AfterContainer
  static void removeFile() throws IOException {
    Files.delete(file);
  }

  @Property
  void anyListIsUnderstoodOrRefusedInALine(@ForAll("lists") String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    try {
      KnownFailuresFile.read(file);
    } catch (UsageException e) {
      String said = e.getMessage();
      assertTrue(said.startsWith("known failures "), said);
      assertTrue(said.chars().noneMatch(Character::isISOControl), said);
      assertFalse(said.contains("Exception"), said);
    }
  }

  @Provide
  Arbitrary<String> lists() {
    return Arbitraries.of(
            "- check: ",
            "- check: chat.a\n  reason: b\n",
            "  reason: ",
            "  surface: serverless\n",
            "  target: x\n",
            "  issue: ",
            "  until: ",
            "https://x.example/1\n",
            "http://",
            "http://[",
            "2026-12-31\n",
            "2026-02-30",
            "\n",
            "\n",
            "  ",
            "-",
            "- ",
            ":",
            ": ",
            "*",
            "&a ",
            "*a",
            "!!int ",
            "!",
            "|",
            ">",
            "'",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            "#",
            "---\n",
            "...\n",
            "%",
            "@",
            "`",
            "\t",
            "\0",
            "\u0007",
            "é",
            "\u2028",
            "null",
            "~",
            "true",
            "1",
            "? ",
            "<<: ")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }
}
