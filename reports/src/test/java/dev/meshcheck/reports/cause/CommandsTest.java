package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.text.NextStep;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What has to be set so that a command does what the run did, wherever its values stood. */
class CommandsTest {

  private static final String CURL = "curl -sS -H \"X-User-Id: $%s\" http://host.test/health";

  private static Commands commands(Map<Setting, String> origins) {
    Target target =
        new Target(
            "eu",
            Surfaces.named("on-demand").orElseThrow(),
            URI.create("http://host.test"),
            Optional.of("ak-made-up-for-this-test-0123"),
            Optional.of("5f0c9a52-7d1e-4c2b-9a57-0d6c1f3b8e21"),
            Optional.of("org/model"));
    return new Commands(Subject.of(target, List.of(target), origins));
  }

  private static List<String> exports(Map<Setting, String> origins, String command) {
    return commands(origins).exports(command).stream().map(Commands.Export::toString).toList();
  }

  private static String ours() {
    return Program.name() + " diagnose --host http://host.test";
  }

  @Test
  void ourCommandsReadTheVariablesOfATargetsFileByTheUsualNames() {
    Map<Setting, String> origins =
        Map.of(
            Setting.INFERENCE_KEY, "from fleet.yaml:3 (EU_KEY)",
            Setting.USER_ID, "from fleet.yaml:4 (TENSORMESH_USER_ID)");
    assertEquals(
        List.of(
            "export TENSORMESH_INFERENCE_API_KEY=\"$EU_KEY\"   # what came from fleet.yaml:3 (EU_KEY), for the line below"),
        exports(origins, ours()));
    assertEquals(List.of(), exports(origins, CURL.formatted("TENSORMESH_USER_ID")));
  }

  @Test
  void aFileThatNoVariableNamesIsReadForOurCommands() {
    for (String by : List.of("--inference-key-file", "fleet.yaml:3")) {
      String origin = "from the file my key named by " + by;
      assertEquals(
          List.of(
              "export TENSORMESH_INFERENCE_API_KEY=\"$(cat 'my key')\"   # what came "
                  + origin
                  + ", for the line below"),
          exports(Map.of(Setting.INFERENCE_KEY, origin), ours()));
    }
    assertEquals(
        List.of(),
        exports(
            Map.of(
                Setting.INFERENCE_KEY, "from the file key named by MESHCHECK_INFERENCE_KEY_FILE"),
            ours()));
  }

  @Test
  void whatWasWrittenOutIsSetByHandOrWrittenOutAgain() {
    Map<Setting, String> origins =
        Map.of(Setting.USER_ID, "from fleet.yaml:4", Setting.MODEL, "from fleet.yaml:5");
    Commands commands = commands(origins);
    assertEquals(
        "--host http://host.test --surface on-demand --model org/model --user-id \"$TENSORMESH_USER_ID\"",
        commands.here());
    assertEquals(
        List.of("export TENSORMESH_USER_ID=…   # what came from fleet.yaml:4, for the line below"),
        exports(origins, Program.name() + " diagnose " + commands.here()));
  }

  @Test
  void whatTheShellHasNeedsNothing() {
    Map<Setting, String> origins =
        Map.of(
            Setting.INFERENCE_KEY, "from GATEWAY_API_KEY", Setting.USER_ID, "from GATEWAY_USER_ID");
    assertEquals(List.of(), exports(origins, ours()));
    assertEquals(List.of(), exports(origins, CURL.formatted("GATEWAY_USER_ID")));
  }

  @Test
  void theFirstStepIsWhatAPreparationIsFor() {
    List<String> steps =
        new ArrayList<>(exports(Map.of(Setting.USER_ID, "from --user-id"), userId()));
    steps.add(userId());
    steps.add("Ask whoever runs it.");
    assertEquals(Optional.of(userId()), NextStep.first(steps));
    assertEquals(steps.subList(0, 2), NextStep.prepared(steps));
    assertEquals(List.of(userId()), NextStep.prepared(Stream.of(userId(), "More.").toList()));
  }

  private static String userId() {
    return CURL.formatted("TENSORMESH_USER_ID");
  }
}
