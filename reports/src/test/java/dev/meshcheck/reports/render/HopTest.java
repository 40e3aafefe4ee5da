package dev.meshcheck.reports.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.reports.run.RunPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose a failure is. */
class HopTest {

  private static final Target FRONT = Samples.target("serverless");
  private static final Target ENGINE = Samples.target("openai-compatible").withName("engine");

  private static RunReport run(List<Verdict> front, List<Verdict> behind) {
    RunPlan plan = Samples.plan(false, front);
    RunPlan both =
        new RunPlan(
            plan.id(),
            plan.startedAt(),
            plan.selection(),
            plan.parallelism(),
            plan.strict(),
            plan.catalogue(),
            plan.settings(),
            plan.targets(),
            Optional.of(new PlannedTarget(ENGINE, List.of("surface openai-compatible: given"))),
            plan.checks());
    RunLog log = RunLog.start(both, new Redactor(List.of(Samples.KEY, Samples.TOKEN)), List.of());
    front.forEach(log::judged);
    behind.forEach(log::judgedBehind);
    return log.finish(Samples.START.plusSeconds(3));
  }

  private static Verdict wrong(Target target, Reason reason) {
    return Samples.verdict("chat.a", target, Outcome.WARNED, Optional.of(reason));
  }

  private static String words(Verdict front, Verdict... behind) {
    RunReport report = run(List.of(front), List.of(behind));
    return new Hop(report).words(report.results().get(0)).orElse("nothing");
  }

  @Test
  void whatTheEngineHoldsIsTheGateways() {
    assertEquals(
        "the engine passes this, so it is the gateway's",
        words(wrong(FRONT, Reason.WRONG_VALUE), Samples.passed("chat.a", ENGINE)));
    Verdict recorded = Samples.verdict("chat.a", ENGINE, Outcome.RECORDED, Optional.empty());
    assertEquals(
        "the engine passes this, so it is the gateway's",
        words(wrong(FRONT, Reason.WRONG_VALUE), recorded));
  }

  @Test
  void whatFailsAtBothForTheSameReasonIsTheEngines() {
    assertEquals(
        "the engine fails this too, for the same reason, so it is the engine's",
        words(wrong(FRONT, Reason.WRONG_VALUE), wrong(ENGINE, Reason.WRONG_VALUE)));
  }

  /** A check that is only recorded there failed all the same. */
  @Test
  void aWeakerLevelAtTheEngineChangesNothing() {
    Verdict recorded =
        Samples.verdict("chat.a", ENGINE, Outcome.RECORDED, Optional.of(Reason.WRONG_VALUE));
    assertEquals(
        "the engine fails this too, for the same reason, so it is the engine's",
        words(wrong(FRONT, Reason.WRONG_VALUE), recorded));
  }

  @Test
  void whatFailsAtBothInDifferentWaysIsOfBoth() {
    assertEquals(
        "the engine fails this too, in another way: The message of chat.a.",
        words(wrong(FRONT, Reason.SERVER_ERROR), wrong(ENGINE, Reason.WRONG_VALUE)));
  }

  @Test
  void whatCouldNotRunThereSaysNothing() {
    Verdict stuck =
        Samples.verdict("chat.a", ENGINE, Outcome.COULD_NOT_RUN, Optional.of(Reason.RATE_LIMITED));
    assertEquals(
        "nothing can be said of the engine: The message of chat.a.",
        words(wrong(FRONT, Reason.WRONG_VALUE), stuck));
    assertEquals(
        "not asked of the engine, which does not promise it",
        words(wrong(FRONT, Reason.WRONG_VALUE)));
  }

  @Test
  void noControlPlaneIsInFrontOfAnEngine() {
    RunReport report =
        run(
            List.of(wrong(Samples.target("control-plane"), Reason.WRONG_VALUE)),
            List.of(Samples.passed("chat.a", ENGINE)));
    assertEquals(Optional.empty(), report.results().get(0).engine());
  }

  @Test
  void theEngineDecidesNoExitCode() {
    Verdict good =
        Samples.passed(
            "chat.a",
            FRONT,
            Samples.exchange("e1", FRONT, Samples.chat(FRONT), Samples.json(200, "{}")));
    RunReport report = run(List.of(good), List.of(wrong(ENGINE, Reason.WRONG_VALUE)));
    assertEquals(Optional.of(0), report.run().exitCode());
    assertEquals(1, report.summary().total());
    assertEquals(
        Optional.of(
            "engine https://openai-compatible.example: nothing was found wrong in front of it; 1 check"
                + " failed at the engine alone, which the gateway mends or hides"),
        new Hop(report).summary());
  }

  @Test
  void aHostThatIsNotReachedIsUnreachableWhateverTheEngineSays() {
    Exchange gone =
        Samples.exchange(
            "e1",
            FRONT,
            Samples.chat(FRONT),
            new NoAnswer(NoAnswer.Kind.CONNECTION_REFUSED, "refused"));
    Exchange there = Samples.exchange("e2", ENGINE, Samples.chat(ENGINE), Samples.json(200, "{}"));
    Verdict stuck =
        Samples.verdict(
            "chat.a", FRONT, Outcome.COULD_NOT_RUN, Optional.of(Reason.CONNECTION_REFUSED), gone);
    RunReport report = run(List.of(stuck), List.of(Samples.passed("chat.a", ENGINE, there)));
    assertEquals(Optional.of(4), report.run().exitCode());
    assertEquals(
        Optional.of(
            "engine https://openai-compatible.example: nothing was found wrong in front of it; of 1"
                + " check that could not run in front, the engine passed 1"),
        new Hop(report).summary());
  }

  @Test
  void itsReportIsValidAndCanBeReadAgain() throws IOException {
    RunReport report =
        run(List.of(wrong(FRONT, Reason.SERVER_ERROR)), List.of(wrong(ENGINE, Reason.WRONG_VALUE)));
    String json = ReportJson.write(report);
    assertEquals(
        List.of(),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ReportJson.schema())
            .validate(new ObjectMapper().readTree(json)));
    assertEquals(report.results(), ReportJson.read(json).results());
    assertEquals(report.engine(), ReportJson.read(json).engine());
  }

  /** Nobody is to blame for what was asked without a key. */
  @Test
  void anEngineThatWantsAKeyIsToldAsThat() {
    Exchange refused =
        Samples.exchange(
            "e2",
            ENGINE,
            Request.of("GET", ENGINE.at("/v1/models"), Headers.NONE),
            Samples.json(401, "{}"));
    Verdict behind = Samples.failed("chat.a", ENGINE, Reason.UNAUTHORIZED, refused);
    Hop hop = new Hop(run(List.of(Samples.passed("chat.a", FRONT)), List.of(behind)));
    assertEquals(
        Optional.of(
            "engine https://openai-compatible.example: nothing was found wrong in front of it; it"
                + " wants a key and none was given (MESHCHECK_ENGINE_KEY), so nothing follows from"
                + " 1 check that it answered with 401"),
        hop.summary());
    assertEquals(List.of(), hop.rows());
    assertEquals(
        "nothing can be said of the engine: The message of chat.a.",
        words(wrong(FRONT, Reason.UNAUTHORIZED), behind));
  }
}
