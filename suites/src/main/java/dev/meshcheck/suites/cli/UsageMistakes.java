package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.UsageException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line. */
final class UsageMistakes {

  private UsageMistakes() {}

  /** The one line for a complaint of the parser. */
  static UsageException of(ParameterException mistake) {
    CommandSpec command = mistake.getCommandLine().getCommandSpec();
    String help = "'" + path(command) + " --help' lists what there is";
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      return new UsageException(unmatched(unmatched, command) + help);
    }
    if (mistake instanceof OverwrittenOptionException twice) {
      return new UsageException(name(twice.getOverwritten()) + " is given twice; give it once");
    }
    if (mistake instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec option = missing.getMissing().get(0);
      return new UsageException(
          option instanceof OptionSpec
              ? "%s needs a value: %s %s".formatted(name(option), name(option), option.paramLabel())
              : name(option) + " is missing; " + help);
    }
    return new UsageException(mistake.getMessage() + "; " + help);
  }

  /** A word that is no command: beside {@code --help} the parser lets it pass. */
  static Optional<UsageException> find(ParseResult parsed) {
    return parsed.unmatched().isEmpty() || parsed.commandSpec().subcommands().isEmpty()
        ? Optional.empty()
        : Optional.of(
            of(
                new UnmatchedArgumentException(
                    parsed.commandSpec().commandLine(), parsed.unmatched())));
  }

  /** What is wrong, and its mark, before what to do. */
  private static String unmatched(UnmatchedArgumentException mistake, CommandSpec command) {
    String argument = mistake.getUnmatched().get(0);
    if (argument.startsWith("-D")) {
      return property(argument.substring(2).replaceFirst("=.*", ""));
    }
    if (mistake.isUnknownOption()) {
      String option = argument.replaceFirst("=.*", "");
      List<String> known = command.options().stream().map(OptionSpec::longestName).toList();
      Optional<String> meant =
          DidYouMean.closest(option, known)
              .or(() -> mistake.getSuggestions().stream().filter(known::contains).findFirst());
      return "there is no option '" + option + "'; " + didYouMean(meant);
    }
    String shown = shown(argument);
    if (command.subcommands().isEmpty()) {
      return "'%s' is an argument too many; options start with --; ".formatted(shown);
    }
    return "there is no command '"
        + shown
        + "'; "
        + didYouMean(DidYouMean.closest(argument, command.subcommands().keySet()));
  }

  /** Maven's spelling, typed at run.sh. */
  private static String property(String name) {
    return "-D is for Maven; "
        + Setting.named(name)
            .flatMap(Setting::flag)
            .map(flag -> "here, write " + flag)
            .orElse("there is no option '" + shown(name) + "' either")
        + "; ";
  }

  private static String didYouMean(Optional<String> word) {
    return word.map(w -> "did you mean '" + w + "'? ").orElse("");
  }

  /** Somebody may have pasted a key where no argument belongs. */
  private static String shown(String argument) {
    boolean secret =
        Stream.of("ak-", "sk-", "tm_", "eyJ", "Bearer ").anyMatch(argument::startsWith);
    return secret ? Redactor.hint(argument) : argument;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String path(CommandSpec command) {
    return command.parent() == null ? Program.name() : Program.name() + " " + command.name();
  }
}
