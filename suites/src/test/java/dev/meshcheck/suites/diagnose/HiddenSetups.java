package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.Rule;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What the first requests of a diagnosis, which carry no key, say of a host, and what is true. */
final class HiddenSetups {

  private static final String KIND = "first without a key";
  private static final String PASS = "location / { proxy_pass %s; }";
  private static final String OPEN_TO_KEYS = "if ($http_authorization = '') { return %s; } " + PASS;
  private static final String NGINX =
      "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center>nginx</center></body></html>";

  private HiddenSetups() {}

  static List<Setup> all() {
    return List.of(
        healthy(
            KIND,
            "nginx has nothing for whoever shows no key",
            s -> s.diagnose(hiding(s, "404")),
            "nginx"),
        healthy(
            KIND,
            "nginx hangs up on whoever shows no key",
            s -> s.diagnose(hiding(s, "444")),
            "nginx"),
        shows(
            KIND,
            "nginx has nothing for whoever shows no key, and the key is wrong",
            "key-invalid",
            s -> {
              URI host = hiding(s, "404");
              return s.key(Stage.WRONG_KEY).diagnose(host);
            },
            "nginx"),
        healthy(
            KIND,
            "Caddy sends whoever shows no key to the documentation",
            s ->
                s.diagnose(
                    Fronts.caddyHttp(
                        s,
                        "@none not header Authorization *\nredir @none https://docs.example/llm 302\nreverse_proxy "
                            + s.onDemand())),
            "caddy"),
        healthy(
            KIND,
            "haproxy has a welcome page for whoever shows no key",
            s -> {
              URI host = s.onDemand();
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "  http-request return status 200 content-type text/html string"
                          + " \"<html><title>LLM</title></html>\" unless { req.hdr(authorization) -m found }\n"
                          + "  default_backend there",
                      Fronts.backend("there", host)));
            },
            "haproxy"),
        healthy(
            KIND,
            "Apache breaks over whoever shows no key",
            s ->
                s.diagnose(
                    Fronts.apache(
                        s,
                        "RewriteEngine On\nRewriteCond %%{HTTP:Authorization} ^$\nRewriteRule ^ - [R=500,L]\nProxyPass / %s/"
                            .formatted(s.onDemand()))),
            "apache2"),
        healthy(
            KIND,
            "nginx sends /health alone to the path with a slash",
            s ->
                compatible(
                    s,
                    Fronts.nginx(
                        s,
                        ("location = /health { return 307 /health/; } " + PASS)
                            .formatted(s.serverless()))),
            "nginx"),
        shows(
            KIND,
            "nginx keeps a list of addresses, and no key is set or wanted",
            "refused-in-front",
            s -> keyless(s, Fronts.nginx(s, "location / { deny all; }")),
            "nginx"),
        shows(
            KIND,
            "a framework says 403 for want of a key, and says so",
            "key-missing",
            s -> keyless(s, s.site(call -> said(403, "{\"detail\": \"Not authenticated\"}")))),
        healthy(
            KIND,
            "the first model of the list embeds, and the second talks",
            s -> {
              URI host = s.serverless(Hooks.onReply(HiddenSetups::embedding));
              return compatible(s, host);
            }),
        shows(
                KIND,
                "nginx limits now and then, and is one server",
                "rate-limited",
                s -> s.diagnose(s.serverless(nowAndThen("text/html", NGINX, "nginx/1.22.1"))))
            .saying("so says nginx where it limits"),
        shows(
            KIND,
            "Envoy lets so many requests through, and no more",
            "service-overloaded",
            s ->
                s.diagnose(
                    s.serverless(
                        nowAndThen(
                            "text/plain",
                            "upstream connect error or disconnect/reset before headers. reset reason: overflow",
                            "envoy")))),
        shows(
            KIND,
            "Apache is to speak TLS to the server, and was not told that it may",
            "gateway-fails",
            s -> {
              URI tls = Fronts.https(s.serverless());
              return s.diagnose(Fronts.apache(s, "ProxyPass / " + tls + "/"));
            },
            "apache2"),
        shows(
            KIND,
            "no body arrives, where no key is set",
            "body-lost-on-the-way",
            s -> {
              Hooks open =
                  new Hooks(
                      rules -> rules.breaking(Rule.KEY, Set.of()),
                      call -> call.withBody(""),
                      (call, reply) -> reply);
              return keyless(s, s.serverless(open));
            }),
        shows(
                KIND,
                "Apache has a page of its own for 401, and the key is wrong",
                "key-invalid refused-in-front",
                s -> {
                  URI host =
                      Fronts.apache(
                          s,
                          "ProxyErrorOverride On\nProxyPass / %s/"
                              .formatted(s.onDemand(challenging())));
                  return s.key(Stage.WRONG_KEY).diagnose(host);
                },
                "apache2")
            .saying("key-invalid"));
  }

  private static URI hiding(Stage s, String status) throws Exception {
    return Fronts.nginx(s, OPEN_TO_KEYS.formatted(status, s.onDemand()));
  }

  private static DiagnosisReport compatible(Stage s, URI host) {
    return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
  }

  private static DiagnosisReport keyless(Stage s, URI host) {
    return compatible(s.noEnv("TENSORMESH_INFERENCE_API_KEY"), host);
  }

  private static Reply said(int status, String json) {
    return Reply.Whole.text(status, "application/json", json);
  }

  private static Hooks challenging() {
    return Hooks.onReply(
        (call, reply) ->
            reply.status() == 401 ? reply.header("WWW-Authenticate", "Bearer") : reply);
  }

  private static Hooks nowAndThen(String type, String body, String server) {
    AtomicInteger asked = new AtomicInteger();
    return Hooks.onReply(
        (call, reply) ->
            asked.incrementAndGet() % 3 == 0
                ? Reply.Whole.text(503, type, body).header("Server", server)
                : reply.header("Server", server));
  }

  private static Reply embedding(Call call, Reply reply) {
    boolean asked = call.json().filter(b -> b.path("model").asText().contains("bge")).isPresent();
    if (asked) {
      return said(404, "{\"error\": {\"message\": \"The model does not support chat.\"}}");
    }
    return call.path().endsWith("/models") && reply instanceof Reply.Whole whole
        ? whole.withBody(
            Body.of(
                whole
                    .body()
                    .text()
                    .replaceFirst(
                        "\\[",
                        "[{\"id\":\"BAAI/bge-m3\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"x\"},")))
        : reply;
  }
}
