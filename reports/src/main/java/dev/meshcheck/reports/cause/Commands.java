package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.text.NextStep;
import dev.meshcheck.reports.text.OriginVariable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the commands of next steps so that they do what the run did: the same host and port, the
 * same settings, each corrected where it came from. Whatever a host said goes in only if harmless.
 */
final class Commands {

  private static final Pattern HARMLESS = Pattern.compile("[\\w./:@+-]{1,128}");

  /** Nobody has this key; it is the one that the evidence was made with in all but its letters. */
  private static final String MADE_UP = " -H 'Authorization: Bearer made-up-key'";

  /** What stands in a line of a targets file. */
  private static final Pattern LINE = Pattern.compile("from [^()]*:[0-9]+");

  /** A file that an option or a line of a targets file names, and no variable. */
  private static final Pattern NAMED_FILE =
      Pattern.compile("from the file (.+) named by (?:-[-\\w]+|[^()]*:[0-9]+)");

  private final Subject subject;
  private final String base;

  Commands(Subject subject) {
    this.subject = subject;
    this.base = address(subject.base().toString());
  }

  String base() {
    return base;
  }

  /** The address below which the API lies. */
  String api() {
    return base + address(subject.surface().apiPath());
  }

  /** The options that ask this host as this run did. */
  String here() {
    return "--host " + base + options(Optional.empty());
  }

  /** The same but for one setting, which gets another value. */
  String here(Setting other, String value) {
    return "--host " + base + options(Optional.of(other)) + " --" + other + " " + value;
  }

  /** The same at another address. */
  String at(String host) {
    return "--host " + host + options(Optional.empty());
  }

  private String options(Optional<Setting> but) {
    StringBuilder options = new StringBuilder();
    boolean asked = but.stream().noneMatch(Setting.SURFACE::equals);
    if (asked && !subject.isControlPlane() && !nameTellsTheSurface()) {
      options.append(" --surface ").append(subject.surface().name());
    }
    String api = subject.surface().apiPath();
    if (but.stream().noneMatch(Setting.API_PATH::equals) && !api.equals(Surface.API_PATH)) {
      options.append(" --api-path ").append(api.isEmpty() ? "/" : address(api));
    }
    if (but.stream().noneMatch(Setting.MODEL::equals) && isTyped(Setting.MODEL)) {
      subject.model().filter(Commands::isHarmless).ifPresent(m -> options.append(" --model " + m));
    }
    if (but.stream().noneMatch(Setting.USER_ID::equals) && isTyped(Setting.USER_ID)) {
      options.append(" --user-id \"$TENSORMESH_USER_ID\"");
    }
    return options.toString();
  }

  private boolean nameTellsTheSurface() {
    return subject.base().getHost().endsWith(".tensormesh.ai");
  }

  /** Whether the value was written out, so that no variable can take its place. */
  boolean isTyped(Setting setting) {
    return origin(setting).startsWith("from -") || LINE.matcher(origin(setting)).matches();
  }

  /** Where a value came from, in words. */
  String origin(Setting setting) {
    return Optional.ofNullable(subject.origins().get(setting)).orElse("from the settings");
  }

  /** The variable that holds a value, or the one that everybody uses for it. */
  String variable(Setting setting) {
    return OriginVariable.of(setting, subject.origins());
  }

  /** Puts another value where the present one came from, so that it counts. */
  String set(Setting setting, String value) {
    if (setting == Setting.MODEL || setting == Setting.USER_ID) {
      return isTyped(setting)
          ? Program.name() + " diagnose " + here(setting, value)
          : "export " + variable(setting) + "=" + value;
    }
    Matcher file = Pattern.compile("from the file (.+) named by .*").matcher(origin(setting));
    return file.matches()
        ? "printf %s " + value + " > " + quoted(file.group(1))
        : "export " + variable(setting) + "=" + value;
  }

  /** The credentials of a plain request. */
  String identity() {
    StringBuilder headers = new StringBuilder();
    if (subject.key().isPresent()) {
      headers.append(key());
    }
    return headers.append(user()).toString();
  }

  /** The key of the run alone. */
  String key() {
    return " -H \"Authorization: Bearer $" + variable(subject.keySetting()) + "\"";
  }

  private String user() {
    boolean sent = subject.userGiven() && subject.surface().userIdNeeded();
    return sent ? " -H \"X-User-Id: $" + variable(Setting.USER_ID) + "\"" : "";
  }

  /** A chat request that asks for one token, with these headers. */
  String chat(String headers, String model, String more) {
    return post(
        subject.surface().apiPath() + "/chat/completions",
        headers,
        "{\"model\": \""
            + model
            + "\", "
            + more
            + "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}");
  }

  private String post(String path, String headers, String body) {
    return "-X POST "
        + base
        + path
        + headers
        + " -H 'Content-Type: application/json' --data '"
        + body
        + "'";
  }

  /** What curl needs to send again what the evidence shows: its path, method and credentials. */
  String again(Trial trial, String model) {
    String headers =
        switch (trial.key()) {
              case NONE -> "";
              case CONFIGURED -> key();
              case MALFORMED, UNKNOWN -> MADE_UP;
            }
            + switch (trial.user()) {
              case NONE -> "";
              case CONFIGURED -> user();
              case MALFORMED -> " -H 'X-User-Id: somebody'";
              case UNKNOWN -> " -H 'X-User-Id: 00000000-0000-4000-8000-000000000000'";
            };
    String asked =
        switch (trial.model()) {
          case NONE, CONFIGURED -> model;
          case MALFORMED -> "00000000-0000-4000-8000-000000000000";
          case UNKNOWN -> "no/such-model";
        };
    if (!trial.method().equals("POST")) {
      return address(base + trial.path()) + headers;
    }
    boolean streamed = trial.flow().isPresent();
    String stream = streamed ? "\"stream\": true, " : "";
    return trial
        .route()
        .map(
            route ->
                switch (route.name()) {
                  case COMPLETIONS ->
                      "{\"model\": \"%s\", %s\"max_tokens\": 1, \"prompt\": \"Hi\"}";
                  case RESPONSES ->
                      "{\"model\": \"%s\", %s\"max_output_tokens\": 16, \"input\": \"Hi\"}";
                  case TOKENIZE -> "{\"model\": \"%s\", %s\"prompt\": \"Hi\"}";
                  case DETOKENIZE -> "{\"model\": \"%s\", %s\"tokens\": [1, 2, 3]}";
                  default -> "";
                })
        .filter(body -> !body.isEmpty())
        .map(body -> post(trial.path(), headers, body.formatted(asked, stream)))
        .orElseGet(() -> chat(headers, asked, stream + "\"max_tokens\": 1, "));
  }

  /** A request with a made-up key in place of the configured one. */
  String withMadeUpKey(String model) {
    return chat(MADE_UP + user(), model, "\"max_tokens\": 1, ");
  }

  /** The other host of this run, where two were named. */
  Optional<String> other() {
    return subject.other().map(URI::toString).map(Commands::address);
  }

  /**
   * A variable that a command reads and that this run did not.
   *
   * @param value as a shell takes it; {@code …} where it was written out
   * @param origin where the run had its value from
   */
  record Export(String variable, String value, String origin) {
    @Override
    public String toString() {
      return "export " + variable + "=" + value + "   # what came " + origin + NextStep.PREPARES;
    }
  }

  /** What has to be set before a command does what the run did. */
  List<Export> exports(String command) {
    return command.startsWith("export ")
        ? List.of()
        : Stream.of(subject.keySetting(), Setting.USER_ID, Setting.MODEL)
            .filter(subject.origins()::containsKey)
            .flatMap(setting -> export(setting, command).stream())
            .toList();
  }

  private Optional<Export> export(Setting setting, String command) {
    String origin = origin(setting);
    String usual = OriginVariable.usual(setting);
    Optional<String> variable = OriginVariable.in(origin);
    // Meshcheck itself reads the usual variable, whatever name a targets file has for its value.
    boolean ours = command.startsWith(Program.name() + " ");
    Matcher file = NAMED_FILE.matcher(origin);
    if (ours && file.matches()) {
      return Optional.of(new Export(usual, "\"$(cat " + quoted(file.group(1)) + ")\"", origin));
    }
    Optional<String> other =
        variable.filter(name -> !name.equals(usual) && !origin.equals("from " + name));
    if (ours && other.isPresent()) {
      return Optional.of(new Export(usual, "\"$" + other.get() + "\"", origin));
    }
    boolean read = command.contains("$" + variable(setting));
    return read && variable.isEmpty()
        ? Optional.of(new Export(variable(setting), "…", origin))
        : Optional.empty();
  }

  static boolean isHarmless(String name) {
    return HARMLESS.matcher(name).matches();
  }

  static String harmless(String name) {
    return isHarmless(name) ? name : "MODEL";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** What a shell would act on has no business in an address. */
  static String address(String base) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < base.length(); i++) {
      char c = base.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || "-._~:/%[]".indexOf(c) >= 0;
      safe.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return safe.toString();
  }
}
