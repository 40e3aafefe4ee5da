package dev.meshcheck.suites.suite.status;

import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Epoch;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.PathSegments;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** GET /v1/models. */
public final class ModelsSuite {

  @Check(
      id = "models.answers",
      title = "GET /v1/models answers 200 with a JSON object",
      level = MUST,
      route = MODELS,
      source = Sources.REFERENCE,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the base URL is wrong, for example with a doubled /v1",
        "the key or X-User-Id is not accepted"
      },
      ifItBreaks = {"no deployment stands behind the gateway"},
      about = {
        Reason.UNAUTHORIZED,
        Reason.FORBIDDEN,
        Reason.ROUTE_NOT_FOUND,
        Reason.HTML_INSTEAD_OF_JSON
      })
  void answers(Probe probe) {
    Basis.judge(probe, MODELS);
  }

  @Check(
      id = "models.is-a-list",
      title = "the answer is an object of type list with model cards in data",
      level = MUST,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      pack = Pack.SMOKE,
      ifItFails = {
        "the host is the control plane, whose /v1/models means something else",
        "no model is deployed, so that data is empty"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void isAList(Probe probe) {
    Schema.mustHold("models", Basis.judge(probe, MODELS).json());
  }

  @Check(
      id = "models.content-type-is-json",
      title = "the list says that it is application/json",
      level = MUST,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, MODELS));
  }

  @Check(
      id = "models.cards-name-an-owner",
      title = "each card says who owns the model",
      level = SHOULD,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      ifItFails = {"a router builds the cards itself"},
      about = {Reason.SCHEMA_MISMATCH})
  void cardsNameAnOwner(Probe probe) {
    cards(Basis.judge(probe, MODELS).json())
        .forEach(
            card ->
                Expect.that(
                    card.at("/owned_by").place(),
                    card.at("/owned_by").text(),
                    is(not(blankString()))));
  }

  @Check(
      id = "models.ids-are-unique",
      title = "no model is listed twice",
      level = MUST,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      ifItFails = {"a router joins the lists of several engines without merging them"})
  void idsAreUnique(Probe probe) {
    List<String> ids = ids(Basis.judge(probe, MODELS).json());
    Expect.that("the number of different ids", new HashSet<>(ids).size(), is(ids.size()));
  }

  @Check(
      id = "models.created-is-seconds",
      title = "created, where present, is a time in seconds",
      level = MUST,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      ifItFails = {
        "0 stands for a time that the server does not know",
        "the time is in milliseconds",
        "the server's clock is far off"
      })
  void createdIsSeconds(Probe probe) {
    for (Json card : cards(Basis.judge(probe, MODELS).json())) {
      Epoch.mustBeSeconds(card.at("/created"));
    }
  }

  @Check(
      id = "models.lists-the-model",
      title = "the model that requests name is listed",
      level = MUST,
      elsewhere = SHOULD,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      pack = Pack.SMOKE,
      ifItFails = {
        "the model is a control-plane modelId instead of the served gateway name",
        "the model is not deployed on this host",
        "X-User-Id belongs to somebody who does not have this model"
      })
  void listsTheModel(Probe probe) {
    Expect.that(
        "the listed models", ids(Basis.judge(probe, MODELS).json()), hasItem(probe.model()));
  }

  @Check(
      id = "models.same-list-twice",
      title = "every request lists the same models",
      level = MUST,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      ifItFails = {"requests are balanced over gateways that know different models"})
  void sameListTwice(Probe probe) {
    List<String> first = ids(Basis.judge(probe, MODELS).json());
    // Several times, since a balancer may come round to the same server.
    for (int again = 2; again <= 5; again++) {
      List<String> later = ids(probe.get(MODELS).again(again).send().mustBe(200).json());
      Expect.that("a later list", new HashSet<>(later), is(new HashSet<>(first)));
    }
  }

  @Check(
      id = "models.max-model-len-is-positive",
      title = "max_model_len, where present, is above zero",
      level = SHOULD,
      route = MODELS,
      source = Sources.VLLM_SERVER,
      ifItFails = {"a router fills in a field that it does not know"})
  void maxModelLenIsPositive(Probe probe) {
    for (Json card : cards(Basis.judge(probe, MODELS).json())) {
      card.at("/max_model_len")
          .optionalInteger()
          .ifPresent(length -> Expect.that("max_model_len", length, is(greaterThan(0L))));
    }
  }

  @Check(
      id = "models.context-length",
      title = "how long a context the list promises for the model is recorded",
      level = INFO,
      route = MODELS,
      source = Sources.VLLM_SERVER,
      ifItFails = {"nothing is promised here: OpenAI's own list tells no length"})
  void contextLength(Probe probe) {
    long length =
        cards(Basis.judge(probe, MODELS).json()).stream()
            .filter(card -> card.at("/id").optionalText().equals(Optional.of(probe.model())))
            .flatMap(card -> card.at("/max_model_len").optionalInteger().stream())
            .findFirst()
            .orElseThrow(() -> new Inapplicable("the list tells no max_model_len of the model"));
    probe.record("max_model_len is " + length);
  }

  @Check(
      id = "models.is-public",
      title = "GET /v1/models answers 200 without a key",
      level = MUST,
      route = MODELS,
      source = Sources.QUICKSTART,
      when = Trait.PUBLIC,
      ifItFails = {"the gateway guards a route that is documented as public"},
      about = {Reason.UNAUTHORIZED, Reason.FORBIDDEN})
  void isPublic(Probe probe) {
    probe.get(MODELS).noKey().send().mustBe(200);
  }

  @Check(
      id = "models.without-key",
      title = "what GET /v1/models answers without a key is recorded",
      level = INFO,
      route = MODELS,
      source = Sources.REFERENCE,
      when = Trait.UNSTATED_KEY,
      ifItFails = {"nothing is promised here"})
  void withoutKey(Probe probe) {
    probe.record("without a key: " + probe.get(MODELS).noKey().send().status());
  }

  @Check(
      id = "models.single-card",
      title = "what GET /v1/models/{id} answers is recorded",
      level = INFO,
      route = MODELS,
      source = Sources.OPENAI_MODELS,
      ifItFails = {"nothing is promised here"})
  void singleCard(Probe probe) {
    String id = PathSegments.one("the model", probe.model());
    int status = probe.get(MODELS).path(probe.route(MODELS).path() + "/" + id).send().status();
    probe.record("GET /v1/models/{id}: " + status);
  }

  private static List<Json> cards(Json list) {
    return Given.items(list.at("/data"));
  }

  private static List<String> ids(Json list) {
    return cards(list).stream().map(card -> Given.text(card.at("/id"))).toList();
  }
}
