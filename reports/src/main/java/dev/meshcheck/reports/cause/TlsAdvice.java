package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.network.CertificatePicture;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.network.TlsPicture.Trouble;
import dev.meshcheck.reports.text.Plain;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to do about a handshake or a certificate that is one of a known kind. */
final class TlsAdvice {

  /**
   * What ingresses and distributions show where nobody has given them a certificate.
   *
   * @see <a href="https://kubernetes.github.io/ingress-nginx/user-guide/tls/">ingress-nginx</a>
   * @see <a href="https://doc.traefik.io/traefik/https/tls/#default-certificate">Traefik</a>
   */
  private static final Pattern DEFAULT =
      Pattern.compile(
          "(?i)(traefik[ .]default|ingress controller fake|ingress\\.local|default certificate"
              + "|^localhost(\\.localdomain)?$)");

  /** Who opens TLS on the way, by the names of the authorities that they install. */
  private static final Pattern INSPECTOR =
      Pattern.compile(
          "(?i)(zscaler|netskope|forti(net|gate)|palo ?alto|blue ?coat|umbrella|forcepoint|mcafee|trellix|sophos"
              + "|check ?point|cato networks|iboss|barracuda|watchguard|sonicwall|kaspersky|\\beset\\b|avast|avg web"
              + "|bitdefender|mitmproxy|charles proxy|fiddler|portswigger)");

  /** What Java says where the other side hangs up, with a reset or without. */
  private static final Pattern CLOSED =
      Pattern.compile("(?i)(connection reset|terminated the handshake)");

  private static final int LONGEST_NAME = 80;

  private TlsAdvice() {}

  /** The step, for a host of that name. */
  static Optional<String> of(TlsPicture tls, String host) {
    if (tls.troubles().contains(Trouble.HANDSHAKE)) {
      return ofAlert(tls.message(), host);
    }
    boolean refused =
        tls.troubles().contains(Trouble.UNTRUSTED) || tls.troubles().contains(Trouble.WRONG_HOST);
    return refused
        ? tls.chain().stream().findFirst().flatMap(leaf -> of(tls, leaf, host))
        : Optional.empty();
  }

  private static Optional<String> ofAlert(String message, String host) {
    if (message.contains("unrecognized_name")) {
      return Optional.of(
          "Check the name in --host: the server has no certificate for "
              + host
              + " (SNI), or have one set up there.");
    }
    return Optional.of(
            "Look who listens on the port: the connection is closed without a word of TLS, as by a port mapper with"
                + " nothing behind it, or by a firewall that lets nobody through to this name.")
        .filter(step -> CLOSED.matcher(message).find());
  }

  private static Optional<String> of(TlsPicture tls, CertificatePicture leaf, String host) {
    boolean isDefault =
        DEFAULT.matcher(leaf.subject()).find() || DEFAULT.matcher(leaf.issuer()).find();
    // Of a host that is called so, it is no stranger's.
    if (isDefault && !leaf.isFor(host) && !leaf.subject().equalsIgnoreCase(host)) {
      return Optional.of(
          "Have a certificate and a route set up for "
              + host
              + " where TLS ends: what is shown is the default one, as for every name that is not known there.");
    }
    if (INSPECTOR.matcher(leaf.issuer()).find()) {
      return Optional.of(
          "Give the authority of "
              + shown(leaf.issuer())
              + " with --ca-bundle: it opens TLS on the way and signs in the host's place, so nothing is known of the"
              + " host's own certificate.");
    }
    boolean alone = tls.chain().size() == 1 && !leaf.issuer().equals(leaf.subject());
    return Optional.of(
            "Have the server send the certificate of "
                + shown(leaf.issuer())
                + " beside its own, if that is no root: it sends one certificate, and clients that trust the root alone"
                + " cannot follow it.")
        .filter(step -> alone && tls.troubles().contains(Trouble.UNTRUSTED));
  }

  /** A certificate may hold any characters. */
  private static String shown(String name) {
    return Plain.line(name, LONGEST_NAME);
  }
}
