package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.Route;
import dev.meshcheck.fixtures.gateway.Rule;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Settings that do not fit the host, and proxies that have to be taken. */
final class UserSetups {

  private static final String KIND = "settings";
  private static final String PROXY = "proxy";

  private UserSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            KIND,
            "host and control plane are swapped",
            "hosts-swapped",
            s -> {
              URI inference = s.onDemand();
              s.flag(Setting.CONTROL_PLANE, inference.toString());
              s.env("TENSORMESH_CONTROL_PLANE_TOKEN", Stage.KNOWN.controlPlaneToken());
              return s.diagnose(s.gateway(GatewaySurface.CONTROL_PLANE));
            }),
        shows(
                KIND,
                "the name of the host leads to this machine, where nobody listens",
                "connection-refused",
                s -> {
                  int port = Program.freePort();
                  return s.user("serverless")
                      .flag(Setting.RESOLVE, "inference:%d:127.0.0.1".formatted(port))
                      .diagnose(URI.create("http://inference:" + port));
                })
            .saying("127.0.0.1 is this machine itself"),
        shows(
                KIND,
                "the key is the Base64 of the key",
                "key-malformed",
                s -> {
                  URI host = s.onDemand();
                  return s.key(base64(Stage.KNOWN.inferenceKey())).diagnose(host);
                })
            .saying("base64 -d"),
        shows(
            KIND,
            "the key is the Base64 of the key, and no model is known",
            "key-malformed",
            s -> {
              URI host = s.onDemand();
              s.noFlag(Setting.MODEL);
              return s.key(base64(Stage.KNOWN.inferenceKey())).diagnose(host);
            }),
        shows(
            KIND,
            "a wrong key is the Base64 of no key",
            "key-invalid",
            s -> {
              URI host = s.onDemand();
              return s.key(base64("a password, but no key")).diagnose(host);
            }),
        healthy(
            KIND,
            "a host takes the Base64 of what looks like a key",
            s -> {
              String key = base64(Stage.KNOWN.inferenceKey());
              URI host = s.onDemand();
              String right = "Bearer " + Stage.KNOWN.inferenceKey();
              String taken = "Bearer " + key;
              Stage told = s.key(key);
              return told.diagnose(
                  Fronts.nginx(
                      s,
                      "map $http_authorization $there { default $http_authorization; '%s' '%s'; } "
                          .formatted(taken, right),
                      "location / { proxy_set_header Authorization $there; proxy_pass %s; }"
                          .formatted(host)));
            },
            "nginx"),
        shows(
                KIND,
                "the right key stands behind an old one",
                "key-invalid",
                s -> {
                  URI host = s.onDemand();
                  return s.env("MESHCHECK_INFERENCE_KEY", Stage.WRONG_KEY).diagnose(host);
                })
            .saying("which of the two keys is of this host: another inference-key is set"),
        shows(
                KIND,
                "the user's own limit is shorter than the host needs",
                "timeout-before-headers",
                s -> {
                  Duration late = Duration.ofSeconds(9);
                  URI host =
                      s.onDemand(Hooks.onReply((c, r) -> r.deliver(d -> d.beforeHeaders(late))));
                  return s.noFlag(Setting.TIMEOUT)
                      .env("TENSORMESH_TIMEOUT_SECONDS", "1")
                      .diagnose(host);
                })
            .saying("Raise the time limit"),
        shows(
            KIND,
            "an old config.toml holds a revoked key",
            "config-toml-stale",
            s -> {
              URI host = s.onDemand();
              s.noEnv("TENSORMESH_INFERENCE_API_KEY");
              s.file(
                  ".config/tensormesh/config.toml",
                  "[managed]\nsynced_at = \"2026-01-05T08:00:00Z\"\ngateway_api_key = \"%s\"\ngateway_user_id = \"%s\"\n"
                      .formatted(Stage.WRONG_KEY, Stage.KNOWN.userId()));
              return s.noFlag(Setting.USER_ID).diagnose(host);
            }),
        shows(
            KIND,
            "an old config.toml holds the revoked key of a forbidden account",
            "config-toml-stale key-forbidden",
            s -> {
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (c, r) ->
                              r.status() == 401
                                      && c.header("Authorization").orElse("").contains("ak-0123")
                                  ? r.withStatus(403)
                                  : r));
              s.noEnv("TENSORMESH_INFERENCE_API_KEY");
              s.file(
                  ".config/tensormesh/config.toml",
                  "[managed]\nsynced_at = \"2026-01-05T08:00:00Z\"\ngateway_api_key = \"%s\"\n"
                      .formatted(Stage.WRONG_KEY));
              return s.diagnose(host);
            }),
        shows(
                KIND,
                "127.0.0.1, where only ::1 listens",
                "connection-refused",
                s -> {
                  URI gateway = s.onDemand();
                  int port =
                      s.keep(
                              new TlsFront(
                                  new ServerSocket(0, 50, InetAddress.getAllByName("::1")[0]),
                                  gateway))
                          .port();
                  return s.diagnose("http://127.0.0.1:" + port);
                })
            .saying("[::1]"),
        shows(
                KIND,
                "localhost means 127.0.0.1 here, and only ::1 listens",
                "connection-refused",
                s -> {
                  URI gateway = s.onDemand();
                  int port =
                      s.keep(
                              new TlsFront(
                                  new ServerSocket(0, 50, InetAddress.getAllByName("::1")[0]),
                                  gateway))
                          .port();
                  s.resolver(
                      name ->
                          List.of(
                              InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1})));
                  return s.diagnose("http://localhost:" + port);
                })
            .saying("[::1]"),
        shows(
            KIND,
            "a wrong key, and the model list is open",
            "key-invalid",
            s -> {
              URI host =
                  s.onDemand(
                      Hooks.onRules(
                          r ->
                              r.breaking(
                                  Rule.KEY, Set.of(Route.MODELS, Route.HEALTH, Route.VERSION))));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        shows(
            KIND,
            "a wrong key on a server that is just OpenAI-compatible",
            "key-invalid",
            s -> {
              URI host = s.serverless();
              return s.flag(Setting.SURFACE, "openai-compatible")
                  .key(Stage.WRONG_KEY)
                  .diagnose(host);
            }),
        shows(
            KIND,
            "an OpenAI-compatible server that does not look at keys",
            "keys-not-looked-at",
            s -> {
              URI host = s.serverless(Hooks.onRules(r -> r.breaking(Rule.KEY, Set.of())));
              return s.flag(Setting.SURFACE, "openai-compatible").diagnose(host);
            }),
        healthy(
            KIND,
            "an OpenAI-compatible server that looks at keys",
            s -> s.flag(Setting.SURFACE, "openai-compatible").diagnose(s.serverless())),
        shows(
            KIND,
            "NO_PROXY takes a network out",
            "connection-refused",
            s -> {
              URI proxy = s.raw(RawServer.proxy("200 Connection established"));
              s.env("HTTPS_PROXY", proxy.toString()).env("NO_PROXY", "10.0.0.0/8,127.0.0.0/8");
              return s.user("serverless").diagnose("https://127.0.0.1:" + Program.freePort());
            }),
        healthy(
            PROXY,
            "squid leads to a host whose name nobody else knows",
            s -> {
              URI host = s.tls(Certificates.NAMED, s.onDemand());
              s.flag(Setting.CA_BUNDLE, Certificates.NAMED.pem(s.home()).toString());
              URI proxy =
                  Fronts.squid(s, "127.0.0.1 inference.corp.example\n", "http_access allow all");
              return unknownName(s)
                  .env("https_proxy", proxy.toString())
                  .diagnose("https://inference.corp.example:" + host.getPort());
            },
            "squid"),
        shows(
                KIND,
                "key and user id are swapped",
                "user-id-malformed",
                s -> {
                  URI host = s.onDemand();
                  s.key(Stage.KNOWN.userId()).flag(Setting.USER_ID, Stage.KNOWN.inferenceKey());
                  return s.diagnose(host);
                })
            .saying("the two seem to be swapped"),
        shows(
                PROXY,
                "a proxy that says 401 to a login that is wrong",
                "proxy-wants-login",
                s -> {
                  URI proxy =
                      s.raw(
                          RawServer.proxy(
                              "401 Unauthorized\r\nProxy-Authenticate: Basic realm=\"corp\""));
                  return s.user("serverless")
                      .env("HTTPS_PROXY", "http://me:old@127.0.0.1:" + proxy.getPort())
                      .diagnose("https://inference.corp.example");
                })
            .saying("it refuses the login"),
        shows(
                PROXY,
                "squid takes no TLS, and is given with https",
                "proxy-opens-no-tunnel",
                s -> {
                  int port = Fronts.squid(s, "", "http_access allow all").getPort();
                  return s.user("on-demand")
                      .env("HTTPS_PROXY", "https://127.0.0.1:" + port)
                      .diagnose("https://inference.corp.example");
                },
                "squid")
            .saying("give it as http://127.0.0.1:"),
        shows(
                PROXY,
                "a proxy for SOCKS is given as one for HTTP",
                "proxy-opens-no-tunnel",
                s -> behindSocks(s, "HTTPS_PROXY", "https://inference.corp.example"))
            .saying("it speaks SOCKS"),
        shows(
                PROXY,
                "a proxy for SOCKS, and a host without TLS",
                "proxy-opens-no-tunnel",
                s -> behindSocks(s, "HTTP_PROXY", "http://10.77.0.5:8000"))
            .saying("it speaks SOCKS"),
        shows(
                PROXY,
                "NO_PROXY holds a URL, and the proxy is gone",
                "proxy-unreachable",
                s ->
                    s.user("on-demand")
                        .env("HTTP_PROXY", "http://127.0.0.1:" + Program.freePort())
                        .env("NO_PROXY", "localhost,http://10.77.0.5:8000/")
                        .diagnose("http://10.77.0.5:8000"))
            .saying("write 10.77.0.5:8000"),
        shows(
                PROXY,
                "NO_PROXY holds a URL, and squid refuses",
                "proxy-answers-instead",
                s ->
                    s.user("on-demand")
                        .env("HTTP_PROXY", Fronts.squid(s, "", "http_access deny all").toString())
                        .env("NO_PROXY", "http://10.77.0.5:8000/")
                        .diagnose("http://10.77.0.5:8000"),
                "squid")
            .saying("Correct NO_PROXY first"),
        shows(
            PROXY,
            "only squid knows the name, and no proxy is wanted",
            "proxy-needed",
            s -> {
              URI host = s.tls(Certificates.GOOD, s.onDemand());
              URI proxy =
                  Fronts.squid(s, "127.0.0.1 inference.corp.example\n", "http_access allow all");
              return unknownName(s)
                  .env("https_proxy", proxy.toString())
                  .env("no_proxy", ".corp.example")
                  .diagnose("https://inference.corp.example:" + host.getPort());
            },
            "squid"),
        shows(
                PROXY,
                "squid does not know the name either",
                "proxy-opens-no-tunnel",
                s -> {
                  URI proxy =
                      Fronts.squid(
                          s,
                          "127.0.0.1 other.example\n",
                          "http_access allow all\ndns_nameservers 127.0.0.1\ndns_timeout 1 seconds");
                  return unknownName(s)
                      .user("on-demand")
                      .env("https_proxy", proxy.toString())
                      .diagnose("https://inference.corp.invalid:8443");
                },
                "squid")
            .saying("the proxy http://127.0.0.1:"),
        shows(
                PROXY,
                "squid refuses, and nobody here knows the name",
                "proxy-opens-no-tunnel",
                s -> {
                  URI proxy =
                      Fronts.squid(s, "127.0.0.1 inference.corp.example\n", "http_access deny all");
                  return unknownName(s)
                      .user("on-demand")
                      .env("https_proxy", proxy.toString())
                      .diagnose("https://inference.corp.example:8443");
                },
                "squid")
            .saying("it answers 403"),
        shows(
            PROXY,
            "squid stands where the host should",
            "proxy-answers-instead",
            s -> s.user("on-demand").diagnose(Fronts.squid(s, "", "http_access deny all")),
            "squid"));
  }

  private static Stage unknownName(Stage stage) {
    return stage.resolver(NetworkScenes::nobodyKnows);
  }

  /** Answers the greeting of version 5, and closes on anything else. */
  private static DiagnosisReport behindSocks(Stage stage, String variable, String host)
      throws Exception {
    String proxy = stage.raw(UserSetups::socks).toString();
    return stage.user("on-demand").env(variable, proxy).diagnose(host);
  }

  private static void socks(InputStream in, OutputStream out) throws IOException {
    if (in.read() == 5) {
      out.write(new byte[] {5, 0});
    }
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
  }
}
