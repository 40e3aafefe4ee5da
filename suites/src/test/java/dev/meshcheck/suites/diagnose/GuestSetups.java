package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** Whoever shows another key, or none, is told something that does not concern the user. */
final class GuestSetups {

  private static final String KIND = "guests fare otherwise";
  private static final String GRPC = "{\"code\":16,\"message\":\"unauthenticated\",\"details\":[]}";
  private static final Duration FOR_EVER = Duration.ofSeconds(20);

  private GuestSetups() {}

  static List<Setup> all() {
    return List.of(
        healthy(
            KIND,
            "a gateway in gRPC's framework asks for a key",
            s -> guests(s, (c, r) -> json(401, GRPC))),
        healthy(
            KIND,
            "a gateway that has the status in its body asks for a key",
            s ->
                guests(
                    s,
                    (c, r) ->
                        json(
                            401,
                            "{\"code\":401,\"reason\":\"Unauthorized\",\"message\":\"no token\"}"))),
        shows(
            KIND,
            "a wrong key, refused in gRPC's words",
            "key-invalid",
            s -> {
              URI host =
                  s.serverless(Hooks.onReply((c, r) -> r.status() == 401 ? json(401, GRPC) : r));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        healthy(
            KIND, "whoever shows no key is told to come later", s -> guests(s, (c, r) -> later())),
        healthy(
            KIND,
            "whoever shows a made-up key is told to come later",
            s -> compatible(s, (c, r) -> isKeyed(c) && r.status() == 401 ? later() : r)),
        shows(
            KIND,
            "the user himself is told to come later",
            "rate-limited",
            s -> compatible(s, (c, r) -> isKeyed(c) && r.status() == 200 ? later() : r)),
        shows(
            KIND,
            "a wrong key, and whoever shows none is told to come later",
            "key-invalid",
            s -> {
              URI host = s.serverless(Hooks.onReply((c, r) -> isKeyed(c) ? r : later()));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        healthy(
            KIND,
            "/health alone is for people who log in",
            s -> {
              URI host = onlyHealth(s);
              return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
            }),
        shows(
            KIND,
            "/health alone is for people who log in, where it is documented",
            "one-route-fails",
            s -> s.diagnose(onlyHealth(s))),
        shows(
            KIND,
            "everything is for people who log in",
            "host-is-captive-portal",
            s -> s.diagnose(s.serverless(login((c, r) -> true)))),
        healthy(
            KIND,
            "whoever shows no key gets no answer",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (c, r) -> isKeyed(c) ? r : r.deliver(d -> d.beforeHeaders(FOR_EVER))));
              return s.flag(Setting.TIMEOUT, "2")
                  .flag(Setting.SURFACE, "openai-compatible")
                  .diagnose(host);
            }),
        healthy(
            KIND,
            "the routes of tokens are kept from users",
            s ->
                compatible(
                    s,
                    (c, r) ->
                        c.path().endsWith("tokenize")
                            ? json(403, "{\"error\":{\"message\":\"Forbidden\"}}")
                            : r)),
        shows(
            KIND,
            "the routes of tokens are kept from users where they are documented",
            "key-forbidden one-route-fails",
            s ->
                s.diagnose(
                    s.onDemand(
                        Hooks.onReply(
                            (c, r) ->
                                c.path().endsWith("tokenize")
                                    ? json(403, "{\"error\":{\"message\":\"Forbidden\"}}")
                                    : r)))),
        shows(
                KIND,
                "a gateway looks at keys, and its own is refused by the engine",
                "gateway-key-refused",
                s ->
                    compatible(
                        s,
                        (c, r) ->
                            isKeyed(c) && r.status() == 200
                                ? json(401, "{\"error\":\"Unauthorized\"}")
                                : r))
            .saying("not of one form"),
        shows(
            KIND,
            "a gateway knows the key, and that it has expired",
            "key-invalid",
            s ->
                compatible(
                    s,
                    (c, r) ->
                        isKeyed(c) && r.status() == 200
                            ? json(401, "{\"error\":\"This API key has expired\"}")
                            : r)),
        shows(
                KIND,
                "nginx shows a key of its own in the place of the user's",
                "gateway-key-refused",
                s -> {
                  URI host =
                      s.serverless(
                          Hooks.onReply(
                              (c, r) -> r.status() == 401 ? quoting("sk-ab****Zq9x") : r));
                  return s.diagnose(
                      Fronts.nginx(
                          s,
                          "location / { proxy_pass %s; proxy_set_header Authorization \"Bearer sk-abcdefZq9x\"; }"
                              .formatted(host)));
                },
                "nginx")
            .saying("the key that it quotes is not yours"),
        shows(
            KIND,
            "a wrong key that is quoted in part",
            "key-invalid",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (c, r) -> r.status() == 401 && isKeyed(c) ? quoting(masked(c)) : r));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }));
  }

  /** Whoever shows no key is answered like that. */
  private static DiagnosisReport guests(Stage s, BiFunction<Call, Reply, Reply> answer) {
    return compatible(s, (c, r) -> isKeyed(c) ? r : answer.apply(c, r));
  }

  private static DiagnosisReport compatible(Stage s, BiFunction<Call, Reply, Reply> answer) {
    URI host = s.serverless(Hooks.onReply(answer));
    return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
  }

  private static boolean isKeyed(Call call) {
    return call.header("Authorization").isPresent();
  }

  private static String masked(Call call) {
    String key = call.header("Authorization").orElseThrow().replaceFirst("^Bearer ", "");
    return key.substring(0, 3) + "*****" + key.substring(key.length() - 4);
  }

  private static Reply quoting(String key) {
    return json(
        401,
        "{\"error\":{\"message\":\"Incorrect API key provided: %s.\",\"type\":\"invalid_request_error\"}}"
            .formatted(key));
  }

  private static Hooks login(BiPredicate<Call, Reply> which) {
    return Hooks.onReply(
        (c, r) ->
            which.test(c, r)
                ? Reply.Whole.text(302, "text/plain", "")
                    .header("Location", "https://sso.corp.example/login?next=/")
                : r);
  }

  private static URI onlyHealth(Stage s) {
    return s.serverless(login((c, r) -> c.path().equals("/health")));
  }

  private static Reply later() {
    return json(
        429, "{\"error\":{\"message\":\"Too many requests\",\"type\":\"rate_limit_error\"}}");
  }

  private static Reply json(int status, String text) {
    return Reply.Whole.text(status, "application/json", text);
  }
}
