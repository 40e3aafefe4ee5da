package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Fronts that wait, limit, speak another protocol, or treat one kind of request differently. */
final class FrontSetups {

  private static final String STREAMS = "streams";
  private static final String TIME = "time";
  private static final String LIMITS = "limits";
  private static final String PROTOCOL = "protocol";
  private static final String PASS = "location / { proxy_pass %s; }";

  private static Reply bodyless(Call call, Reply reply) {
    return call.method().equals("POST")
        ? Reply.Whole.text(
            422,
            "application/json",
            "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\"],\"msg\":\"Field required\",\"input\":null}]}")
        : reply;
  }

  private static final String UNKNOWN_NAME =
      "<html><head><title>502 Bad Gateway</title></head><body><p>gpu-box: Name or service not known</p></body></html>";

  private FrontSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(STREAMS, "every stream is 500", "streams-are-refused", s -> streams(s, 500)),
        shows(STREAMS, "every stream is 400", "streams-are-refused", s -> streams(s, 400)),
        healthy(STREAMS, "streams come as they should", s -> s.diagnose(s.serverless())),
        shows(
            PROTOCOL,
            "frames of HTTP/2 on a plain port",
            "speaks-http2-only",
            s -> s.user("serverless").diagnose(s.raw(StrangerScenes::frames))),
        shows(
            TIME,
            "Apache waits a second for an answer",
            "gateway-gives-up",
            s -> {
              URI host =
                  s.onDemand(ServiceScenes.delivered(d -> d.beforeHeaders(Duration.ofSeconds(3))));
              return s.diagnose(
                  Fronts.apache(s, "ProxyTimeout 1\nProxyPass / %s/".formatted(host)));
            },
            "apache2"),
        shows(
            TIME,
            "Apache finds nobody behind it",
            "upstream-down",
            s -> s.user("on-demand").diagnose(Fronts.apache(s, "ProxyPass / http://127.0.0.1:1/")),
            "apache2"),
        shows(
            TIME,
            "nothing is answered within three seconds",
            "answers-are-slow",
            s ->
                s.diagnose(
                    s.serverless(
                        ServiceScenes.all(d -> d.beforeHeaders(Duration.ofMillis(3200)))))),
        healthy(
            TIME,
            "chat takes seconds, and the rest does not",
            s ->
                s.diagnose(
                    s.serverless(
                        ServiceScenes.delivered(d -> d.beforeHeaders(Duration.ofSeconds(1)))))),
        shows(
            LIMITS,
            "nginx lets three requests a minute pass",
            "rate-limited",
            s ->
                s.diagnose(
                    Fronts.nginx(
                        s,
                        "limit_req_zone $binary_remote_addr zone=all:1m rate=1r/m; ",
                        "limit_req zone=all burst=2 nodelay; " + PASS.formatted(s.serverless()))),
            "nginx"),
        shows(
            LIMITS,
            "haproxy closes on whoever sent two wrong keys",
            "shut-out",
            s -> guarded(s, 2, "reject"),
            "haproxy"),
        shows(
            LIMITS,
            "haproxy forbids whatever comes from who sent two wrong keys",
            "shut-out",
            s -> guarded(s, 2, "deny"),
            "haproxy"),
        healthy(
            LIMITS,
            "haproxy counts wrong keys, and these are few",
            s -> guarded(s, 20, "reject"),
            "haproxy"),
        shows(
            "lost on the way",
            "haproxy puts a word in place of X-User-Id",
            "header-lost-on-the-way",
            s -> {
              URI host = s.onDemand();
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "http-request set-header X-User-Id default\n  default_backend all",
                      Fronts.backend("all", host)));
            },
            "haproxy"),
        shows(
            "lost on the way",
            "nginx drops Authorization on chat alone",
            "header-lost-on-the-way",
            s -> {
              URI host = s.serverless();
              return s.diagnose(
                  Fronts.nginx(
                      s,
                      "location = /v1/chat/completions { proxy_set_header Authorization \"\"; proxy_pass %1$s; } location / { proxy_pass %1$s; }"
                          .formatted(host)));
            },
            "nginx"),
        shows(
            "lost on the way",
            "a proxy drops every body, and FastAPI says that it is missing",
            "body-lost-on-the-way",
            s -> s.diagnose(s.serverless(Hooks.onReply(FrontSetups::bodyless)))),
        shows(
            "another service",
            "a local name goes to the proxy of the shell, which does not know it and says 502",
            "proxy-answers-instead",
            s -> {
              URI proxy = s.site(c -> Reply.Whole.text(502, "text/html", UNKNOWN_NAME));
              s.user("serverless").env("http_proxy", proxy.toString());
              return s.flag(Setting.ALLOW_INSECURE, "true").diagnose("http://gpu-box:8000");
            }),
        shows(
                "another service",
                "what is named as a proxy for http is one for SOCKS",
                "proxy-opens-no-tunnel",
                s -> {
                  URI socks = s.raw((in, out) -> out.write(new byte[] {5, (byte) 0xff}));
                  s.user("serverless").flag(Setting.PROXY, socks.toString());
                  return s.flag(Setting.ALLOW_INSECURE, "true").diagnose("http://gpu-box:8000");
                })
            .saying("SOCKS"),
        shows(
            "another service",
            "what is named as a proxy is a web server",
            "proxy-answers-instead",
            s -> {
              URI web =
                  Fronts.nginx(
                      s,
                      "default_type text/html; location / { return 200 \"<html><title>Welcome to nginx!</title></html>\"; }");
              s.user("serverless").flag(Setting.PROXY, web.toString());
              return s.flag(Setting.ALLOW_INSECURE, "true").diagnose("http://llm.corp.example");
            },
            "nginx"),
        shows(
            "another service",
            "a store of keys and values with a health of its own",
            "api-not-here",
            s -> s.user("serverless").diagnose(s.site(c -> etcd(c.path())))));
  }

  /** Haproxy counts refused keys by address. */
  private static DiagnosisReport guarded(Stage s, int most, String how) throws Exception {
    URI host = s.serverless();
    String rules =
        """
        stick-table type ip size 1k expire 60s store gpc0
          http-request track-sc0 src
          http-request %s if { sc0_get_gpc0 ge %d }
          http-response sc-inc-gpc0(0) if { status 401 }
          default_backend all"""
            .formatted(how, most);
    return s.diagnose(Fronts.haproxy(s, "", rules, Fronts.backend("all", host)));
  }

  private static DiagnosisReport streams(Stage stage, int status) {
    return stage.diagnose(stage.serverless(StreamScenes.refused(status)));
  }

  private static Reply etcd(String path) {
    return switch (path) {
      case "/health" -> Reply.Whole.text(200, "application/json", "{\"health\":\"true\"}");
      case "/version" -> Reply.Whole.text(200, "application/json", "{\"etcdserver\":\"3.4.23\"}");
      default -> Reply.Whole.text(404, "text/plain", "404 page not found\n");
    };
  }
}
