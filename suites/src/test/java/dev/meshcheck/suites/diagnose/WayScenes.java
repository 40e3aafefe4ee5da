package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.Rule;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands or changes between this machine and the API; {@link Setup}s show it for real. */
final class WayScenes {

  private static final String BLOCKED = "<html><title>Request blocked</title></html>";

  private WayScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "hosts-swapped",
            "answers as the control plane does, and ",
            "the two the other way round",
            stage -> swapped(stage, GatewaySurface.CONTROL_PLANE, GatewaySurface.SERVERLESS),
            stage -> swapped(stage, GatewaySurface.SERVERLESS, GatewaySurface.SERVERLESS)),
        new Scenario(
            "refused-in-front",
            "the same answer to no key, a made-up key and yours",
            "another key does not help",
            stage -> stage.user("serverless").diagnose(blocked(stage, 403)),
            stage -> RoutingScenes.withKey(stage, Stage.WRONG_KEY)),
        new Scenario(
            "header-lost-on-the-way",
            "X-User-Id was sent, and the answer is the one without it",
            "pass on Authorization and X-User-Id as they come",
            stage -> stage.diagnose(stage.onDemand(Hooks.onCall(WayScenes::withoutUser))),
            stage -> {
              URI host = stage.onDemand();
              return stage.flag(Setting.USER_ID, Stage.NOBODY).diagnose(host);
            }),
        new Scenario(
            "body-lost-on-the-way",
            "none is read as that",
            "pass on the body and Content-Type",
            stage -> stage.diagnose(stage.serverless(Hooks.onCall(c -> bodyless(c, "")))),
            stage -> stage.diagnose(stage.serverless(Hooks.onCall(c -> bodyless(c, "/tokenize"))))),
        new Scenario(
            "method-changed-on-the-way",
            "Allow names the one that was sent",
            "pass the method on as it comes",
            stage -> stage.diagnose(stage.serverless(Hooks.onCall(WayScenes::asGet))),
            stage -> stage.diagnose(stage.serverless(at("/v1/chat/completions", 405)))),
        new Scenario(
            "path-changed-on-the-way",
            "GET /v1/v1/models",
            "proxy_pass with a path",
            stage -> stage.diagnose(stage.serverless(Hooks.onCall(WayScenes::stripped))),
            stage -> stage.diagnose(stage.serverless() + "/api")),
        new Scenario(
            "keys-not-looked-at",
            "POST /v1/chat/completions with a made-up key → 200",
            "--api-key",
            stage -> compatible(stage, Hooks.onRules(r -> r.breaking(Rule.KEY, Set.of()))),
            stage -> compatible(stage)),
        new Scenario(
            "user-ids-not-looked-at",
            "POST /v1/chat/completions with your key, a made-up user id → 200",
            "Take the user id out",
            stage -> leftOver(stage, stage.serverless()),
            stage -> leftOver(stage, stage.onDemand())),
        new Scenario(
            "one-route-fails",
            "POST /v1/responses with your key, your user id → 404",
            "Look where the proxy in front sends /v1/responses",
            stage -> stage.diagnose(stage.onDemand(at("/v1/responses", 404))),
            stage -> compatible(stage, at("/v1/responses", 404))),
        new Scenario(
            "routes-not-offered",
            "POST /v1/responses with your key → 404",
            "look in the server's documentation",
            stage -> compatible(stage, at("/v1/responses", 404)),
            stage -> stage.diagnose(stage.onDemand(at("/v1/responses", 404)))),
        new Scenario(
            "error-told-as-success",
            "→ 200 (CUDA out of memory)",
            "an error in a 200",
            stage -> stage.diagnose(stage.onDemand(ServiceScenes.chat(200, "CUDA out of memory"))),
            stage -> stage.diagnose(stage.onDemand(ServiceScenes.chat(500, "CUDA out of memory")))),
        new Scenario(
            "answer-is-empty",
            "→ 200 (nothing)",
            "a rule of its own",
            stage -> stage.diagnose(stage.onDemand(BodySetups.chat(200, ""))),
            stage -> stage.diagnose(stage.onDemand(at("/health", 200)))),
        new Scenario(
            "json-is-broken",
            "no JSON, Non-standard token 'NaN'",
            "jq says where it stops being JSON",
            stage ->
                stage.diagnose(stage.serverless(LookAlikeSetups.chats("\\{", "{\"tps\": NaN, "))),
            stage ->
                stage.diagnose(stage.serverless(LookAlikeSetups.chats("\\{", "{\"tps\": null, ")))),
        new Scenario(
            "json-is-wrapped",
            "before the JSON stands U+FEFF",
            "what rewrites bodies",
            stage -> stage.diagnose(stage.serverless(WrappedSetups.wrapped("\ufeff", ""))),
            stage -> stage.diagnose(stage.serverless(WrappedSetups.wrapped("\n", "\n")))),
        new Scenario(
            "answer-is-cut",
            "POST /v1/chat/completions with your key, your user id → 200",
            "what rewrites or compresses bodies",
            stage -> stage.diagnose(stage.onDemand(longer(10_000))),
            stage -> stage.diagnose(stage.onDemand(longer(0)))),
        new Scenario(
            "answers-differ",
            " → 200",
            "Take the odd server out",
            stage -> stage.diagnose(stage.onDemand(now(502, 2))),
            stage -> stage.diagnose(stage.onDemand(now(502, 1)))));
  }

  /** TLS is shown by a program, see TlsSetups; here a server hangs up as such servers do. */
  static Scenario clientCertificate() {
    return new Scenario(
        "tls-client-certificate-needed",
        "asks for a certificate of the client",
        "curl -sv --cert",
        stage -> {
          stage.flag(Setting.CA_BUNDLE, Certificates.GOOD.pem(stage.home()).toString());
          TlsFront front =
              stage.keep(
                  new TlsFront(Certificates.GOOD.store(stage.home()), stage.onDemand(), true));
          return stage.diagnose("https://127.0.0.1:" + front.port());
        },
        stage -> stage.diagnose(NetworkScenes.trusted(stage, Certificates.GOOD)));
  }

  /** A user id is set, and nothing says what the host is. */
  private static DiagnosisReport leftOver(Stage stage, URI host) {
    return stage.noFlag(Setting.SURFACE).flag(Setting.USER_ID, Stage.KNOWN.userId()).diagnose(host);
  }

  private static DiagnosisReport swapped(Stage stage, GatewaySurface host, GatewaySurface plane) {
    stage.user("serverless");
    stage.flag(Setting.CONTROL_PLANE, stage.gateway(plane).toString());
    stage.env("TENSORMESH_CONTROL_PLANE_TOKEN", Stage.KNOWN.controlPlaneToken());
    return stage.diagnose(stage.gateway(host));
  }

  private static URI blocked(Stage stage, int status) {
    return stage.site(call -> Reply.Whole.text(status, "text/html", BLOCKED));
  }

  /** Without its body, where the path is that one, or any. */
  private static Call bodyless(Call call, String path) {
    return path.isEmpty() || call.path().equals(path) ? call.withBody("") : call;
  }

  private static Call withoutUser(Call call) {
    return call.withHeader("X-User-Id", "");
  }

  private static Call asGet(Call call) {
    return new Call("GET", call.path(), call.query(), call.headers(), call.body());
  }

  private static Call stripped(Call call) {
    return new Call(
        call.method(),
        call.path().replaceFirst("^/v1/", "/"),
        call.query(),
        call.headers(),
        call.body());
  }

  private static DiagnosisReport compatible(Stage stage, Hooks... hooks) {
    URI host = stage.serverless(hooks);
    return stage.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
  }

  /** On that path nothing but that status. */
  private static Hooks at(String path, int status) {
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals(path) && reply.status() < 400
                ? Reply.Whole.text(status, "text/plain", "")
                : reply);
  }

  private static Hooks longer(int bytes) {
    return Hooks.onReply(
        (call, reply) ->
            bytes > 0
                    && call.path().equals("/v1/chat/completions")
                    && reply.status() == 200
                    && reply instanceof Reply.Whole whole
                ? whole.deliver(d -> d.declaredLength(bytes))
                : reply);
  }

  /** Every n-th answer, or each, is that status. */
  private static Hooks now(int status, int nth) {
    AtomicInteger count = new AtomicInteger();
    return Hooks.onReply(
        (call, reply) ->
            count.incrementAndGet() % nth == 0
                ? Reply.Whole.text(status, "text/plain", "bad gateway")
                : reply);
  }
}
