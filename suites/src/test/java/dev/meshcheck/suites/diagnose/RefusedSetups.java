package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.util.List;

/** Somebody else refuses before any key is looked at, or seems to. */
final class RefusedSetups {

  private static final String KIND = "somebody else refuses";
  private static final String FRONT = "refused-in-front";
  private static final String NOT_HERE = "api-not-here";

  private RefusedSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            KIND,
            "a list of addresses that refuses in the API's own words",
            "refused-in-front",
            s ->
                s.user("serverless")
                    .diagnose(
                        s.site(
                            c ->
                                Reply.Whole.text(
                                    403,
                                    "application/json",
                                    "{\"error\": {\"message\": \"Your IP address is not on the list.\"}}")))),
        shows(KIND, "nginx asks for a Basic login", FRONT, s -> basic(s), "nginx").saying("Basic"),
        shows(KIND, "nginx's list of addresses", FRONT, s -> nginx(s, "deny all; "), "nginx"),
        shows(
            KIND,
            "nginx lets GET through only",
            FRONT,
            s -> location(s, "limit_except GET { deny all; } proxy_pass %s;"),
            "nginx"),
        shows(
            KIND,
            "a firewall in nginx that dislikes the client",
            FRONT,
            s -> nginx(s, "if ($http_user_agent ~ meshcheck) { return 406; } "),
            "nginx"),
        shows(
            KIND,
            "nginx answers everything with 200",
            NOT_HERE,
            s -> nginx(s, "default_type application/json; return 200 '{\"status\": \"ok\"}'; "),
            "nginx"),
        shows(
                KIND,
                "nginx refuses bodies of any size",
                FRONT,
                s -> location(s, "client_max_body_size 10; proxy_pass %s;"),
                "nginx")
            .saying("413 says that the request is larger"),
        shows(
                KIND,
                "whoever lets keys through takes no bodies",
                "one-route-fails",
                s ->
                    s.diagnose(
                        s.serverless(
                            Hooks.onReply(
                                (call, reply) ->
                                    call.method().equals("POST") && reply.status() == 200
                                        ? Reply.Whole.text(413, "text/plain", "Payload Too Large")
                                        : reply))))
            .saying("413 says that the request is larger"),
        shows(KIND, "haproxy denies", FRONT, s -> haproxy(s, "http-request deny"), "haproxy"),
        shows(
            KIND,
            "haproxy asks for a Basic login",
            FRONT,
            s -> haproxy(s, "http-request auth realm Ops"),
            "haproxy"),
        shows(
            KIND,
            "haproxy denies POST",
            FRONT,
            s -> haproxy(s, "http-request deny deny_status 405 if METH_POST"),
            "haproxy"),
        shows(
            KIND,
            "Apache's list of addresses",
            FRONT,
            s -> apache(s, "<Location />\nRequire ip 10.1.2.3\n</Location>"),
            "apache2"),
        shows(
            KIND,
            "Apache asks for a Basic login",
            FRONT,
            s ->
                apache(
                    s,
                    "<Location />\nAuthType Basic\nAuthName Ops\nAuthUserFile /none\nRequire valid-user\n</Location>"),
            "apache2"),
        shows(
            KIND,
            "Caddy asks for a Basic login",
            FRONT,
            s ->
                caddy(
                    s,
                    "basicauth {\n u $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG\n}\nreverse_proxy "),
            "caddy"),
        shows(
            KIND,
            "Caddy answers everything with 200",
            NOT_HERE,
            s -> caddy(s, "respond OK 200 #"),
            "caddy"),
        shows(
            KIND,
            "varnish refuses POST",
            FRONT,
            s ->
                s.diagnose(
                    Fronts.varnish(
                        s,
                        s.onDemand(),
                        "sub vcl_recv { if (req.method == \"POST\") { return (synth(405)); } return (pass); }")),
            "varnishd"),
        shows(
            KIND,
            "an API gateway without that route",
            NOT_HERE,
            s ->
                says(
                    s,
                    404,
                    "kong/3.4",
                    "",
                    "{\"message\":\"no Route matched with those values\"}")),
        shows(
            KIND,
            "an API gateway of a cloud",
            NOT_HERE,
            s -> says(s, 403, "", "", "{\"message\":\"Missing Authentication Token\"}")),
        shows(
            KIND,
            "an API gateway that wants a subscription",
            "key-in-other-header",
            s ->
                says(
                    s,
                    401,
                    "",
                    "AzureApiManagementKey realm=\"x\",name=\"Ocp-Apim-Subscription-Key\"",
                    "{\"statusCode\": 401, \"message\": \"Access denied due to missing subscription key.\"}")),
        shows(
            KIND,
            "an object store",
            NOT_HERE,
            s ->
                says(
                    s,
                    403,
                    "AmazonS3",
                    "",
                    "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")),
        shows(
            KIND,
            "the Kubernetes API",
            NOT_HERE,
            s ->
                says(
                    s,
                    401,
                    "",
                    "",
                    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}")),
        shows(
            KIND,
            "the Kubernetes API, as nobody",
            NOT_HERE,
            s ->
                says(
                    s,
                    403,
                    "",
                    "",
                    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"forbidden: User \\\"system:anonymous\\\" cannot get path\",\"reason\":\"Forbidden\",\"code\":403}")),
        shows(
            KIND,
            "a service mesh",
            FRONT,
            s -> says(s, 403, "istio-envoy", "", "RBAC: access denied")),
        shows(
            KIND,
            "a search engine",
            FRONT,
            s ->
                says(
                    s,
                    401,
                    "",
                    "Basic realm=\"security\" charset=\"UTF-8\"",
                    "{\"error\":{\"root_cause\":[{\"type\":\"security_exception\",\"reason\":\"missing authentication credentials\"}],\"type\":\"security_exception\",\"reason\":\"missing authentication credentials\"},\"status\":401}")),
        shows(
            KIND,
            "a registry of images",
            FRONT,
            s ->
                says(
                    s,
                    401,
                    "",
                    "Bearer realm=\"https://auth.example/token\",service=\"registry\"",
                    "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}")),
        shows(
            KIND,
            "a vault",
            FRONT,
            s -> says(s, 403, "", "", "{\"errors\":[\"permission denied\"]}")),
        shows(
            KIND,
            "another web framework",
            NOT_HERE,
            s ->
                says(
                    s,
                    404,
                    "",
                    "",
                    "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/v1/models\"}")),
        shows(
            KIND,
            "a cloud's own errors",
            FRONT,
            s ->
                says(
                    s,
                    403,
                    "ESF",
                    "",
                    "{\"error\":{\"code\":403,\"message\":\"Method doesn't allow unregistered callers.\",\"status\":\"PERMISSION_DENIED\"}}")),
        shows(
            KIND,
            "a content network's block page",
            FRONT,
            s ->
                says(
                    s,
                    403,
                    "cloudflare",
                    "",
                    "<!DOCTYPE html><html><title>Attention Required! | Cloudflare</title></html>")),
        shows(
            KIND,
            "a content network that knows the client",
            FRONT,
            s -> says(s, 403, "cloudflare", "", "error code: 1020")),
        shows(
            KIND,
            "a web framework of another language",
            NOT_HERE + " host-is-web-page",
            s ->
                says(
                    s,
                    404,
                    "",
                    "",
                    "<!DOCTYPE html><html><body><pre>Cannot GET /v1/models</pre></body></html>")),
        shows(
            KIND,
            "a router that has nothing behind",
            "host-is-ingress-default",
            s -> says(s, 404, "", "", "404 page not found\n")),
        shows(
            KIND,
            "nobody at home, in the API's own words",
            "base-url-wrong-prefix",
            s ->
                says(
                    s,
                    404,
                    "",
                    "",
                    "{\"error\":{\"message\":\"Not found\",\"type\":\"invalid_request_error\"}}")),
        shows(
            KIND,
            "a message queue's own errors",
            FRONT,
            s ->
                says(
                    s,
                    401,
                    "Cowboy",
                    "Basic realm=\"Management\"",
                    "{\"error\":\"not_authorized\",\"reason\":\"Login failed\"}")),
        shows(
            KIND,
            "a gateway that says which key it did not get",
            "key-invalid",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (c, r) ->
                              r.status() == 401
                                  ? Reply.Whole.text(
                                      401,
                                      "application/json",
                                      "{\"error\": {\"message\": \"Authentication Error, Invalid proxy server token passed. key=%s\", \"type\": \"auth_error\", \"code\": \"401\"}}"
                                          .formatted(
                                              c.header("Authorization")
                                                  .map(String::length)
                                                  .orElse(0)))
                                  : r));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        healthy(KIND, "nginx checks the key itself, in HTML", s -> keyed(s, false), "nginx"),
        shows(
            KIND,
            "nginx checks the key itself, and this one is wrong",
            "refused-in-front key-invalid",
            s -> keyed(s, true),
            "nginx"),
        shows(
            KIND,
            "a wrong key, behind nginx",
            "key-invalid",
            s -> {
              URI host = Fronts.nginx(s, "location / { proxy_pass %s; }".formatted(s.onDemand()));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            },
            "nginx"),
        shows(
            KIND,
            "a wrong key, refused in plain text",
            "key-invalid refused-in-front",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (c, r) ->
                              r.status() == 401
                                  ? Reply.Whole.text(401, "text/plain", "Unauthorized")
                                  : r));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        healthy(KIND, "haproxy lets all through", s -> haproxy(s, ""), "haproxy"),
        healthy(KIND, "Apache lets all through", s -> apache(s, ""), "apache2"),
        healthy(KIND, "Caddy lets all through", s -> caddy(s, "reverse_proxy "), "caddy"),
        healthy(
            KIND,
            "varnish lets all through",
            s -> s.diagnose(Fronts.varnish(s, s.onDemand(), "sub vcl_recv { return (pipe); }")),
            "varnishd"));
  }

  private static DiagnosisReport basic(Stage stage) throws Exception {
    return nginx(stage, "auth_basic Ops; auth_basic_user_file /dev/null; ");
  }

  private static DiagnosisReport nginx(Stage stage, String server) throws Exception {
    return stage.diagnose(
        Fronts.nginx(stage, server + "location / { proxy_pass %s; }".formatted(stage.onDemand())));
  }

  private static DiagnosisReport location(Stage stage, String inside) throws Exception {
    return stage.diagnose(
        Fronts.nginx(stage, "location / { %s }".formatted(inside.formatted(stage.onDemand()))));
  }

  /** nginx that looks at the key, and says no in a page of its own. */
  private static DiagnosisReport keyed(Stage stage, boolean wrong) throws Exception {
    String check =
        "if ($http_authorization != \"Bearer %s\") { return 401; } "
            .formatted(Stage.KNOWN.inferenceKey());
    URI host =
        Fronts.nginx(stage, check + "location / { proxy_pass %s; }".formatted(stage.onDemand()));
    return (wrong ? stage.key(Stage.WRONG_KEY) : stage).diagnose(host);
  }

  private static DiagnosisReport haproxy(Stage stage, String rule) throws Exception {
    return stage.diagnose(
        Fronts.haproxy(
            stage,
            "",
            "  " + rule + "\n  default_backend there",
            Fronts.backend("there", stage.onDemand())));
  }

  private static DiagnosisReport apache(Stage stage, String lines) throws Exception {
    return stage.diagnose(
        Fronts.apache(
            stage, "ProxyPass / %s/ flushpackets=on\n%s".formatted(stage.onDemand(), lines)));
  }

  private static DiagnosisReport caddy(Stage stage, String before) throws Exception {
    return stage.diagnose(Fronts.caddyHttp(stage, before + stage.onDemand()));
  }

  /** A well-known service that answers everything with the same words. */
  static DiagnosisReport says(Stage stage, int status, String server, String asks, String body) {
    String type =
        body.startsWith("{")
            ? "application/json"
            : body.startsWith("<?xml")
                ? "application/xml"
                : body.startsWith("<") ? "text/html" : "text/plain";
    URI host =
        stage.site(
            call -> {
              Reply reply = Reply.Whole.text(status, type, body);
              reply = server.isEmpty() ? reply : reply.header("Server", server);
              return asks.isEmpty() ? reply : reply.header("WWW-Authenticate", asks);
            });
    return stage.user("on-demand").diagnose(host);
  }
}
