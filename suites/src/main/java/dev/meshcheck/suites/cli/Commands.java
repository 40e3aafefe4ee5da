package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Setting;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands and their options; those of {@code verify} come from the table of settings. */
final class Commands {

  static final String VERIFY = "verify";
  static final String DIAGNOSE = "diagnose";
  static final String GATEWAY = "gateway";
  static final String LIST = "list";
  static final String COMPARE = "compare";
  static final String MATRIX = "matrix";
  static final String MERGE = "merge";
  static final String ACCEPT = "accept";
  static final String EXPLAIN = "explain";
  static final String REPLAY = "replay";
  static final String COMPLETION = "completion";
  static final String NIGHTLY = "nightly";
  static final String INIT = "init";
  static final String EXPORTER = "exporter";

  static final String SHOW_SETTINGS = "--show-settings";
  static final String JSON = "--json";
  static final String DEBUG = "--debug";
  static final String FORMAT = "--format";
  static final String PORT = "--port";
  static final String SURFACE = "--surface";
  static final String SELECT = "--select";
  static final String ROUTE = "--route";
  static final String LEVEL = "--level";
  static final String PACK = "--pack";
  static final String SHELL = "SHELL";
  static final String PROFILE = "--profile";
  static final String FAULT = "--fault";
  static final String LATENCY = "--latency";
  static final String TARGETS = "--targets";
  static final String SELECT_TARGET = "--select-target";
  static final String LABEL = "--label";
  static final String SHARD = "--shard";
  static final String AT_ONCE = "--at-once";
  static final String IN_FLIGHT = "--in-flight";
  static final String LISTEN = "--listen";
  static final String LIST_FAULTS = "--list-faults";

  /** What decides as whom to ask, and how. */
  private static final List<Setting> OF_ASKING =
      List.of(
          Setting.HOST,
          Setting.API_PATH,
          Setting.USER_ID,
          Setting.INFERENCE_KEY_FILE,
          Setting.CONTROL_PLANE_TOKEN_FILE,
          Setting.TIMEOUT,
          Setting.CA_BUNDLE,
          Setting.CLIENT_CERT,
          Setting.CLIENT_KEY,
          Setting.INSECURE,
          Setting.PROXY,
          Setting.RESOLVE,
          Setting.HEADER,
          Setting.ALLOW_INSECURE,
          Setting.CONFIG);

  /** What a replay needs beside that. */
  private static final List<Setting> OF_REPLAY =
      List.of(Setting.SECOND_USER_ID, Setting.SECOND_KEY_FILE, Setting.REPORTS);

  /** What decides whom to ask, where a report does not say it. */
  private static final List<Setting> OF_DIAGNOSE =
      List.of(Setting.SURFACE, Setting.MODEL, Setting.CONTROL_PLANE, Setting.RUN_TIMEOUT);

  private Commands() {}

  /** The whole command line. */
  static CommandLine build() {
    CommandSpec root =
        Parts.command("meshcheck", "Judges Tensormesh and OpenAI-compatible inference hosts.")
            .addSubcommand(VERIFY, Parts.line(verify()))
            .addSubcommand(NIGHTLY, Parts.line(FleetCommands.nightly()))
            .addSubcommand(EXPORTER, Parts.line(FleetCommands.exporter()))
            .addSubcommand(INIT, Parts.line(FleetCommands.init()))
            .addSubcommand(DIAGNOSE, Parts.line(diagnose()))
            .addSubcommand(GATEWAY, Parts.line(gateway()))
            .addSubcommand(LIST, Parts.line(list()))
            .addSubcommand(COMPARE, Parts.line(compare()))
            .addSubcommand(MATRIX, Parts.line(matrix()))
            .addSubcommand(MERGE, Parts.line(FleetCommands.merge()))
            .addSubcommand(ACCEPT, Parts.line(accept()))
            .addSubcommand(EXPLAIN, Parts.line(explain()))
            .addSubcommand(REPLAY, Parts.line(replay()))
            .addSubcommand(COMPLETION, Parts.line(completion()));
    root.usageMessage()
        .footer(
            "",
            "Without a command, verify runs: '--host URL' is 'verify --host URL'.",
            "'verify --help' lists its options; docs/settings.md has their other spellings.",
            "",
            "Exit codes: 0 the contract is kept, 1 it is broken, 2 usage or settings, 3 incomplete or",
            "not judged, 4 host not reached, 5 Meshcheck itself broke.");
    CommandLine commands = Parts.line(root);
    commands.setExpandAtFiles(false);
    commands.setPosixClusteredShortOptionsAllowed(false);
    return commands;
  }

  private static CommandSpec verify() {
    CommandSpec spec =
        Parts.command(
            VERIFY, "Judges one environment; without --host, the embedded reference gateway.");
    Stream.of(Setting.values())
        .filter(s -> !s.secret())
        .forEach(s -> spec.addOption(Parts.option(s)));
    spec.addOption(
        Parts.toggle(
            SHOW_SETTINGS, "print every setting with where it came from, and send nothing"));
    spec.usageMessage()
        .footer(
            "",
            "Secrets have no flag: TENSORMESH_INFERENCE_API_KEY and TENSORMESH_CONTROL_PLANE_TOKEN,",
            "or gateway_api_key in config.toml, or the file that a flag names.");
    return spec;
  }

  private static CommandSpec diagnose() {
    CommandSpec spec =
        Parts.command(DIAGNOSE, "Finds out why requests to a host fail, and what to type next.");
    both(OF_ASKING, OF_DIAGNOSE).forEach(s -> spec.addOption(Parts.option(s)));
    spec.addOption(Parts.toggle(JSON, "print the diagnosis as JSON"));
    spec.usageMessage()
        .footer(
            "",
            "At most 20 requests and 250 tokens. Exit codes: 0 nothing stands in the way, 1 a cause",
            "was found, 2 usage or settings, 3 incomplete, 4 host not reached.");
    return spec;
  }

  /** In the order of the table of settings. */
  private static Stream<Setting> both(List<Setting> some, List<Setting> others) {
    return Stream.of(Setting.values()).filter(s -> some.contains(s) || others.contains(s));
  }

  private static CommandSpec gateway() {
    return Parts.command(GATEWAY, "Runs the reference gateway on its own.")
        .addOption(
            Parts.value(
                PORT,
                "N",
                "the port to listen on, the two after it for the other surfaces; free ones by default"))
        .addOption(Parts.value(SURFACE, "SURFACE", "on-demand, serverless or control-plane"))
        .addOption(Parts.value(PROFILE, "ENGINE", "speak the dialect of vllm or sglang"))
        .addOption(Parts.values(FAULT, "NAME", "a misbehaviour to show; repeatable"))
        .addOption(Parts.value(LATENCY, "MS", "delay every answer by so many milliseconds"))
        .addOption(Parts.toggle(LIST_FAULTS, "print the faults as JSON"));
  }

  private static CommandSpec list() {
    return Parts.command(LIST, "Prints the catalogue of checks.")
        .addOption(Parts.value(FORMAT, "FORMAT", "text (default), json or markdown"))
        .addOption(Parts.option(Setting.SELECT))
        .addOption(Parts.value(ROUTE, "ROUTE", "only checks of that route, such as chat"))
        .addOption(Parts.value(LEVEL, "LEVEL", "must, should or info: no weaker ones"))
        .addOption(Parts.values(PACK, "PACK", "what a run with that pack runs; repeatable"))
        .addOption(
            Parts.value(SURFACE, "SURFACE", "only what applies there, with the level there"));
  }

  private static CommandSpec completion() {
    CommandSpec spec =
        Parts.command(COMPLETION, "Prints what lets a shell complete commands and options.")
            .addPositional(Parts.run(0, SHELL, "bash, zsh or fish"));
    spec.usageMessage()
        .footer(
            "",
            "source <(" + Program.name() + " completion bash)      # in zsh: completion zsh",
            Program.name() + " completion fish | source");
    return spec;
  }

  private static CommandSpec compare() {
    CommandSpec spec =
        Parts.command(
                COMPARE,
                "Prints what changed between two runs or nights; exits with 1 on new failures.")
            .addOption(Parts.option(Setting.REPORTS))
            .addPositional(Parts.run(0, "OLD", "the earlier run"))
            .addPositional(Parts.run(1, "NEW", "the later run"));
    spec.usageMessage()
        .footer(
            "",
            "A run is a report.json, its directory, its id, or 'latest'; a night is a fleet.json, its",
            "directory, its id, or 'latest-night'.");
    return spec;
  }

  private static CommandSpec matrix() {
    CommandSpec spec =
        Parts.command(MATRIX, "Puts hosts side by side: what each can do, as its checks say it.")
            .addOption(Parts.option(Setting.REPORTS))
            .addOption(Parts.option(Setting.REPORTS_FOR))
            .addPositional(Parts.runs("REPORT", "runs, or nights with all their environments"));
    spec.usageMessage()
        .footer(
            "",
            "A run is a report.json, its directory, its id, or 'latest'. Writes matrix.html and",
            "matrix.md; with --reports none, prints the Markdown.");
    return spec;
  }

  private static CommandSpec accept() {
    CommandSpec spec =
        Parts.command(
                ACCEPT,
                "Accepts a run: with --baseline accepted, its failures are old from now on.")
            .addOption(Parts.option(Setting.REPORTS))
            .addPositional(Parts.run(0, "RUN", "the run to accept"));
    spec.usageMessage().footer("", "A run is a report.json, its directory, its id, or 'latest'.");
    return spec;
  }

  private static CommandSpec explain() {
    CommandSpec spec =
        Parts.command(EXPLAIN, "Explains a check, a cause, or what a run found.")
            .addOption(Parts.option(Setting.REPORTS))
            .addPositional(Parts.run(0, "WHAT", "CHECK, CAUSE, RUN:CHECK or RUN:eN"));
    spec.usageMessage()
        .footer(
            "",
            "Such as chat.answers, key-invalid, latest:chat.answers, latest:e12. A run is a",
            "report.json, its directory, its id, or 'latest'.");
    return spec;
  }

  private static CommandSpec replay() {
    CommandSpec spec =
        Parts.command(REPLAY, "Sends one exchange of a run again, with today's credentials.");
    both(OF_ASKING, OF_REPLAY).forEach(s -> spec.addOption(Parts.option(s)));
    spec.addPositional(Parts.run(0, "WHAT", "RUN:CHECK or RUN:eN"));
    spec.usageMessage().footer("", "A run is a report.json, its directory, its id, or 'latest'.");
    return spec;
  }
}
