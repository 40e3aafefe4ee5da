package dev.meshcheck.suites.suite.controlplane;

import static dev.meshcheck.fixtures.surface.RouteName.PROFILE;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.ErrorBodies;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import java.util.LinkedHashMap;
import java.util.Map;

/** GET /auth/profile: the one call that Meshcheck makes on the control plane. */
public final class ControlPlaneSuite {

  private static final String WRONG_TOKEN = "meshcheck-this-token-is-wrong-7c41e09d";

  private static Ask ask(Probe probe) {
    return probe.get(PROFILE);
  }

  @Check(
      id = "profile.answers",
      title = "GET /auth/profile with an access token is answered with 200 and JSON",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the access token has expired",
        "the token is an inference key",
        "the host is not the control plane"
      },
      about = {
        Reason.UNAUTHORIZED,
        Reason.FORBIDDEN,
        Reason.ROUTE_NOT_FOUND,
        Reason.HTML_INSTEAD_OF_JSON
      })
  void answers(Probe probe) {
    Basis.judge(probe, PROFILE);
  }

  @Check(
      id = "profile.content-type-is-json",
      title = "the profile says that it is application/json",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, PROFILE));
  }

  @Check(
      id = "profile.names-the-user",
      title = "the profile holds a user with an id",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      pack = Pack.SMOKE,
      ifItFails = {"the token belongs to no user"},
      about = {Reason.SCHEMA_MISMATCH})
  void namesTheUser(Probe probe) {
    Json user = Basis.judge(probe, PROFILE).json().at("/user").object();
    Expect.that("user.id", user.at("/id").text(), not(blankString()));
  }

  @Check(
      id = "profile.has-the-documented-shape",
      title = "the fields of the user that are there have the documented types",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      ifItFails = {"another version of the control plane answers"},
      about = {Reason.SCHEMA_MISMATCH})
  void shape(Probe probe) {
    Schema.mustHold("profile", Basis.judge(probe, PROFILE).json());
  }

  @Check(
      id = "profile.refuses-no-token",
      title = "GET /auth/profile without a token is refused",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      pack = Pack.SMOKE,
      ifItFails = {"a cache answers with somebody's profile"})
  void refusesNoToken(Probe probe) {
    ask(probe).noKey().send().mustBeRefused("no token was sent");
  }

  @Check(
      id = "profile.refuses-a-wrong-token",
      title = "a token that nobody has is refused, in whatever form it comes",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      ifItFails = {"tokens are decoded and not verified"})
  void refusesAWrongToken(Probe probe) {
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("the token is wrong", ask(probe).key(WRONG_TOKEN));
    cases.put("Bearer is empty", ask(probe).authorization("Bearer"));
    probe
        .target()
        .key()
        .ifPresent(
            token -> {
              String query = probe.route(PROFILE).path() + "?access_token=" + token;
              cases.put("the token has no scheme", ask(probe).authorization(token));
              cases.put("the token lacks its end", ask(probe).key(shortened(token)));
              cases.put("the token is in the address only", ask(probe).noKey().path(query));
            });
    Refusals.allMustBeRefused(cases);
  }

  @Check(
      id = "profile.refuses-an-inference-key",
      title = "an inference key is no access token",
      level = MUST,
      route = PROFILE,
      source = Sources.QUICKSTART,
      ifItFails = {"the control plane takes any credential of the user"})
  void refusesAnInferenceKey(Probe probe) {
    String key =
        probe.others().stream()
            .filter(other -> other.surface().credential() == Credential.INFERENCE_KEY)
            .flatMap(other -> other.key().stream())
            .findFirst()
            .orElseThrow(() -> new Inapplicable("this run has no inference key to try"));
    ask(probe).key(key).send().mustBeRefused("the token is an inference key");
  }

  @Check(
      id = "profile.refusal-is-401",
      title = "a wrong token is refused with 401",
      level = SHOULD,
      route = PROFILE,
      source = Sources.QUICKSTART,
      ifItFails = {"the control plane refuses with 403"},
      about = {Reason.FORBIDDEN})
  void refusalIs401(Probe probe) {
    Given.refused(ask(probe).key(WRONG_TOKEN)).mustBe(401);
  }

  @Check(
      id = "profile.refusal-is-no-page",
      title = "a refusal is JSON, a line of text or empty, never a web page",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      ifItFails = {"the host is the web console and answers with its login page"},
      about = {Reason.HTML_INSTEAD_OF_JSON})
  void refusalIsNoPage(Probe probe) {
    ErrorBodies.mustBeNoPage(Given.refused(ask(probe).noKey()));
  }

  @Check(
      id = "profile.refusal-tells-nothing",
      title = "a refusal holds no user data, no token and nothing of the inside",
      level = MUST,
      route = PROFILE,
      source = Sources.PROFILE,
      ifItFails = {"the profile is filled in before the token is checked"})
  void refusalTellsNothing(Probe probe) {
    Answered refused = Given.refused(ask(probe).key(WRONG_TOKEN));
    ErrorBodies.mustNotEcho(refused, WRONG_TOKEN);
    ErrorBodies.mustTellNothingOfTheInside(refused);
    Expect.that(
        Reason.SECRET_LEAKED,
        !refused.body().contains("\"userEmail\"") && !refused.body().contains("\"apiKey\""),
        "a refusal holds user data",
        "a refusal without a user",
        "user data with status " + refused.status());
  }

  /** The end of a token is its signature. */
  private static String shortened(String token) {
    return token.substring(0, token.length() - token.length() / 8 - 1);
  }
}
