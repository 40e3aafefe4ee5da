package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.RefusedSetups.says;
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
import java.util.Set;
import java.util.function.Function;

/**
 * Set-ups that were written down, from public reports of bugs and from vendors' documents, before
 * anything was mended on them. How they were told at first stands in {@code held-out.tsv}; what is
 * told of them now says no more than that of the others. Of several causes the first is the right
 * one, the rest are acceptable.
 */
final class HeldOutSetups {

  private static final String FRONT = "refused-in-front";
  private static final String JSON = "application/json";

  /** What is still told wrongly, or not at all. */
  static final Set<String> OPEN = Set.of();

  private HeldOutSetups() {}

  static List<Setup> all() {
    return List.of(
        // https://github.com/oauth2-proxy/oauth2-proxy/issues/461
        shows(
            "somebody else refuses",
            "nginx asks a login service, which sends everybody away",
            "host-redirects host-is-captive-portal " + FRONT,
            s ->
                nginx(
                    s,
                    "location = /who { internal; return 401; }"
                        + " location @login { return 302 https://sso.example/oauth2/start?rd=$uri; }"
                        + " location / { auth_request /who; error_page 401 = @login; proxy_pass %s; }"),
            "nginx"),
        // https://github.com/stefanko-ch/Nexus-Stack/issues/893
        shows(
            "somebody else refuses",
            "an access service in the cloud redirects to its login",
            FRONT + " host-redirects host-is-captive-portal",
            s ->
                site(
                    s,
                    c ->
                        Reply.Whole.text(302, "text/html", "")
                            .header("Server", "cloudflare")
                            .header("CF-RAY", "8f1d2c3b4a59-FRA")
                            .header(
                                "Location",
                                "https://corp.cloudflareaccess.com/cdn-cgi/access/login/llm.corp.example"))),
        // https://github.com/apache/apisix/issues/9064
        shows(
            "somebody else refuses",
            "APISIX without that route",
            FRONT + " host-is-ingress-default api-not-here",
            s -> says(s, 404, "APISIX/3.2.0", "", "{\"error_msg\":\"404 Route Not Found\"}\n")),
        // https://github.com/Azure-Samples/openai-python-enterprise-logging/issues/6
        shows(
            "somebody else refuses",
            "another cloud's model service, which wants its own key",
            "host-is-other-provider " + FRONT + " key-of-other-provider",
            s ->
                site(
                    s,
                    c ->
                        Reply.Whole.text(
                                401,
                                JSON,
                                "{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.\"}}")
                            .header("apim-request-id", "5d1f6a0e-3d0b-4a51-9d0a-2c1c8f3f6f10"))),
        // https://github.com/kgateway-dev/kgateway/issues/12235
        shows(
            "somebody else refuses",
            "a content network that knows no such Host",
            FRONT + " host-is-ingress-default",
            s ->
                says(
                    s,
                    421,
                    "cloudflare",
                    "",
                    "<html>\r\n<head><title>421 Misdirected Request</title></head>\r\n<body>\r\n<center><h1>421 Misdirected Request</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n")),
        shows(
            "somebody else refuses",
            "haproxy knows another Host only",
            FRONT + " host-is-ingress-default",
            s ->
                haproxy(
                    s, "http-request deny deny_status 421 unless { req.hdr(host) -i api.example }"),
            "haproxy"),
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
        shows(
            "somebody else refuses",
            "a load balancer's fixed answer",
            FRONT,
            s -> says(s, 403, "awselb/2.0", "", "Forbidden: not from this network\n")),
        // https://github.com/open-webui/open-webui: a single-page application in front of its API
        shows(
            "somebody else refuses",
            "a chat page that answers every GET, and refuses POST",
            "host-is-web-page " + FRONT,
            s ->
                site(
                    s,
                    c ->
                        c.method().equals("GET")
                            ? Reply.Whole.text(200, "text/html", HostScenes.PAGE)
                            : Reply.Whole.text(405, JSON, "{\"detail\":\"Method Not Allowed\"}")
                                .header("Allow", "GET, HEAD"))),
        // https://github.com/envoyproxy/envoy/issues/33000
        shows(
            "the upstream",
            "a mesh with nothing healthy behind",
            "upstream-down",
            s -> says(s, 503, "envoy", "", "no healthy upstream")),
        shows(
            "the upstream",
            "Caddy with a dead upstream",
            "upstream-down",
            s -> s.user("on-demand").diagnose(Fronts.caddyHttp(s, "reverse_proxy 127.0.0.1:1")),
            "caddy"),
        shows(
            "the upstream",
            "varnish with a dead upstream",
            "upstream-down",
            s ->
                s.user("on-demand")
                    .diagnose(
                        Fronts.varnish(
                            s,
                            URI.create("http://127.0.0.1:1"),
                            "sub vcl_recv { return (pass); }")),
            "varnishd"),
        shows(
            "the upstream",
            "Apache with a dead upstream",
            "upstream-down",
            s -> s.user("on-demand").diagnose(Fronts.apache(s, "ProxyPass / http://127.0.0.1:1/")),
            "apache2"),
        // https://github.com/oasm-platform/open-asm/issues/451, with a shorter proxy_read_timeout
        shows(
            "the upstream",
            "nginx is less patient than the model",
            "upstream-down server-fails one-route-fails gateway-gives-up",
            s -> {
              URI slow =
                  s.onDemand(
                      Hooks.onReply(
                          (c, r) ->
                              c.path().startsWith("/v1/") && c.method().equals("POST")
                                  ? r.deliver(d -> d.beforeHeaders(Duration.ofSeconds(3)))
                                  : r));
              return s.diagnose(
                  Fronts.nginx(
                      s, "location / { proxy_read_timeout 1s; proxy_pass %s; }".formatted(slow)));
            },
            "nginx"),
        // https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
        shows(
            "the upstream",
            "a content network whose origin does not answer in time",
            "upstream-down server-fails",
            s -> says(s, 524, "cloudflare", "", "error code: 524")),
        // https://varnish-cache.org/docs/trunk/users-guide/vcl-built-in-subs.html: a fetch for the
        // cache is a GET
        shows(
            "a path is changed",
            "varnish makes a GET of every POST",
            "method-changed-on-the-way",
            s ->
                s.diagnose(
                    Fronts.varnish(
                        s,
                        s.onDemand(),
                        "sub vcl_recv { return (hash); } sub vcl_backend_response { set beresp.uncacheable = true; }")),
            "varnishd"),
        shows(
            "a path is changed",
            "nginx puts /openai before every path of the API",
            "path-changed-on-the-way",
            s -> nginx(s, "rewrite ^/v1/(.*)$ /openai/v1/$1; location / { proxy_pass %s; }"),
            "nginx"),
        shows(
            "a path is changed",
            "Apache sends chat to completions",
            "path-changed-on-the-way one-route-fails",
            s ->
                s.diagnose(
                    Fronts.apache(
                        s,
                        "ProxyPass /v1/chat/completions %1$s/v1/completions flushpackets=on\nProxyPass / %1$s/ flushpackets=on"
                            .formatted(s.onDemand()))),
            "apache2"),
        shows(
            "one route only",
            "nginx forwards chat, and nothing else",
            "one-route-fails path-changed-on-the-way",
            s -> nginx(s, "location = /v1/chat/completions { proxy_pass %s; }"),
            "nginx"),
        shows(
            "a header is lost",
            "haproxy puts a login of its own over the key",
            "header-lost-on-the-way key-invalid",
            s -> haproxy(s, "http-request set-header Authorization \"Basic b3BzOm9wcw==\""),
            "haproxy"),
        // https://github.com/nginx/nginx: return 444 closes the connection, as many default servers
        // do
        shows(
            "somebody else refuses",
            "nginx hangs up on every Host that it does not know",
            "connection-closed",
            s ->
                nginx(s, "if ($host != api.example) { return 444; } location / { proxy_pass %s; }"),
            "nginx"),
        shows(
            "now and then",
            "haproxy: one of two backends never answers",
            "answers-differ",
            s -> {
              URI good = s.onDemand();
              URI mute =
                  s.site(
                      c ->
                          Reply.Whole.text(200, JSON, "{}")
                              .deliver(d -> d.beforeHeaders(Duration.ofSeconds(20))));
              return s.flag(Setting.TIMEOUT, "3")
                  .diagnose(
                      Fronts.haproxy(
                          s, "", "  default_backend both", Fronts.backend("both", good, mute)));
            },
            "haproxy"),
        shows(
            "now and then",
            "Caddy: one of two backends has no chat yet",
            "answers-differ",
            s -> {
              URI old = s.onDemand(without("/v1/chat/completions"));
              return s.diagnose(
                  Fronts.caddyHttp(
                      s,
                      "reverse_proxy 127.0.0.1:%d 127.0.0.1:%d {\n lb_policy round_robin\n flush_interval -1\n}"
                          .formatted(s.onDemand().getPort(), old.getPort())));
            },
            "caddy"),
        shows(
            "now and then",
            "haproxy: one of two backends has no completions yet",
            "answers-differ",
            s -> {
              URI old = s.onDemand(without("/v1/completions"));
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "  use_backend both if { path /v1/completions }\n  default_backend good",
                      Fronts.backend("both", old, s.onDemand())
                          + Fronts.backend("good", s.onDemand())));
            },
            "haproxy"),
        shows(
            "one route only",
            "Apache forwards completions, and nothing else",
            "refused-in-front one-route-fails",
            s ->
                s.diagnose(
                    Fronts.apache(
                        s, "ProxyPass /v1/completions %s/v1/completions".formatted(s.onDemand()))),
            "apache2"),
        // https://github.com/ollama/ollama/blob/main/docs/openai.md
        shows(
            "the model",
            "a local server that has not pulled the model",
            "model-not-served",
            s -> local(s, HeldOutSetups::notPulled)),
        // https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
        shows(
            "the model",
            "a local server that still loads its model",
            "model-not-loaded",
            s ->
                local(
                    s,
                    c ->
                        Reply.Whole.text(
                            503,
                            JSON,
                            "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}"))),
        // https://platform.openai.com/docs/guides/error-codes
        shows(
            "the account",
            "the quota is used up, and the status is 429",
            "quota-exhausted",
            s ->
                s.diagnose(
                    s.serverless(
                        posts(
                            429,
                            "{\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}")))),
        // https://openrouter.ai/docs/api-reference/errors
        shows(
            "the account",
            "no credits are left for an answer that long",
            "quota-exhausted",
            s ->
                s.diagnose(
                    s.serverless(
                        posts(
                            402,
                            "{\"error\":{\"message\":\"This request requires more credits, or fewer max_tokens. You requested up to 320 tokens, but can only afford 12.\",\"code\":402}}")))),
        // https://docs.litellm.ai/docs/proxy/virtual_keys
        shows(
            "the account",
            "a proxy of many models that does not know the key",
            "key-invalid",
            s ->
                site(
                    s,
                    c ->
                        Reply.Whole.text(
                            401,
                            JSON,
                            c.header("Authorization").isPresent()
                                ? "{\"error\":{\"message\":\"Authentication Error, Invalid proxy server token passed. Unable to find token in cache or `LiteLLM_VerificationTokenTable`\",\"type\":\"token_not_found_in_db\",\"param\":\"key\",\"code\":\"401\"}}"
                                : "{\"error\":{\"message\":\"Authentication Error, No api key passed in.\",\"type\":\"auth_error\",\"param\":\"None\",\"code\":\"401\"}}"))),
        healthy(
            "nothing is wrong",
            "haproxy compresses what is no stream, and adds headers",
            s ->
                haproxy(
                    s,
                    """
                    filter compression
                      compression algo gzip
                      compression type application/json
                      http-response set-header Strict-Transport-Security max-age=63072000
                      http-response del-header Server"""),
            "haproxy"),
        healthy(
            "nothing is wrong",
            "Caddy compresses, and says nothing of itself",
            s ->
                s.diagnose(
                    Fronts.caddyHttp(
                        s,
                        "encode gzip\nheader -Server\nreverse_proxy %s {\n flush_interval -1\n}"
                            .formatted(s.onDemand()))),
            "caddy"),
        healthy(
            "nothing is wrong",
            "nginx limits requests, with room for everybody",
            s ->
                s.diagnose(
                    Fronts.nginx(
                        s,
                        "limit_req_zone $binary_remote_addr zone=a:1m rate=50r/s; ",
                        "location / { limit_req zone=a burst=100 nodelay; proxy_pass %s; }"
                            .formatted(s.onDemand()))),
            "nginx"));
  }

  private static Reply notPulled(Call call) {
    if (call.path().equals("/v1/models")) {
      return Reply.Whole.text(
          200,
          JSON,
          "{\"object\":\"list\",\"data\":[{\"id\":\"llama3.2:latest\",\"object\":\"model\",\"created\":1730000000,\"owned_by\":\"library\"}]}");
    }
    return call.method().equals("POST") && call.path().startsWith("/v1/")
        ? Reply.Whole.text(
            404,
            JSON,
            "{\"error\":{\"message\":\"model \\\"some/model\\\" not found, try pulling it first\",\"type\":\"api_error\",\"param\":null,\"code\":null}}")
        : Reply.Whole.text(404, "text/plain", "404 page not found");
  }

  private static DiagnosisReport local(Stage stage, Function<Call, Reply> answer) {
    URI host = stage.site(answer);
    return stage
        .flag(Setting.SURFACE, "openai-compatible")
        .flag(Setting.MODEL, "some/model")
        .diagnose(host);
  }

  private static DiagnosisReport site(Stage stage, Function<Call, Reply> answer) {
    URI host = stage.site(answer);
    return stage.user("on-demand").diagnose(host);
  }

  /** A good POST is answered with this instead. */
  private static Hooks posts(int status, String body) {
    return Hooks.onReply(
        (call, reply) ->
            call.method().equals("POST") && reply.status() == 200
                ? Reply.Whole.text(status, JSON, body)
                : reply);
  }

  private static DiagnosisReport nginx(Stage stage, String server) throws Exception {
    return stage.diagnose(Fronts.nginx(stage, server.formatted(stage.onDemand())));
  }

  /** An older server, which does not know that path yet. */
  private static Hooks without(String path) {
    return Hooks.onReply(
        (c, r) ->
            c.path().equals(path) ? Reply.Whole.text(404, JSON, "{\"detail\":\"Not Found\"}") : r);
  }

  private static DiagnosisReport haproxy(Stage stage, String rule) throws Exception {
    return WaySetups.haproxy(stage, stage.onDemand(), rule);
  }
}
