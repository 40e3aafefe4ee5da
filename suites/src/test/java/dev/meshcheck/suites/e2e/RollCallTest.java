package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every model that a host lists, called. */
class RollCallTest {

  private static final String SECOND = "meshcheck/reference-2";
  private static final String ROW = "serverless:" + SECOND;

  private final ReferenceGateway gateway =
      ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS));

  @TempDir Path scratch;

  @AfterEach
  void close() {
    gateway.close();
  }

  private Command.Ended called(String... more) {
    String[] words = {"--model", "*", "--select", "models.*"};
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return cli().run(all);
  }

  private Cli cli() {
    return Cli.in(scratch)
        .with("MESHCHECK_HOST", gateway.url().toString())
        .with("MESHCHECK_SURFACE", "serverless")
        .with("TENSORMESH_INFERENCE_API_KEY", gateway.credentials().inferenceKey());
  }

  private void misbehaves(BiFunction<Call, Reply, Reply> edit) {
    gateway.misbehave(List.of(Fault.of(Hooks.onReply(edit))));
  }

  private static boolean isAbout(Call call, String model) {
    return call.json().filter(body -> body.path("model").asText().equals(model)).isPresent();
  }

  private static Reply refused(int status) {
    return Reply.Whole.text(status, "application/json", "{\"error\": {\"message\": \"gone\"}}");
  }

  private JsonNode report() throws IOException {
    return Json.read(cli().latest());
  }

  private JsonNode row(String name) throws IOException {
    for (JsonNode target : report().path("targets")) {
      if (target.path("name").asText().equals(name)) {
        return target;
      }
    }
    throw new AssertionError("there is no row of " + name);
  }

  private Set<String> outcomes(String target) throws IOException {
    Set<String> outcomes = new TreeSet<>();
    for (JsonNode result : report().path("results")) {
      if (result.path("target").asText().equals(target)) {
        outcomes.add(result.path("check").asText() + " " + result.path("outcome").asText());
      }
    }
    return outcomes;
  }

  @Test
  void eachModelHasARowAndCostsThreeRequests() throws IOException {
    Command.Ended ended = called();
    assertEquals(0, ended.exit(), ended.out() + ended.err());
    assertEquals("meshcheck/reference-1", row("serverless").path("model").asText());
    assertEquals(SECOND, row(ROW).path("model").asText());
    assertEquals(3, row(ROW).path("requests").asInt());
    assertEquals(
        Set.of(
            "chat-stream.finishes-once passed",
            "chat-stream.has-text passed",
            "chat-stream.is-well-formed passed",
            "chat.answers passed",
            "chat.says-something passed",
            "chat.usage-adds-up passed",
            "tokenize.answers passed",
            "tokenize.count-matches-tokens passed"),
        outcomes(ROW));
  }

  @Test
  void aModelThatIsListedAndDeadIsAFinding() throws IOException {
    misbehaves((call, reply) -> isAbout(call, SECOND) ? refused(404) : reply);
    Command.Ended ended = called();
    assertEquals(1, ended.exit(), ended.out());
    assertThat(ended.out(), containsString("chat.answers [" + ROW + "]"));
    assertEquals(Set.of("chat.answers " + ROW), Set.copyOf(failed()));
  }

  private List<String> failed() throws IOException {
    return IntStream.range(0, report().path("results").size())
        .mapToObj(this::result)
        .filter(r -> r.path("outcome").asText().equals("failed"))
        .filter(r -> r.path("check").asText().startsWith("chat."))
        .map(r -> r.path("check").asText() + " " + r.path("target").asText())
        .toList();
  }

  private JsonNode result(int index) {
    try {
      return report().path("results").path(index);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aModelForSomethingElseIsNone() throws IOException {
    misbehaves(
        (call, reply) ->
            isAbout(call, SECOND) && call.path().endsWith("/chat/completions")
                ? refused(400)
                : reply);
    Command.Ended ended = called();
    assertEquals(0, ended.exit(), ended.out());
    assertEquals(1, report().path("targets").size());
    assertThat(
        report().path("run").path("notes").toString(),
        containsString(SECOND + " is listed and does not chat; /"));
  }

  private Reply listing(Call call, Reply reply, int models, String name) {
    if (!call.path().equals("/v1/models") || !(reply instanceof Reply.Whole whole)) {
      return reply;
    }
    try {
      ObjectNode list = (ObjectNode) new ObjectMapper().readTree(whole.body().text());
      ArrayNode cards = (ArrayNode) list.path("data");
      for (int i = 0; i < models; i++) {
        cards.add(((ObjectNode) cards.get(0)).deepCopy().put("id", name + i));
      }
      return whole.withBody(Body.of(list.toString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLongListHasAnEnd() throws IOException {
    misbehaves((call, reply) -> listing(call, reply, 30, "made-up-"));
    called();
    assertEquals(20, report().path("targets").size());
    assertThat(
        report().path("run").path("notes").toString(),
        containsString("serverless lists 32 models; 20 are called"));
    int requests = 0;
    for (JsonNode target : report().path("targets")) {
      requests += target.path("requests").asInt();
    }
    assertThat(requests, lessThanOrEqualTo(20 * 3 + 20));
  }

  @Test
  void whoseNameSaysThatItDoesNotChatIsLeftAlone() throws IOException {
    misbehaves((call, reply) -> listing(call, reply, 1, "bge-m3-embed-"));
    assertEquals(0, called().exit());
    assertEquals(2, report().path("targets").size());
    assertThat(
        report().path("run").path("notes").toString(),
        containsString("their names say that they do not chat: bge-m3-embed-0"));
  }

  @Test
  void anEngineStandsBesideOneModel() {
    assertThat(
        called("--engine", "http://vllm:8000").err(),
        containsString("an engine is judged beside one model; name it with --model"));
  }
}
