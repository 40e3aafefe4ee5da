package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Json;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gateways that break themselves, keep what is over, rewrap, slow down, or lead back to themselves.
 */
final class BetweenSetups {

  private static final String KIND = "in between";
  private static final String BODY = "a 200 that is none";
  private static final String WORDS = "words of others";
  private static final String PASS = "location / { proxy_pass %s; }";
  private static final String ERROR = "{\"error\": {\"message\": \"%s\", \"code\": %d}}";

  private BetweenSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            KIND,
            "nginx asks a service about each request, and it is dead",
            "gateway-fails",
            s ->
                nginx(
                    s,
                    "auth_request /who; "
                        + PASS
                        + " location = /who { proxy_pass http://127.0.0.1:1; }"),
            "nginx"),
        shows(
                KIND,
                "nginx keeps a 503 of an outage that is over",
                "cache-answers",
                BetweenSetups::kept,
                "nginx")
            .saying("X-Cache-Status: HIT"),
        healthy(
            KIND,
            "a cache keeps the list of models, and it is right",
            s -> s.diagnose(s.serverless(aged("/v1/models")))),
        healthy(
            KIND,
            "a cache keeps that a route which need not be there is not, and what is said without a key",
            s -> {
              URI host = s.serverless(keptRefusals());
              return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
            }),
        shows(
            KIND,
            "squid is the front, and nobody is behind it",
            "upstream-down",
            s -> s.user("serverless").diagnose(Fronts.squidInFront(s, 1)),
            "squid"),
        shows(
                KIND,
                "nginx sends every request to where it came from",
                "host-redirects",
                s ->
                    nginx(
                        s, "location / { return 301 http://127.0.0.1:$server_port$request_uri; }"),
                "nginx")
            .saying("which is where it came from"),
        shows(
                KIND,
                "nginx forgets the port of a redirect",
                "host-redirects",
                s ->
                    nginx(
                        s,
                        PASS
                            + " location /v1/chat/ { return 307 http://127.0.0.1/v1/chat/completions/; }"),
                "nginx")
            .saying("another port of this host"),
        shows(
            KIND,
            "nginx lets 300 bytes a second pass",
            "answer-does-not-end",
            s -> {
              s.flag(Setting.TIMEOUT, "4");
              return nginx(s, "proxy_buffering on; limit_rate 300; " + PASS);
            },
            "nginx"),
        shows(
            KIND,
            "only the first health check is a 502",
            "answers-differ",
            s -> s.diagnose(s.serverless(firstHealth()))),
        shows(
            BODY,
            "a gateway hands on what a function gave it",
            "json-is-wrapped",
            s -> s.diagnose(s.serverless(boxed()))),
        shows(
                BODY,
                "events within events",
                "json-is-wrapped",
                s -> s.diagnose(s.serverless(doubled())))
            .saying("before the JSON stands: data:"),
        shows(
            WORDS,
            "the list of models is null",
            "no-model-served",
            s -> {
              URI host = s.serverless(noList());
              return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
            }),
        shows(
                WORDS,
                "the model is known, and too small for the request",
                "unknown",
                s ->
                    s.diagnose(
                        s.serverless(
                            ServiceScenes.chat(
                                400, "This model's maximum context length is 8 tokens."))))
            .saying("maximum context length"),
        shows(
            WORDS,
            "the listed model has no deployment",
            "listed-model-unknown",
            s ->
                s.diagnose(
                    s.serverless(
                        ServiceScenes.chat(
                            404, "The API deployment for this resource does not exist.")))),
        shows(
            WORDS,
            "a budget is spent",
            "quota-exhausted",
            s -> s.diagnose(s.serverless(ServiceScenes.chat(400, "Budget has been exceeded!")))),
        shows(
            WORDS,
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
                WORDS,
                "a token is too young for the clock of the gateway",
                "key-invalid",
                s -> s.diagnose(s.serverless(tooYoung())))
            .saying("by the clock of whoever looks at it"),
        shows(
            WORDS,
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
                                    "{\"kind\": \"Status\", \"status\": \"Failure\", \"message\": \"no endpoints available for service \\\"vllm\\\"\", \"code\": 503}")))),
        healthy(
            "TLS",
            "an expired certificate is sent beside the one that counts",
            BetweenSetups::beside,
            "nginx"));
  }

  private static DiagnosisReport nginx(Stage stage, String server) throws Exception {
    URI host = stage.serverless();
    return stage.diagnose(Fronts.nginx(stage, server.formatted(host)));
  }

  private static DiagnosisReport kept(Stage stage) throws Exception {
    URI dead =
        stage.site(
            c -> Reply.Whole.text(503, "application/json", ERROR.formatted("Loading.", 503)));
    Path folder = Files.createDirectories(stage.home().resolve("kept"));
    URI front =
        Fronts.nginx(
            stage,
            "proxy_cache_path %s keys_zone=kept:1m; ".formatted(folder),
            (PASS
                    + " location /v1/chat/ { proxy_pass %s; proxy_buffering on; proxy_cache kept; proxy_cache_methods POST;"
                    + " proxy_cache_key $uri; proxy_cache_valid any 1h;"
                    + " add_header X-Cache-Status $upstream_cache_status always; }")
                .formatted(stage.serverless(), dead));
    // The outage was before anybody asked for a diagnosis.
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(front.resolve("/v1/chat/completions"))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding());
    return stage.diagnose(front);
  }

  private static DiagnosisReport beside(Stage stage) throws Exception {
    Path pair = Certificates.GOOD.pair(stage.home());
    String both = Files.readString(pair) + Files.readString(Certificates.EXPIRED.pem(stage.home()));
    Path file = stage.file("both.pem", both);
    stage.flag(Setting.CA_BUNDLE, Certificates.GOOD.pem(stage.home()).toString());
    URI host = stage.serverless();
    return stage.diagnose(
        Fronts.nginxTls(
            stage,
            "server { listen PORT ssl; ssl_certificate %1$s; ssl_certificate_key %1$s; %2$s }"
                .formatted(file, PASS.formatted(host))));
  }

  private static Hooks aged(String path) {
    return Hooks.onReply(
        (call, reply) -> call.path().equals(path) ? reply.header("Age", "600") : reply);
  }

  private static Hooks keptRefusals() {
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals("/version")
                ? Reply.Whole.text(404, "text/plain", "not here").header("Age", "600")
                : reply.status() == 401 ? reply.header("Age", "600") : reply);
  }

  private static Hooks firstHealth() {
    AtomicBoolean asked = new AtomicBoolean();
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals("/health") && !asked.getAndSet(true)
                ? Reply.Whole.text(502, "text/html", "<title>502 Bad Gateway</title>")
                : reply);
  }

  private static Hooks boxed() {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Whole whole
                ? Reply.Whole.text(
                    200,
                    "application/json",
                    Json.write(
                        Json.object()
                            .put("statusCode", reply.status())
                            .put("body", whole.body().text())))
                : reply);
  }

  private static Hooks doubled() {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Stream stream
                ? stream.withFrames(
                    stream.frames().stream()
                        .map(
                            f ->
                                Frame.data(
                                    "data: " + f.json().map(Object::toString).orElse("[DONE]")))
                        .toList())
                : reply);
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
