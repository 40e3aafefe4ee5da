package dev.meshcheck.suites.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for fish, which picocli does not write: one line for each command and each option, as
 * https://fishshell.com/docs/current/cmds/complete.html has them.
 */
final class FishCompletion {

  private static final List<String> PATHS = List.of("FILE", "DIR");

  private final String program;

  /**
   * Completion of what people type.
   *
   * @param program the last part of its path
   */
  FishCompletion(String program) {
    this.program = program;
  }

  /** The script for the whole command line. */
  String script(CommandLine commands) {
    List<CommandLine> all = List.copyOf(commands.getSubcommands().values());
    Stream<String> names =
        all.stream().map(c -> line("__fish_use_subcommand", "-a " + name(c) + about(c)));
    Stream<String> options = all.stream().flatMap(c -> options(c, all));
    return Stream.of(Stream.of("complete -c " + program + " -f"), names, options)
        .flatMap(s -> s)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private Stream<String> options(CommandLine command, List<CommandLine> all) {
    String when = when(command, all);
    return command.getCommandSpec().options().stream().map(o -> line(when, option(o)));
  }

  /** Without a command, verify runs, so that its options are there from the start. */
  private static String when(CommandLine command, List<CommandLine> all) {
    if (!name(command).equals(Commands.VERIFY)) {
      return "__fish_seen_subcommand_from " + name(command);
    }
    return all.stream()
        .map(FishCompletion::name)
        .filter(name -> !name.equals(Commands.VERIFY))
        .collect(Collectors.joining(" ", "not __fish_seen_subcommand_from ", ""));
  }

  private static String option(OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(n -> n.startsWith("--") ? "-l " + n.substring(2) : "-s " + n.substring(1))
            .collect(Collectors.joining(" "));
    String value = "";
    if (option.arity().max() > 0) {
      value = PATHS.contains(option.paramLabel()) ? " -r -F" : " -x";
    }
    return names + value + " -d " + quoted(String.join(" ", option.description()));
  }

  private static String about(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    return " -d " + quoted(String.join(" ", spec.usageMessage().description()));
  }

  private String line(String when, String what) {
    return "complete -c " + program + " -n " + quoted(when) + " " + what;
  }

  private static String name(CommandLine command) {
    return command.getCommandName();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
