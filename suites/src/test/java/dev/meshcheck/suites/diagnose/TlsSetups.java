package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** TLS as real servers speak it. */
final class TlsSetups {

  static final String KIND = "TLS";
  private static final String PLAIN = "http-instead-of-https";

  private static final String UNTRUSTED = "tls-untrusted";
  private static final String REJECTS = "ssl_reject_handshake on; server_name localhost;";

  private TlsSetups() {}

  static List<Setup> all() {
    return List.of(
        healthy(
            KIND, "nginx picks the certificate by a name without a dot", s -> named(s), "nginx"),
        healthy(KIND, "nginx with TLS", s -> nginx(s, ""), "nginx"),
        healthy(
            KIND,
            "an expired certificate is sent beside the one that counts",
            TlsSetups::beside,
            "nginx"),
        healthy(KIND, "haproxy with TLS", s -> haproxy(s, ""), "haproxy"),
        healthy(
            KIND,
            "stunnel",
            s -> s.diagnose(trusted(s, Fronts.stunnel(s, s.onDemand(), pair(s), ""))),
            "stunnel4"),
        shows(
            KIND,
            "nghttpx speaks HTTP/2 only",
            "speaks-http2-only",
            s -> s.diagnose(trusted(s, Fronts.nghttpx(s, s.serverless(), pair(s)))),
            "nghttpx"),
        shows(
            KIND,
            "nginx would speak HTTP/2, and hangs up",
            "connection-closed",
            s ->
                s.user("serverless")
                    .diagnose(
                        trusted(
                            s,
                            Fronts.nginxTls(
                                s,
                                "server { listen PORT ssl http2; ssl_certificate %1$s; ssl_certificate_key %1$s; return 444; }"
                                    .formatted(pair(s))))),
            "nginx"),
        shows(
            KIND,
            "haproxy passes bytes on, and offers HTTP/2 for a server that speaks none",
            "http2-is-not-spoken",
            s -> bytes(s, "h2,http/1.1"),
            "haproxy"),
        healthy(
            KIND,
            "haproxy passes bytes on, and offers HTTP/1.1",
            s -> remarkless(bytes(s, "http/1.1")),
            "haproxy"),
        healthy(
            KIND,
            "haproxy speaks HTTP/2 itself",
            s -> remarkless(haproxy(s, "alpn h2,http/1.1")),
            "haproxy"),
        shows(
                KIND,
                "nginx shows a certificate for clients",
                "tls-certificate-unsuitable",
                s -> nginx(s, Certificates.CLIENT, ""),
                "nginx")
            .saying("Extended key usage"),
        shows(
                KIND,
                "nginx knows nobody of that name",
                "tls-handshake-failed",
                s -> nginx(s, Certificates.SIGNED, "ssl_reject_handshake on;"),
                "nginx")
            .saying("127.0.0.1 is an address, so the handshake named no server"),
        shows(
                KIND,
                "nginx knows nobody of that name, which is one",
                "tls-handshake-failed",
                s -> {
                  String none = server(s, "listen PORT ssl", Certificates.GOOD, REJECTS);
                  URI host = trusted(s, Fronts.nginxTls(s, none));
                  return s.diagnose("https://localhost:" + host.getPort());
                },
                "nginx")
            .saying("no certificate for localhost"),
        shows(
                KIND,
                "Caddy is asked by its address",
                "tls-handshake-failed",
                s ->
                    s.diagnose(
                        Fronts.https(
                            Fronts.caddy(
                                s,
                                "https://inference.corp.example:PORT {\n bind 127.0.0.1\n tls %1$s %1$s\n reverse_proxy %2$s\n}"
                                    .formatted(Certificates.NAMED.pair(s.home()), s.onDemand())))),
                "caddy")
            .saying("--resolve NAME:PORT:127.0.0.1"),
        shows(
                KIND,
                "nginx sends another certificate than the one that signed",
                UNTRUSTED,
                s ->
                    chain(
                        s, Certificates.ELSEWHERE.pem(s.home()), Certificates.CLIENT.pem(s.home())),
                "nginx")
            .saying("authority.signed.example in place of that of elsewhere.example"),
        healthy(
            KIND,
            "nginx sends another one beside, and the one that signed is trusted",
            s ->
                remarkless(
                    chain(
                        s,
                        Certificates.ELSEWHERE.pem(s.home()),
                        Certificates.SIGNED.pem(s.home()))),
            "nginx"),
        shows(
                KIND,
                "the authority of that name has a new key",
                UNTRUSTED,
                s -> {
                  Path before = Files.createDirectories(s.home().resolve("before"));
                  s.flag(Setting.CA_BUNDLE, Certificates.SIGNED.pem(before).toString());
                  return s.diagnose(
                      Fronts.nginxTls(s, server(s, "listen PORT ssl", Certificates.SIGNED, "")));
                },
                "nginx")
            .saying(
                "a certificate of authority.signed.example is trusted here, and its key is another"),
        shows(
                KIND,
                "the bundle holds the certificate of another server",
                UNTRUSTED,
                s -> {
                  s.flag(Setting.CA_BUNDLE, Certificates.CLIENT.own(s.home()).toString());
                  return s.diagnose(
                      Fronts.nginxTls(s, server(s, "listen PORT ssl", Certificates.SIGNED, "")));
                },
                "nginx")
            .saying("the bundle holds no authority, only the certificate of a server"),
        shows(
                KIND,
                "--resolve leads to somebody else's server",
                "tls-wrong-host",
                s -> {
                  URI there =
                      Fronts.nginxTls(s, server(s, "listen PORT ssl", Certificates.ELSEWHERE, ""));
                  s.flag(Setting.CA_BUNDLE, Certificates.ELSEWHERE.pem(s.home()).toString());
                  String name = "inference.corp.example:" + there.getPort();
                  return s.flag(Setting.RESOLVE, name + ":127.0.0.1").diagnose("https://" + name);
                },
                "nginx")
            .saying("Take inference.corp.example out of --resolve"),
        shows(
            KIND,
            "the address stands in the certificate as a name",
            "tls-wrong-host",
            s -> {
              URI host = s.tls(Certificates.AS_A_NAME, s.serverless());
              return s.flag(Setting.CA_BUNDLE, Certificates.AS_A_NAME.pem(s.home()).toString())
                  .diagnose(host);
            }),
        shows(
                KIND,
                "a proxy cuts the tunnel that it opened",
                "tls-handshake-failed",
                s -> {
                  URI proxy = s.raw(RawServer.proxy("200 Connection established"));
                  return s.user("serverless")
                      .env("HTTPS_PROXY", proxy.toString())
                      .diagnose("https://inference.corp.example");
                })
            .saying("which opened the tunnel and may be who cut it"),
        healthy(
            KIND,
            "nginx shows a certificate of an authority",
            s -> remarkless(nginx(s, Certificates.SIGNED, "")),
            "nginx"),
        healthy(
            KIND,
            "a certificate that lives for days by design",
            s -> remarkless(s.diagnose(NetworkScenes.trusted(s, Certificates.SHORT)))),
        shows(
            KIND,
            "http on a TLS port of Apache",
            PLAIN,
            s -> s.diagnose(http(apache(s, ""))),
            "apache2"),
        shows(
            KIND,
            "http on a TLS port of nginx",
            PLAIN,
            s ->
                s.diagnose(
                    http(Fronts.nginxTls(s, server(s, "listen PORT ssl", Certificates.GOOD, "")))),
            "nginx"),
        shows(
            KIND,
            "http on a TLS port of haproxy",
            PLAIN,
            s ->
                s.diagnose(
                    http(
                        Fronts.haproxy(
                            s,
                            "ssl crt " + pair(s),
                            "  default_backend there",
                            Fronts.backend("there", s.onDemand())))),
            "haproxy"),
        shows(
            KIND,
            "http on a TLS port of stunnel",
            PLAIN,
            s -> s.diagnose(http(Fronts.stunnel(s, s.onDemand(), pair(s), ""))),
            "stunnel4"),
        shows(
            KIND,
            "http on a TLS port of Caddy",
            PLAIN,
            s ->
                s.diagnose(
                    Fronts.caddy(
                        s,
                        "https://localhost:PORT {\n tls "
                            + pair(s)
                            + " "
                            + pair(s)
                            + "\n reverse_proxy "
                            + s.onDemand()
                            + "\n}")),
            "caddy"),
        shows(
                KIND,
                "only TLS 1.1",
                "tls-handshake-failed",
                s ->
                    haproxy(
                        s, "ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.1 ciphers DEFAULT@SECLEVEL=0"),
                "haproxy")
            .saying("nothing newer than TLS 1.1"),
        healthy(KIND, "only TLS 1.3", s -> haproxy(s, "ssl-min-ver TLSv1.3"), "haproxy"));
  }

  /** Remarks count as well where there must be none. */
  private static DiagnosisReport remarkless(DiagnosisReport report) {
    if (!report.causes().isEmpty()) {
      throw new AssertionError(report.json());
    }
    return report;
  }

  private static DiagnosisReport named(Stage stage) throws Exception {
    String good = server(stage, "listen PORT ssl", Certificates.GOOD, "server_name localhost;");
    String other = server(stage, "listen PORT ssl default_server", Certificates.ELSEWHERE, "");
    URI host = trusted(stage, Fronts.nginxTls(stage, other + good));
    return stage.diagnose("https://localhost:" + host.getPort());
  }

  private static String server(Stage stage, String listen, Certificates certificate, String lines)
      throws Exception {
    Path pair = certificate.pair(stage.home());
    return "server { %s; ssl_certificate %s; ssl_certificate_key %s; %s location / { proxy_pass %s; } } "
        .formatted(listen, pair, pair, lines, stage.onDemand());
  }

  static DiagnosisReport nginx(Stage stage, String lines) throws Exception {
    return nginx(stage, Certificates.GOOD, lines);
  }

  static DiagnosisReport nginx(Stage stage, Certificates certificate, String lines)
      throws Exception {
    stage.flag(Setting.CA_BUNDLE, certificate.pem(stage.home()).toString());
    return stage.diagnose(
        Fronts.nginxTls(stage, server(stage, "listen PORT ssl", certificate, lines)));
  }

  static DiagnosisReport haproxy(Stage stage, String bind) throws Exception {
    return stage.diagnose(
        trusted(
            stage,
            Fronts.https(
                Fronts.haproxy(
                    stage,
                    "ssl crt " + pair(stage) + " " + bind,
                    "  default_backend there",
                    Fronts.backend("there", stage.onDemand())))));
  }

  /** TLS ends in haproxy, which does not look into what it passes on. */
  private static DiagnosisReport bytes(Stage stage, String protocols) throws Exception {
    return stage.diagnose(
        trusted(
            stage,
            Fronts.https(
                Fronts.haproxy(
                    stage,
                    "ssl crt %s alpn %s".formatted(pair(stage), protocols),
                    "  mode tcp\n  default_backend there",
                    Fronts.backend("there", stage.onDemand()) + "\n  mode tcp"))));
  }

  private static DiagnosisReport beside(Stage stage) throws Exception {
    Path pair = Certificates.GOOD.pair(stage.home());
    String both = Files.readString(pair) + Files.readString(Certificates.EXPIRED.pem(stage.home()));
    Path file = stage.file("both.pem", both);
    stage.flag(Setting.CA_BUNDLE, Certificates.GOOD.pem(stage.home()).toString());
    URI host = stage.serverless();
    return stage.diagnose(
        Fronts.nginxTls(
            stage,
            "server { listen PORT ssl; ssl_certificate %1$s; ssl_certificate_key %1$s; %2$s }"
                .formatted(file, "location / { proxy_pass %s; }".formatted(host))));
  }

  /** A certificate of an authority, and behind it that one, for somebody who trusts this one. */
  private static DiagnosisReport chain(Stage stage, Path behind, Path trusted) throws Exception {
    Path pair = Certificates.SIGNED.pair(stage.home());
    Path file = stage.file("chain.pem", Files.readString(pair) + Files.readString(behind));
    stage.flag(Setting.CA_BUNDLE, trusted.toString());
    return stage.diagnose(
        Fronts.nginxTls(
            stage,
            "server { listen PORT ssl; ssl_certificate %1$s; ssl_certificate_key %1$s; location / { proxy_pass %2$s; } }"
                .formatted(file, stage.onDemand())));
  }

  static URI apache(Stage stage, String lines) throws Exception {
    Path pair = pair(stage);
    return Fronts.https(
        Fronts.apache(
            stage,
            "SSLEngine on\nSSLCertificateFile %s\nSSLCertificateKeyFile %s\n%s\nProxyPass / %s/ flushpackets=on"
                .formatted(pair, pair, lines, stage.onDemand())));
  }

  static Path pair(Stage stage) throws Exception {
    return Certificates.GOOD.pair(stage.home());
  }

  private static URI http(URI https) {
    return URI.create(https.toString().replaceFirst("^https:", "http:"));
  }

  static URI trusted(Stage stage, URI host) throws Exception {
    stage.flag(Setting.CA_BUNDLE, Certificates.GOOD.pem(stage.home()).toString());
    return host;
  }
}
