package dev.meshcheck.suites.run;

import dev.meshcheck.suites.check.Catalogue;
import dev.meshcheck.suites.suite.auth.AuthRefusalSuite;
import dev.meshcheck.suites.suite.auth.AuthSuite;
import dev.meshcheck.suites.suite.auth.BypassSuite;
import dev.meshcheck.suites.suite.auth.GuardSuite;
import dev.meshcheck.suites.suite.auth.OperatorSuite;
import dev.meshcheck.suites.suite.auth.UserIdSuite;
import dev.meshcheck.suites.suite.cache.CacheAnswersSuite;
import dev.meshcheck.suites.suite.cache.CacheCallersSuite;
import dev.meshcheck.suites.suite.cache.CacheImagesSuite;
import dev.meshcheck.suites.suite.cache.CacheSpeedSuite;
import dev.meshcheck.suites.suite.cache.CachedTokensSuite;
import dev.meshcheck.suites.suite.chat.BehindMarksSuite;
import dev.meshcheck.suites.suite.chat.ChatBehaviourSuite;
import dev.meshcheck.suites.suite.chat.ChatChunkSuite;
import dev.meshcheck.suites.suite.chat.ChatCountSuite;
import dev.meshcheck.suites.suite.chat.ChatHistorySuite;
import dev.meshcheck.suites.suite.chat.ChatParametersSuite;
import dev.meshcheck.suites.suite.chat.ChatStopSuite;
import dev.meshcheck.suites.suite.chat.ChatStreamSuite;
import dev.meshcheck.suites.suite.chat.ChatStreamUsageSuite;
import dev.meshcheck.suites.suite.chat.ChatSuite;
import dev.meshcheck.suites.suite.chat.ChatUsageSuite;
import dev.meshcheck.suites.suite.chat.LogprobBytesSuite;
import dev.meshcheck.suites.suite.chat.LogprobsSuite;
import dev.meshcheck.suites.suite.chat.TextEndsSuite;
import dev.meshcheck.suites.suite.chat.TopLogprobsSuite;
import dev.meshcheck.suites.suite.completions.CompletionsBehaviourSuite;
import dev.meshcheck.suites.suite.completions.CompletionsCountSuite;
import dev.meshcheck.suites.suite.completions.CompletionsStreamSuite;
import dev.meshcheck.suites.suite.completions.CompletionsStreamUsageSuite;
import dev.meshcheck.suites.suite.completions.CompletionsSuite;
import dev.meshcheck.suites.suite.completions.EchoSuite;
import dev.meshcheck.suites.suite.controlplane.ControlPlaneSuite;
import dev.meshcheck.suites.suite.errors.BadBodySuite;
import dev.meshcheck.suites.suite.errors.BadRequestSuite;
import dev.meshcheck.suites.suite.errors.ContextSuite;
import dev.meshcheck.suites.suite.errors.ErrorBodySuite;
import dev.meshcheck.suites.suite.errors.EveryAnswerSuite;
import dev.meshcheck.suites.suite.errors.EveryRefusalSuite;
import dev.meshcheck.suites.suite.errors.HugeNumberSuite;
import dev.meshcheck.suites.suite.errors.LeakSuite;
import dev.meshcheck.suites.suite.errors.MediaSuite;
import dev.meshcheck.suites.suite.errors.NowAndThenSuite;
import dev.meshcheck.suites.suite.errors.ServerErrorSuite;
import dev.meshcheck.suites.suite.errors.UnknownModelSuite;
import dev.meshcheck.suites.suite.errors.WellFormedSuite;
import dev.meshcheck.suites.suite.gateway.ClientsSuite;
import dev.meshcheck.suites.suite.gateway.ConcurrencySuite;
import dev.meshcheck.suites.suite.gateway.CorsSuite;
import dev.meshcheck.suites.suite.gateway.FirewallSuite;
import dev.meshcheck.suites.suite.gateway.FramingSuite;
import dev.meshcheck.suites.suite.gateway.GatewaySuite;
import dev.meshcheck.suites.suite.gateway.KeptConnectionsSuite;
import dev.meshcheck.suites.suite.gateway.LimitsSuite;
import dev.meshcheck.suites.suite.pace.HangUpSuite;
import dev.meshcheck.suites.suite.pace.PaceSuite;
import dev.meshcheck.suites.suite.performance.PerformanceSuite;
import dev.meshcheck.suites.suite.quality.QualitySuite;
import dev.meshcheck.suites.suite.responses.AgentToolsSuite;
import dev.meshcheck.suites.suite.responses.ContinuedResponsesSuite;
import dev.meshcheck.suites.suite.responses.FinishedCallsSuite;
import dev.meshcheck.suites.suite.responses.OpenResponsesSuite;
import dev.meshcheck.suites.suite.responses.ResponsePartsSuite;
import dev.meshcheck.suites.suite.responses.ResponsesBehaviourSuite;
import dev.meshcheck.suites.suite.responses.ResponsesEventsSuite;
import dev.meshcheck.suites.suite.responses.ResponsesItemsSuite;
import dev.meshcheck.suites.suite.responses.ResponsesReachSuite;
import dev.meshcheck.suites.suite.responses.ResponsesStreamSuite;
import dev.meshcheck.suites.suite.responses.ResponsesSuite;
import dev.meshcheck.suites.suite.responses.ResponsesToolChoiceSuite;
import dev.meshcheck.suites.suite.responses.ResponsesToolsSuite;
import dev.meshcheck.suites.suite.responses.ResponsesUsageSuite;
import dev.meshcheck.suites.suite.responses.StoredResponsesSuite;
import dev.meshcheck.suites.suite.sampling.ChatSamplingSuite;
import dev.meshcheck.suites.suite.sampling.CompletionsSamplingSuite;
import dev.meshcheck.suites.suite.sampling.ResponsesSamplingSuite;
import dev.meshcheck.suites.suite.sampling.SeedRangeSuite;
import dev.meshcheck.suites.suite.sampling.StreamedSamplingSuite;
import dev.meshcheck.suites.suite.status.HealthSuite;
import dev.meshcheck.suites.suite.status.ModelsSuite;
import dev.meshcheck.suites.suite.status.VersionSuite;
import dev.meshcheck.suites.suite.structured.StrictSchemaSuite;
import dev.meshcheck.suites.suite.structured.StructuredOutputSuite;
import dev.meshcheck.suites.suite.tokenize.DetokenizeSuite;
import dev.meshcheck.suites.suite.tokenize.LongTextSuite;
import dev.meshcheck.suites.suite.tokenize.TemplateSuite;
import dev.meshcheck.suites.suite.tokenize.TokenizeSuite;
import dev.meshcheck.suites.suite.tools.CutCallSuite;
import dev.meshcheck.suites.suite.tools.ExactArgumentsSuite;
import dev.meshcheck.suites.suite.tools.LongHistorySuite;
import dev.meshcheck.suites.suite.tools.ParallelToolsSuite;
import dev.meshcheck.suites.suite.tools.ToolChoiceSuite;
import dev.meshcheck.suites.suite.tools.ToolHistorySuite;
import dev.meshcheck.suites.suite.tools.ToolRefusalsSuite;
import dev.meshcheck.suites.suite.tools.ToolRoundsSuite;
import dev.meshcheck.suites.suite.tools.ToolStreamSuite;
import dev.meshcheck.suites.suite.tools.ToolsSuite;
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
          ChatCountSuite.class,
          ChatParametersSuite.class,
          ChatStreamSuite.class,
          ChatChunkSuite.class,
          ChatStreamUsageSuite.class,
          ChatStopSuite.class,
          ChatBehaviourSuite.class,
          BehindMarksSuite.class,
          ChatHistorySuite.class,
          LogprobBytesSuite.class,
          LogprobsSuite.class,
          TextEndsSuite.class,
          TopLogprobsSuite.class,
          ChatSamplingSuite.class,
          SeedRangeSuite.class,
          StreamedSamplingSuite.class,
          ToolsSuite.class,
          ToolChoiceSuite.class,
          ParallelToolsSuite.class,
          ToolStreamSuite.class,
          CutCallSuite.class,
          ToolRefusalsSuite.class,
          ToolRoundsSuite.class,
          ToolHistorySuite.class,
          LongHistorySuite.class,
          ExactArgumentsSuite.class,
          StructuredOutputSuite.class,
          StrictSchemaSuite.class,
          CompletionsSuite.class,
          CompletionsCountSuite.class,
          EchoSuite.class,
          CompletionsStreamSuite.class,
          CompletionsStreamUsageSuite.class,
          CompletionsBehaviourSuite.class,
          CompletionsSamplingSuite.class,
          ResponsesSuite.class,
          ResponsesUsageSuite.class,
          FinishedCallsSuite.class,
          OpenResponsesSuite.class,
          ResponsesStreamSuite.class,
          ResponsesEventsSuite.class,
          ResponsesItemsSuite.class,
          ResponsesBehaviourSuite.class,
          ResponsesReachSuite.class,
          ContinuedResponsesSuite.class,
          StoredResponsesSuite.class,
          ResponsesSamplingSuite.class,
          ResponsesToolsSuite.class,
          ResponsePartsSuite.class,
          ResponsesToolChoiceSuite.class,
          AgentToolsSuite.class,
          TokenizeSuite.class,
          TemplateSuite.class,
          LongTextSuite.class,
          DetokenizeSuite.class,
          GuardSuite.class,
          BypassSuite.class,
          AuthSuite.class,
          AuthRefusalSuite.class,
          UserIdSuite.class,
          OperatorSuite.class,
          BadBodySuite.class,
          UnknownModelSuite.class,
          BadRequestSuite.class,
          MediaSuite.class,
          ErrorBodySuite.class,
          ContextSuite.class,
          GatewaySuite.class,
          FramingSuite.class,
          ClientsSuite.class,
          KeptConnectionsSuite.class,
          ConcurrencySuite.class,
          CorsSuite.class,
          FirewallSuite.class,
          PaceSuite.class,
          HangUpSuite.class,
          ServerErrorSuite.class,
          WellFormedSuite.class,
          EveryAnswerSuite.class,
          EveryRefusalSuite.class,
          NowAndThenSuite.class,
          HugeNumberSuite.class,
          LeakSuite.class,
          CacheAnswersSuite.class,
          CacheCallersSuite.class,
          CacheImagesSuite.class,
          CachedTokensSuite.class,
          CacheSpeedSuite.class,
          PerformanceSuite.class,
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
