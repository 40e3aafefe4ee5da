package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import java.net.URI;
import java.util.List;

/** What services and gateways say in words of their own, and what they mean by it. */
final class WordSetups {

  private static final String KIND = "words of others";
  private static final String ERROR = "{\"error\": {\"message\": \"%s\", \"code\": %d}}";

  private WordSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            KIND,
            "the list of models is null",
            "no-model-served",
            s -> {
              URI host = s.serverless(noList());
              return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
            }),
        shows(
                KIND,
                "the model is known, and too small for the request",
                "request-refused",
                s ->
                    s.diagnose(
                        s.serverless(
                            ServiceScenes.chat(
                                400, "This model's maximum context length is 8 tokens."))))
            .saying("maximum context length"),
        shows(
            KIND,
            "the listed model has no deployment",
            "listed-model-unknown",
            s ->
                s.diagnose(
                    s.serverless(
                        ServiceScenes.chat(
                            404, "The API deployment for this resource does not exist.")))),
        shows(
            KIND,
            "a budget is spent",
            "quota-exhausted",
            s -> s.diagnose(s.serverless(ServiceScenes.chat(400, "Budget has been exceeded!")))),
        shows(
            KIND,
            "a single sign-on that has a header of its provider",
            "refused-in-front",
            s ->
                s.user("serverless")
                    .diagnose(
                        s.site(
                            c ->
                                Reply.Whole.text(401, "text/html", "Invalid IAP credentials")
                                    .header("X-Goog-IAP-Generated-Response", "true")))),
        shows(
                KIND,
                "a token is too young for the clock of the gateway",
                "token-out-of-time",
                s -> s.diagnose(s.serverless(tooYoung())))
            .saying("by the clock of whoever looks at it"),
        shows(
            KIND,
            "a Kubernetes service without a pod",
            "upstream-down",
            s ->
                s.user("serverless")
                    .diagnose(
                        s.site(
                            c ->
                                Reply.Whole.text(
                                    503,
                                    "application/json",
                                    "{\"kind\": \"Status\", \"status\": \"Failure\", \"message\": \"no endpoints available for service \\\"vllm\\\"\", \"code\": 503}")))));
  }

  private static Hooks noList() {
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals("/v1/models")
                ? Reply.Whole.text(
                    200, "application/json", "{\"object\": \"list\", \"data\": null}")
                : call.method().equals("POST")
                    ? Reply.Whole.text(
                        404,
                        "application/json",
                        ERROR.formatted("model 'm' not found, try pulling it first", 404))
                    : reply);
  }

  private static Hooks tooYoung() {
    return Hooks.onReply(
        (call, reply) ->
            Reply.Whole.text(
                401,
                "application/json",
                "{\"error\": \"invalid_token\", \"error_description\": \"The token was issued in the future\"}"));
  }
}
