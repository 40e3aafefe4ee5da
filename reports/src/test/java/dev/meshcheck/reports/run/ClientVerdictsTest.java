package dev.meshcheck.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.cause.NotJudged;
import dev.meshcheck.reports.client.ClientRuns;
import dev.meshcheck.reports.client.ClientVerdict;
import dev.meshcheck.reports.client.Clients;
import dev.meshcheck.reports.model.ClientReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientVerdictsTest {

  private final Target target = Samples.target("serverless");

  private static ClientReport of(RunReport run, String client) {
    return run.clients().orElseThrow().stream()
        .filter(one -> one.client().equals(client))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allWorkWhereEverythingPasses() {
    List<ClientReport> clients = ClientRuns.with(Map.of(), target).clients().orElseThrow();
    assertEquals(Clients.all().size(), clients.size());
    for (ClientReport client : clients) {
      assertEquals(ClientVerdict.WORKS, client.verdict(), client.toString());
      assertEquals(List.of(), client.because());
      assertEquals("serverless", client.target());
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          chat-stream.finishes-once              | FAILED        | openai-node   | DOES_NOT_WORK
          chat-stream.finishes-once              | FAILED        | cline         | DOES_NOT_WORK
          chat-stream.finishes-once              | FAILED        | openai-python | WORKS
          tools.made-up-ids-are-taken            | WARNED        | opencode      | DOES_NOT_WORK
          tools.made-up-ids-are-taken            | WARNED        | cline         | WORKS_WITH_LIMITS
          chat-stream.tells-usage-when-asked     | FAILED        | aider         | WORKS_WITH_LIMITS
          responses.custom-tools-are-used-or-refused | WARNED    | codex-cli     | WORKS_WITH_LIMITS
          responses.answers                      | INAPPLICABLE  | codex-cli     | DOES_NOT_WORK
          responses.tool-result-is-used          | INAPPLICABLE  | codex-cli     | WORKS
          responses.tool-result-is-used          | COULD_NOT_RUN | codex-cli     | NOT_JUDGED
          gateway.long-bodies-are-answered       | COULD_NOT_RUN | aider         | NOT_JUDGED
          """,
      delimiter = '|')
  void oneCheckDecides(String check, Outcome outcome, String client, ClientVerdict verdict) {
    ClientReport report = of(ClientRuns.with(Map.of(check, outcome), target), client);
    assertEquals(verdict, report.verdict());
    List<String> because = report.because().stream().map(ClientReport.Because::check).toList();
    assertEquals(verdict == ClientVerdict.WORKS ? List.of() : List.of(check), because);
  }

  @Test
  void whatIsBrokenOutweighsWhatIsUnknown() {
    RunReport run =
        ClientRuns.with(
            Map.of(
                "responses.tool-result-is-used", Outcome.COULD_NOT_RUN,
                "responses-stream.codex-request-is-answered", Outcome.WARNED),
            target);
    assertEquals(ClientVerdict.DOES_NOT_WORK, of(run, "codex-cli").verdict());
  }

  @Test
  void aLimitIsToldThoughAnotherIsUnknown() {
    RunReport run =
        ClientRuns.with(
            Map.of(
                "gateway.long-bodies-are-answered", Outcome.COULD_NOT_RUN,
                "chat.markup-comes-back", Outcome.WARNED),
            target);
    assertEquals(ClientVerdict.WORKS_WITH_LIMITS, of(run, "aider").verdict());
  }

  @Test
  void whatWasNotSelectedIsNotJudged() {
    RunReport run = ClientRuns.without("models.answers", target);
    assertEquals(ClientVerdict.NOT_JUDGED, of(run, "open-webui").verdict());
    assertEquals(ClientVerdict.WORKS, of(run, "zed").verdict());
  }

  @Test
  void aWrongKeySaysNothingOfClients() {
    RunReport run =
        Samples.run(
            false,
            List.of(
                Samples.failed(
                    "chat.answers",
                    target,
                    Reason.UNAUTHORIZED,
                    Samples.exchange(
                        "e1",
                        target,
                        Samples.chat(target),
                        Samples.json(401, "{\"error\": \"Unauthorized\"}"))),
                Samples.failed(
                    "responses.answers",
                    target,
                    Reason.UNAUTHORIZED,
                    Samples.exchange(
                        "e2",
                        target,
                        Samples.post(target, "/v1/responses", "{}"),
                        Samples.json(401, "{\"error\": \"Unauthorized\"}")))));
    assertTrue(
        NotJudged.isOfTheCaller(run.causes(), run.results().get(0)), () -> run.causes().toString());
    assertEquals(ClientVerdict.NOT_JUDGED, of(run, "openai-python").verdict());
    assertEquals(ClientVerdict.NOT_JUDGED, of(run, "codex-cli").verdict());
  }

  @Test
  void aTargetWithoutAnythingForClientsIsLeftOut() {
    Target plane = Samples.target("control-plane");
    RunReport run = Samples.run(false, List.of(Samples.passed("profile.answers", plane)));
    assertEquals(List.of(), run.clients().orElseThrow());
  }
}
