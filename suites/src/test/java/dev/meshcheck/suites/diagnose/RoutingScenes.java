package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.Route;
import dev.meshcheck.fixtures.gateway.Rule;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who asks, and for what. */
final class RoutingScenes {

  private static final String MODEL_ID = "0b9f6f0e-5f5e-4a3c-9a63-0c1d2e3f4a5b";

  private RoutingScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "config-toml-stale",
            "config.toml was written ",
            "tm init --sync",
            stage -> fromConfig(stage, "2026-01-05T08:00:00Z"),
            stage -> fromConfig(stage, Instant.now().toString())),
        new Scenario(
            "key-of-other-provider",
            "(from TENSORMESH_INFERENCE_API_KEY) looks like one of OpenAI",
            "the present one came from TENSORMESH_INFERENCE_API_KEY",
            stage -> withKey(stage, "sk-proj-0123456789abcdef"),
            stage -> withKey(stage, Stage.WRONG_KEY)),
        new Scenario(
            "key-of-other-surface",
            "Tensormesh Control Plane accepts this credential",
            "an inference API key, from the console",
            stage ->
                withControlPlane(stage, Stage.KNOWN.controlPlaneToken(), "tok-of-somebody-else"),
            stage -> withControlPlane(stage, Stage.WRONG_KEY, Stage.KNOWN.controlPlaneToken())),
        new Scenario(
            "key-invalid",
            "POST /v1/chat/completions with a made-up key, your user id → 401",
            "tm auth status --exit-status",
            stage -> withKey(stage, Stage.WRONG_KEY),
            stage -> stage.diagnose(stage.onDemand(forbidding()))),
        new Scenario(
            "key-forbidden",
            "with your key, your user id → 403",
            "Ask your operator which models and routes the key may use.",
            stage -> stage.diagnose(stage.onDemand(forbidding())),
            stage -> withKey(stage, Stage.WRONG_KEY)),
        new Scenario(
            "control-plane-token-expired",
            "the token says that it ends at 2026-01-01T00:00:00Z",
            "tm auth refresh && tm auth whoami",
            stage ->
                withControlPlane(
                    stage,
                    Stage.KNOWN.inferenceKey(),
                    token("exp", Instant.parse("2026-01-01T00:00:00Z"))),
            stage ->
                withControlPlane(
                    stage, Stage.KNOWN.inferenceKey(), Stage.KNOWN.controlPlaneToken())),
        new Scenario(
            "user-id-not-routed",
            "GET /v1/models with your key, your user id → 404 (No deployment was found",
            "tm auth whoami",
            stage -> {
              URI host = stage.onDemand();
              return stage.flag(Setting.USER_ID, Stage.NOBODY).diagnose(host);
            },
            stage -> withModel(stage, "no/such-model")),
        new Scenario(
            "key-of-other-user",
            "with your key, a made-up user id → 404 (No deployment was found",
            "user.id is the one that belongs to you",
            stage -> {
              URI host = stage.onDemand(Hooks.onCall(RoutingScenes::keptApart));
              return stage.flag(Setting.USER_ID, Stage.KNOWN.secondUserId()).diagnose(host);
            },
            stage -> withKey(stage, Stage.WRONG_KEY)),
        new Scenario(
            "model-is-control-plane-id",
            "the model (from --model) is a UUID",
            "--model meshcheck-reference-gpu-type-cpux1",
            stage -> withModel(stage, MODEL_ID),
            stage -> withModel(stage, "no/such-model")),
        new Scenario(
            "no-model-served",
            "GET /v1/models with no key → 200",
            "an empty list",
            stage -> stage.diagnose(stage.serverless(empty())),
            stage -> stage.diagnose(stage.serverless())),
        new Scenario(
            "model-not-served",
            "GET /v1/models lists meshcheck-reference-gpu-type-cpux1",
            "no/such-model came from --model",
            stage -> withModel(stage, "no/such-model"),
            stage -> {
              URI host = stage.onDemand();
              return stage.flag(Setting.USER_ID, Stage.NOBODY).diagnose(host);
            }),
        new Scenario(
            "model-does-no-chat",
            "→ 400 (The model does not support Chat Completions API)",
            "another model that talks",
            stage ->
                stage.diagnose(
                    stage.serverless(
                        ServiceScenes.chat(
                            400, "The model does not support Chat Completions API"))),
            stage ->
                stage.diagnose(
                    stage.serverless(
                        ServiceScenes.chat(400, "This model's maximum context length is 8.")))),
        new Scenario(
            "listed-model-unknown",
            "GET /v1/models lists llama3:8b",
            "sends GET /v1/models where it sends the rest",
            stage -> stage.diagnose(stage.serverless(lists("llama3:8b"))),
            stage -> withModel(stage, "no/such-model")),
        new Scenario(
            "quota-exhausted",
            "→ 429 (You exceeded your current quota",
            "Check the balance",
            stage ->
                stage.diagnose(
                    stage.onDemand(ServiceScenes.chat(429, "You exceeded your current quota"))),
            stage -> stage.diagnose(stage.onDemand(ServiceScenes.chat(429, "Too many requests")))),
        new Scenario(
            "key-not-checked",
            "POST /v1/chat/completions with no key, your user id → 200",
            "answered without a valid key",
            stage -> stage.diagnose(stage.onDemand(open(Rule.KEY, Route.CHAT))),
            stage -> stage.diagnose(stage.onDemand(open(Rule.KEY, Route.TOKENIZE)))),
        new Scenario(
            "tokenize-unguarded",
            "POST /tokenize with no key, your user id → 200",
            "guard the paths outside /v1, too",
            stage -> stage.diagnose(stage.onDemand(open(Rule.KEY, Route.TOKENIZE))),
            stage -> stage.diagnose(stage.onDemand())),
        new Scenario(
            "user-id-not-checked",
            "POST /v1/chat/completions with your key → 200",
            "answered without X-User-Id",
            stage -> stage.diagnose(stage.onDemand(open(Rule.USER_ID_PRESENT, Route.CHAT))),
            stage -> stage.diagnose(stage.onDemand())));
  }

  private static DiagnosisReport fromConfig(Stage stage, String at) throws Exception {
    URI host = stage.serverless();
    stage.noEnv("TENSORMESH_INFERENCE_API_KEY");
    stage.file(
        ".config/tensormesh/config.toml",
        "[managed]\nsynced_at = \"%s\"\ngateway_api_key = \"%s\"\n".formatted(at, Stage.WRONG_KEY));
    return stage.diagnose(host);
  }

  static DiagnosisReport withKey(Stage stage, String key) {
    URI host = stage.onDemand();
    return stage.key(key).diagnose(host);
  }

  private static DiagnosisReport withModel(Stage stage, String model) {
    URI host = stage.onDemand();
    return stage.flag(Setting.MODEL, model).diagnose(host);
  }

  private static DiagnosisReport withControlPlane(Stage stage, String key, String token) {
    URI host = stage.onDemand();
    stage.flag(Setting.CONTROL_PLANE, stage.gateway(GatewaySurface.CONTROL_PLANE).toString());
    return stage.key(key).env("TENSORMESH_CONTROL_PLANE_TOKEN", token).diagnose(host);
  }

  /** A JSON Web Token with that time in it. */
  static String token(String claim, Instant at) {
    String claims = "{\"%s\":%d}".formatted(claim, at.getEpochSecond());
    return "eyJhbGciOiJub25lIn0."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2lnbmF0dXJl";
  }

  private static Hooks forbidding() {
    return Hooks.onReply(
        (call, reply) ->
            reply.status() < 400
                ? Reply.Whole.text(
                    403, "application/json", "{\"error\": {\"message\": \"No permission.\"}}")
                : reply);
  }

  private static Hooks empty() {
    return list("");
  }

  /** A list of that model, whatever is served. */
  private static Hooks lists(String model) {
    return list("{\"id\": \"%s\", \"object\": \"model\", \"created\": 1}".formatted(model));
  }

  private static Hooks list(String cards) {
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals("/v1/models")
                ? Reply.Whole.text(
                    200, "application/json", "{\"object\": \"list\", \"data\": [" + cards + "]}")
                : reply);
  }

  private static Hooks open(Rule rule, Route route) {
    return Hooks.onRules(rules -> rules.breaking(rule, Set.of(route)));
  }

  /** A key opens nothing to another user than its own. */
  private static Call keptApart(Call call) {
    boolean another = call.header("X-User-Id").equals(Optional.of(Stage.KNOWN.secondUserId()));
    return another ? call.withHeader("Authorization", "Bearer " + Stage.WRONG_KEY) : call;
  }
}
