package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.settings.Setting;
import java.util.List;

/** Servers that ask for a certificate of the client. */
final class ClientCertificateSetups {

  private static final String CLIENT = "tls-client-certificate-needed";

  private ClientCertificateSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            TlsSetups.KIND,
            "haproxy wants a certificate of the client",
            CLIENT,
            s ->
                TlsSetups.haproxy(
                    s, "verify required ca-file " + Certificates.ELSEWHERE.pem(s.home())),
            "haproxy"),
        shows(
            TlsSetups.KIND,
            "haproxy wants one, with TLS 1.2",
            CLIENT,
            s ->
                TlsSetups.haproxy(
                    s,
                    "ssl-max-ver TLSv1.2 verify required ca-file "
                        + Certificates.ELSEWHERE.pem(s.home())),
            "haproxy"),
        shows(
            TlsSetups.KIND,
            "nginx wants a certificate of the client",
            CLIENT,
            s ->
                TlsSetups.nginx(
                    s,
                    "ssl_verify_client on; ssl_client_certificate "
                        + Certificates.ELSEWHERE.pem(s.home())
                        + ";"),
            "nginx"),
        shows(
                TlsSetups.KIND,
                "nginx names another authority than the one of the certificate that is shown",
                CLIENT,
                s -> {
                  s.flag(Setting.CLIENT_CERT, Certificates.GOOD.pair(s.home()).toString())
                      .flag(Setting.CLIENT_KEY, Certificates.GOOD.pair(s.home()).toString());
                  return TlsSetups.nginx(
                      s,
                      "ssl_verify_client optional_no_ca; ssl_client_certificate "
                          + Certificates.ELSEWHERE.pem(s.home())
                          + "; if ($ssl_client_verify != SUCCESS) { return 403 \"client certificate: $ssl_client_verify\"; }");
                },
                "nginx")
            .saying("client certificate: FAILED"),
        shows(
            TlsSetups.KIND,
            "stunnel wants a certificate of the client",
            CLIENT,
            s ->
                s.diagnose(
                    TlsSetups.trusted(
                        s,
                        Fronts.stunnel(
                            s,
                            s.onDemand(),
                            TlsSetups.pair(s),
                            "verifyChain = yes\nCAfile = "
                                + Certificates.ELSEWHERE.pem(s.home())))),
            "stunnel4"),
        shows(
            TlsSetups.KIND,
            "Apache wants a certificate of the client",
            CLIENT,
            s ->
                s.diagnose(
                    TlsSetups.trusted(
                        s,
                        TlsSetups.apache(
                            s,
                            "SSLVerifyClient require\nSSLCACertificateFile "
                                + Certificates.ELSEWHERE.pem(s.home())))),
            "apache2"),
        healthy(
            TlsSetups.KIND,
            "haproxy would take a certificate of the client, and needs none",
            s ->
                TlsSetups.haproxy(
                    s, "verify optional ca-file " + Certificates.ELSEWHERE.pem(s.home())),
            "haproxy"));
  }
}
