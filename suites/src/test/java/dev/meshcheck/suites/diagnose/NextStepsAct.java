package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.cli.Main;
import dev.meshcheck.suites.run.Meshcheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types every next step of a diagnosis as it is printed, with the environment of its user. */
final class NextStepsAct {

  /** Their own commands put things right, so that the cause is gone with them. */
  private static final Set<String> CORRECTED =
      Set.of(
          "hosts-swapped",
          "base-url-has-doubled-v1",
          "proxy-needed",
          "model-is-control-plane-id",
          "model-not-served");

  private static final Pattern PLACEHOLDER =
      Pattern.compile("…|\\b(USER_ID|CLIENT|URL|PROVIDER|MODEL)\\b|authority\\.pem");
  private static final Pattern EXPORT = Pattern.compile("export ([A-Z_]+)=(\\S+)");

  /** Programs that ask the host and are run where they are installed. */
  private static final Pattern ASKS = Pattern.compile("(curl |for i in ).*");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** Of curl: a usage error, a protocol it does not know, a URL that is none. */
  private static final Set<Integer> USAGE = Set.of(1, 2, 3, 127);

  private final Stage stage;
  private final Map<String, String> environment;

  private NextStepsAct(Stage stage) {
    this.stage = stage;
    this.environment = new HashMap<>(stage.environment());
  }

  /** Fails where a step of the report is none. */
  static void allOf(Stage stage, DiagnosisReport report) throws Exception {
    for (CauseLine cause : report.causes()) {
      NextStepsAct act = new NextStepsAct(stage);
      for (String step : cause.next()) {
        act.type(cause.cause(), step);
      }
    }
  }

  private void type(String cause, String step) throws Exception {
    String command = step.replaceFirst(" {3}# .*", "").strip();
    assertFalse(command.matches(".*\\{[a-z-]+}.*"), () -> cause + ": a gap is left: " + step);
    Matcher export = EXPORT.matcher(command);
    if (command.startsWith("./run.sh ")) {
      meshcheck(cause, command);
    } else if (export.matches()) {
      export(cause, export.group(1), export.group(2));
    } else if (ASKS.matcher(command).matches()) {
      int exit = shell("-c", command);
      assertFalse(USAGE.contains(exit), () -> exit + ": " + command);
    } else if (Character.isLowerCase(command.charAt(0))) {
      assertEquals(0, shell("-n", "-c", command), command);
    }
  }

  private void export(String cause, String name, String value) {
    if (value.equals("…")) {
      // A value that no report tells; its user knows it.
      String known =
          name.contains("USER")
              ? stage.flags().getOrDefault(Setting.USER_ID, Stage.KNOWN.userId())
              : Stage.KNOWN.inferenceKey();
      environment.put(name, known);
      return;
    }
    environment.put(name, value);
    if (CORRECTED.contains(cause) && name.contains("MODEL")) {
      stage.env(name, value);
      mustBeGone(cause, stage.diagnose(stage.flags().get(Setting.HOST)).json());
    }
  }

  private void meshcheck(String cause, String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.substring("./run.sh ".length()));
    while (word.find()) {
      String text = word.group(1) == null ? word.group().replace("'", "") : word.group(1);
      words.add(text.startsWith("$") ? environment.getOrDefault(text.substring(1), "") : text);
    }
    if (PLACEHOLDER.matcher(command).find() || words.stream().anyMatch(String::isEmpty)) {
      return;
    }
    if (words.get(0).equals("verify") && !words.contains("--show-settings")) {
      // What a whole run does is proved elsewhere.
      words.addAll(List.of("--select", "health.answers", "--reports", "none"));
    }
    if (words.get(0).equals("diagnose")) {
      words.add("--json");
    }
    if (!words.contains("--timeout")) {
      words.addAll(List.of("--timeout", "5"));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("HOME", stage.home().toString());
    ExitCode code =
        Main.run(
            words,
            variables,
            new Properties(),
            new Meshcheck(),
            new PrintWriter(out),
            new PrintWriter(err));
    assertEquals("", err.toString(), command);
    assertNotEquals(ExitCode.MESHCHECK_BROKE, code, command);
    if (words.contains("--show-settings")) {
      String host = words.get(words.indexOf("--host") + 1);
      assertTrue(out.toString().contains(host), out::toString);
    }
    if (CORRECTED.contains(cause) && words.get(0).equals("diagnose")) {
      mustBeGone(cause, out.toString());
    }
  }

  private static void mustBeGone(String cause, String json) {
    // What is ruled out stands deeper.
    assertFalse(json.contains("\n    \"cause\" : \"" + cause + "\""), json);
  }

  private int shell(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("timeout", "5", "bash"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), said);
    return process.exitValue();
  }
}
