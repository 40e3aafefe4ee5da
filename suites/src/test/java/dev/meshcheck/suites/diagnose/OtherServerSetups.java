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
import java.util.Set;

/** Hosts that are something else than the API, which shows in all that they answer. */
final class OtherServerSetups {

  private static final String KIND = "another kind of server";
  private static final String JSON = "application/json";

  private static final Set<String> OFFERED =
      Set.of("/v1/models", "/v1/chat/completions", "/v1/completions", "/v1/responses");

  private OtherServerSetups() {}

  private static DiagnosisReport compatible(Stage stage, String path) throws Exception {
    URI host = stage.serverless(Hooks.onReply(OtherServerSetups::lmStudio));
    return stage.flag(Setting.SURFACE, "openai-compatible").diagnose(host + path);
  }

  private static Reply lmStudio(Call call, Reply reply) {
    return OFFERED.contains(call.path())
        ? reply
        : Reply.Whole.text(
            200,
            JSON,
            "{\"error\":\"Unexpected endpoint or method. (%s %s)\"}"
                .formatted(call.method(), call.path()));
  }

  private static DiagnosisReport manyServices(Stage stage) throws Exception {
    Hooks hooks =
        Hooks.onReply(
            (call, reply) -> {
              boolean unknown = call.path().endsWith("/completions") && reply.status() == 404;
              String said = "openai error: The model does not exist";
              return call.path().equals("/v1/models")
                  ? error(500, "Something went wrong")
                  : unknown ? error(404, said) : reply;
            });
    URI host = stage.serverless(hooks);
    return stage
        .flag(Setting.SURFACE, "openai-compatible")
        .flag(Setting.HEADER, "x-portkey-provider: openai")
        .diagnose(host);
  }

  private static Reply error(int status, String message) {
    return Reply.Whole.text(status, JSON, "{\"error\":{\"message\":\"%s\"}}".formatted(message));
  }

  static List<Setup> all() {
    return List.of(
        // https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/618
        healthy(KIND, "LM Studio, which says 200 to what it does not have", s -> compatible(s, "")),
        shows(
            KIND,
            "the same of a Tensormesh host",
            "error-told-as-success",
            s -> s.diagnose(s.serverless(Hooks.onReply(OtherServerSetups::lmStudio)))),
        shows(
            KIND,
            "a demonstration server with a health check and no API",
            "api-not-here base-url-wrong-prefix",
            s ->
                s.flag(Setting.SURFACE, "openai-compatible")
                    .diagnose(
                        s.site(
                            c ->
                                c.path().equals("/health")
                                    ? Reply.Whole.text(200, JSON, "")
                                    : Reply.Whole.text(404, JSON, "{\"detail\":\"Not Found\"}")
                                        .header("Server", "uvicorn")))),
        shows(
            KIND,
            "LM Studio below a path that it does not have",
            "base-url-wrong-prefix",
            s -> compatible(s, "/studio")),
        // Portkey's gateway on Node 20, with a host of one's own.
        shows(
            KIND,
            "a gateway of many services that cannot list models, and names the service",
            "one-route-fails",
            OtherServerSetups::manyServices),
        shows(
            KIND,
            "a web application with a health check of its own",
            "host-is-web-page",
            s -> s.user("on-demand").diagnose(s.site(OtherServerSetups::application))),
        shows(
            KIND,
            "nginx serves files, and no API",
            "host-is-web-page host-is-ingress-default",
            s ->
                s.user("on-demand")
                    .diagnose(
                        Fronts.nginx(
                            s,
                            "default_type text/html; location / { if ($request_method = POST) {"
                                + " return 405; } return 200 '<!doctype html><title>Chat</title>'; }"
                                + " location = /health { default_type application/json; return 200"
                                + " '{\"status\": true}'; }")),
            "nginx"),
        shows(
                KIND,
                "the same metrics for every path",
                "api-not-here",
                s ->
                    s.user("on-demand")
                        .diagnose(
                            s.site(c -> Reply.Whole.text(200, "text/plain", "# HELP x y\nx 1\n"))))
            .saying("whatever path is asked for"),
        shows(
            KIND,
            "a firewall that says the same with 200 to everybody",
            "refused-in-front",
            s ->
                s.user("on-demand")
                    .diagnose(
                        s.site(c -> Reply.Whole.text(200, "text/plain", "Access denied: 77\n")))),
        shows(
            KIND,
            "nginx says the same to every path, and passes chat on",
            "one-route-fails",
            s ->
                s.diagnose(
                    Fronts.nginx(
                        s,
                        "location = /v1/chat/completions { proxy_pass %s; } location / { default_type text/plain; return 200 up; }"
                            .formatted(s.onDemand()))),
            "nginx"),
        shows(
                KIND,
                "KServe's protocol",
                "api-not-here",
                s -> s.user("openai-compatible").diagnose(s.site(OtherServerSetups::kserve)))
            .saying("KServe"),
        shows(
                KIND,
                "an API server of Kubernetes, which tells everybody its version",
                "api-not-here",
                s -> s.user("on-demand").diagnose(s.site(OtherServerSetups::kubernetes)))
            .saying("so answers the API of Kubernetes"),
        shows(
                KIND,
                "nginx as it is installed",
                "host-is-ingress-default",
                s ->
                    s.user("on-demand")
                        .diagnose(
                            Fronts.nginx(
                                s,
                                "default_type text/html; location = / { return 200"
                                    + " '<!DOCTYPE html><title>Welcome to nginx!</title>'; }"
                                    + " location / { return 404; }")),
                "nginx")
            .saying("Welcome to nginx!"));
  }

  private static Reply application(Call call) {
    return call.method().equals("POST")
        ? Reply.Whole.text(405, JSON, "{\"detail\": \"Method Not Allowed\"}")
        : call.path().equals("/health")
            ? Reply.Whole.text(200, JSON, "{\"status\": true}")
            : Reply.Whole.text(200, "text/html", HostScenes.PAGE);
  }

  private static Reply kserve(Call call) {
    return call.path().equals("/v2/health/ready")
        ? Reply.Whole.text(200, "text/plain", "")
        : call.method().equals("POST")
            ? Reply.Whole.text(400, JSON, "{\"error\": \"Not Found\"}")
            : Reply.Whole.text(404, "text/plain", "");
  }

  private static Reply kubernetes(Call call) {
    return call.path().equals("/version")
        ? Reply.Whole.text(200, JSON, "{\"major\": \"1\", \"gitVersion\": \"v1.31.2\"}")
        : Reply.Whole.text(
            401,
            JSON,
            "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\","
                + " \"message\": \"Unauthorized\", \"code\": 401}");
  }
}
