package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Setting;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What commands are made of: options from the table of settings, switches, values. */
final class Parts {

  private static final Map<Setting, String> SHORT =
      Map.of(Setting.VERBOSE, "-v", Setting.QUIET, "-q");

  private Parts() {}

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
        CommandSpec.create()
            .name(name)
            .version("meshcheck " + Version.text())
            .mixinStandardHelpOptions(true)
            .addOption(toggle(Commands.DEBUG, "show the stack trace when Meshcheck itself breaks"));
    spec.usageMessage().description(description).sortOptions(false).width(100);
    return spec;
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
