package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

/** What is evident from all answers together, or from the words of one, and was told otherwise. */
final class EvidentSetups {

  private static final String MOMENT = "once, and no more";
  private static final String OTHER = "another kind of server";
  private static final String BODY = "a body that says nothing";
  private static final String MODEL = "the model";
  private static final String PLACE = "sent elsewhere";
  private static final String JSON = "application/json";
  private static final String ERROR = "{\"error\": {\"message\": \"%s\"}}";

  private EvidentSetups() {}

  static List<Setup> all() {
    return List.of(
        healthy(
            MOMENT, "one chat is told to come later", s -> limited(s, 1, EvidentSetups::isPost)),
        healthy(MOMENT, "the first request is told to come later", s -> limited(s, 1, c -> true)),
        shows(
            MOMENT,
            "chat is told to come later, and again",
            "rate-limited",
            s -> limited(s, 2, c -> c.path().equals("/v1/chat/completions") && isMine(c))),
        shows(
            OTHER,
            "a web application with a health check of its own",
            "host-is-web-page",
            s -> s.user("on-demand").diagnose(s.site(EvidentSetups::application))),
        shows(
            OTHER,
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
                OTHER,
                "the same metrics for every path",
                "api-not-here",
                s ->
                    s.user("on-demand")
                        .diagnose(
                            s.site(c -> Reply.Whole.text(200, "text/plain", "# HELP x y\nx 1\n"))))
            .saying("whatever path is asked for"),
        shows(
            OTHER,
            "a firewall that says the same with 200 to everybody",
            "refused-in-front",
            s ->
                s.user("on-demand")
                    .diagnose(
                        s.site(c -> Reply.Whole.text(200, "text/plain", "Access denied: 77\n")))),
        shows(
            OTHER,
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
                OTHER,
                "KServe's protocol",
                "api-not-here",
                s -> s.user("openai-compatible").diagnose(s.site(EvidentSetups::kserve)))
            .saying("KServe"),
        shows(
                OTHER,
                "an API server of Kubernetes, which tells everybody its version",
                "api-not-here",
                s -> s.user("on-demand").diagnose(s.site(EvidentSetups::kubernetes)))
            .saying("so answers the API of Kubernetes"),
        shows(
                OTHER,
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
            .saying("Welcome to nginx!"),
        shows(
                BODY,
                "every body is compressed twice",
                "not-http",
                s -> s.diagnose(s.onDemand(Hooks.onReply((c, r) -> twice(r)))))
            .saying("bytes that are no text, and begin with 1f8b0800, as gzip does"),
        shows(
                BODY,
                "a chat has no choices",
                "answer-is-empty",
                s -> s.diagnose(s.onDemand(BodySetups.chat(200, "{\"choices\": []}"))))
            .saying("(no choices)"),
        shows(
            BODY,
            "a chat has null for its choices",
            "answer-is-empty",
            s ->
                s.diagnose(
                    s.serverless(BodySetups.chat(200, "{\"id\": \"x\", \"choices\": null}")))),
        shows(
                MODEL,
                "it only embeds",
                "model-does-no-chat",
                s -> says(s, 400, "The model does not support Chat Completions API"))
            .saying("does not support Chat"),
        shows(
            MODEL,
            "it has no chat template, and a wrong key is told the same",
            "model-does-no-chat",
            s ->
                says(
                    s,
                    400,
                    "default chat template is no longer allowed, so you must provide a chat template")),
        shows(
            MODEL,
            "it does not generate, in the words of a local server",
            "model-does-no-chat",
            s -> says(s, 400, "\\\"bge-m3\\\" does not support generate")),
        shows(
            MODEL,
            "its context is too small, which is nothing of its kind",
            "unknown",
            s -> says(s, 400, "This model's maximum context length is 8 tokens.")),
        shows(
                MODEL,
                "a gateway whose keys stand in a database that it has not",
                "key-invalid",
                s ->
                    s.diagnose(
                        s.serverless(
                            Hooks.onReply(
                                (c, r) ->
                                    c.path().startsWith("/v1/")
                                        ? said(400, "No connected db.")
                                        : r))))
            .saying("every key but its master key"),
        shows(
                PLACE,
                "every POST to the same path with a slash, at a name of the inside",
                "host-redirects",
                s -> s.diagnose(s.onDemand(sent("http://vllm.default.svc:8000", "/"))))
            .saying("with a slash behind it"),
        shows(
            PLACE,
            "every POST to the same route below another prefix",
            "host-redirects",
            s -> s.diagnose(s.onDemand(sent("https://llm.example/api", "")))),
        shows(
            PLACE,
            "nginx sends POST to a login page",
            "host-is-captive-portal",
            s -> s.diagnose(s.onDemand(login()))),
        shows(
            "time",
            "whatever has a body hangs",
            "body-lost-on-the-way",
            s -> {
              s.flag(Setting.TIMEOUT, "2");
              return s.diagnose(s.onDemand(Hooks.onReply(EvidentSetups::hung)));
            }));
  }

  private static DiagnosisReport says(Stage stage, int status, String message) {
    return stage.diagnose(
        stage.onDemand(
            Hooks.onReply(
                (c, r) ->
                    c.path().equals("/v1/chat/completions") && isPost(c)
                        ? said(status, message)
                        : r)));
  }

  private static boolean isPost(Call call) {
    return call.method().equals("POST");
  }

  private static Reply hung(Call call, Reply reply) {
    return isPost(call) ? reply.deliver(d -> d.beforeHeaders(Duration.ofSeconds(9))) : reply;
  }

  private static boolean isMine(Call call) {
    return call.header("Authorization").orElse("").contains(Stage.KNOWN.inferenceKey());
  }

  /** So many of those calls are told to come in a second. */
  private static DiagnosisReport limited(Stage stage, int times, Predicate<Call> which) {
    AtomicInteger left = new AtomicInteger(times);
    return stage.diagnose(
        stage.onDemand(
            Hooks.onReply(
                (c, r) ->
                    which.test(c) && left.getAndDecrement() > 0
                        ? said(429, "Come later.").header("Retry-After", "1")
                        : r)));
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

  private static Reply twice(Reply reply) {
    return reply instanceof Reply.Whole whole
        ? whole.withBody(zipped(zipped(whole.body()))).header("Content-Encoding", "gzip")
        : reply;
  }

  private static Body zipped(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Body.of(bytes.toByteArray());
  }

  private static Reply said(int status, String message) {
    return Reply.Whole.text(status, JSON, ERROR.formatted(message));
  }
}
