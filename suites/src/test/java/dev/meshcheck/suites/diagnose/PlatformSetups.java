package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Gateways, meshes and platforms that answer by themselves, each in words and pages of its own. */
final class PlatformSetups {

  private static final String KIND = "platforms in their words";
  private static final String JSON = "application/json";

  private PlatformSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                KIND,
                "nginx says 503, where it is told to",
                "upstream-down",
                s -> s.user("on-demand").diagnose(Fronts.nginx(s, "location / { return 503; }")),
                "nginx")
            .saying("where it is told to"),
        // nginx: "upstream sent too big header while reading response header from upstream"
        shows(
                KIND,
                "the head of each answer of chat is too long for nginx",
                "upstream-down",
                s -> {
                  URI host = s.onDemand(Hooks.onReply(PlatformSetups::longHead));
                  return s.diagnose(Fronts.nginx(s, "location / { proxy_pass " + host + "; }"));
                },
                "nginx")
            .saying("the gateway does not take"),
        shows(
                KIND,
                "the head of each answer of chat is too long for haproxy",
                "upstream-down",
                s -> {
                  URI host = s.onDemand(Hooks.onReply(PlatformSetups::longHead));
                  return s.diagnose(
                      Fronts.haproxy(
                          s, "", "  default_backend there", Fronts.backend("there", host)));
                },
                "haproxy")
            .saying("the gateway does not take"),
        shows(
                KIND,
                "the head of each answer of chat is too long for Apache",
                "upstream-down",
                s -> {
                  URI host = s.onDemand(Hooks.onReply(PlatformSetups::longHead));
                  return s.diagnose(Fronts.apache(s, "ProxyPass / " + host + "/"));
                },
                "apache2")
            .saying("the gateway does not take"),
        shows(
            KIND,
            "a page of maintenance in German",
            "under-maintenance",
            s -> s.user("on-demand").diagnose(s.site(c -> page("Wartungsarbeiten bis 6 Uhr")))),
        shows(
            KIND,
            "a page of maintenance in Japanese",
            "under-maintenance",
            s -> s.user("on-demand").diagnose(s.site(c -> page("メンテナンス中")))),
        shows(
                KIND,
                "a page of 503 that says nothing of the kind",
                "upstream-down",
                s -> s.user("on-demand").diagnose(s.site(c -> page("We will see you tomorrow"))))
            .saying("may mean it"),
        shows(
            KIND,
            "a program of the customer's breaks at Cloudflare",
            "gateway-fails",
            s ->
                s.user("on-demand")
                    .diagnose(
                        s.site(
                            c ->
                                Reply.Whole.text(500, "text/plain", "error code: 1101")
                                    .header("Server", "cloudflare")))),
        shows(
                KIND,
                "Linkerd finds nobody behind a service",
                "upstream-down",
                s ->
                    s.user("on-demand")
                        .diagnose(
                            s.site(
                                c ->
                                    Reply.Whole.text(503, "text/plain", "")
                                        .header(
                                            "l5d-proxy-error",
                                            "Service.vllm:8000: service in fail-fast"))))
            .saying("fail-fast"),
        shows(
                KIND,
                "an API gateway wants requests to be signed",
                "api-not-here",
                s -> s.user("on-demand").diagnose(s.site(PlatformSetups::signed)))
            .saying("where requests have to be signed"),
        shows(
            KIND,
            "a gateway asks for a key in a scheme of its own, and forbids this one",
            "key-forbidden",
            s -> s.diagnose(s.serverless(Hooks.onReply((c, r) -> acl(c))))),
        shows(
            KIND,
            "an engine drops what is too much in its queue",
            "service-overloaded",
            s ->
                s.diagnose(
                    s.onDemand(
                        ServiceScenes.chat(
                            503,
                            "Request dropped due to backpressure (num_queued_requests=8,"
                                + " max_queued_requests=8).")))),
        shows(
                KIND,
                "a gateway misses a field of each request",
                "request-refused",
                s -> s.diagnose(s.onDemand(Hooks.onReply(PlatformSetups::validated))))
            .saying("The user field is required."),
        shows(
            KIND,
            "nginx sends everybody to the company's web site for good",
            "host-redirects",
            s ->
                s.user("on-demand")
                    .diagnose(
                        Fronts.nginx(s, "location / { return 301 https://www.corp.example/; }")),
            "nginx"),
        shows(
                KIND,
                "nginx sends everybody to a login of its own",
                "host-redirects",
                s ->
                    s.user("on-demand")
                        .diagnose(
                            Fronts.nginx(
                                s,
                                "location = /ui/login { return 200 'Please log in'; }"
                                    + " location / { return 302 /ui/login; }")),
                "nginx")
            .saying("where people log in"),
        shows(
            KIND,
            "nginx sends everybody to a login elsewhere",
            "host-is-captive-portal",
            s ->
                s.user("on-demand")
                    .diagnose(
                        Fronts.nginx(s, "location / { return 302 https://sso.corp.example/x; }")),
            "nginx"),
        shows(
            KIND,
            "haproxy keeps every POST waiting, and says 500",
            "gateway-fails",
            s -> {
              URI host = s.onDemand();
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "  timeout tarpit 1s\n  http-request tarpit if METH_POST\n"
                          + "  default_backend there",
                      Fronts.backend("there", host)));
            },
            "haproxy"),
        shows(
            KIND,
            "Caddy has no block for the path, and says 200 and nothing",
            "api-not-here",
            s ->
                s.user("serverless")
                    .diagnose(
                        Fronts.caddyHttp(
                            s, "handle_path /llm/* {\n reverse_proxy " + s.serverless() + "\n}")),
            "caddy"),
        shows(
            KIND,
            "Azure's front has nobody behind it, and a page for that",
            "upstream-down",
            s ->
                s.user("serverless")
                    .diagnose(
                        s.site(
                            c ->
                                Reply.Whole.text(
                                    503,
                                    "text/html",
                                    "<html><title></title><body><h2>Our services aren't available right now</h2><p>We're working"
                                        + " to restore all services as soon as possible. Please check back soon.</p></body></html>")))),
        shows(
            KIND,
            "Docker Model Runner has the API below a path of its own",
            "base-url-wrong-prefix",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onCall(PlatformSetups::belowEngines)
                          .andReply(
                              (c, r) ->
                                  c.path().startsWith("/engines")
                                      ? r
                                      : Reply.Whole.text(
                                          404, "text/plain", "404 page not found\n")));
              return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
            }),
        shows(
            KIND,
            "whoever is asked about each request is gone, and the front says 500 and nothing",
            "gateway-fails",
            s ->
                s.user("serverless")
                    .diagnose(s.site(c -> Reply.Whole.text(500, "text/plain", "")))),
        shows(
            KIND,
            "LiteLLM has waited long enough, and says 408",
            "gateway-gives-up",
            s ->
                s.diagnose(
                    s.serverless(
                        ServiceScenes.chat(
                                408,
                                "litellm.Timeout: APITimeoutError - Request timed out. timeout value=1.0")
                            .andReply(
                                (c, r) ->
                                    r.status() == 408
                                        ? r.deliver(d -> d.beforeHeaders(Duration.ofSeconds(1)))
                                        : r)))),
        shows(
            KIND,
            "Kong breaks by itself",
            "gateway-fails",
            s ->
                s.diagnose(
                    s.serverless(
                        Hooks.onReply(
                            (c, r) ->
                                json(
                                        500,
                                        "{\n  \"message\":\"An unexpected error occurred\",\n  \"request_id\":\"3f1c\"\n}")
                                    .header("Server", "kong/3.4.2"))))),
        shows(
                KIND,
                "a host of Google's takes no API keys",
                "refused-in-front",
                s ->
                    s.flag(Setting.SURFACE, "openai-compatible")
                        .flag(Setting.MODEL, "m")
                        .key(Stage.WRONG_KEY)
                        .diagnose(
                            s.site(
                                c ->
                                    json(
                                        401,
                                        "{\"error\":{\"code\":401,\"message\":\"API keys are not supported by this API. Expected"
                                            + " OAuth2 access token or other authentication credentials that assert a"
                                            + " principal.\",\"status\":\"UNAUTHENTICATED\"}}"))))
            .saying("print-access-token"),
        shows(
            KIND,
            "no key is set, and the country is refused",
            "refused-in-front request-refused",
            s ->
                s.flag(Setting.SURFACE, "openai-compatible")
                    .flag(Setting.MODEL, "m")
                    .diagnose(
                        s.site(
                            c ->
                                json(
                                    403,
                                    "{\"error\":{\"code\":\"unsupported_country_region_territory\",\"message\":\"Country,"
                                        + " region, or territory not supported\",\"type\":\"request_forbidden\"}}")))));
  }

  private static Call belowEngines(Call call) {
    String path =
        call.path().startsWith("/engines")
            ? call.path().substring("/engines".length())
            : "/nowhere";
    return new Call(call.method(), path, call.query(), call.headers(), call.body());
  }

  private static Reply json(int status, String text) {
    return Reply.Whole.text(status, JSON, text);
  }

  private static Reply longHead(Call call, Reply reply) {
    return call.path().equals("/v1/chat/completions")
        ? reply.header("X-Trace", "x".repeat(20_000))
        : reply;
  }

  private static Reply page(String title) {
    String page = "<html><head><title>" + title + "</title></head><body>…</body></html>";
    return Reply.Whole.text(503, "text/html; charset=utf-8", page);
  }

  private static Reply signed(Call call) {
    String said =
        call.header("Authorization").isPresent()
            ? "Authorization header requires 'Credential' parameter. Authorization header requires"
                + " 'Signature' parameter."
            : "Missing Authentication Token";
    return Reply.Whole.text(403, JSON, "{\"message\":\"" + said + "\"}")
        .header("x-amzn-ErrorType", "IncompleteSignatureException");
  }

  private static Reply acl(Call call) {
    if (call.header("Authorization").isEmpty()) {
      return Reply.Whole.text(401, JSON, "{\"message\":\"No API key found in request\"}")
          .header("WWW-Authenticate", "Key realm=\"kong\"");
    }
    boolean mine = call.header("Authorization").get().contains(Stage.KNOWN.inferenceKey());
    return mine
        ? Reply.Whole.text(403, JSON, "{\"message\":\"You cannot consume this service\"}")
        : Reply.Whole.text(401, JSON, "{\"message\":\"Unauthorized\"}");
  }

  private static Reply validated(Call call, Reply reply) {
    return reply.status() == 200 && call.method().equals("POST") && call.path().startsWith("/v1/")
        ? Reply.Whole.text(
            400,
            "application/problem+json",
            "{\"title\":\"One or more validation errors occurred.\",\"status\":400,"
                + "\"errors\":{\"user\":[\"The user field is required.\"]}}")
        : reply;
  }
}
