package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.reports.cause.DiagnosisReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Set-ups with real programs, and such as only look like a fault: each is told as it is. */
@Tag("long")
class SetupsTest {

  /** A regular expression of the set-ups that are played. */
  private static final String PART = "meshcheck.setups";

  private final Calibration calibration = new Calibration();

  static List<Setup> setups() {
    return Stream.of(
            RefusedSetups.all(),
            WaySetups.all(),
            BodySetups.all(),
            WrappedSetups.all(),
            ChangingSetups.all(),
            TlsSetups.all(),
            ClientCertificateSetups.all(),
            UserSetups.all(),
            StrangerSetups.all(),
            FrontSetups.all(),
            BetweenSetups.all(),
            WordSetups.all(),
            RefusalSetups.all(),
            GateSetups.all(),
            DyingSetups.all(),
            GuestSetups.all(),
            HiddenSetups.all(),
            EnvelopeSetups.all(),
            LookAlikeSetups.all(),
            SilentSetups.all(),
            OtherServerSetups.all(),
            ModelSetups.all(),
            PlatformSetups.all(),
            PortSetups.all(),
            RemedySetups.all(),
            HeldOutSetups.all())
        .flatMap(List::stream)
        .filter(s -> s.toString().matches(System.getProperty(PART, ".*")))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everySetup() {
    List<DynamicTest> tests = new ArrayList<>();
    setups().forEach(s -> tests.add(DynamicTest.dynamicTest(s.toString(), () -> isTold(s))));
    // A part of them says nothing of the whole.
    if (System.getProperty(PART) == null) {
      tests.add(DynamicTest.dynamicTest("sureness is earned", calibration::mustBeEarned));
    }
    return tests.stream();
  }

  private void isTold(Setup setup) throws Exception {
    for (String program : setup.needs()) {
      assumeTrue(Program.installed(program).isPresent(), program + " is not installed");
    }
    try (Stage stage = new Stage()) {
      DiagnosisReport report = setup.play().on(stage);
      Setup.Grade grade = setup.grade(report);
      calibration.add(setup, report, grade);
      assumeTrue(
          grade == Setup.Grade.RIGHT || !HeldOutSetups.OPEN.contains(setup.name()),
          "known not to be told yet");
      assertEquals(Setup.Grade.RIGHT, grade, () -> setup.right() + "\n" + report.json());
      assertTrue(report.requests() <= Budget.MOST_REQUESTS * 2, report::json);
      Contradictions.noneIn(report);
      NextStepsAct.allOf(stage, report);
    }
  }
}
