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
  private static final String TEXT = "text/plain";
  private static final String HTML = "text/html";
  private static final String FORBIDDEN = "key-forbidden";
  private static final String FRONT = "refused-in-front";
  private static final String PAGE = "<html><head><title>%s</title></head></html>";

  private RemedySetups() {}

  static List<Setup> all() {
    return List.of(
        known("an account that is suspended", FORBIDDEN, 403, "Your account has been suspended.")
            .saying("where it is billed"),
        known("terms are not accepted", FORBIDDEN, 403, "user has not accepted the latest terms")
            .saying("Accept the terms"),
        known("an address is refused", FORBIDDEN, 403, "IP address 203.0.113.9 is not allowed.")
            .saying("put on the list of whoever refuses"),
        known("not verified", FORBIDDEN, 404, "Your organization must be verified.")
            .saying("Have the account verified"),
        known("a plan is wanted", FORBIDDEN, 401, "Subscription required: please activate a plan"),
        known("a licence that is over", FORBIDDEN, 403, "AI Enterprise license is expired")
            .saying("licence renewed"),
        known("an engine that died", "server-fails", 500, "EngineCore encountered an issue.")
            .saying("stays dead"),
        known("a model that crashed", "server-fails", 400, "The model has crashed. (Exit code: 1)")
            .saying("stays dead"),
        known("a device that is full", "server-fails", 500, "CUDA out of memory.")
            .saying("less in its memory"),
        known("all slots are taken", "service-overloaded", 503, "No slot available"),
        known(
            "much to do", "service-overloaded", 429, "We're experiencing high traffic right now!"),
        known("a policy", "request-refused", 404, "No endpoints found matching your data policy."),
        every("a workspace that is suspended", FRONT, RemedySetups::hasKey, suspended())
            .saying("an account or a workspace that is closed"),
        every("an endpoint that is paused", "model-not-loaded", c -> true, paused())
            .saying("Start the deployment again"),
        every("Azure's gateway", "key-in-other-header", c -> true, azure())
            .saying("--header 'api-key: KEY'"),
        every("Kong's gateway", "key-in-other-header", c -> true, kong())
            .saying("--header 'apikey: KEY'"),
        every("a header of a gateway's own", FRONT, c -> true, portkey())
            .saying("the header that the words name"),
        shows(KIND, "the same although it is given", FRONT, RemedySetups::givenInVain)
            .saying("something on the way drops it"),
        every(
                "a gateway that does not know the model",
                "listed-model-unknown",
                c -> isPost(c) && hasKey(c),
                Reply.Whole.text(
                    404,
                    TEXT,
                    "No matching route found. It is likely that the model specified in your request is"
                        + " not configured in the Gateway."))
            .saying("not configured in the Gateway"),
        every("a service that is sealed", "model-not-loaded", RemedySetups::isPost, sealed())
            .saying("sealed"),
        every(
                "a mesh that speaks TLS to a server without",
                "upstream-down",
                RemedySetups::isPost,
                Reply.Whole.text(
                        503,
                        TEXT,
                        "upstream connect error or disconnect/reset before headers. retried and the"
                            + " latest reset reason: remote connection failure, transport failure"
                            + " reason: TLS_error:|268435703:SSL routines:OPENSSL_internal:"
                            + "WRONG_VERSION_NUMBER:TLS_error_end")
                    .header("Server", "istio-envoy"))
            .saying("WRONG_VERSION_NUMBER"),
        site("Amazon's gateway without its stage", "api-not-here", 403, JSON, unknownToAmazon())
            .saying("its stage is missing"),
        site(
                "a deployment that is gone",
                "api-not-here",
                404,
                TEXT,
                "The deployment could not be found.")
            .saying("Deploy it again"),
        site("a server that does not know its name", FRONT, 400, TEXT, "Invalid host header")
            .saying("by a name that it knows"),
        site(
                "a proxy that wants an identity",
                FRONT,
                401,
                TEXT,
                "Invalid IAP credentials: empty token")
            .saying("an identity token of a proxy's own"),
        site(
                "a tunnel that is offline",
                "api-not-here",
                404,
                TEXT,
                "The endpoint a1b2.ngrok-free.app is offline. ERR_NGROK_3200")
            .saying("Deploy it again"),
        site(
                "a sign-on of Cloudflare's",
                "host-is-captive-portal",
                Reply.Whole.text(302, HTML, "")
                    .header("Location", "https://acme.cloudflareaccess.com/cdn-cgi/access/login/x"))
            .saying("an identity of its own"),
        site(
                "a sign-on by OpenID Connect",
                "host-is-captive-portal",
                Reply.Whole.text(302, HTML, "")
                    .header(
                        "Location",
                        "https://idp.corp.example/authorize?client_id=llm&response_type=code"))
            .saying("an identity of its own"),
        site(
            "a limit of APISIX, which says 503",
            "rate-limited",
            Reply.Whole.text(503, HTML, PAGE.formatted("503 Service Temporarily Unavailable"))
                .header("X-RateLimit-Limit", "60")
                .header("X-RateLimit-Remaining", "0")),
        site(
            "the same page without a limit",
            "upstream-down",
            Reply.Whole.text(503, HTML, PAGE.formatted("503 Service Temporarily Unavailable"))
                .header("Server", "APISIX/3.9.0")),
        every(
            "Knative's activator",
            "model-not-loaded",
            RemedySetups::isMine,
            Reply.Whole.text(503, TEXT, "activator request timeout")),
        site("a web filter", FRONT, 403, HTML, PAGE.formatted("Web Filter Violation"))
            .saying("the company's web filter"),
        challenge("a challenge for browsers", 403, "Just a moment...", "cf-mitigated", "challenge"),
        challenge("a captcha with 405", 405, "Human Verification", "x-amzn-waf-action", "captcha"));
  }

  private static DiagnosisReport givenInVain(Stage s) throws Exception {
    URI host = s.serverless(answering(c -> true, portkey()));
    return s.flag(Setting.SURFACE, "openai-compatible")
        .flag(Setting.HEADER, "x-portkey-provider: openai")
        .diagnose(host);
  }

  private static Reply portkey() {
    return message(400, "Either x-portkey-config or x-portkey-provider header is required");
  }

  /** The key is known, a made-up one is refused, and every POST with this one gets that. */
  private static Setup known(String name, String cause, int status, String message) {
    Hooks hooks = answering(c -> isPost(c) && isMine(c), error(status, message));
    return shows(KIND, name, cause, s -> s.diagnose(s.serverless(hooks)));
  }

  /** Whatever is asked like that gets that, of a host that is any OpenAI-compatible one. */
  private static Setup every(String name, String cause, Predicate<Call> which, Reply reply) {
    return shows(
        KIND,
        name,
        cause,
        s -> {
          URI host = s.serverless(answering(which, reply));
          return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
        });
  }

  /** Every path gets that. */
  private static Setup site(String name, String cause, int status, String type, String body) {
    return site(name, cause, Reply.Whole.text(status, type, body));
  }

  private static Setup site(String name, String cause, Reply reply) {
    return shows(KIND, name, cause, s -> s.user("serverless").diagnose(s.site(c -> reply)));
  }

  private static Setup challenge(
      String name, int status, String title, String header, String value) {
    Reply reply = Reply.Whole.text(status, HTML, PAGE.formatted(title)).header(header, value);
    return site(name, FRONT, reply).saying(header + ": " + value);
  }

  private static Reply suspended() {
    return error(403, "This workspace is suspended: invoice 2026-10 is overdue.");
  }

  private static Reply paused() {
    return error(400, "Endpoint is paused. Ask a maintainer to restart it");
  }

  private static Reply sealed() {
    return Reply.Whole.text(503, JSON, "{\"errors\": [\"Vault is sealed\"]}");
  }

  private static Reply azure() {
    return message(401, "Access denied due to missing subscription key.")
        .header(
            "WWW-Authenticate",
            "AzureApiManagementKey realm=\"https://corp.example/openai\",name=\"api-key\",type=\"header\"");
  }

  private static Reply kong() {
    return message(401, "No API key found in request")
        .header("WWW-Authenticate", "Key realm=\"kong\"");
  }

  private static String unknownToAmazon() {
    return "{\"message\": \"Missing Authentication Token\"}";
  }

  private static Reply message(int status, String message) {
    return Reply.Whole.text(status, JSON, "{\"message\": \"" + message + "\"}");
  }

  private static Reply error(int status, String message) {
    return Reply.Whole.text(
        status,
        JSON,
        "{\"error\": {\"message\": \"%s\", \"code\": %d}}".formatted(message, status));
  }

  private static Hooks answering(Predicate<Call> which, Reply answer) {
    return Hooks.onReply((call, reply) -> which.test(call) ? answer : reply);
  }

  private static boolean isPost(Call call) {
    return call.method().equals("POST");
  }

  private static boolean hasKey(Call call) {
    return call.header("Authorization").isPresent();
  }

  private static boolean isMine(Call call) {
    return call.header("Authorization").orElse("").contains(Stage.KNOWN.inferenceKey());
  }
}
