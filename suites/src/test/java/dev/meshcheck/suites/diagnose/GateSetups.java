package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.util.List;

/** Refusals that say themselves that it is no API key for want of which they refuse. */
final class GateSetups {

  private static final String KIND = "another gate than the key";
  private static final String FRONT = "refused-in-front";
  private static final String ERROR = "{\"error\": {\"message\": \"%s\", \"code\": %d}}";
  private static final String BAD_JWT =
      "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections";

  private GateSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                KIND,
                "a list of addresses guards all but the health check",
                FRONT,
                s ->
                    s.diagnose(
                        s.onDemand(guarded(401, "Your IP (203.0.113.7) is not authorized."))))
            .saying("the address that requests come from"),
        shows(KIND, "a mesh wants a token, and nobody without one", FRONT, GateSetups::mesh)
            .saying("a JSON Web Token"),
        shows(
            KIND,
            "haproxy wants a token of those that have a key",
            FRONT,
            s -> {
              URI host = s.onDemand();
              return s.diagnose(
                  Fronts.haproxy(
                      s,
                      "",
                      "  http-request return status 401 content-type text/plain string \"Jwt"
                          + " verification fails\" if { req.hdr(authorization) -m found }\n"
                          + "  http-request return status 403 content-type text/plain string"
                          + " \"RBAC: access denied\" unless { req.hdr(authorization) -m found }\n"
                          + "  default_backend there",
                      Fronts.backend("there", host)));
            },
            "haproxy"),
        shows(
                KIND,
                "a country that is not served",
                FRONT,
                s ->
                    s.diagnose(
                        s.serverless(guarded(403, "Country, region, or territory not supported"))))
            .saying("the country or region"),
        shows(
                KIND,
                "a session that is over",
                FRONT,
                s ->
                    s.diagnose(s.serverless(guarded(401, "Session expired. Please log in again."))))
            .saying("a login or a session"),
        shows(
            KIND,
            "a firewall in words like those of the API",
            FRONT,
            s -> s.diagnose(s.serverless(guarded(403, "Request blocked by security rule 9421")))),
        shows(
            KIND,
            "a client certificate, asked for behind the TLS of another",
            "tls-client-certificate-needed",
            s -> s.diagnose(s.serverless(guarded(401, "Client certificate required")))),
        shows(
            KIND,
            "an address is refused with this key, and a made-up key as such",
            "key-forbidden",
            s -> s.diagnose(s.serverless(onlyMine(403, "Your IP is not allowed.")))),
        shows(
            KIND,
            "the same with 401, as one provider has it",
            "key-forbidden",
            s -> s.diagnose(s.serverless(onlyMine(401, "Your IP is not authorized.")))),
        shows(
            KIND,
            "the API asks for a key, and whoever has one is told of an address",
            FRONT,
            s -> s.diagnose(s.serverless(withAnyKey(403, "Source address not in allowlist")))),
        shows(
            KIND,
            "an expired token, which may be the key",
            "key-invalid",
            s ->
                s.diagnose(
                    s.serverless(
                        guarded(401, "Your session or token has expired. Please sign in again.")))),
        shows(
            KIND,
            "words about a key that mention an address as well",
            "key-invalid",
            s ->
                s.diagnose(
                    s.serverless(guarded(401, "Invalid API key, or your IP is not allowed.")))),
        healthy(
            KIND,
            "only those without a key are told of their address",
            s -> s.diagnose(s.serverless(withoutKey(401, "Your IP is not known; send a key.")))));
  }

  private static DiagnosisReport mesh(Stage stage) {
    URI host =
        stage.site(
            call ->
                (call.header("Authorization").isPresent()
                        ? Reply.Whole.text(401, "text/plain", BAD_JWT)
                        : Reply.Whole.text(403, "text/plain", "RBAC: access denied"))
                    .header("Server", "istio-envoy"));
    return stage.user("on-demand").diagnose(host);
  }

  /** Whatever is asked of a route below /v1 gets that. */
  private static Hooks guarded(int status, String message) {
    return Hooks.onReply(
        (call, reply) -> call.path().startsWith("/v1/") ? said(status, message) : reply);
  }

  private static Hooks onlyMine(int status, String message) {
    return Hooks.onReply(
        (call, reply) ->
            isMine(call) && call.method().equals("POST") ? said(status, message) : reply);
  }

  private static Hooks withAnyKey(int status, String message) {
    return Hooks.onReply(
        (call, reply) -> call.header("Authorization").isPresent() ? said(status, message) : reply);
  }

  private static Hooks withoutKey(int status, String message) {
    return Hooks.onReply(
        (call, reply) ->
            call.header("Authorization").isEmpty() && reply.status() == 401
                ? said(status, message)
                : reply);
  }

  private static boolean isMine(Call call) {
    return call.header("Authorization").orElse("").contains(Stage.KNOWN.inferenceKey());
  }

  private static Reply said(int status, String message) {
    return Reply.Whole.text(status, "application/json", ERROR.formatted(message, status));
  }
}
