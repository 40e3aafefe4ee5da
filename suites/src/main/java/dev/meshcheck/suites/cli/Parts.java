package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What commands are made of: options from the table of settings, switches, values. */
final class Parts {

  private static final Map<Setting, String> SHORT =
      Map.of(Setting.VERBOSE, "-v", Setting.QUIET, "-q");

  /** In place of picocli's own, which wakes up Groovy to ask whether it is there. */
  private static final IFactory FACTORY =
      new IFactory() {
        @Override
        public <T> T create(Class<T> type) throws Exception {
          return type.equals(List.class)
              ? type.cast(new ArrayList<>())
              : type.getDeclaredConstructor().newInstance();
        }
      };

  private Parts() {}

  /** What parses with that command, and without Groovy. */
  static CommandLine line(CommandSpec command) {
    return new CommandLine(command, FACTORY);
  }

  static PositionalParamSpec run(int index, String label, String help) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(index))
        .arity("1")
        .required(true)
        .type(String.class)
        .paramLabel(label)
        .description(help)
        .build();
  }

  /** One or more. */
  static PositionalParamSpec runs(String label, String help) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("1..*")
        .required(true)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(help)
        .build();
  }

  static CommandSpec command(String name, String description) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(null, FACTORY)
            .name(name)
            .version("meshcheck " + Version.text())
            .addOption(
                help("-h", "--help", "Show this help message and exit.").usageHelp(true).build())
            .addOption(
                help("-V", "--version", "Print version information and exit.")
                    .versionHelp(true)
                    .build())
            .addOption(toggle(Commands.DEBUG, "show the stack trace when Meshcheck itself breaks"));
    spec.usageMessage().description(description).sortOptions(false).width(100);
    return spec;
  }

  private static OptionSpec.Builder help(String letter, String name, String help) {
    return OptionSpec.builder(letter, name).type(boolean.class).arity("0").description(help);
  }

  static OptionSpec option(Setting setting) {
    String flag = setting.flag().orElseThrow();
    String help =
        setting.kind() == Setting.Kind.SWITCH
            ? setting.help()
            : setting.help() + setting.fallback().map(f -> " (default: " + f + ")").orElse("");
    return switch (setting.kind()) {
      case SWITCH -> toggle(flag, help, SHORT.getOrDefault(setting, ""));
      case LIST, PACKS, FORMATS, RESOLVE, HEADERS -> values(flag, setting.label(), help);
      default -> value(flag, setting.label(), help);
    };
  }

  static OptionSpec toggle(String name, String help) {
    return toggle(name, help, "");
  }

  static OptionSpec toggle(String name, String help, String letter) {
    String[] names = letter.isEmpty() ? new String[] {name} : new String[] {letter, name};
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(help).build();
  }

  static OptionSpec value(String name, String label, String help) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(help)
        .build();
  }

  static OptionSpec values(String name, String label, String help) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(help)
        .build();
  }
}
