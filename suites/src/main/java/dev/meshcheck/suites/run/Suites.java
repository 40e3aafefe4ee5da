package dev.meshcheck.suites.run;

import dev.meshcheck.suites.check.Catalogue;
import dev.meshcheck.suites.suite.AuthSuite;
import dev.meshcheck.suites.suite.BadBodySuite;
import dev.meshcheck.suites.suite.ChatBehaviourSuite;
import dev.meshcheck.suites.suite.ChatStreamSuite;
import dev.meshcheck.suites.suite.ChatSuite;
import dev.meshcheck.suites.suite.CompletionsBehaviourSuite;
import dev.meshcheck.suites.suite.CompletionsStreamSuite;
import dev.meshcheck.suites.suite.CompletionsSuite;
import dev.meshcheck.suites.suite.ConcurrencySuite;
import dev.meshcheck.suites.suite.ContextSuite;
import dev.meshcheck.suites.suite.ControlPlaneSuite;
import dev.meshcheck.suites.suite.DetokenizeSuite;
import dev.meshcheck.suites.suite.ErrorSuite;
import dev.meshcheck.suites.suite.GatewaySuite;
import dev.meshcheck.suites.suite.GuardSuite;
import dev.meshcheck.suites.suite.HealthSuite;
import dev.meshcheck.suites.suite.LeakSuite;
import dev.meshcheck.suites.suite.LimitsSuite;
import dev.meshcheck.suites.suite.LogprobsSuite;
import dev.meshcheck.suites.suite.ModelsSuite;
import dev.meshcheck.suites.suite.QualitySuite;
import dev.meshcheck.suites.suite.ResponsesBehaviourSuite;
import dev.meshcheck.suites.suite.ResponsesStreamSuite;
import dev.meshcheck.suites.suite.ResponsesSuite;
import dev.meshcheck.suites.suite.ResponsesToolsSuite;
import dev.meshcheck.suites.suite.StructuredOutputSuite;
import dev.meshcheck.suites.suite.TokenizeSuite;
import dev.meshcheck.suites.suite.ToolRefusalsSuite;
import dev.meshcheck.suites.suite.ToolsSuite;
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
          ChatStreamSuite.class,
          ChatBehaviourSuite.class,
          LogprobsSuite.class,
          ToolsSuite.class,
          ToolRefusalsSuite.class,
          StructuredOutputSuite.class,
          CompletionsSuite.class,
          CompletionsStreamSuite.class,
          CompletionsBehaviourSuite.class,
          ResponsesSuite.class,
          ResponsesStreamSuite.class,
          ResponsesBehaviourSuite.class,
          ResponsesToolsSuite.class,
          TokenizeSuite.class,
          DetokenizeSuite.class,
          GuardSuite.class,
          AuthSuite.class,
          BadBodySuite.class,
          ErrorSuite.class,
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
