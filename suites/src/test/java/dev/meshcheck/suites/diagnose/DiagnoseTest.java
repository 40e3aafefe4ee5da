package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import dev.meshcheck.reports.cause.DiagnosisReport.State;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.suites.check.Unknown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A diagnosis as a whole: what it costs, what it never sends, how it ends. */
class DiagnoseTest {

  private final Stage stage;

  DiagnoseTest() throws Exception {
    stage = new Stage();
  }

  @AfterEach
  void clear() throws Exception {
    stage.close();
  }

  private static List<String> causes(DiagnosisReport report) {
    return report.causes().stream().map(CauseLine::cause).toList();
  }

  private static List<State> states(DiagnosisReport report) {
    return report.layers().stream().map(DiagnosisReport.LayerReport::state).toList();
  }

  @Test
  void aHealthyEnvironmentHasNothingWrong() {
    stage.flag(Setting.CONTROL_PLANE, stage.gateway(GatewaySurface.CONTROL_PLANE).toString());
    stage.env("TENSORMESH_CONTROL_PLANE_TOKEN", Stage.KNOWN.controlPlaneToken());
    DiagnosisReport report = stage.diagnose(stage.onDemand());

    assertEquals(List.of(), causes(report), report::json);
    assertEquals(List.of(State.OK, State.OK, State.OK, State.OK, State.OK), states(report));
    assertTrue(report.requests() <= 20, report::json);
    assertTrue(report.tokens() <= 100, report::json);
    assertEquals(0, report.exitCode());
  }

  @Test
  void aHostThatHangsIsNotOkAndTheCauseComesFirst() throws Exception {
    URI host =
        stage.onDemand(
            Hooks.onReply(
                (call, reply) -> reply.deliver(d -> d.beforeHeaders(Duration.ofSeconds(9)))));
    DiagnosisReport report = stage.flag(Setting.TIMEOUT, "2").diagnose(host);
    StringWriter text = new StringWriter();
    new DiagnosisConsole(new PrintWriter(text), ConsoleStyle.PLAIN).ended(report);

    assertEquals(List.of("timeout-before-headers"), causes(report), report::json);
    assertEquals(State.BROKEN, states(report).get(2), report::json);
    assertTrue(
        text.toString().indexOf("1. The host takes requests") < text.toString().indexOf("settings"),
        text::toString);
    assertTrue(
        text.toString()
            .endsWith(
                "exit 1: timeout-before-headers: The host takes requests and does not answer in time\n"),
        text::toString);
  }

  @Test
  void withoutAModelItTakesTheFirstThatIsServed() {
    URI host = stage.onDemand();
    DiagnosisReport report = stage.noFlag(Setting.MODEL).diagnose(host);

    assertEquals(List.of(), causes(report), report::json);
    assertEquals("meshcheck-reference-gpu-type-cpux1", report.targets().get(0).model().orElse(""));
    assertTrue(report.requests() <= 20, report::json);
  }

  @Test
  void whereNoModelIsKnownItSaysThatNoTextWasAskedFor() {
    URI host = stage.onDemand(Hooks.onReply((call, reply) -> isModels(call) ? broken() : reply));
    DiagnosisReport report = stage.noFlag(Setting.MODEL).diagnose(host);

    assertEquals(List.of("one-route-fails"), causes(report), report::json);
    String line = "no model is known, so no text was asked for: name one with --model";
    assertTrue(report.json().contains(line), report::json);
  }

  private static boolean isModels(Call call) {
    return call.path().equals("/v1/models");
  }

  private static Reply broken() {
    return Reply.Whole.text(500, "application/json", "{\"error\":{\"message\":\"Sorry\"}}");
  }

  @Test
  void anExpiredCertificateAndAWrongKeyBehindItAreFoundInThatOrder() throws Exception {
    URI host = NetworkScenes.trusted(stage, Certificates.EXPIRED);
    DiagnosisReport report = stage.key(Stage.WRONG_KEY).diagnose(host);

    assertEquals(List.of("tls-expired", "key-invalid"), causes(report), report::json);
    assertEquals(4, report.exitCode());
  }

  @Test
  void aKeyThatNobodyFilledInIsToldByTheNameOfItsVariable() {
    URI host = stage.serverless();
    DiagnosisReport report =
        stage.key("${{ secrets.TENSORMESH_INFERENCE_API_KEY }}").diagnose(host);

    assertEquals(List.of("key-malformed"), causes(report), report::json);
    DiagnosisReport.CauseLine cause = report.causes().get(0);
    assertTrue(
        cause.evidence().get(0).contains("is the name of a variable that nobody has filled in"),
        report::json);
    assertTrue(
        cause.next().get(0).startsWith("export TENSORMESH_INFERENCE_API_KEY=ak-"), report::json);
  }

  @Test
  void aMalformedKeyAndAnUnknownUserAreFoundInThatOrder() {
    URI host = stage.onDemand();
    stage.key("\"" + Stage.KNOWN.inferenceKey() + "\"").flag(Setting.USER_ID, Stage.NOBODY);
    DiagnosisReport report = stage.diagnose(host);

    assertEquals(List.of("key-malformed", "user-id-not-routed"), causes(report), report::json);
  }

  @Test
  void aWrongModelAndABufferingProxyAreNotMixedUp() {
    URI host = stage.onDemand(ServiceScenes.chat(404, "The model does not exist."));
    DiagnosisReport report = stage.flag(Setting.MODEL, "no/such-model").diagnose(host);

    assertEquals(List.of("model-not-served"), causes(report), report::json);
    assertEquals(State.NOT_REACHED, states(report).get(4));
  }

  @Test
  void noKeyGoesToWhatIsNoApi() {
    Queue<Call> calls = new ConcurrentLinkedQueue<>();
    URI host =
        stage.site(
            call -> {
              calls.add(call);
              return Reply.Whole.text(200, "text/html", HostScenes.PAGE);
            });
    stage.user("on-demand").diagnose(host);

    assertFalse(calls.isEmpty());
    Set<Optional<String>> shown =
        calls.stream().map(c -> c.header("Authorization")).collect(Collectors.toSet());
    assertEquals(Set.of(Optional.empty(), Optional.of("Bearer " + Unknown.KEY)), shown);
    assertTrue(calls.stream().noneMatch(c -> c.header("X-User-Id").isPresent()));
  }

  @Test
  void noKeyGoesInClearToAPublicHost() {
    stage.resolver(name -> List.of());
    DiagnosisReport report = stage.user("serverless").diagnose("http://no-such-host.invalid");

    assertEquals("http-instead-of-https", causes(report).get(0));
    assertEquals(0, report.requests());
    assertEquals(2, report.exitCode());
  }

  @Test
  void noSecretIsPrinted() throws Exception {
    String key = "Bearer ak-canary-0123456789abcdef";
    URI host =
        stage.onDemand(
            Hooks.onReply(
                (call, reply) ->
                    reply.status() == 401
                        ? Reply.Whole.text(
                            401,
                            "application/json",
                            "{\"error\": \"bad header "
                                + call.header("Authorization").orElse("")
                                + "\"}")
                        : reply));
    DiagnosisReport report = stage.key(key).diagnose(host);
    StringWriter text = new StringWriter();
    DiagnosisConsole console = new DiagnosisConsole(new PrintWriter(text), ConsoleStyle.PLAIN);
    report.layers().forEach(layer -> console.looked(layer.layer()));
    console.ended(report);

    assertFalse(report.json().contains("canary"), report::json);
    assertFalse(text.toString().contains("canary"), text::toString);
    JsonNode json = new ObjectMapper().readTree(report.json());
    assertEquals("key-malformed", json.at("/causes/0/cause").asText());
    assertEquals("settings", json.at("/causes/0/layer").asText());
    assertEquals("broken", json.at("/layers/0/state").asText());
  }

  @Test
  void aRivalIsRuledOutWithAReason() {
    URI host = stage.onDemand();
    DiagnosisReport report = stage.flag(Setting.USER_ID, Stage.NOBODY).diagnose(host);

    CauseLine first = report.causes().get(0);
    assertTrue(
        first.ruledOut().stream()
            .anyMatch(
                r ->
                    r.cause().equals("key-invalid") && r.because().startsWith("the key gets past")),
        report::json);
    assertEquals(1, report.exitCode());
  }

  @Test
  void whatWaitingHealsIsIncomplete() {
    assertEquals(
        3, stage.diagnose(stage.onDemand(ServiceScenes.chat(429, "slow down"))).exitCode());
  }

  @Test
  void whatStopsItWithoutAKnownCauseIsToldAsUnknown() {
    URI host = stage.onDemand(ServiceScenes.chat(507, "I am full."));
    DiagnosisReport report = stage.diagnose(host);

    assertEquals(List.of("unknown"), causes(report), report::json);
    assertTrue(report.causes().get(0).evidence().get(0).contains("→ 507"), report::json);
    assertTrue(report.causes().get(0).next().get(1).startsWith("curl -si "), report::json);
    // Everything could be asked, and something is wrong.
    assertEquals(1, report.exitCode());
  }

  @Test
  void whatIsNotSureIsToldAsASuspicion() {
    URI host =
        stage.site(
            call -> Reply.Whole.text(401, "text/plain", "Unauthorized").header("Server", "gate"));
    DiagnosisReport report = stage.user("on-demand").diagnose(host);
    StringWriter text = new StringWriter();
    new DiagnosisConsole(new PrintWriter(text), ConsoleStyle.PLAIN).ended(report);

    CauseLine first = report.causes().get(0);
    assertEquals("refused-in-front", first.cause(), report::json);
    assertTrue(first.suspicion(), report::json);
    assertTrue(first.settle().orElse("").contains("known to get through"), report::json);
    assertTrue(text.toString().contains("1. Perhaps: Somebody in front"), text::toString);
    assertTrue(text.toString().contains("Server: gate"), text::toString);
  }

  @Test
  void whatIsSureNeedsNothingToSettleIt() {
    URI host = stage.onDemand();
    DiagnosisReport report = stage.key(Stage.WRONG_KEY).diagnose(host);

    CauseLine first = report.causes().get(0);
    assertEquals("key-invalid", first.cause(), report::json);
    assertFalse(first.suspicion() || first.settle().isPresent(), report::json);
  }

  @Test
  void theFirstChatThatBreaksAloneMayBeOfAServerThatStarts() {
    mustDiffer(true, breaking(reply -> true, reply -> false));
  }

  @Test
  void whatBreaksLaterOnTheSameRouteDoesNotStart() {
    mustDiffer(false, breaking(reply -> true, reply -> reply.status() == 401));
  }

  @Test
  void whatBrokeEarlierOnTheSameRouteDoesNotStart() {
    mustDiffer(
        false, breaking(reply -> reply instanceof Reply.Stream, reply -> reply.status() == 401));
  }

  private void mustDiffer(boolean suspicion, Hooks hooks) {
    DiagnosisReport report = stage.diagnose(stage.onDemand(hooks));

    CauseLine first = report.causes().get(0);
    assertEquals("answers-differ", first.cause(), report::json);
    assertEquals(suspicion, first.suspicion(), report::json);
  }

  /** Loses the first good chat of these, and what else is lost. */
  private static Hooks breaking(Predicate<Reply> these, Predicate<Reply> lost) {
    AtomicInteger good = new AtomicInteger();
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals("/v1/chat/completions")
                    && (lost.test(reply)
                        || (reply.status() == 200
                            && these.test(reply)
                            && good.getAndIncrement() == 0))
                ? Reply.Whole.text(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>")
                : reply);
  }

  @Test
  void anAnswerInOnePieceInsteadOfAStreamIsNoStream() {
    URI host =
        stage.onDemand(
            Hooks.onReply(
                (call, reply) ->
                    reply instanceof Reply.Stream
                        ? Reply.Whole.text(200, "application/json", "{\"choices\": []}")
                        : reply));
    DiagnosisReport report = stage.diagnose(host);

    assertEquals(List.of("stream-is-no-event-stream"), causes(report), report::json);
  }

  @Test
  void anyOpenAiCompatibleServerCanBeHealthy() {
    URI host = stage.serverless();
    DiagnosisReport report = stage.flag(Setting.SURFACE, "openai-compatible").diagnose(host);

    assertEquals(List.of(), causes(report), report::json);
  }

  @Test
  void aHostThatAsksForAUserIdSaysSoWhateverTheSurface() {
    URI host = stage.gateway(GatewaySurface.ON_DEMAND);
    stage.key(Stage.KNOWN.inferenceKey()).flag(Setting.SURFACE, "openai-compatible");
    DiagnosisReport report = stage.diagnose(host);

    assertEquals("missing-user-id", causes(report).get(0), report::json);
  }

  @Test
  void plainHttpToATlsPortIsNamed() throws Exception {
    String host = stage.tls(Certificates.GOOD, stage.serverless()).toString();
    DiagnosisReport report = stage.diagnose(host.replace("https:", "http:"));

    assertEquals(List.of("http-instead-of-https"), causes(report), report::json);
  }

  @Test
  void aTokenInPlaceOfAKeyAndAKeyInPlaceOfATokenAreBothNamed() {
    URI host = stage.onDemand();
    stage.flag(Setting.CONTROL_PLANE, stage.gateway(GatewaySurface.CONTROL_PLANE).toString());
    stage.key(Stage.KNOWN.controlPlaneToken());
    stage.env("TENSORMESH_CONTROL_PLANE_TOKEN", Stage.KNOWN.inferenceKey());
    DiagnosisReport report = stage.diagnose(host);

    assertEquals(
        List.of("key-of-other-surface", "key-of-other-surface"), causes(report), report::json);
    assertTrue(report.requests() <= 20, report::json);
  }

  @Test
  void withoutAHostNothingIsDiagnosed() {
    Sources nothing =
        new Sources(Map.of(), Map.of(), Map.of(), stage.home(), stage.home(), stage.home());
    Diagnose diagnose = new Diagnose(nothing, name -> List.of(), DiagnosisObserver.SILENT);

    UsageException refused = assertThrows(UsageException.class, diagnose::run);
    assertTrue(refused.getMessage().startsWith("diagnose needs a host"), refused.getMessage());
  }
}
