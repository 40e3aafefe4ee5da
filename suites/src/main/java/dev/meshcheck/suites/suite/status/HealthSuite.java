package dev.meshcheck.suites.suite.status;

import static dev.meshcheck.fixtures.surface.RouteName.HEALTH;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;

/** GET /health. */
public final class HealthSuite {

  @Check(
      id = "health.answers",
      title = "GET /health answers 200 with an empty body or JSON, never a web page",
      level = MUST,
      route = HEALTH,
      source = Sources.REFERENCE,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the base URL is wrong: /health lives above /v1",
        "something other than the gateway answers at this address"
      },
      ifItBreaks = {"the deployment is down or still loading"},
      about = {Reason.ROUTE_NOT_FOUND, Reason.HTML_INSTEAD_OF_JSON})
  void answers(Probe probe) {
    Basis.judge(probe, HEALTH);
  }

  @Check(
      id = "health.body-is-empty-or-json",
      title = "the body of GET /health is empty or one JSON document",
      level = SHOULD,
      elsewhere = INFO,
      route = HEALTH,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "a load balancer answers instead of the server",
        "an old server sends plain text"
      })
  void bodyIsEmptyOrJson(Probe probe) {
    Answered health = Basis.judge(probe, HEALTH);
    if (!health.body().isBlank()) {
      health.json();
    }
  }

  @Check(
      id = "health.is-public",
      title = "GET /health answers 200 without a key",
      level = MUST,
      route = HEALTH,
      source = Sources.QUICKSTART,
      when = Trait.PUBLIC,
      pack = Pack.SMOKE,
      ifItFails = {"the gateway guards a route that is documented as public"},
      about = {Reason.UNAUTHORIZED, Reason.FORBIDDEN})
  void isPublic(Probe probe) {
    probe.get(HEALTH).noKey().send().mustBe(200);
  }

  @Check(
      id = "health.without-key",
      title = "what GET /health answers without a key is recorded",
      level = INFO,
      route = HEALTH,
      source = Sources.REFERENCE,
      when = Trait.UNSTATED_KEY,
      ifItFails = {"nothing is promised here"})
  void withoutKey(Probe probe) {
    probe.record("without a key: " + probe.get(HEALTH).noKey().send().status());
  }

  @Check(
      id = "health.wrong-method-is-refused",
      title = "POST /health is refused with 405 or 404",
      level = SHOULD,
      route = HEALTH,
      source = Sources.HTTP,
      ifItFails = {"the gateway routes by path alone"})
  void wrongMethodIsRefused(Probe probe) {
    probe.get(HEALTH).method("POST").send().mustBe(404, 405);
  }
}
