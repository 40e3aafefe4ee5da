package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/** Answers that say what is to be done about them, and are one of several kinds of one cause. */
final class RemedySetups {

  private static final String KIND = "what is to be done";
  private static final String JSON = "application/json";
  private static final String FORBIDDEN = "key-forbidden";
  private static final String FRONT = "refused-in-front";

  private RemedySetups() {}

  static List<Setup> all() {
    return List.of(
        said("an account that is suspended", FORBIDDEN, 403, "Your account has been suspended.")
            .saying("where it is billed"),
        shows(
                KIND,
                "a workspace that is suspended for every key",
                FRONT,
                s ->
                    other(
                        s,
                        answering(
                            403,
                            "This workspace is suspended: invoice 2026-10 is overdue.",
                            RemedySetups::hasKey)))
            .saying("an account or a workspace that is closed"),
        said("terms are not accepted", FORBIDDEN, 403, "user has not accepted the latest terms")
            .saying("Accept the terms"),
        said("an address is refused", FORBIDDEN, 403, "IP address 203.0.113.9 is not allowed.")
            .saying("put on the list of whoever refuses"),
        said(
                "an organisation is not verified",
                FORBIDDEN,
                404,
                "Your organization must be verified.")
            .saying("Have the account verified"),
        said("an engine that died", "server-fails", 500, "EngineCore encountered an issue.")
            .saying("stays dead"),
        said("a device that is full", "server-fails", 500, "CUDA out of memory.")
            .saying("less in its memory"),
        said("a model that crashed", "server-fails", 400, "The model has crashed. (Exit code: 1)")
            .saying("stays dead"),
        said(
            "nobody serves it under this policy",
            "request-refused",
            404,
            "No endpoints found matching your data policy."),
        said("a plan is wanted", FORBIDDEN, 401, "Subscription required: please activate a plan"),
        said("all slots are taken", "service-overloaded", 503, "No slot available"),
        said("much to do", "service-overloaded", 429, "We're experiencing high traffic right now!"),
        said(
                "a licence that is over",
                FRONT + " " + FORBIDDEN,
                403,
                "AI Enterprise license is expired")
            .saying("licence renewed"),
        shows(
                KIND,
                "a gateway that does not know the model",
                "listed-model-unknown",
                s ->
                    s.diagnose(
                        s.serverless(
                            Hooks.onReply(
                                (call, reply) ->
                                    call.method().equals("POST") && hasKey(call)
                                        ? Reply.Whole.text(
                                            404,
                                            "text/plain",
                                            "No matching route found. It is likely that the model specified in your"
                                                + " request is not configured in the Gateway.")
                                        : reply))))
            .saying("not configured in the Gateway"),
        shows(
                KIND,
                "a service that is sealed",
                "model-not-loaded unknown",
                s ->
                    s.diagnose(
                        s.serverless(
                            Hooks.onReply(
                                (call, reply) ->
                                    call.method().equals("POST")
                                        ? Reply.Whole.text(
                                            503, JSON, "{\"errors\": [\"Vault is sealed\"]}")
                                        : reply))))
            .saying("sealed"),
        shows(
                KIND,
                "a firewall that wants a browser to prove itself, with 405",
                FRONT,
                s ->
                    s.user("serverless")
                        .diagnose(
                            s.site(
                                c ->
                                    Reply.Whole.text(
                                            405,
                                            "text/html",
                                            "<html><head><title>Human Verification</title></head></html>")
                                        .header("x-amzn-waf-action", "captcha"))))
            .saying("prove themselves"),
        shows(
                KIND,
                "a gateway of Amazon's without its stage",
                "api-not-here",
                s ->
                    s.user("serverless")
                        .diagnose(s.site(c -> text(403, "Missing Authentication Token"))))
            .saying("its stage is missing"),
        shows(
                KIND,
                "an endpoint that is paused",
                "request-refused model-not-loaded",
                s ->
                    other(
                        s,
                        answering(
                            400, "Endpoint is paused. Ask a maintainer to restart it", c -> true)))
            .saying("Start the deployment again"),
        shows(
                KIND,
                "a deployment that was taken away",
                "api-not-here",
                s ->
                    s.user("serverless")
                        .diagnose(
                            s.site(
                                c ->
                                    Reply.Whole.text(
                                        404, "text/plain", "The deployment could not be found."))))
            .saying("Deploy it again"),
        shows(
                KIND,
                "a server that does not know its name",
                FRONT,
                s ->
                    s.user("serverless")
                        .diagnose(
                            s.site(
                                c -> Reply.Whole.text(400, "text/plain", "Invalid host header"))))
            .saying("by a name that it knows"),
        shows(
                KIND,
                "a challenge for browsers",
                FRONT,
                s ->
                    s.user("serverless")
                        .diagnose(
                            s.site(
                                c ->
                                    Reply.Whole.text(
                                            403,
                                            "text/html",
                                            "<html><head><title>Just a moment...</title></head></html>")
                                        .header("cf-mitigated", "challenge"))))
            .saying("cf-mitigated: challenge"),
        shows(
                KIND,
                "a proxy that wants an identity",
                FRONT,
                s ->
                    s.user("serverless")
                        .diagnose(
                            s.site(
                                c ->
                                    Reply.Whole.text(
                                        401,
                                        "text/plain",
                                        "Invalid IAP credentials: empty token"))))
            .saying("an identity token of a proxy's own"),
        shows(
                KIND,
                "a gateway of Azure's, which takes its key in a header of its own",
                "key-in-other-header",
                s -> other(s, azure()))
            .saying("--header 'api-key: KEY'"),
        shows(
                KIND,
                "a gateway of Kong's, whose keys are in a header of its own",
                "key-in-other-header",
                s -> other(s, kong()))
            .saying("--header 'apikey: KEY'"),
        shows(
                KIND,
                "a mesh that speaks TLS to a server without",
                "upstream-down",
                s ->
                    s.diagnose(
                        s.onDemand(
                            Hooks.onReply(
                                (call, reply) ->
                                    call.method().equals("POST")
                                        ? Reply.Whole.text(
                                                503,
                                                "text/plain",
                                                "upstream connect error or disconnect/reset before headers. retried and"
                                                    + " the latest reset reason: remote connection failure, transport"
                                                    + " failure reason: TLS_error:|268435703:SSL routines:OPENSSL_internal:"
                                                    + "WRONG_VERSION_NUMBER:TLS_error_end")
                                            .header("Server", "istio-envoy")
                                        : reply))))
            .saying("WRONG_VERSION_NUMBER"));
  }

  /** The key is known, and every POST with it gets that. */
  private static Setup said(String name, String cause, int status, String message) {
    return shows(
        KIND,
        name,
        cause,
        s ->
            s.diagnose(
                s.serverless(
                    answering(status, message, c -> isMine(c) && c.method().equals("POST")))));
  }

  private static DiagnosisReport other(Stage stage, Hooks hooks) throws Exception {
    URI host = stage.serverless(hooks);
    return stage.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
  }

  private static Hooks azure() {
    return withoutOwnHeader(
        "Access denied due to missing subscription key.",
        "AzureApiManagementKey realm=\"https://corp.example/openai\",name=\"api-key\",type=\"header\"");
  }

  private static Hooks kong() {
    return withoutOwnHeader("No API key found in request", "Key realm=\"kong\"");
  }

  private static Hooks withoutOwnHeader(String message, String challenge) {
    return Hooks.onReply((call, reply) -> text(401, message).header("WWW-Authenticate", challenge));
  }

  private static Hooks answering(int status, String message, Predicate<Call> which) {
    return Hooks.onReply(
        (call, reply) ->
            which.test(call)
                ? Reply.Whole.text(
                    status,
                    JSON,
                    "{\"error\": {\"message\": \"%s\", \"code\": %d}}".formatted(message, status))
                : reply);
  }

  private static boolean hasKey(Call call) {
    return call.header("Authorization").isPresent();
  }

  private static boolean isMine(Call call) {
    return call.header("Authorization").orElse("").contains(Stage.KNOWN.inferenceKey());
  }

  private static Reply text(int status, String message) {
    return Reply.Whole.text(status, JSON, "{\"message\": \"" + message + "\"}");
  }
}
