package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** What is wrong on the way to the host. */
final class NetworkScenes {

  private NetworkScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "dns-not-found",
            "the name no-such-host.invalid does not resolve",
            "getent hosts no-such-host.invalid",
            stage -> stage.user("serverless").diagnose("https://no-such-host.invalid"),
            stage -> stage.user("serverless").diagnose(closed())),
        new Scenario(
            "proxy-needed",
            "it answers 200",
            "--proxy http://127.0.0.1:",
            stage -> {
              URI proxy = stage.raw(RawServer.proxy("200 Connection established"));
              stage.resolver(NetworkScenes::nobodyKnows).flag(Setting.PROXY, "none");
              return stage
                  .user("serverless")
                  .env("HTTPS_PROXY", proxy.toString())
                  .diagnose("https://inference.corp.example");
            },
            stage -> {
              URI proxy = stage.raw(RawServer.proxy("200 Connection established"));
              stage.env("HTTPS_PROXY", proxy.toString()).env("NO_PROXY", "127.0.0.1");
              return stage.user("serverless").diagnose(closed());
            }),
        new Scenario(
            "connection-refused",
            "refuses the connection",
            "curl -sv https://127.0.0.1:",
            stage -> stage.user("serverless").diagnose(closed()),
            stage -> stage.diagnose(stage.serverless())),
        new Scenario(
            "connect-timeout",
            "does not answer to a connection attempt",
            "curl -sv --connect-timeout 5",
            stage -> stage.user("serverless").flag(Setting.TIMEOUT, "1").diagnose(full(stage)),
            stage -> stage.user("serverless").flag(Setting.TIMEOUT, "1").diagnose(closed())),
        new Scenario(
            "one-address-dead",
            "127.0.0.9: connection-refused",
            "curl -sS -m 10 --connect-to ::127.0.0.9: ",
            stage -> {
              InetAddress mine = InetAddress.getLocalHost();
              stage.resolver(name -> List.of(mine, InetAddress.getByName("127.0.0.9")));
              return stage.diagnose(onOwnName(stage, mine));
            },
            stage -> stage.diagnose(onOwnName(stage, InetAddress.getLocalHost()))),
        new Scenario(
            "port-speaks-no-tls",
            "the port answers with no TLS",
            "give --host http://127.0.0.1:",
            stage -> stage.diagnose(stage.serverless().toString().replace("http:", "https:")),
            stage -> stage.diagnose(trusted(stage, Certificates.GOOD))),
        new Scenario(
            "tls-expired",
            "expired.example expired at ",
            "| openssl x509 -noout -dates",
            stage -> stage.diagnose(trusted(stage, Certificates.EXPIRED)),
            stage -> stage.diagnose(trusted(stage, Certificates.GOOD))),
        new Scenario(
            "tls-wrong-host",
            "the certificate is for elsewhere.example, and not for 127.0.0.1",
            "-ext subjectAltName",
            stage -> stage.diagnose(trusted(stage, Certificates.ELSEWHERE)),
            stage -> stage.diagnose(trusted(stage, Certificates.GOOD))),
        new Scenario(
            "tls-untrusted",
            "good.example is signed by itself, 1 in the chain",
            "--ca-bundle ",
            stage -> stage.diagnose(stage.tls(Certificates.GOOD, stage.serverless())),
            stage -> stage.diagnose(trusted(stage, Certificates.GOOD))),
        new Scenario(
            "tls-certificate-unsuitable",
            "client.example is refused: ",
            "extendedKeyUsage=serverAuth",
            stage -> stage.diagnose(trusted(stage, Certificates.CLIENT)),
            stage -> stage.diagnose(trusted(stage, Certificates.SIGNED))),
        new Scenario(
            "http2-is-not-spoken",
            "the TLS handshake chooses h2",
            "alpn http/1.1",
            stage -> stage.diagnose(offering(stage, "h2", "http/1.1")),
            stage -> stage.diagnose(offering(stage, "http/1.1"))),
        new Scenario(
            "tls-handshake-failed",
            "the handshake ends with: ",
            "openssl s_client -connect 127.0.0.1:",
            stage -> {
              // Alert, TLS 1.2, two bytes: fatal, handshake_failure. RFC 8446, section 6.
              byte[] alert = {21, 3, 3, 0, 2, 2, 40};
              URI host =
                  stage.raw(
                      (in, out) -> {
                        in.read(new byte[4096]);
                        out.write(alert);
                      });
              return stage.user("serverless").diagnose("https://127.0.0.1:" + host.getPort());
            },
            stage -> stage.diagnose(stage.serverless().toString().replace("http:", "https:"))),
        new Scenario(
            "tls-expires-soon",
            "the certificate expires in 4 days",
            "-noout -enddate",
            stage -> stage.diagnose(trusted(stage, Certificates.ENDING)),
            stage -> stage.diagnose(trusted(stage, Certificates.GOOD))),
        new Scenario(
            "tls-certificate-weak",
            "the key of weak.example has 1024 bits (RSA)",
            "a key of 2048 bits or more",
            stage -> stage.diagnose(trusted(stage, Certificates.WEAK)),
            stage -> stage.diagnose(trusted(stage, Certificates.SIGNED))),
        new Scenario(
            "proxy-refuses-connect",
            "it answers 403",
            "export NO_PROXY=\"$NO_PROXY,127.0.0.1\"",
            stage -> {
              URI proxy = stage.raw(RawServer.proxy("403 Forbidden"));
              stage.env("https_proxy", proxy.toString()).flag(Setting.PROXY, "none");
              return stage.diagnose(trusted(stage, Certificates.GOOD));
            },
            stage -> {
              URI proxy = stage.raw(RawServer.proxy("403 Forbidden"));
              stage.env("https_proxy", proxy.toString()).env("no_proxy", "example.com,127.0.0.1");
              return stage.diagnose(trusted(stage, Certificates.GOOD));
            }),
        new Scenario(
            "proxy-unreachable",
            "it refuses the connection",
            "--proxy none",
            stage ->
                stage
                    .user("serverless")
                    .flag(Setting.PROXY, closed().toString().replace("https", "http"))
                    .diagnose("https://inference.corp.example"),
            stage -> stage.user("serverless").diagnose(closed())),
        new Scenario(
            "proxy-wants-login",
            "it answers 407: it wants a login (Basic)",
            "Put USER:PASSWORD@ in front of 127.0.0.1:",
            stage -> behind(stage, "407 Who\r\nProxy-Authenticate: Basic realm=\"corp\""),
            stage -> behind(stage, "403 Forbidden")),
        new Scenario(
            "proxy-opens-no-tunnel",
            "it answers 503: it cannot reach the host",
            "Have inference.corp.example:443 allowed on http://127.0.0.1:",
            stage -> behind(stage, "503 Service Unavailable"),
            stage -> behind(stage, "407 Who")));
  }

  /** A host that is reached through a proxy that answers with that status line alone. */
  private static DiagnosisReport behind(Stage stage, String status) throws IOException {
    URI proxy = stage.raw(RawServer.proxy(status));
    return stage
        .user("serverless")
        .env("HTTPS_PROXY", proxy.toString())
        .diagnose("https://inference.corp.example");
  }

  static List<InetAddress> nobodyKnows(String name) throws UnknownHostException {
    if (name.matches("[0-9.]+")) {
      return List.of(InetAddress.getByName(name));
    }
    throw new UnknownHostException(name);
  }

  static URI trusted(Stage stage, Certificates certificate) throws Exception {
    URI host = stage.tls(certificate, stage.serverless());
    stage.flag(Setting.CA_BUNDLE, certificate.pem(stage.home()).toString());
    return host;
  }

  /** TLS that chooses one of these protocols, in front of a server that speaks HTTP/1.1. */
  private static URI offering(Stage stage, String... protocols) throws Exception {
    TlsFront front =
        stage.keep(
            new TlsFront(Certificates.GOOD.store(stage.home()), stage.serverless(), protocols));
    stage.flag(Setting.CA_BUNDLE, Certificates.GOOD.pem(stage.home()).toString());
    return URI.create("https://127.0.0.1:" + front.port());
  }

  private static URI onOwnName(Stage stage, InetAddress mine) throws IOException {
    int port = stage.keep(new TlsFront(mine, stage.serverless())).port();
    return URI.create("http://" + mine.getHostName() + ":" + port);
  }

  private static URI closed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("https://127.0.0.1:" + server.getLocalPort());
    }
  }

  /** A port whose queue is full, so that the kernel drops what comes. */
  private static URI full(Stage stage) throws IOException {
    ServerSocket server = stage.keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    for (int i = 0; i < 4; i++) {
      Socket waiting = stage.keep(new Socket());
      try {
        waiting.connect(server.getLocalSocketAddress(), 200);
      } catch (IOException e) {
        // Full already.
      }
    }
    return URI.create("https://127.0.0.1:" + server.getLocalPort());
  }
}
