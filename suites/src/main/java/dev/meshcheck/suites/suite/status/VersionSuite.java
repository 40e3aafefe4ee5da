package dev.meshcheck.suites.suite.status;

import static dev.meshcheck.fixtures.surface.RouteName.VERSION;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;

/** GET /version. */
public final class VersionSuite {

  @Check(
      id = "version.answers",
      title = "GET /version answers 200 with a JSON object",
      level = MUST,
      route = VERSION,
      source = Sources.REFERENCE,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the base URL is wrong: /version lives above /v1",
        "the gateway does not route /version to the server"
      },
      about = {Reason.ROUTE_NOT_FOUND, Reason.HTML_INSTEAD_OF_JSON})
  void answers(Probe probe) {
    Basis.judge(probe, VERSION);
  }

  @Check(
      id = "version.names-a-version",
      title = "the version is a non-empty string",
      level = MUST,
      route = VERSION,
      source = Sources.VLLM_SERVER,
      ifItFails = {"a router answers with a body of its own"},
      about = {Reason.SCHEMA_MISMATCH})
  void namesAVersion(Probe probe) {
    Json version = Basis.judge(probe, VERSION).json().at("/version");
    Expect.that("version", version.text(), is(not(blankString())));
  }

  @Check(
      id = "version.is-public",
      title = "GET /version answers 200 without a key",
      level = MUST,
      route = VERSION,
      source = Sources.QUICKSTART,
      when = Trait.PUBLIC,
      ifItFails = {"the gateway guards a route that is documented as public"},
      about = {Reason.UNAUTHORIZED, Reason.FORBIDDEN})
  void isPublic(Probe probe) {
    probe.get(VERSION).noKey().send().mustBe(200);
  }

  @Check(
      id = "version.without-key",
      title = "what GET /version answers without a key is recorded",
      level = INFO,
      route = VERSION,
      source = Sources.REFERENCE,
      when = Trait.UNSTATED_KEY,
      ifItFails = {"nothing is promised here"})
  void withoutKey(Probe probe) {
    probe.record("without a key: " + probe.get(VERSION).noKey().send().status());
  }

  @Check(
      id = "version.value",
      title = "the version is recorded, since it tells which dialect to expect",
      level = INFO,
      route = VERSION,
      source = Sources.VLLM_SERVER,
      ifItFails = {"nothing is promised here"})
  void value(Probe probe) {
    probe.record("version " + Basis.judge(probe, VERSION).json().at("/version"));
  }
}
