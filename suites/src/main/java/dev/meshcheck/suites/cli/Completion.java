package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.UsageException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.AutoComplete;

/** What a shell reads to complete commands and options; for bash and zsh, picocli writes it. */
final class Completion {

  /** What people type; a shell looks up the last part of a path. */
  private static final String SCRIPT = Path.of(Program.name()).getFileName().toString();

  private Completion() {}

  /**
   * The script for a shell.
   *
   * @throws UsageException for any other shell
   */
  static String script(String shell) {
    return switch (shell.toLowerCase(Locale.ROOT)) {
      // One script for both: in zsh it turns on what understands bash's completions.
      case "bash", "zsh" -> AutoComplete.bash(SCRIPT, Commands.build());
      case "fish" -> new FishCompletion(SCRIPT).script(Commands.build());
      default ->
          throw new UsageException(
              "there is no completion for '%s'; it is one of bash, zsh, fish".formatted(shell));
    };
  }
}
