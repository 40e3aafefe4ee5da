package dev.meshcheck.suites.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.settings.UsageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

  @TempDir private Path directory;

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
    assertTrue(completed("ver").contains("verify"));
    List<String> options = completed("verify", "--basel");
    assertEquals(List.of("--baseline"), options);
    assertTrue(completed("list", "--").contains("--route"));
  }

  @Test
  void aShellThatIsNotKnownIsRefused() {
    assertEquals(Completion.script("bash"), Completion.script("ZSH"));
    UsageException refused = assertThrows(UsageException.class, () -> Completion.script("fish"));
    assertEquals("there is no completion for 'fish'; it is one of bash, zsh", refused.getMessage());
  }

  /** What bash offers when Tab is pressed after these words. */
  private List<String> completed(String... words) throws Exception {
    Path script = directory.resolve("completion.bash");
    Files.writeString(script, Completion.script("bash"));
    String typed = "run.sh " + String.join(" ", words);
    Process bash =
        new ProcessBuilder(
                "/bin/bash",
                "--norc",
                "-c",
                ". \"$0\"; f=$(complete -p run.sh | sed 's/.*-F \\([^ ]*\\).*/\\1/');"
                    + " COMP_WORDS=($1); COMP_CWORD=$2; $f; printf '%s\\n' \"${COMPREPLY[@]}\"",
                script.toString(),
                typed,
                String.valueOf(words.length))
            // Outside of a real Tab, bash has a complaint about an option of completions.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    return said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
