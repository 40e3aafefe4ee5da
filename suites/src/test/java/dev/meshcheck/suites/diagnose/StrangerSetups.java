package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What other people set up who had not read the rules: bodies and keys that are lost, caches,
 * gateways that give up, and services that are no inference host.
 */
final class StrangerSetups {

  private static final String LOST = "lost on the way";
  private static final String STRANGER = "another service";
  private static final String UNREADABLE = "no HTTP";
  private static final String PASS = " location / { proxy_pass %s; }";

  private StrangerSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            LOST,
            "nginx passes on no body",
            "body-lost-on-the-way",
            s ->
                nginx(
                    s, "proxy_pass_request_body off; proxy_set_header Content-Length \"\";" + PASS),
            "nginx"),
        shows(
            LOST,
            "nginx makes a GET of every request",
            "method-changed-on-the-way",
            s ->
                nginx(
                    s,
                    "proxy_method GET; proxy_pass_request_body off; proxy_set_header Content-Length \"\";"
                        + PASS),
            "nginx"),
        shows(
            LOST,
            "nginx keeps every POST away with 405, and Allow names POST",
            "refused-in-front",
            s ->
                nginx(
                    s,
                    "location / { add_header Allow \"GET, POST\" always; if ($request_method = POST) { return 405; } proxy_pass %s; }"),
            "nginx"),
        shows(
            LOST,
            "haproxy makes a GET of every request",
            "method-changed-on-the-way",
            s -> WaySetups.haproxy(s, s.onDemand(), "http-request set-method GET"),
            "haproxy"),
        shows(
            LOST,
            "nginx sends every request on by error_page, which makes it a GET",
            "method-changed-on-the-way",
            s ->
                nginx(
                    s,
                    "location / { error_page 418 = /up$uri; return 418; }"
                        + " location /up/ { internal; proxy_pass %s/; }"),
            "nginx"),
        shows(
            LOST,
            "nginx calls every body text",
            "body-lost-on-the-way",
            s -> nginx(s, "proxy_set_header Content-Type text/plain;" + PASS),
            "nginx"),
        shows(
            LOST,
            "nginx drops X-User-Id, and no model is configured",
            "header-lost-on-the-way",
            s -> {
              URI host = s.onDemand();
              s.noFlag(Setting.MODEL);
              return s.diagnose(
                  Fronts.nginx(s, ("proxy_set_header X-User-Id \"\";" + PASS).formatted(host)));
            },
            "nginx"),
        shows(
            "one route only",
            "nginx passes on chat, and nothing else",
            "one-route-fails",
            s -> nginx(s, "location = /v1/chat/completions { proxy_pass %s; }"),
            "nginx"),
        shows(
            "one route only",
            "nginx has no list of models, and one is named",
            "one-route-fails",
            s -> nginx(s, "location = /v1/models { return 404; } location / { proxy_pass %s; }"),
            "nginx"),
        shows(
            "one route only",
            "/v1/models is 500",
            "one-route-fails",
            s ->
                s.diagnose(
                    s.serverless(
                        Hooks.onReply(
                            (c, r) ->
                                c.path().equals("/v1/models")
                                    ? Reply.Whole.text(500, "application/json", "{}")
                                    : r)))),
        shows(
            "one route only",
            "/tokenize asks for X-User-Id on Serverless",
            "one-route-fails",
            s -> {
              URI other = s.onDemand();
              s.noFlag(Setting.USER_ID).noFlag(Setting.MODEL);
              URI host = s.serverless();
              return s.diagnose(
                  Fronts.nginx(
                      s,
                      "location /tokenize { proxy_pass %s; } location / { proxy_pass %s; }"
                          .formatted(other, host)));
            },
            "nginx"),
        shows(
            "answers of others",
            "nginx caches POST by its path",
            "one-answer-for-all",
            s -> {
              URI host = s.serverless();
              return s.diagnose(
                  Fronts.nginx(
                      s,
                      "proxy_cache_path %s/cache keys_zone=all:1m; ".formatted(s.home()),
                      """
                      proxy_buffering on; proxy_cache all; proxy_cache_methods POST GET; proxy_cache_key $uri;
                      proxy_cache_valid 200 1m; proxy_ignore_headers Cache-Control;
                      location / { proxy_pass %s; }
                      """
                          .formatted(host)));
            },
            "nginx"),
        shows(
            "time",
            "nginx waits a second for an answer",
            "gateway-gives-up",
            s -> {
              URI host = s.onDemand(slow());
              return s.diagnose(Fronts.nginx(s, ("proxy_read_timeout 1s;" + PASS).formatted(host)));
            },
            "nginx"),
        shows(
            "time",
            "haproxy waits a second for an answer",
            "gateway-gives-up",
            s -> {
              URI host = s.onDemand(slow());
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "default_backend all",
                      Fronts.backend("all", host) + "  timeout server 1s"));
            },
            "haproxy"),
        shows(
            STRANGER,
            "nginx sends everybody a page of maintenance",
            "under-maintenance",
            s ->
                s.user("serverless")
                    .diagnose(
                        Fronts.nginx(
                            s,
                            "default_type text/html; location / { return 503"
                                + " \"<html><title>Scheduled maintenance</title></html>\"; }")),
            "nginx"),
        shows(
            STRANGER,
            "nothing but JSON that says not found",
            "api-not-here",
            s ->
                s.user("serverless")
                    .diagnose(
                        s.site(
                            c ->
                                Reply.Whole.text(
                                    404, "application/json", "{\"status\":404,\"path\":\"/\"}")))),
        shows(
            STRANGER,
            "an object store",
            "api-not-here",
            s -> s.user("serverless").diagnose(s.site(StrangerSetups::bucket))),
        shows(
            STRANGER,
            "an API that wants its key in X-Api-Key",
            "key-in-other-header",
            s ->
                s.diagnose(
                    s.serverless(
                        Hooks.onReply(
                            (c, r) ->
                                c.method().equals("POST")
                                    ? Reply.Whole.text(
                                        401,
                                        "application/json",
                                        "{\"error\":{\"message\":\"missing x-api-key header\"}}")
                                    : r)))),
        shows(UNREADABLE, "SSH", "not-http", s -> raw(s, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")),
        shows(
            UNREADABLE,
            "two lengths that differ",
            "not-http",
            s -> raw(s, ok("Content-Length: 2\r\nContent-Length: 5", "{}"))),
        shows(
            UNREADABLE,
            "a chunk whose size is none",
            "not-http",
            s -> raw(s, ok("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n"))),
        shows(
            UNREADABLE,
            "a body that is called gzip and is none",
            "not-http",
            s -> raw(s, ok("Content-Encoding: gzip\r\nContent-Length: 2", "{}"))),
        shows(
            "now and then",
            "one of two backends refuses the key, and the model is not known beforehand",
            "answers-differ",
            s -> {
              URI good = s.serverless();
              URI odd = s.serverless(refuses());
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "default_backend both",
                      """
                      backend both
                        balance roundrobin
                        option http-server-close
                        server a 127.0.0.1:%d
                        server b 127.0.0.1:%d
                      """
                          .formatted(good.getPort(), odd.getPort())));
            },
            "haproxy"),
        healthy(
            "answers of others",
            "nginx caches GET alone",
            s -> {
              URI host = s.serverless();
              return s.diagnose(
                  Fronts.nginx(
                      s,
                      "proxy_cache_path %s/cache keys_zone=all:1m; ".formatted(s.home()),
                      """
                      proxy_buffering on; proxy_cache all; proxy_cache_key $uri; proxy_cache_valid 200 1m;
                      location / { proxy_pass %s; }
                      """
                          .formatted(host)));
            },
            "nginx"));
  }

  /** What is said of nginx in front of a Serverless host, whose address the lines have as %s. */
  static DiagnosisReport nginx(Stage stage, String server) throws Exception {
    URI host = stage.serverless();
    return stage.diagnose(Fronts.nginx(stage, server.formatted(host)));
  }

  private static DiagnosisReport raw(Stage stage, String said) throws Exception {
    return stage
        .user("serverless")
        .diagnose(
            stage.raw(
                (in, out) -> {
                  int unused = in.read(new byte[8192]);
                  out.write(said.getBytes(StandardCharsets.US_ASCII));
                }));
  }

  private static String ok(String fields, String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%s\r\n\r\n%s"
        .formatted(fields, body);
  }

  private static Hooks slow() {
    return ServiceScenes.delivered(d -> d.beforeHeaders(Duration.ofSeconds(3)));
  }

  private static Hooks refuses() {
    return Hooks.onReply(
        (call, reply) ->
            call.method().equals("POST")
                ? Reply.Whole.text(
                    401,
                    "application/json",
                    "{\"error\": {\"message\": \"Invalid API key.\", \"code\": 401}}")
                : reply);
  }

  private static Reply bucket(Call call) {
    String code = call.header("Authorization").isPresent() ? "InvalidArgument" : "NoSuchBucket";
    return Reply.Whole.text(
        code.equals("NoSuchBucket") ? 404 : 400,
        "application/xml",
        "<?xml version=\"1.0\"?><Error><Code>%s</Code></Error>".formatted(code));
  }
}
