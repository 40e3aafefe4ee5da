package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.Rule;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The list of models is answered, and inference is refused, in words of many hosts. */
final class RefusalSetups {

  private static final String KIND = "inference is refused in words";
  private static final String ERROR = "{\"error\": {\"message\": \"%s\", \"type\": \"%s\"}}";

  private RefusalSetups() {}

  static List<Setup> all() {
    return List.of(
        words(401, "Missing scopes: model.request", "key-forbidden"),
        words(
            401,
            "key not allowed to access model. This key can only access models=['a']",
            "key-forbidden"),
        words(403, "Your organization must be verified to use this model.", "key-forbidden"),
        words(400, "This model requires a paid plan. Please upgrade.", "key-forbidden"),
        words(
            404,
            "The model `m` does not exist or you do not have access to it.",
            "listed-model-unknown"),
        words(
            400,
            "The model `m` has been decommissioned and is no longer supported.",
            "listed-model-unknown"),
        words(
            400,
            "Unable to access non-serverless model m. Start a dedicated endpoint.",
            "listed-model-unknown"),
        words(410, "The deployment behind this model was shut down.", "listed-model-unknown"),
        words(
            401, "OpenAIException - Incorrect API key provided: sk-q***fb.", "gateway-key-refused"),
        words(401, "Incorrect API key provided: sk-q***fb.", "gateway-key-refused"),
        words(500, "litellm.AuthenticationError: invalid x-api-key", "gateway-key-refused"),
        words(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model.",
            "request-refused"),
        words(400, "This model's maximum context length is 8 tokens.", "request-refused"),
        words(
            400, "The response was filtered by our content management policy.", "request-refused"),
        words(422, "You are holding it wrong.", "request-refused"),
        words(
            424,
            "Request failed during generation: Server error: CUDA out of memory.",
            "server-fails"),
        words(503, "EngineCore died unexpectedly.", "server-fails"),
        words(500, "The model is still loading, try again.", "model-not-loaded"),
        words(404, "LoRA adapter sql was not found.", "listed-model-unknown"),
        words(403, "Your account is past due; check billing.", "quota-exhausted"),
        words(404, "Function 'f1': Not found for account 'a1'", "listed-model-unknown"),
        words(403, "Email verification required to use this model.", "key-forbidden"),
        words(429, "\u4f59\u989d\u4e0d\u8db3\uff0c\u8bf7\u5145\u503c", "quota-exhausted"),
        words(403, "Model not found", "listed-model-unknown"),
        words(400, "Unknown parameter: 'service_tier'.", "request-refused"),
        words(401, "Chat upstream returned 403", "gateway-key-refused"),
        words(
            404,
            "No models loaded. Please load a model in the developer page.",
            "model-not-loaded"),
        words(401, "\u8be5\u4ee4\u724c\u989d\u5ea6\u5df2\u7528\u5c3d", "quota-exhausted"),
        words(
            403,
            "Out of call volume quota. Quota will be replenished in 5.03:23:11.",
            "quota-exhausted"),
        words(429, "Limit Exceeded", "quota-exhausted"),
        words(429, "Rate limit exceeded", "rate-limited"),
        words(429, "Model is overloaded", "service-overloaded"),
        words(503, "failure to get a peer from the ring-balancer", "upstream-down"),
        words(529, "Overloaded", "service-overloaded"),
        words(429, "ExceededBudget: User=u1 over budget. Spend=2.1, Budget=2.0", "quota-exhausted"),
        words(
            404,
            "No endpoints found for meshcheck-reference-gpu-type-cpux1.",
            "listed-model-unknown"),
        words(
                404,
                "No endpoints found matching your data policy (Free model training).",
                "request-refused")
            .saying("what may be done with data"),
        words(404, "No allowed providers are available for the selected model.", "request-refused")
            .saying("allowed and ignored providers"),
        words(
                400,
                "The requested model 'm' is not supported by any provider you have enabled.",
                "request-refused")
            .saying("let a provider of this model in"),
        shows(
            KIND,
            "no key is wanted, and the context is too small for anything",
            "request-refused",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onRules(rules -> rules.breaking(Rule.KEY, Set.of())),
                      refusing(
                          400,
                          "request (12 tokens) exceeds the available context size (4 tokens)",
                          path -> true));
              return s.noEnv("TENSORMESH_INFERENCE_API_KEY")
                  .flag(Setting.SURFACE, "openai-compatible")
                  .diagnose(host);
            }),
        words(503, "The server is at capacity.", "service-overloaded"),
        words(503, "pending request queue full", "service-overloaded"),
        words(
            429,
            "inference gateway: InferencePoolResourceExhausted - no pods available for the given scheduler config",
            "service-overloaded"),
        words(
            400,
            "Either x-portkey-config or x-portkey-provider header is required",
            "request-refused"),
        shows(
            KIND,
            "llama-swap does not find the model, in plain text",
            "model-not-served",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (call, reply) ->
                              call.method().equals("POST") && reply.status() == 404
                                  ? Reply.Whole.text(
                                      400, "text/plain", "could not find real modelID for qwen3")
                                  : reply));
              return s.flag(Setting.MODEL, "qwen3").diagnose(host);
            }),
        shows(
                KIND,
                "whoever asks for whatever gets the same 400",
                "refused-in-front",
                s -> s.diagnose(s.serverless(always(400, "Bad Request: Invalid state"))))
            .saying("Invalid state"),
        shows(
            KIND,
            "whoever asks for whatever is told of a quota",
            "quota-exhausted",
            s -> s.diagnose(s.serverless(always(403, "Out of call volume quota.")))),
        shows(
            KIND,
            "every route says 503 and nothing more",
            "service-overloaded",
            s -> s.diagnose(s.serverless(always(503, "Service Unavailable")))),
        shows(
            KIND,
            "every route says 503 and that the model loads",
            "model-not-loaded",
            s -> s.diagnose(s.serverless(always(503, "Loading model")))),
        shows(
            KIND,
            "no model is loaded, and what the server does not have is an error in a 200",
            "model-not-loaded",
            s ->
                s.diagnose(
                    s.onDemand(
                        refusing(404, "No models loaded.", path -> true),
                        Hooks.onReply(
                            (c, r) ->
                                c.path().equals("/tokenize")
                                    ? error(200, "Unexpected endpoint or method.")
                                    : r)))),
        shows(
            KIND,
            "the permission is missing for one route of several",
            "key-forbidden",
            s ->
                s.diagnose(
                    s.onDemand(
                        refusing(401, "Missing scopes: api.responses", "/v1/responses"::equals)))),
        shows(
            KIND,
            "a framework that names what it has not found",
            "user-id-not-routed",
            s ->
                s.user("on-demand")
                    .flag(Setting.USER_ID, Stage.NOBODY)
                    .diagnose(
                        s.gateway(
                            GatewaySurface.ON_DEMAND,
                            Hooks.onReply(
                                (c, r) ->
                                    r.status() == 404
                                        ? Reply.Whole.text(
                                            404,
                                            "application/json",
                                            "{\"detail\": \"No route found for the given user\"}")
                                        : r)))),
        shows(
            KIND,
            "a refusal with another provider's header, for a right that this key lacks",
            "key-forbidden",
            s ->
                s.diagnose(
                    s.serverless(
                        refusing(401, "The principal lacks the permission.", path -> true),
                        Hooks.onReply(
                            (c, r) ->
                                r.status() == 401 ? r.header("apim-request-id", "5d1f6a0e") : r)))),
        shows(
            KIND,
            "this key alone is blocked, in words of no such API",
            "key-forbidden",
            s -> s.diagnose(s.serverless(knowing("Requests from referer <empty> are blocked.")))),
        shows(
            KIND,
            "the keys of the issuer cannot be had",
            "gateway-fails",
            s -> s.diagnose(s.serverless(knowing("Jwks remote fetch is failed")))),
        shows(
                KIND,
                "a token that holds here, and has ended by the host's clock",
                "token-out-of-time",
                s -> {
                  URI host = s.serverless(ahead());
                  return s.key(RoutingScenes.token("exp", Instant.now().plusSeconds(1800)))
                      .diagnose(host);
                })
            .saying("by the host's Date"),
        healthy(
            KIND,
            "a made-up model is told of permissions",
            s ->
                s.diagnose(
                    s.serverless(
                        Hooks.onReply(
                            (c, r) ->
                                r.status() == 404
                                    ? error(403, "You do not have access to this model.")
                                    : r)))));
  }

  private static Setup words(int status, String message, String cause) {
    return shows(
            KIND,
            status + " " + message,
            cause,
            s -> s.diagnose(s.onDemand(refusing(status, message, path -> true))))
        .saying(message.substring(0, Math.min(message.length(), 12)));
  }

  /** Inference that would be answered is refused in these words. */
  private static Hooks refusing(int status, String message, Predicate<String> paths) {
    return Hooks.onReply(
        (call, reply) ->
            reply.status() < 400
                    && List.of("/v1/chat/completions", "/v1/completions", "/v1/responses")
                        .contains(call.path())
                    && paths.test(call.path())
                ? error(status, message)
                : reply);
  }

  private static Hooks always(int status, String message) {
    return Hooks.onReply((call, reply) -> error(status, message));
  }

  static Reply error(int status, String message) {
    return Reply.Whole.text(
        status, "application/json", ERROR.formatted(message, "invalid_request_error"));
  }

  /** Whoever shows the right key is told that, in plain text. */
  private static Hooks knowing(String message) {
    return Hooks.onReply(
        (call, reply) ->
            call.header("Authorization")
                    .filter(sent -> sent.endsWith(Stage.KNOWN.inferenceKey()))
                    .isPresent()
                ? Reply.Whole.text(403, "text/plain", message)
                : reply);
  }

  /** The host's clock is two hours ahead. */
  private static Hooks ahead() {
    return Hooks.onReply(
        (call, reply) ->
            reply.header(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plusHours(2))));
  }
}
