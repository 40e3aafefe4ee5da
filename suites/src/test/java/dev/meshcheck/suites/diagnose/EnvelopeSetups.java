package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;

/** Relays that answer everything with 200, and tell in a dialect of their own how it went. */
final class EnvelopeSetups {

  private static final String KIND = "200 with a dialect of its own";

  private EnvelopeSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            KIND,
            "a relay that takes the key, and refuses others with 200",
            "error-told-as-success",
            s -> diagnose(s, EnvelopeSetups::enveloped)),
        shows(
            KIND,
            "a relay that does not take the key",
            "key-invalid",
            s -> wrongKey(s, EnvelopeSetups::enveloped)),
        shows(
            KIND,
            "MiniMax does not take the key",
            "key-invalid",
            s -> wrongKey(s, EnvelopeSetups::ofMiniMax)),
        shows(
            KIND,
            "a relay whose account is spent",
            "quota-exhausted",
            s -> diagnose(s, (call, reply) -> call.path().contains("/chat") ? spent() : reply)),
        shows(
            KIND,
            "a web application has no such route",
            "api-not-here",
            s ->
                compatible(
                    s,
                    s.site(c -> json("{\"success\": false, \"message\": \"Route not found\"}")))),
        shows(
            KIND,
            "Anthropic has chat in this dialect, and a list of models in its own",
            "key-in-other-header",
            s ->
                diagnose(
                    s, (call, reply) -> call.path().endsWith("/models") ? anthropic() : reply)),
        shows(
            KIND,
            "KServe has its own list where the API is one path further down",
            "base-url-wrong-prefix",
            s -> {
              URI host = s.serverless();
              return compatible(
                  s,
                  Fronts.nginx(
                      s,
                      """
                      location = /v1/models { default_type application/json; return 200 '{"models":["llama3"]}'; }
                      location /openai/ { proxy_pass %s/; }
                      location / { default_type application/json; return 404 '{"detail":"Not Found"}'; }
                      """
                          .formatted(host)));
            },
            "nginx"));
  }

  private static DiagnosisReport diagnose(Stage s, BiFunction<Call, Reply, Reply> answering) {
    return compatible(s, s.serverless(Hooks.onReply(answering)));
  }

  private static DiagnosisReport wrongKey(Stage s, BiFunction<Call, Reply, Reply> answering) {
    URI host = s.serverless(Hooks.onReply(answering));
    return compatible(s.key(Stage.WRONG_KEY), host);
  }

  private static DiagnosisReport compatible(Stage s, URI host) {
    return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
  }

  private static Reply enveloped(Call call, Reply reply) {
    return reply.status() < 400
        ? reply
        : json(
            "{\"code\": %d, \"msg\": \"%s\", \"data\": null}"
                .formatted(
                    reply.status(),
                    reply.status() == 401
                        ? "\u4ee4\u724c\u5df2\u5931\u6548"
                        : "\u53c2\u6570\u9519\u8bef"));
  }

  private static Reply ofMiniMax(Call call, Reply reply) {
    return reply.status() != 401
        ? reply
        : json(
            "{\"base_resp\": {\"status_code\": 1004, \"status_msg\": \"login fail: Please carry the API"
                + " secret key in the 'Authorization' field of the request header\"}}");
  }

  private static Reply spent() {
    return json("{\"code\": 1113, \"msg\": \"\u4f59\u989d\u4e0d\u8db3\", \"success\": false}");
  }

  private static Reply anthropic() {
    return Reply.Whole.text(
        401,
        "application/json",
        "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"x-api-key header is required\"}}");
  }

  private static Reply json(String text) {
    return Reply.Whole.text(200, "application/json", text);
  }
}
