package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;
import static dev.meshcheck.suites.diagnose.StrangerSetups.nginx;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gateways that break themselves, keep what is over, slow down, or lead back to themselves. */
final class BetweenSetups {

  private static final String KIND = "in between";
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
                KIND,
                "every POST to the same path with a slash, at a name of the inside",
                "host-redirects",
                s -> s.diagnose(s.onDemand(sent("http://vllm.default.svc:8000", "/"))))
            .saying("with a slash behind it"),
        shows(
            KIND,
            "every POST to the same route below another prefix",
            "host-redirects",
            s -> s.diagnose(s.onDemand(sent("https://llm.example/api", "")))),
        shows(
            KIND,
            "nginx sends POST to a login page",
            "host-is-captive-portal",
            s -> s.diagnose(s.onDemand(login()))),
        shows(
            KIND,
            "whatever has a body hangs",
            "body-lost-on-the-way",
            s -> {
              s.flag(Setting.TIMEOUT, "2");
              return s.diagnose(s.onDemand(Hooks.onReply(BetweenSetups::hung)));
            }));
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

  private static Hooks sent(String place, String behind) {
    return Hooks.onReply(
        (call, reply) ->
            isPost(call)
                ? Reply.Whole.text(307, "text/plain", "")
                    .header("Location", place + call.path() + behind)
                : reply);
  }

  private static Hooks login() {
    return Hooks.onReply(
        (call, reply) ->
            isPost(call)
                ? Reply.Whole.text(302, "text/html", "")
                    .header("Location", "https://sso.example/login?rd=" + call.path())
                : reply);
  }

  private static boolean isPost(Call call) {
    return call.method().equals("POST");
  }

  private static Reply hung(Call call, Reply reply) {
    return isPost(call) ? reply.deliver(d -> d.beforeHeaders(Duration.ofSeconds(9))) : reply;
  }
}
