package dev.meshcheck.suites.diagnose;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The next steps of every cause are typed as they are printed, and act. */
@Tag("long")
class NextStepsTest {

  @TestFactory
  Stream<DynamicTest> ofEveryCause() {
    return ScenariosTest.scenarios().stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.cause(), () -> act(scenario)));
  }

  private static void act(Scenario scenario) throws Exception {
    try (Stage stage = new Stage()) {
      NextStepsAct.allOf(stage, scenario.shows().on(stage));
    }
  }
}
