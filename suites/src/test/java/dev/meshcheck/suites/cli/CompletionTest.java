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
    UsageException refused = assertThrows(UsageException.class, () -> Completion.script("tcsh"));
    assertEquals(
        "there is no completion for 'tcsh'; it is one of bash, zsh, fish", refused.getMessage());
  }

  @Test
  void fishCompletesCommandsAndOptions() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "no fish here");
    assertEquals(List.of("verify"), offered("run.sh ver"));
    assertEquals(List.of("--baseline"), offered("run.sh verify --basel"));
    // Without a command, verify runs.
    assertEquals(List.of("--baseline"), offered("run.sh --basel"));
    assertEquals(List.of("--route"), offered("run.sh list --rou"));
    assertEquals(List.of(), offered("run.sh list --basel"));
    Files.createFile(directory.resolve("known.yaml"));
    assertEquals(List.of("known.yaml"), offered("run.sh --known-failures kno"));
    assertEquals(List.of(), offered("run.sh --select kno"));
  }

  /** What fish offers when Tab is pressed after these words. */
  private List<String> offered(String typed) throws Exception {
    Path script = directory.resolve("completion.fish");
    Files.writeString(script, Completion.script("fish"));
    ProcessBuilder builder =
        new ProcessBuilder(
                "/usr/bin/fish",
                "--no-config",
                "-c",
                "source $argv[1]; complete -C $argv[2]",
                script.toString(),
                typed)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("HOME", directory.toString());
    Process fish = builder.start();
    String said = new String(fish.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, fish.waitFor(), said);
    return said.lines().map(line -> line.replaceFirst("\t.*", "").strip()).toList();
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
