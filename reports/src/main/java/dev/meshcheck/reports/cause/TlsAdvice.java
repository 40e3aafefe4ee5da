package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.network.CertificatePicture;
import dev.meshcheck.fixtures.network.ChainFacts;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.network.TlsPicture.Trouble;
import dev.meshcheck.fixtures.settings.HostNames;
import dev.meshcheck.reports.text.Plain;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * What servers say that have no certificate without a name: Go and Caddy, nginx and Envoy,
   * OpenSSL.
   */
  private static final Pattern NO_NAME =
      Pattern.compile("(internal_error|unrecognized_name|handshake_failure)");

  private static final int LONGEST_NAME = 80;

  private TlsAdvice() {}

  /** The step, for a host of that name on that way. */
  static Optional<String> of(NetworkPicture network, String host) {
    return network.tls().flatMap(tls -> of(network, tls, host));
  }

  private static Optional<String> of(NetworkPicture network, TlsPicture tls, String host) {
    if (tls.troubles().contains(Trouble.HANDSHAKE)) {
      return ofAlert(network, tls, host);
    }
    boolean refused =
        tls.troubles().contains(Trouble.UNTRUSTED) || tls.troubles().contains(Trouble.WRONG_HOST);
    return refused
        ? tls.chain().stream().findFirst().flatMap(leaf -> of(tls, leaf, host))
        : Optional.empty();
  }

  private static Optional<String> ofAlert(NetworkPicture network, TlsPicture tls, String host) {
    if (tls.older().isPresent()) {
      return Optional.of(
          "Have TLS 1.2 or 1.3 switched on where TLS ends: nothing newer than "
              + tls.older().get()
              + " is spoken there, and no client of today goes on with that.");
    }
    if (isNameless(tls, host)) {
      return Optional.of(
          "Give the name that the server has a certificate for, if there is one: --host https://NAME:PORT, with"
              + " --resolve NAME:PORT:"
              + host
              + " where no resolver knows it. To an address no name is sent (SNI), and servers that pick their"
              + " certificate by it end the handshake.");
    }
    if (tls.message().contains("unrecognized_name")) {
      return Optional.of(
          "Check the name in --host: the server has no certificate for "
              + host
              + " (SNI), or have one set up there.");
    }
    if (!tls.endsSilently()) {
      return Optional.empty();
    }
    return Optional.of(
        network
            .through()
            .map(
                proxy ->
                    "Ask whoever runs the proxy "
                        + proxy.proxy().address()
                        + " whether it lets this name through: it opened the tunnel and may have cut it at the first"
                        + " bytes of TLS, as filters do; if it did not, the port behind is closed without a word.")
            .orElse(
                "Look who listens on the port: the connection is closed without a word of TLS, as by a port mapper with"
                    + " nothing behind it, or by a firewall that lets nobody through to this name."));
  }

  private static boolean isNameless(TlsPicture tls, String host) {
    return HostNames.isAddress(host) && NO_NAME.matcher(tls.message()).find();
  }

  /** What a handshake that failed shows beside its last word. */
  static List<String> ofHandshake(NetworkPicture network, String host) {
    List<String> known = new ArrayList<>();
    Optional<TlsPicture> tls = network.tls().filter(t -> t.troubles().contains(Trouble.HANDSHAKE));
    tls.flatMap(TlsPicture::older)
        .ifPresent(older -> known.add("asked for less, the server answers with " + older));
    tls.filter(t -> isNameless(t, host))
        .ifPresent(t -> known.add(host + " is an address, so the handshake named no server (SNI)"));
    tls.filter(TlsPicture::endsSilently)
        .flatMap(t -> network.through())
        .ifPresent(
            proxy ->
                known.add(
                    "it went through the proxy "
                        + proxy.proxy()
                        + ", which opened the tunnel and may be who cut it"));
    return known;
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
    if (tls.troubles().contains(Trouble.UNTRUSTED)) {
      Optional<String> known = ofFacts(tls.facts(), leaf);
      if (known.isPresent()) {
        return known;
      }
    }
    boolean alone = tls.chain().size() == 1 && !leaf.issuer().equals(leaf.subject());
    return Optional.of(
            "Have the server send the certificate of "
                + shown(leaf.issuer())
                + " beside its own, if that is no root: it sends one certificate, and clients that trust the root alone"
                + " cannot follow it.")
        .filter(step -> alone && tls.troubles().contains(Trouble.UNTRUSTED));
  }

  /** What signatures tell is surer than how many certificates were sent. */
  private static Optional<String> ofFacts(ChainFacts facts, CertificatePicture leaf) {
    if (facts.gap().isPresent() && facts.namesake().isEmpty()) {
      ChainFacts.Gap gap = facts.gap().get();
      return Optional.of(
          "Have the server send the certificate of "
              + shown(gap.issuer())
              + (gap.isOfThatName()
                  ? " with the key that signed, in place of the one of that name that it sends"
                  : " in place of that of " + shown(gap.sent()))
              + ", which did not sign the one of "
              + shown(gap.subject())
              + "; if it is a root, trust it instead.");
    }
    if (facts.namesake().isPresent()) {
      return Optional.of(
          "Give the certificate of "
              + shown(facts.namesake().get())
              + " as it is today with --ca-bundle: the one that is trusted here has that name and another key, as one"
              + " from before it was renewed.");
    }
    return facts.pinned().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Give the certificate of the authority, that of "
                + shown(leaf.issuer())
                + " or of the root above it, with --ca-bundle: the bundle holds none, and the server shows another"
                + " certificate than the one in it.");
  }

  /** Such a fact in the words of an evidence. */
  static List<String> told(ChainFacts facts) {
    List<String> told = new ArrayList<>();
    facts
        .gap()
        .map(
            gap ->
                gap.isOfThatName()
                    ? "what is sent as the certificate of %s has another key than the one that signed the one of %s"
                        .formatted(shown(gap.issuer()), shown(gap.subject()))
                    : "none that is sent signed the one of %s: that was %s, and what is sent there is of %s"
                        .formatted(shown(gap.subject()), shown(gap.issuer()), shown(gap.sent())))
        .ifPresent(told::add);
    facts
        .namesake()
        .map(
            name ->
                "a certificate of %s is trusted here, and its key is another than the one that signed"
                    .formatted(shown(name)))
        .ifPresent(told::add);
    if (!facts.pinned().isEmpty()) {
      told.add(
          "the bundle holds no authority, only %s of %s"
              .formatted(
                  facts.pinned().size() == 1
                      ? "the certificate of a server, that"
                      : "certificates of servers, those",
                  shown(String.join(", ", facts.pinned()))));
    }
    return told;
  }

  /** A certificate may hold any characters. */
  private static String shown(String name) {
    return Plain.line(name, LONGEST_NAME);
  }
}
