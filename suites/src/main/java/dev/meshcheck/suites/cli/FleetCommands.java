package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.targets.Scope;
import dev.meshcheck.fixtures.targets.TargetsFile;
import dev.meshcheck.suites.exporter.ExporterCommand;
import dev.meshcheck.suites.fleet.NightlyCommand;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands that are about many environments. */
final class FleetCommands {

  private FleetCommands() {}

  static CommandSpec nightly() {
    CommandSpec spec =
        Parts.command(Commands.NIGHTLY, "Judges every environment of a targets file.");
    spec.addOption(targets("the environments"))
        .addOption(
            Parts.values(
                Commands.SELECT_TARGET, "GLOB", "only environments of that name; repeatable"))
        .addOption(
            Parts.values(
                Commands.LABEL,
                "KEY=VALUE",
                "only environments with that label; repeatable, and of one key either counts"))
        .addOption(
            Parts.value(
                Commands.SHARD,
                "I/N",
                "only the I-th of N parts; by default what a Kubernetes Indexed Job or"
                    + " GitLab's parallel says"))
        .addOption(
            Parts.value(
                Commands.AT_ONCE,
                "N",
                "environments side by side (default: " + NightlyCommand.AT_ONCE + ")"))
        .addOption(inFlight());
    addSettings(spec);
    spec.addOption(
        Parts.toggle(
            Commands.SHOW_SETTINGS,
            "print each environment with where its settings come from, and send nothing"));
    spec.usageMessage()
        .footer(
            "",
            "Flags beat the targets file for every environment; docs/nightly.md describes the file.",
            "The exit code is the worst of all environments: 5, 1, 4, 2, 3, 0.");
    return spec;
  }

  static CommandSpec exporter() {
    CommandSpec spec =
        Parts.command(
                Commands.EXPORTER,
                "Judges an environment of a targets file whenever Prometheus asks.")
            .addOption(targets("the environments that can be probed"))
            .addOption(
                Parts.value(
                    Commands.PORT,
                    "N",
                    "the port to listen on, 0 for a free one (default: "
                        + ExporterCommand.PORT
                        + ")"))
            .addOption(
                Parts.value(
                    Commands.LISTEN,
                    "ADDRESS",
                    "the address to listen on, 0.0.0.0 for all (default: "
                        + ExporterCommand.LISTEN
                        + ")"))
            .addOption(
                Parts.value(
                    Commands.AT_ONCE,
                    "N",
                    "probes that run at once (default: " + ExporterCommand.AT_ONCE + ")"))
            .addOption(inFlight());
    addSettings(spec);
    spec.usageMessage()
        .footer(
            "",
            "GET /probe?target=NAME[&pack=PACK] judges an environment, by default with what the smoke",
            "pack has; docs/exporter.md says more. Without --reports, it writes nothing.");
    return spec;
  }

  static CommandSpec init() {
    return Parts.command(
            Commands.INIT, "Writes a first targets file from variables and config.toml.")
        .addOption(targets("the file to write; one that is there stays"))
        .addOption(Parts.option(Setting.CONFIG));
  }

  static CommandSpec merge() {
    CommandSpec spec =
        Parts.command(
                Commands.MERGE,
                "Puts the nights of shards together, as if one process had judged all.")
            .addOption(Parts.option(Setting.REPORTS))
            .addOption(Parts.option(Setting.REPORTS_FOR))
            .addPositional(
                Parts.runs("DIR", "directories of nights, or of reports: their newest night"));
    spec.usageMessage()
        .footer(
            "", "A missing shard is named and ends it with 3; an environment twice is an error.");
    return spec;
  }

  private static OptionSpec inFlight() {
    return Parts.value(
        Commands.IN_FLIGHT,
        "N",
        "requests under way at once to all hosts together (default: "
            + NightlyCommand.IN_FLIGHT
            + ")");
  }

  private static OptionSpec targets(String help) {
    return Parts.value(Commands.TARGETS, "FILE", help + " (default: " + TargetsFile.USUAL + ")");
  }

  /** Those of one environment are hidden: told why not, rather than not known. */
  private static void addSettings(CommandSpec spec) {
    Stream.of(Setting.values())
        .filter(s -> !s.secret())
        .forEach(
            s -> {
              OptionSpec option = Parts.option(s);
              spec.addOption(
                  Scope.isOfOneEnvironment(s) ? option.toBuilder().hidden(true).build() : option);
            });
  }
}
