package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.Rule;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import java.util.List;
import java.util.Set;

/** Who answers in place of the host, or is the wrong one. */
final class HostScenes {

  static final String PAGE = "<!doctype html><html><title>Tensormesh Console</title></html>";
  static final String NGINX_404 =
      "<html><head><title>404 Not Found</title></head><body><center>nginx</center></body></html>";

  private HostScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "host-is-control-plane",
            "GET /v1/models with no key → 404",
            "--control-plane http://127.0.0.1:",
            stage -> stage.user("serverless").diagnose(stage.gateway(GatewaySurface.CONTROL_PLANE)),
            stage -> stage.diagnose(stage.onDemand())),
        new Scenario(
            "control-plane-is-inference-host",
            "GET /auth/profile with no token → 404",
            "--control-plane https://api.tensormesh.ai",
            stage -> withControlPlane(stage, GatewaySurface.SERVERLESS),
            stage -> withControlPlane(stage, GatewaySurface.CONTROL_PLANE)),
        new Scenario(
            "proxy-answers-instead",
            "GET /v1/models with no key → 403 (a web page: Tensormesh Console)",
            "Server, Via and X-… headers name the proxy",
            stage -> stage.user("serverless").diagnose(page(stage, 403, "Server", "squid/5.7")),
            stage -> stage.user("serverless").diagnose(page(stage, 403, "Server", "nginx"))),
        new Scenario(
            "host-is-captive-portal",
            "→ 302, to http://portal.example/login",
            "in a browser on this machine, sign in to the network",
            stage ->
                stage
                    .user("serverless")
                    .diagnose(sentTo(stage, "http://portal.example/login?s=1", "")),
            stage ->
                stage.user("serverless").diagnose(sentTo(stage, "https://new.example", "path"))),
        new Scenario(
            "host-redirects",
            "to https://new.example/v1/models",
            "Location: if that is the API, give it as --host",
            stage ->
                stage.user("serverless").diagnose(sentTo(stage, "https://new.example", "path")),
            stage -> stage.diagnose(stage.serverless())),
        new Scenario(
            "host-is-other-provider",
            "GET /v1/models with no key → 200",
            "./run.sh diagnose --host https://serverless.tensormesh.ai",
            stage -> stage.diagnose(stage.serverless(header("openai-version", "2020-10-01"))),
            stage -> stage.diagnose(stage.serverless(header("x-version", "2020-10-01")))),
        new Scenario(
            "host-is-ingress-default",
            "GET /health with no key → 404 (a web page: 404 Not Found)",
            "check the host name and the path of --host",
            stage ->
                stage
                    .user("serverless")
                    .diagnose(stage.site(call -> Reply.Whole.text(404, "text/html", NGINX_404))),
            stage -> stage.diagnose(stage.serverless() + "/api")),
        new Scenario(
            "base-url-wrong-prefix",
            "/v1/models → 200",
            "--host is the address above /v1",
            stage -> stage.diagnose(stage.serverless() + "/api"),
            stage -> stage.diagnose(stage.serverless())),
        new Scenario(
            "host-is-web-page",
            "→ 200 (a web page: Tensormesh Console)",
            "inference hosts are https://serverless.tensormesh.ai",
            stage -> stage.user("serverless").diagnose(page(stage, 200, "Server", "nginx")),
            stage -> stage.diagnose(stage.serverless())),
        new Scenario(
            "vllm-without-gateway",
            "POST /v1/chat/completions with no key → 200",
            "close this port",
            stage ->
                stage.diagnose(
                    stage.serverless(
                        Hooks.onRules(r -> r.breaking(Rule.KEY, Set.of()))
                            .andReply((call, reply) -> reply.header("Server", "uvicorn")))),
            stage ->
                stage.diagnose(
                    stage.serverless(Hooks.onRules(r -> r.breaking(Rule.KEY, Set.of()))))));
  }

  private static java.net.URI page(Stage stage, int status, String header, String value) {
    return stage.site(call -> Reply.Whole.text(status, "text/html", PAGE).header(header, value));
  }

  private static java.net.URI sentTo(Stage stage, String place, String path) {
    return stage.site(
        call ->
            Reply.Whole.text(302, "text/plain", "")
                .header("Location", place + (path.isEmpty() ? "" : call.path())));
  }

  static Hooks header(String name, String value) {
    return Hooks.onReply((call, reply) -> reply.header(name, value));
  }

  private static dev.meshcheck.reports.cause.DiagnosisReport withControlPlane(
      Stage stage, GatewaySurface surface) {
    String control = stage.gateway(surface).toString();
    stage.flag(Setting.CONTROL_PLANE, control);
    stage.env("TENSORMESH_CONTROL_PLANE_TOKEN", Stage.KNOWN.controlPlaneToken());
    return stage.diagnose(stage.serverless());
  }
}
