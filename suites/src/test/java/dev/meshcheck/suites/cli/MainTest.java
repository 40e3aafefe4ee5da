package dev.meshcheck.suites.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a user meets it: what it prints and how it exits. */
class MainTest {

  private static final String KEY = "ak-0123456789abcdef3f9c";

  private final FakeEngine engine = new FakeEngine();
  private final Map<String, String> environment = new HashMap<>();
  private final Properties properties = new Properties();
  private final Path home;
  private String out = "";
  private String err = "";

  MainTest(@TempDir Path home) {
    this.home = home;
    properties.setProperty("user.home", home.toString());
    properties.setProperty("user.dir", home.toString());
    properties.setProperty("meshcheck.home", home.toString());
  }

  private ExitCode run(String... args) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    ExitCode code =
        Main.run(
            List.of(args),
            environment,
            properties,
            engine,
            new PrintWriter(output),
            new PrintWriter(errors));
    out = output.toString();
    err = errors.toString();
    return code;
  }

  private void refuses(String line, String... args) {
    assertEquals(ExitCode.USAGE, run(args));
    assertEquals("meshcheck: " + line + "\n", err);
    assertEquals("", out);
  }

  @Test
  void verifyIsTheDefault() {
    assertEquals(ExitCode.PASSED, run());
    assertEquals("verify host -\nselect [] strict false\n", out);
    run("--host", "https://a.b", "--select", "chat.*", "--select=auth.*,sse.*", "--strict");
    assertEquals(
        "verify host https://a.b (from --host)\nselect [chat.*, auth.*, sse.*] strict true\n", out);
    String bare = out;
    run("verify", "--strict", "--host=https://a.b", "--select", "chat.*,auth.*,sse.*");
    assertEquals(bare, out);
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void exitsAsTheEngineSays(ExitCode code) {
    engine.endsWith(code);
    assertEquals(code, run("verify"));
    assertEquals("", err);
  }

  @Test
  void listAndGateway() {
    run("list");
    assertEquals("list text\n", out);
    run("list", "--format", "markdown");
    assertEquals("list markdown\n", out);
    run("gateway");
    assertEquals("gateway OptionalInt.empty Optional.empty [] PT0S false\n", out);
    run(
        "gateway",
        "--port",
        "8080",
        "--surface",
        "serverless",
        "--fault",
        "a",
        "--fault=b,c",
        "--latency",
        "250",
        "--list-faults");
    assertEquals("gateway OptionalInt[8080] Optional[serverless] [a, b, c] PT0.25S true\n", out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --hots x          | there is no option '--hots'; did you mean '--host'? './run.sh verify --help' lists what there is
          --userid=secret   | there is no option '--userid'; did you mean '--user-id'? './run.sh verify --help' lists what there is
          --zebra          | there is no option '--zebra'; './run.sh verify --help' lists what there is
          verfiy            | there is no command 'verfiy'; did you mean 'verify'? './run.sh --help' lists what there is
          verfiy --help     | there is no command 'verfiy'; did you mean 'verify'? './run.sh --help' lists what there is
          banana            | there is no command 'banana'; './run.sh --help' lists what there is
          verify banana     | 'banana' is an argument too many; options start with --; './run.sh verify --help' lists what there is
          verify @args      | '@args' is an argument too many; options start with --; './run.sh verify --help' lists what there is
          verify ak-0123456789abcdef3f9c | 'ak-…3f9c' is an argument too many; options start with --; './run.sh verify --help' lists what there is
          list --fromat x   | there is no option '--fromat'; did you mean '--format'? './run.sh list --help' lists what there is
          --host            | --host needs a value: --host URL
          --host --strict   | --host needs a value: --host URL
          --host a --host b | --host is given twice; give it once
          -Duser-id=1       | -D is for Maven; here, write --user-id; './run.sh verify --help' lists what there is
          -Dbanana          | -D is for Maven; there is no option 'banana' either; './run.sh verify --help' lists what there is
          list --format jsn | --format 'jsn' is not known; did you mean 'json'? it is one of text, json, markdown
          compare latest    | NEW is missing; './run.sh compare --help' lists what there is
          gateway --port -1 | --port '-1' is not a whole number from 0 to 65535
          gateway --port 65536 | --port '65536' is not a whole number from 0 to 65535
          gateway --latency x | --latency 'x' is not a whole number from 0 to 600000
          gateway --surface nope | --surface 'nope' is not known; it is one of on-demand, serverless, control-plane, openai-compatible
          --surface servless | surface 'servless' (from --surface) is not known; did you mean 'serverless'? it is one of auto, on-demand, serverless, control-plane, openai-compatible
          """)
  void mistakesAreOneLine(String args, String line) {
    refuses(line, args.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--api-key", "--key", "--inference-key", "-Dapi-key"})
  void keysHaveNoFlag(String flag) {
    refuses(
        flag
            + ": secrets have no flag, because other processes can read command lines; set TENSORMESH_INFERENCE_API_KEY, or name a file with --inference-key-file",
        flag + "=" + KEY);
    assertFalse(err.contains(KEY));
  }

  @Test
  void tokensHaveNoFlag() {
    refuses(
        "--token: secrets have no flag, because other processes can read command lines; set TENSORMESH_CONTROL_PLANE_TOKEN, or name a file with --control-plane-token-file",
        "verify",
        "--token",
        "a-token-of-mine");
  }

  @Test
  void mistakesFoundByTheEngineAreOneLineWithoutSecrets() {
    environment.put("TENSORMESH_INFERENCE_API_KEY", "plain-secret-value");
    engine.breaksWith(new UsageException("no check is called\nplain-secret-value"));
    refuses("no check is called ‹redacted›");
  }

  @Test
  void helpAndVersionEverywhere() {
    for (String command : List.of("", "verify ", "gateway ", "list ")) {
      assertEquals(ExitCode.PASSED, run((command + "--help").split(" ", -1)));
      assertTrue(out.startsWith("Usage: meshcheck"), out);
      assertEquals(ExitCode.PASSED, run((command + "--version").split(" ", -1)));
      assertTrue(
          out.matches(
              "meshcheck \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]{7,40}(, changed)?\\))?\n"),
          out);
      assertEquals("", err);
    }
    run("verify", "--help");
    assertTrue(out.contains("--stream-idle-timeout=SECONDS"), out);
    assertTrue(out.contains("(default: 16)"), out);
    assertFalse(out.contains("--inference-key "), out);
  }

  @Test
  void breakageIsOneLineAndTheDetailsAreInAFile() throws Exception {
    environment.put("TENSORMESH_INFERENCE_API_KEY", KEY);
    engine.breaksWith(new IllegalStateException("it broke\nwith " + KEY));
    assertEquals(ExitCode.MESHCHECK_BROKE, run());
    Path details = home.resolve(".meshcheck/last-error.txt");
    assertEquals(
        "meshcheck: internal error: IllegalStateException: it broke with ‹redacted› (please report; details in "
            + details
            + ")\n",
        err);
    String text = Files.readString(details);
    assertTrue(text.contains("at dev.meshcheck.suites.cli.MainTest."), text);
    assertFalse(text.contains(KEY), text);
  }

  @Test
  void debugShowsTheStackTrace() {
    engine.breaksWith(new IllegalStateException("it broke"));
    assertEquals(ExitCode.MESHCHECK_BROKE, run("--debug"));
    assertTrue(err.startsWith("meshcheck: internal error: IllegalStateException: it broke"), err);
    assertTrue(err.contains("at dev.meshcheck.suites.cli.MainTest."), err);
    assertFalse(Files.exists(home.resolve(".meshcheck/last-error.txt")));
  }

  @Test
  void showSettingsSendsNothing() {
    environment.put("TENSORMESH_INFERENCE_API_KEY", KEY);
    engine.breaksWith(new IllegalStateException("not to be called"));
    assertEquals(
        ExitCode.PASSED, run("--show-settings", "--host", "https://serverless.tensormesh.ai/v1"));
    assertTrue(
        out.contains("inference-key             ak-…3f9c (from TENSORMESH_INFERENCE_API_KEY)\n"),
        out);
    assertTrue(out.contains("\ntarget serverless at https://serverless.tensormesh.ai\n"), out);
    assertTrue(
        out.contains("\nsurface serverless: the host name serverless.tensormesh.ai says so\n"),
        out);
    assertFalse(out.contains(KEY), out);
  }
}
