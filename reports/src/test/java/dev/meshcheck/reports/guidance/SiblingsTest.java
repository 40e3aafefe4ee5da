package dev.meshcheck.reports.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiblingsTest {

  private final Target target = Samples.target("on-demand");
  private final Answer ok = Samples.json(200, "{}");
  private final Answer refused = Samples.json(401, "{}");
  private final Answer notFound = Samples.json(404, "{}");

  @Test
  void aKeyThatIsRefusedEverywhere() {
    Exchange chat = sent(Samples.chat(target), refused);
    Exchange models = sent(Samples.get(target, "/v1/models"), Samples.json(403, "{}"));
    Exchange wrong = sent(withKey(Samples.chat(target), "Bearer made-up"), ok);

    assertEquals(
        Set.of(Fact.CONFIGURED_KEY_SENT, Fact.USER_ID_SENT, Fact.ALL_REFUSED),
        facts(chat, models, wrong));
  }

  @Test
  void aKeyThatIsAcceptedElsewhere() {
    Exchange chat = sent(Samples.chat(target), refused);
    Exchange tokenize = sent(Samples.post(target, "/tokenize", "{}"), ok);

    assertEquals(
        Set.of(
            Fact.CONFIGURED_KEY_SENT,
            Fact.USER_ID_SENT,
            Fact.KEY_ACCEPTED_ELSEWHERE,
            Fact.OTHER_ROUTES_ANSWERED),
        facts(chat, tokenize));
  }

  @Test
  void anAnswerOnAPublicRouteSaysNothingAboutTheKey() {
    Target serverless = Samples.target("serverless");
    Exchange chat = Samples.exchange("e1", serverless, Samples.chat(serverless), refused);
    Exchange health = Samples.exchange("e2", serverless, Samples.get(serverless, "/health"), ok);

    assertEquals(
        Set.of(Fact.CONFIGURED_KEY_SENT, Fact.ALL_REFUSED, Fact.OTHER_ROUTES_ANSWERED),
        facts(serverless, chat, chat, health));
  }

  @Test
  void theModelListAndTheModel() {
    String models = "{\"data\": [{\"id\": \"%s\"}]}";
    Exchange chat = sent(Samples.chat(target), notFound);
    Exchange other =
        sent(Samples.get(target, "/v1/models"), Samples.json(200, models.formatted("other")));
    Exchange listed =
        sent(Samples.get(target, "/v1/models"), Samples.json(200, models.formatted("org/model")));
    Exchange unreadable = sent(Samples.get(target, "/v1/models"), Samples.json(200, "<html>"));

    assertTrue(facts(chat, other).containsAll(Set.of(Fact.MODELS_ANSWERED, Fact.MODEL_NOT_LISTED)));
    assertEquals(
        Set.of(
            Fact.CONFIGURED_KEY_SENT,
            Fact.USER_ID_SENT,
            Fact.MODELS_ANSWERED,
            Fact.OTHER_ROUTES_ANSWERED),
        facts(chat, listed));
    assertEquals(facts(chat, listed), facts(chat, unreadable));
  }

  @Test
  void aModelThatIsAUuid() {
    Target uuid = target.withModel(Samples.USER);

    assertEquals(Set.of(Fact.MODEL_IS_UUID), Siblings.facts(uuid, Optional.empty(), List.of()));
  }

  @Test
  void otherRoutesThatAreNotFoundEither() {
    Exchange chat = sent(Samples.chat(target), notFound);
    Exchange same = sent(Samples.chat(target).asStream(), notFound);
    Exchange unknown = sent(Samples.get(target, "/no/such/route"), notFound);
    Exchange version = sent(Samples.get(target, "/version"), notFound);

    Set<Fact> alone = Set.of(Fact.CONFIGURED_KEY_SENT, Fact.USER_ID_SENT);
    assertEquals(alone, facts(chat, same, unknown));
    assertTrue(facts(chat, version).contains(Fact.OTHER_ROUTES_404));
  }

  @Test
  void whatTheRequestCarried() {
    Request noUser = Samples.chat(target).withHeaders(Samples.headers(target).without("X-User-Id"));
    Request noScheme = withKey(Samples.chat(target), Samples.KEY);
    Answer limited =
        new Answer(
            429,
            Headers.NONE.with("retry-after", "5"),
            new byte[0],
            Answer.Ending.COMPLETE,
            List.of());

    assertEquals(Set.of(Fact.CONFIGURED_KEY_SENT), facts(sent(noUser, ok)));
    assertEquals(Set.of(Fact.USER_ID_SENT), facts(sent(noScheme, ok)));
    assertTrue(facts(sent(Samples.chat(target), limited)).contains(Fact.RETRY_AFTER_SENT));
  }

  @Test
  void aTargetWithoutKey() {
    Target open = Samples.target("openai-compatible");
    Target keyless =
        new Target(
            "open",
            open.surface(),
            open.base(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertEquals(
        Set.of(Fact.NO_KEY_CONFIGURED), Siblings.facts(keyless, Optional.empty(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,'{\"a\": 1}',JSON",
    "text/plain,'[1]',JSON",
    "application/json,'{\"a\": ',TEXT",
    "application/json,'  ',EMPTY",
    "application/json,'<!DOCTYPE html><p>',HTML",
    "text/html,'<h1>no</h1>',HTML",
    "text/html,'no',TEXT",
    "text/event-stream,'data: 1',STREAM",
    "text/plain,'no',TEXT",
  })
  void shapesOfBodies(String type, String body, BodyShape shape) {
    assertEquals(shape, BodyShape.of(Samples.answer(200, type, body)));
  }

  private static Request withKey(Request request, String authorization) {
    return request.withHeaders(request.headers().with("Authorization", authorization));
  }

  private Exchange sent(Request request, Answer answer) {
    return Samples.exchange("e1", target, request, answer);
  }

  private Set<Fact> facts(Exchange... run) {
    return facts(target, run[0], run);
  }

  private static Set<Fact> facts(Target whom, Exchange decisive, Exchange... run) {
    return Siblings.facts(
        whom, Optional.of(Probe.of(decisive)), Arrays.stream(run).map(Probe::of).toList());
  }
}
