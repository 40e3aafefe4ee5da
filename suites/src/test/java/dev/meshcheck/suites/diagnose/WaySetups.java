package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A header or the path is changed on the way, or one route leads elsewhere. */
final class WaySetups {

  private static final String HEADER = "a header is lost";
  private static final String PATH = "a path is changed";
  private static final String ROUTE = "one route only";
  private static final String LOST = "header-lost-on-the-way";
  private static final String CHANGED = "path-changed-on-the-way";
  private static final String ONE = "one-route-fails";
  private static final String MINE = "Bearer " + Stage.WRONG_KEY;
  private static final String DEAD = "http://127.0.0.1:1";

  private WaySetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                HEADER,
                "nginx takes Authorization out, and the host says it is missing",
                LOST,
                s -> nginx(s, talkative(s), "proxy_set_header Authorization \"\";"),
                "nginx")
            .saying("Authorization"),
        shows(
                HEADER,
                "nginx takes Authorization out, and the host says the same to all",
                LOST + " key-invalid",
                s -> nginx(s, s.onDemand(), "proxy_set_header Authorization \"\";"),
                "nginx")
            .saying(LOST),
        shows(
                HEADER,
                "nginx takes Authorization out, and the host says that it is missing or wrong",
                LOST + " key-invalid",
                s -> nginx(s, undecided(s), "proxy_set_header Authorization \"\";"),
                "nginx")
            .saying(LOST),
        shows(
                HEADER,
                "the key is wrong, and the host says that it is missing or wrong",
                "key-invalid " + LOST,
                s -> {
                  URI host = undecided(s);
                  return s.key(Stage.WRONG_KEY).diagnose(host);
                })
            .saying("got lost on the way"),
        shows(
                HEADER,
                "the key has expired, and any other is missing or wrong",
                "key-invalid",
                s -> {
                  URI host =
                      refusing(
                          s,
                          call ->
                              call.header("Authorization").equals(Optional.of(MINE))
                                  ? "Authentication Error - Expired Key."
                                  : "Missing or invalid API key.");
                  return s.key(Stage.WRONG_KEY).diagnose(host);
                })
            .saying("so yours arrives"),
        shows(
                HEADER,
                "nginx takes X-User-Id out",
                LOST,
                s -> nginx(s, s.onDemand(), "proxy_set_header X-User-Id \"\";"),
                "nginx")
            .saying("X-User-Id"),
        shows(
                HEADER,
                "haproxy takes X-User-Id out",
                LOST,
                s -> haproxy(s, s.onDemand(), "http-request del-header X-User-Id"),
                "haproxy")
            .saying("X-User-Id"),
        shows(
                HEADER,
                "Apache takes Authorization out",
                LOST,
                s ->
                    apache(
                        s,
                        "RequestHeader unset Authorization early\nProxyPass / %s/",
                        talkative(s)),
                "apache2")
            .saying("Authorization"),
        shows(
                HEADER,
                "Caddy takes X-User-Id out",
                LOST,
                s -> caddy(s, "reverse_proxy %s {\n header_up -X-User-Id\n}", s.onDemand()),
                "caddy")
            .saying("X-User-Id"),
        shows(
                HEADER,
                "varnish takes Authorization out",
                LOST,
                s ->
                    s.diagnose(
                        Fronts.varnish(
                            s,
                            talkative(s),
                            "sub vcl_recv { unset req.http.Authorization; return (pass); }")),
                "varnishd")
            .saying("Authorization"),
        shows(
                HEADER,
                "nginx sets a key of its own, a wrong one",
                LOST + " key-invalid",
                s -> nginx(s, s.onDemand(), "proxy_set_header Authorization \"Bearer none\";"),
                "nginx")
            .saying(LOST),
        shows(
            HEADER,
            "a user that nobody knows, behind nginx",
            "user-id-not-routed",
            s -> {
              URI host = s.onDemand();
              s.flag(Setting.USER_ID, Stage.NOBODY);
              return nginx(s, host, "");
            },
            "nginx"),
        shows(
                HEADER,
                "Caddy takes Authorization out",
                LOST,
                s -> caddy(s, "reverse_proxy %s {\n header_up -Authorization\n}", talkative(s)),
                "caddy")
            .saying("Authorization"),
        healthy(
            HEADER,
            "nginx passes on what it must, under another Host",
            s -> nginx(s, s.onDemand(), "proxy_set_header Host api.internal;"),
            "nginx"),
        shows(
            PATH,
            "nginx strips /v1",
            CHANGED,
            s ->
                locations(s, "location /v1/ { proxy_pass %1$s/; } location / { proxy_pass %1$s; }"),
            "nginx"),
        shows(
            PATH,
            "nginx strips /v1, and knows no other path",
            CHANGED,
            s -> locations(s, "location /v1/ { proxy_pass %1$s/; }"),
            "nginx"),
        shows(
            PATH,
            "nginx doubles /v1",
            CHANGED,
            s -> locations(s, "location / { proxy_pass %1$s/v1/; }"),
            "nginx"),
        shows(
            PATH,
            "nginx doubles /v1 of what lies below it",
            "one-route-fails " + CHANGED,
            s ->
                locations(
                    s, "location /v1/ { proxy_pass %1$s/v1/v1/; } location / { proxy_pass %1$s; }"),
            "nginx"),
        shows(
            PATH,
            "nginx puts a second slash into every path",
            CHANGED,
            s ->
                locations(
                    s,
                    "merge_slashes off; location = /health { proxy_pass %1$s; } location /v1 { proxy_pass %1$s/v1/; }"),
            "nginx"),
        shows(
            PATH,
            "nginx forwards /v1 only",
            CHANGED + " " + ONE,
            s -> locations(s, "location /v1/ { proxy_pass %1$s; }"),
            "nginx"),
        shows(
            PATH,
            "haproxy strips /v1",
            CHANGED,
            s -> haproxy(s, s.onDemand(), "http-request replace-path /v1(/.*)? \\1"),
            "haproxy"),
        shows(
            PATH,
            "Caddy strips /v1",
            CHANGED,
            s ->
                caddy(
                    s,
                    "handle_path /v1/* {\n reverse_proxy %1$s\n}\nreverse_proxy %1$s",
                    s.onDemand()),
            "caddy"),
        shows(
            PATH,
            "Apache strips /v1",
            CHANGED,
            s -> apache(s, "ProxyPass /v1/ %1$s/\nProxyPass / %1$s/", s.onDemand()),
            "apache2"),
        shows(
            PATH,
            "the API is below /api, and all else asks for a login",
            "base-url-wrong-prefix " + CHANGED,
            s ->
                locations(
                    s,
                    "location /api/ { proxy_pass %1$s/; } location / { default_type application/json; return 401 '{\"detail\": \"Not authenticated\"}'; }"),
            "nginx"),
        shows(
                ROUTE,
                "no /v1/responses",
                ONE,
                s -> route(s, "= /v1/responses", "return 404;"),
                "nginx")
            .saying("/v1/responses"),
        shows(
                ROUTE,
                "/v1/completions to a dead upstream",
                ONE,
                s -> route(s, "= /v1/completions", "proxy_pass " + DEAD + ";"),
                "nginx")
            .saying("/v1/completions"),
        shows(
                ROUTE,
                "/tokenize to a dead upstream",
                ONE,
                s -> route(s, "= /tokenize", "proxy_pass " + DEAD + ";"),
                "nginx")
            .saying("/tokenize"),
        shows(
                ROUTE,
                "nginx lets GET alone through to /tokenize",
                ONE,
                s -> route(s, "= /tokenize", "limit_except GET { deny all; } proxy_pass %1$s;"),
                "nginx")
            .saying("/tokenize"),
        healthy(
            ROUTE,
            "a model that does not do completions",
            s ->
                s.diagnose(
                    s.onDemand(
                        Hooks.onReply(
                            (c, r) ->
                                c.path().equals("/v1/completions") && r.status() == 200
                                    ? Reply.Whole.text(
                                        404,
                                        "application/json",
                                        "{\"error\": {\"message\": \"This is a chat model and not supported here.\"}}")
                                    : r)))),
        shows(ROUTE, "/health says 503", ONE, s -> route(s, "= /health", "return 503;"), "nginx")
            .saying("/health"),
        shows(
                ROUTE,
                "/version is a web page",
                ONE,
                s ->
                    route(
                        s,
                        "= /version",
                        "default_type text/html; return 200 '<html><title>Hi</title></html>';"),
                "nginx")
            .saying("/version"),
        shows(
                ROUTE,
                "haproxy knows no /detokenize",
                ONE,
                s ->
                    haproxy(
                        s, s.onDemand(), "http-request return status 404 if { path /detokenize }"),
                "haproxy")
            .saying("/detokenize"),
        shows(
                ROUTE,
                "Apache sends /v1/completions to a dead upstream",
                ONE,
                s ->
                    apache(
                        s,
                        "ProxyPass /v1/completions " + DEAD + "/\nProxyPass / %s/ flushpackets=on",
                        s.onDemand()),
                "apache2")
            .saying("/v1/completions"),
        shows(
                ROUTE,
                "Caddy says that /v1/responses is not there yet",
                ONE,
                s -> caddy(s, "respond /v1/responses 501\nreverse_proxy %s", s.onDemand()),
                "caddy")
            .saying("/v1/responses"),
        shows(
                ROUTE,
                "chat alone goes to a dead upstream",
                "upstream-down " + ONE,
                s -> route(s, "= /v1/chat/completions", "proxy_pass " + DEAD + ";"),
                "nginx")
            .saying("/v1/chat/completions"),
        healthy(
            ROUTE,
            "a server that need not have all routes",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (c, r) ->
                              c.path().matches("/v1/responses|/tokenize|/detokenize|/version")
                                  ? Reply.Whole.text(
                                      404, "application/json", "{\"detail\":\"Not Found\"}")
                                  : r));
              return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
            }),
        healthy(
            PATH,
            "nginx with a prefix that it takes off",
            s -> {
              URI host =
                  Fronts.nginx(s, "location /llm/ { proxy_pass %s/; }".formatted(s.onDemand()));
              return s.diagnose(host + "/llm");
            },
            "nginx"));
  }

  /** A gateway that says what is wrong with the key. */
  /** The words of several gateways, which leave open what is wrong. */
  private static URI undecided(Stage stage) {
    return refusing(stage, call -> "Missing or invalid API key.");
  }

  static URI talkative(Stage stage) {
    return refusing(
        stage,
        call ->
            call.header("Authorization").isPresent()
                ? "Invalid API key."
                : "Missing Authorization header.");
  }

  private static URI refusing(Stage stage, Function<Call, String> words) {
    return stage.onDemand(
        Hooks.onReply(
            (call, reply) ->
                reply.status() == 401
                    ? Reply.Whole.text(
                        401,
                        "application/json",
                        "{\"error\": {\"message\": \"%s\"}}".formatted(words.apply(call)))
                    : reply));
  }

  private static DiagnosisReport nginx(Stage stage, URI host, String lines) throws Exception {
    return stage.diagnose(
        Fronts.nginx(stage, "location / { proxy_pass %s; %s }".formatted(host, lines)));
  }

  private static DiagnosisReport locations(Stage stage, String all) throws Exception {
    return stage.diagnose(Fronts.nginx(stage, all.formatted(stage.onDemand())));
  }

  private static DiagnosisReport route(Stage stage, String path, String inside) throws Exception {
    return locations(
        stage, "location " + path + " { " + inside + " } location / { proxy_pass %1$s; }");
  }

  static DiagnosisReport haproxy(Stage stage, URI host, String rule) throws Exception {
    return stage.diagnose(
        Fronts.haproxy(
            stage, "", "  " + rule + "\n  default_backend there", Fronts.backend("there", host)));
  }

  private static DiagnosisReport apache(Stage stage, String lines, URI host) throws Exception {
    return stage.diagnose(Fronts.apache(stage, lines.formatted(host)));
  }

  private static DiagnosisReport caddy(Stage stage, String lines, URI host) throws Exception {
    return stage.diagnose(Fronts.caddyHttp(stage, lines.formatted(host)));
  }
}
