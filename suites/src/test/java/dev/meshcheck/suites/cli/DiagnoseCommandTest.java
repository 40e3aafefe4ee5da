package dev.meshcheck.suites.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.outcome.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The command {@code diagnose} as a user types it. */
class DiagnoseCommandTest {

  private final FakeEngine engine = new FakeEngine();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private ExitCode run(String... args) {
    return Main.run(
        List.of(args),
        Map.of("TENSORMESH_INFERENCE_API_KEY", "has white space"),
        new Properties(),
        engine,
        new PrintWriter(out),
        new PrintWriter(err));
  }

  @Test
  void handsOnWhatVerifyWouldRefuse() {
    ExitCode code =
        run("diagnose", "--host", "http://a.example", "--user-id", "somebody", "--json");

    assertEquals(ExitCode.PASSED, code);
    assertTrue(out.toString().contains("host=http://a.example"), out::toString);
    assertTrue(out.toString().contains("user-id=somebody"), out::toString);
    assertTrue(out.toString().endsWith(" json true\n"), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void exitsAsTheEngineSays() {
    engine.endsWith(ExitCode.UNREACHABLE);
    assertEquals(ExitCode.UNREACHABLE, run("diagnose", "--host", "http://a.example"));
  }

  @Test
  void helpNamesWhatItCosts() {
    assertEquals(ExitCode.PASSED, run("diagnose", "--help"));
    assertTrue(out.toString().contains("At most 20 requests and 250 tokens."), out::toString);
    assertTrue(out.toString().contains("--control-plane=URL"), out::toString);
  }

  @Test
  void optionsOfRunsAreNone() {
    assertEquals(ExitCode.USAGE, run("diagnose", "--strict"));
    assertTrue(err.toString().contains("there is no option '--strict'"), err::toString);
  }
}
