package dev.meshcheck.suites.run;

import dev.meshcheck.suites.check.Catalogue;
import dev.meshcheck.suites.suite.AuthRefusalSuite;
import dev.meshcheck.suites.suite.AuthSuite;
import dev.meshcheck.suites.suite.BadBodySuite;
import dev.meshcheck.suites.suite.BadRequestSuite;
import dev.meshcheck.suites.suite.ChatBehaviourSuite;
import dev.meshcheck.suites.suite.ChatChunkSuite;
import dev.meshcheck.suites.suite.ChatParametersSuite;
import dev.meshcheck.suites.suite.ChatStreamSuite;
import dev.meshcheck.suites.suite.ChatStreamUsageSuite;
import dev.meshcheck.suites.suite.ChatSuite;
import dev.meshcheck.suites.suite.ChatUsageSuite;
import dev.meshcheck.suites.suite.CompletionsBehaviourSuite;
import dev.meshcheck.suites.suite.CompletionsStreamSuite;
import dev.meshcheck.suites.suite.CompletionsSuite;
import dev.meshcheck.suites.suite.ConcurrencySuite;
import dev.meshcheck.suites.suite.ContextSuite;
import dev.meshcheck.suites.suite.ControlPlaneSuite;
import dev.meshcheck.suites.suite.DetokenizeSuite;
import dev.meshcheck.suites.suite.ErrorBodySuite;
import dev.meshcheck.suites.suite.GatewaySuite;
import dev.meshcheck.suites.suite.GuardSuite;
import dev.meshcheck.suites.suite.HealthSuite;
import dev.meshcheck.suites.suite.LeakSuite;
import dev.meshcheck.suites.suite.LimitsSuite;
import dev.meshcheck.suites.suite.LogprobsSuite;
import dev.meshcheck.suites.suite.ModelsSuite;
import dev.meshcheck.suites.suite.OpenResponsesSuite;
import dev.meshcheck.suites.suite.ParallelToolsSuite;
import dev.meshcheck.suites.suite.QualitySuite;
import dev.meshcheck.suites.suite.ResponsesBehaviourSuite;
import dev.meshcheck.suites.suite.ResponsesEventsSuite;
import dev.meshcheck.suites.suite.ResponsesStreamSuite;
import dev.meshcheck.suites.suite.ResponsesSuite;
import dev.meshcheck.suites.suite.ResponsesToolsSuite;
import dev.meshcheck.suites.suite.ResponsesUsageSuite;
import dev.meshcheck.suites.suite.StoredResponsesSuite;
import dev.meshcheck.suites.suite.StructuredOutputSuite;
import dev.meshcheck.suites.suite.TokenizeSuite;
import dev.meshcheck.suites.suite.ToolChoiceSuite;
import dev.meshcheck.suites.suite.ToolRefusalsSuite;
import dev.meshcheck.suites.suite.ToolStreamSuite;
import dev.meshcheck.suites.suite.ToolsSuite;
import dev.meshcheck.suites.suite.UnknownModelSuite;
import dev.meshcheck.suites.suite.UserIdSuite;
import dev.meshcheck.suites.suite.VersionSuite;
import java.util.List;

/** The suites of Meshcheck, in the order in which their results are told. */
public final class Suites {

  private static final List<Class<?>> ALL =
      List.of(
          HealthSuite.class,
          VersionSuite.class,
          ModelsSuite.class,
          ChatSuite.class,
          ChatUsageSuite.class,
          ChatParametersSuite.class,
          ChatStreamSuite.class,
          ChatChunkSuite.class,
          ChatStreamUsageSuite.class,
          ChatBehaviourSuite.class,
          LogprobsSuite.class,
          ToolsSuite.class,
          ToolChoiceSuite.class,
          ParallelToolsSuite.class,
          ToolStreamSuite.class,
          ToolRefusalsSuite.class,
          StructuredOutputSuite.class,
          CompletionsSuite.class,
          CompletionsStreamSuite.class,
          CompletionsBehaviourSuite.class,
          ResponsesSuite.class,
          ResponsesUsageSuite.class,
          OpenResponsesSuite.class,
          ResponsesStreamSuite.class,
          ResponsesEventsSuite.class,
          ResponsesBehaviourSuite.class,
          StoredResponsesSuite.class,
          ResponsesToolsSuite.class,
          TokenizeSuite.class,
          DetokenizeSuite.class,
          GuardSuite.class,
          AuthSuite.class,
          AuthRefusalSuite.class,
          UserIdSuite.class,
          BadBodySuite.class,
          UnknownModelSuite.class,
          BadRequestSuite.class,
          ErrorBodySuite.class,
          ContextSuite.class,
          GatewaySuite.class,
          ConcurrencySuite.class,
          LeakSuite.class,
          QualitySuite.class,
          LimitsSuite.class,
          ControlPlaneSuite.class);

  private static final List<Catalogue.Entry> CATALOGUE = Catalogue.of(ALL);

  private Suites() {}

  /** Every check there is, in order. */
  public static List<Catalogue.Entry> catalogue() {
    return CATALOGUE;
  }
}
