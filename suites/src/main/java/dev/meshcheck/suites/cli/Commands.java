package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.targets.Scope;
import dev.meshcheck.fixtures.targets.TargetsFile;
import dev.meshcheck.suites.exporter.ExporterCommand;
import dev.meshcheck.suites.fleet.NightlyCommand;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands and their options; those of {@code verify} come from the table of settings. */
final class Commands {

  static final String VERIFY = "verify";
  static final String DIAGNOSE = "diagnose";
  static final String GATEWAY = "gateway";
  static final String LIST = "list";
  static final String COMPARE = "compare";
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

  /** What decides whom to ask, where a report does not say it. */
  private static final List<Setting> OF_DIAGNOSE =
      List.of(Setting.SURFACE, Setting.MODEL, Setting.CONTROL_PLANE, Setting.RUN_TIMEOUT);

  private static final Map<Setting, String> SHORT =
      Map.of(Setting.VERBOSE, "-v", Setting.QUIET, "-q");

  private Commands() {}

  /** The whole command line. */
  static CommandLine build() {
    CommandSpec root =
        command("meshcheck", "Judges Tensormesh and OpenAI-compatible inference hosts.")
            .addSubcommand(VERIFY, verify())
            .addSubcommand(NIGHTLY, nightly())
            .addSubcommand(EXPORTER, exporter())
            .addSubcommand(INIT, init())
            .addSubcommand(DIAGNOSE, diagnose())
            .addSubcommand(GATEWAY, gateway())
            .addSubcommand(LIST, list())
            .addSubcommand(COMPARE, compare())
            .addSubcommand(MERGE, merge())
            .addSubcommand(ACCEPT, accept())
            .addSubcommand(EXPLAIN, explain())
            .addSubcommand(REPLAY, replay())
            .addSubcommand(COMPLETION, completion());
    root.usageMessage()
        .footer(
            "",
            "Without a command, verify runs: '--host URL' is 'verify --host URL'.",
            "'verify --help' lists its options; docs/settings.md has their other spellings.",
            "",
            "Exit codes: 0 the contract is kept, 1 it is broken, 2 usage or settings, 3 incomplete or",
            "not judged, 4 host not reached, 5 Meshcheck itself broke.");
    CommandLine commands = new CommandLine(root);
    commands.setExpandAtFiles(false);
    commands.setPosixClusteredShortOptionsAllowed(false);
    return commands;
  }

  private static CommandSpec verify() {
    CommandSpec spec =
        command(VERIFY, "Judges one environment; without --host, the embedded reference gateway.");
    Stream.of(Setting.values()).filter(s -> !s.secret()).forEach(s -> spec.addOption(option(s)));
    spec.addOption(
        toggle(SHOW_SETTINGS, "print every setting with where it came from, and send nothing"));
    spec.usageMessage()
        .footer(
            "",
            "Secrets have no flag: TENSORMESH_INFERENCE_API_KEY and TENSORMESH_CONTROL_PLANE_TOKEN,",
            "or gateway_api_key in config.toml, or the file that a flag names.");
    return spec;
  }

  private static CommandSpec nightly() {
    CommandSpec spec = command(NIGHTLY, "Judges every environment of a targets file.");
    spec.addOption(targets("the environments"))
        .addOption(values(SELECT_TARGET, "GLOB", "only environments of that name; repeatable"))
        .addOption(
            values(
                LABEL,
                "KEY=VALUE",
                "only environments with that label; repeatable, and of one key" + " either counts"))
        .addOption(
            value(
                SHARD,
                "I/N",
                "only the I-th of N parts; by default what a Kubernetes Indexed Job or"
                    + " GitLab's parallel says"))
        .addOption(
            value(
                AT_ONCE,
                "N",
                "environments side by side (default: " + NightlyCommand.AT_ONCE + ")"))
        .addOption(inFlight());
    addSettings(spec);
    spec.addOption(
        toggle(
            SHOW_SETTINGS,
            "print each environment with where its settings come from, and send" + " nothing"));
    spec.usageMessage()
        .footer(
            "",
            "Flags beat the targets file for every environment; docs/nightly.md describes the file.",
            "The exit code is the worst of all environments: 5, 1, 4, 2, 3, 0.");
    return spec;
  }

  private static CommandSpec exporter() {
    CommandSpec spec =
        command(EXPORTER, "Judges an environment of a targets file whenever Prometheus asks.")
            .addOption(targets("the environments that can be probed"))
            .addOption(
                value(
                    PORT,
                    "N",
                    "the port to listen on, 0 for a free one (default: "
                        + ExporterCommand.PORT
                        + ")"))
            .addOption(
                value(
                    LISTEN,
                    "ADDRESS",
                    "the address to listen on, 0.0.0.0 for all (default: "
                        + ExporterCommand.LISTEN
                        + ")"))
            .addOption(
                value(
                    AT_ONCE,
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

  private static OptionSpec inFlight() {
    return value(
        IN_FLIGHT,
        "N",
        "requests under way at once to all hosts together (default: "
            + NightlyCommand.IN_FLIGHT
            + ")");
  }

  /** Those of one environment are hidden: told why not, rather than not known. */
  private static void addSettings(CommandSpec spec) {
    Stream.of(Setting.values())
        .filter(s -> !s.secret())
        .forEach(
            s -> {
              OptionSpec option = option(s);
              spec.addOption(
                  Scope.isOfOneEnvironment(s) ? option.toBuilder().hidden(true).build() : option);
            });
  }

  private static CommandSpec init() {
    return command(INIT, "Writes a first targets file from variables and config.toml.")
        .addOption(targets("the file to write; one that is there stays"))
        .addOption(option(Setting.CONFIG));
  }

  private static OptionSpec targets(String help) {
    return value(TARGETS, "FILE", help + " (default: " + TargetsFile.USUAL + ")");
  }

  private static CommandSpec diagnose() {
    CommandSpec spec =
        command(DIAGNOSE, "Finds out why requests to a host fail, and what to type next.");
    both(OF_ASKING, OF_DIAGNOSE).forEach(s -> spec.addOption(option(s)));
    spec.addOption(toggle(JSON, "print the diagnosis as JSON"));
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
    return command(GATEWAY, "Runs the reference gateway on its own.")
        .addOption(value(PORT, "N", "the port to listen on; a free one by default"))
        .addOption(value(SURFACE, "SURFACE", "on-demand, serverless or control-plane"))
        .addOption(value(PROFILE, "ENGINE", "speak the dialect of vllm or sglang"))
        .addOption(values(FAULT, "NAME", "a misbehaviour to show; repeatable"))
        .addOption(value(LATENCY, "MS", "delay every answer by so many milliseconds"))
        .addOption(toggle(LIST_FAULTS, "print the faults as JSON"));
  }

  private static CommandSpec list() {
    return command(LIST, "Prints the catalogue of checks.")
        .addOption(value(FORMAT, "FORMAT", "text (default), json or markdown"))
        .addOption(option(Setting.SELECT))
        .addOption(value(ROUTE, "ROUTE", "only checks of that route, such as chat"))
        .addOption(value(LEVEL, "LEVEL", "must, should or info: no weaker ones"))
        .addOption(values(PACK, "PACK", "what a run with that pack runs; repeatable"))
        .addOption(value(SURFACE, "SURFACE", "only what applies there, with the level there"));
  }

  private static CommandSpec completion() {
    CommandSpec spec =
        command(COMPLETION, "Prints what lets a shell complete commands and options.")
            .addPositional(run(0, SHELL, "bash, zsh or fish"));
    spec.usageMessage()
        .footer(
            "",
            "source <(" + Program.name() + " completion bash)      # in zsh: completion zsh",
            Program.name() + " completion fish | source");
    return spec;
  }

  private static CommandSpec compare() {
    CommandSpec spec =
        command(
                COMPARE,
                "Prints what changed between two runs or nights; exits with 1 on new failures.")
            .addOption(option(Setting.REPORTS))
            .addPositional(run(0, "OLD", "the earlier run"))
            .addPositional(run(1, "NEW", "the later run"));
    spec.usageMessage()
        .footer(
            "",
            "A run is a report.json, its directory, its id, or 'latest'; a night is a fleet.json, its",
            "directory, its id, or 'latest-night'.");
    return spec;
  }

  private static CommandSpec merge() {
    CommandSpec spec =
        command(MERGE, "Puts the nights of shards together, as if one process had judged all.")
            .addOption(option(Setting.REPORTS))
            .addOption(option(Setting.REPORTS_FOR))
            .addPositional(
                PositionalParamSpec.builder()
                    .index("0..*")
                    .arity("1..*")
                    .required(true)
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .paramLabel("DIR")
                    .description("directories of nights, or of reports: their newest night")
                    .build());
    spec.usageMessage()
        .footer(
            "", "A missing shard is named and ends it with 3; an environment twice is an error.");
    return spec;
  }

  private static CommandSpec accept() {
    CommandSpec spec =
        command(
                ACCEPT,
                "Accepts a run: with --baseline accepted, its failures are old from now on.")
            .addOption(option(Setting.REPORTS))
            .addPositional(run(0, "RUN", "the run to accept"));
    spec.usageMessage().footer("", "A run is a report.json, its directory, its id, or 'latest'.");
    return spec;
  }

  private static CommandSpec explain() {
    CommandSpec spec =
        command(EXPLAIN, "Explains a check, a cause, or what a run found.")
            .addOption(option(Setting.REPORTS))
            .addPositional(run(0, "WHAT", "CHECK, CAUSE, RUN:CHECK or RUN:eN"));
    spec.usageMessage()
        .footer(
            "",
            "Such as chat.answers, key-invalid, latest:chat.answers, latest:e12. A run is a",
            "report.json, its directory, its id, or 'latest'.");
    return spec;
  }

  private static CommandSpec replay() {
    CommandSpec spec =
        command(REPLAY, "Sends one exchange of a run again, with today's credentials.");
    both(OF_ASKING, List.of(Setting.REPORTS)).forEach(s -> spec.addOption(option(s)));
    spec.addPositional(run(0, "WHAT", "RUN:CHECK or RUN:eN"));
    spec.usageMessage().footer("", "A run is a report.json, its directory, its id, or 'latest'.");
    return spec;
  }

  private static PositionalParamSpec run(int index, String label, String help) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(index))
        .arity("1")
        .required(true)
        .type(String.class)
        .paramLabel(label)
        .description(help)
        .build();
  }

  private static CommandSpec command(String name, String description) {
    CommandSpec spec =
        CommandSpec.create()
            .name(name)
            .version("meshcheck " + Version.text())
            .mixinStandardHelpOptions(true)
            .addOption(toggle(DEBUG, "show the stack trace when Meshcheck itself breaks"));
    spec.usageMessage().description(description).sortOptions(false).width(100);
    return spec;
  }

  private static OptionSpec option(Setting setting) {
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

  private static OptionSpec toggle(String name, String help) {
    return toggle(name, help, "");
  }

  private static OptionSpec toggle(String name, String help, String letter) {
    String[] names = letter.isEmpty() ? new String[] {name} : new String[] {letter, name};
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(help).build();
  }

  private static OptionSpec value(String name, String label, String help) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(help)
        .build();
  }

  private static OptionSpec values(String name, String label, String help) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(help)
        .build();
  }
}
