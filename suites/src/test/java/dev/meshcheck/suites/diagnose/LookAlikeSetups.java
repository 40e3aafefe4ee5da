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
import java.util.function.BiFunction;

/** What looks like one thing and is another, and what looks like a fault and is none. */
final class LookAlikeSetups {

  private static final String KIND = "looks like another";
  private static final String LONG_KEY = "eyJ" + "QUJDREVGR0hJSktMTU5PUA".repeat(250);
  private static final String PASS = "location / { proxy_pass %s; }";

  private LookAlikeSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                KIND,
                "haproxy has no room for a long key, and looks like one who refuses it",
                "request-head-too-large",
                s -> {
                  URI host = s.serverless();
                  return s.key(LONG_KEY)
                      .diagnose(
                          Fronts.haproxy(
                              s,
                              "",
                              "  default_backend there",
                              "global\n  tune.bufsize 4096\n" + Fronts.backend("there", host)));
                },
                "haproxy")
            .saying("all requests with it fare alike"),
        shows(
            KIND,
            "Apache takes header lines of 2 KB, and the key is longer",
            "request-head-too-large",
            s -> {
              URI host = s.serverless();
              return s.key(LONG_KEY)
                  .diagnose(
                      Fronts.apache(s, "LimitRequestFieldSize 2048\nProxyPass / " + host + "/"));
            },
            "apache2"),
        shows(
            KIND,
            "a long key that is wrong is no head that is too large",
            "key-invalid",
            s -> {
              URI host = s.serverless();
              return s.key(LONG_KEY).diagnose(host);
            }),
        shows(
            KIND,
            "a wrong key, and a banner that announces maintenance in every refusal",
            "key-invalid",
            s -> {
              URI host = s.serverless(Hooks.onReply(LookAlikeSetups::announcing));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        healthy(
            KIND,
            "a banner that announces maintenance where no key is shown",
            s -> s.diagnose(s.serverless(Hooks.onReply(LookAlikeSetups::announcing)))),
        healthy(
            KIND,
            "an empty list of models, and the one that is asked for is served",
            s -> named(s, at("/v1/models", json(200, "{\"object\":\"list\",\"data\":[]}")))),
        healthy(
            KIND,
            "no GET is there, and POST is answered where it should be",
            s ->
                named(
                    s,
                    (call, reply) ->
                        call.method().equals("GET")
                            ? json(404, "{\"detail\":\"Not Found\"}")
                            : reply)),
        healthy(
            KIND,
            "the key may do all but list the models",
            s ->
                named(
                    s,
                    (call, reply) ->
                        call.path().endsWith("/models") && reply.status() == 200
                            ? json(
                                403,
                                "{\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing"
                                    + " scopes: api.model.read.\",\"type\":\"invalid_request_error\"}}")
                            : reply)),
        healthy(
            KIND,
            "the list begins with a name that stands for many",
            s ->
                compatible(
                    s,
                    s.serverless(
                        Hooks.onReply(
                            (call, reply) ->
                                call.path().endsWith("/models")
                                    ? with(
                                        reply,
                                        "\\[",
                                        "[{\"id\":\"openai/*\",\"object\":\"model\"},")
                                    : reply)))),
        healthy(
            KIND,
            "fewer than 16 tokens are not given",
            s ->
                compatible(
                    s,
                    s.serverless(
                        Hooks.onReply(
                            (call, reply) ->
                                fewerThan16(call)
                                    ? json(
                                        400,
                                        "{\"error\":{\"message\":\"Invalid 'max_tokens': integer below minimum value."
                                            + " Expected a value >= 16, but got 1 instead.\",\"type\":\"invalid_request_error\"}}")
                                    : reply)))),
        shows(
            KIND,
            "a wrong key told with 400, as Google does",
            "key-invalid",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (call, reply) ->
                              reply.status() == 401
                                  ? json(
                                      400,
                                      "[{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API"
                                          + " key.\",\"status\":\"INVALID_ARGUMENT\"}}]")
                                  : reply));
              return compatible(s.key(Stage.WRONG_KEY), host);
            }),
        shows(
                KIND,
                "nginx has 405 of its own for one route",
                "one-route-fails",
                s ->
                    s.diagnose(
                        Fronts.nginx(
                            s,
                            ("location = /v1/chat/completions { return 405; } " + PASS)
                                .formatted(s.onDemand()))),
                "nginx")
            .saying("405"),
        shows(
                KIND,
                "nginx names another server in its TLS, and says 421",
                "refused-in-front",
                s -> s.diagnose(Fronts.nginx(s, "location / { return 421; }")),
                "nginx")
            .saying("proxy_ssl_server_name"),
        shows(
            KIND,
            "a wrong key, and nobody behind the route of chat",
            "key-invalid",
            s -> {
              URI host = s.onDemand();
              return s.key(Stage.WRONG_KEY)
                  .noFlag(Setting.MODEL)
                  .diagnose(
                      Fronts.nginx(
                          s,
                          ("location = /v1/chat/completions { proxy_pass http://127.0.0.1:1; } "
                                  + PASS)
                              .formatted(host)));
            },
            "nginx"),
        shows(
            KIND,
            "Cloud Run looks at the Authorization header before anybody else",
            "refused-in-front",
            s -> compatible(s.user("serverless"), s.site(LookAlikeSetups::cloudRun))),
        shows(
            KIND,
            "Apigee limits with 500",
            "rate-limited",
            s ->
                s.diagnose(
                    s.serverless(
                        everySecondChat(
                            json(
                                500,
                                "{\"fault\":{\"faultstring\":\"Spike arrest violation. Allowed rate : 10ps\","
                                    + "\"detail\":{\"errorcode\":\"policies.ratelimit.SpikeArrestViolation\"}}}"))))),
        shows(
                KIND,
                "NaN in the JSON of an answer",
                "json-is-broken",
                s -> s.diagnose(s.serverless(chats("\\{", "{\"perf\":{\"tps\":NaN},"))))
            .saying("NaN"),
        healthy(
            KIND,
            "a null in the JSON of an answer",
            s -> s.diagnose(s.serverless(chats("\\{", "{\"perf\":{\"tps\":null},")))),
        shows(
            KIND,
            "a tokenizer that is not the model's",
            "text-is-one-character",
            s -> s.diagnose(s.onDemand(RefusalScenes.saying("\ufffd\u0120")))),
        healthy(
            KIND,
            "a character now and then that is none",
            s -> s.diagnose(s.onDemand(RefusalScenes.saying("na\ufffdve text ")))),
        shows(
            KIND,
            "a filter lets nothing through",
            "answer-is-empty",
            s -> s.diagnose(s.serverless(Hooks.onReply(LookAlikeSetups::filtered)))),
        shows(
                KIND,
                "a user id is set, and the surface that is named knows no users",
                "missing-user-id",
                s -> {
                  URI host = s.onDemand();
                  return s.flag(Setting.SURFACE, "serverless").diagnose(host);
                })
            .saying("--surface on-demand"),
        shows(
            KIND,
            "one of two servers was started without its key",
            "answers-differ",
            s -> {
              URI open = s.serverless(Hooks.onRules(r -> r.breaking(Rule.KEY, Set.of())));
              URI shut = s.serverless();
              // Whoever shows no key gets to both in turns, and everybody else to the one.
              return compatible(
                  s,
                  Fronts.haproxy(
                      s,
                      "",
                      "  use_backend both unless { req.hdr(authorization) -m found }\n  default_backend shut",
                      Fronts.backend("both", open, shut) + Fronts.backend("shut", shut)));
            },
            "haproxy"),
        shows(
                KIND,
                "--resolve names another port of the host",
                "dns-not-found",
                s -> {
                  s.user("serverless").flag(Setting.RESOLVE, "llm.corp.invalid:8443:127.0.0.1");
                  return s.diagnose("https://llm.corp.invalid");
                })
            .saying("--resolve gives an address for llm.corp.invalid:8443"),
        shows(
                KIND,
                "the authorities are named for other programs alone",
                "tls-untrusted",
                s -> {
                  URI host = s.tls(Certificates.GOOD, s.serverless());
                  return s.env("REQUESTS_CA_BUNDLE", "/etc/corp.pem").diagnose(host);
                })
            .saying("REQUESTS_CA_BUNDLE"));
  }

  private static DiagnosisReport compatible(Stage s, URI host) {
    return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
  }

  private static DiagnosisReport named(Stage s, Hooks hooks) {
    URI host = s.serverless(hooks);
    return compatible(s.flag(Setting.MODEL, "meshcheck/reference-1"), host);
  }

  private static DiagnosisReport named(Stage s, BiFunction<Call, Reply, Reply> answering) {
    return named(s, Hooks.onReply(answering));
  }

  private static Hooks at(String path, Reply other) {
    return Hooks.onReply(
        (call, reply) -> call.path().equals(path) && reply.status() == 200 ? other : reply);
  }

  private static Hooks everySecondChat(Reply other) {
    AtomicInteger asked = new AtomicInteger();
    return Hooks.onReply(
        (call, reply) ->
            call.path().endsWith("/chat/completions") && asked.incrementAndGet() % 2 == 0
                ? other
                : reply);
  }

  static Hooks chats(String what, String by) {
    return Hooks.onReply(
        (call, reply) ->
            call.path().endsWith("/chat/completions") && reply.status() == 200
                ? with(reply, what, by)
                : reply);
  }

  private static Reply with(Reply reply, String what, String by) {
    return reply instanceof Reply.Whole whole
        ? whole.withBody(Body.of(whole.body().text().replaceFirst(what, by)))
        : reply;
  }

  private static boolean fewerThan16(Call call) {
    return call.json().filter(b -> b.path("max_tokens").asInt(16) < 16).isPresent();
  }

  private static Reply filtered(Call call, Reply reply) {
    if (!call.path().endsWith("/chat/completions") || reply.status() != 200) {
      return reply;
    }
    return SilentSetups.edited(reply, json -> SilentSetups.silenced(json, "content_filter"));
  }

  private static Reply announcing(Call call, Reply reply) {
    return reply.status() == 401
        ? json(
            401,
            "{\"error\":{\"message\":\"Invalid API key. Notice: scheduled maintenance on Sunday, 02:00 UTC.\","
                + "\"type\":\"invalid_request_error\"}}")
        : reply;
  }

  private static Reply cloudRun(Call call) {
    boolean keyed = call.headers().first("Authorization").isPresent();
    String page =
        "<html><head><title>%s</title></head><body><h1>Error</h1><h2>Your client does not have permission to get this URL.</h2></body></html>";
    Reply refused =
        Reply.Whole.text(
                keyed ? 401 : 403,
                "text/html",
                page.formatted(keyed ? "401 Unauthorized" : "403 Forbidden"))
            .header("Server", "Google Frontend");
    return keyed
        ? refused.header(
            "WWW-Authenticate",
            "Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\"")
        : refused;
  }

  private static Reply json(int status, String text) {
    return Reply.Whole.text(status, "application/json", text);
  }
}
