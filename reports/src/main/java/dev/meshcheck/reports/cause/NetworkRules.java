package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.fixtures.network.CertificatePicture;
import dev.meshcheck.fixtures.network.Contact;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.ProxyPicture;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.network.TlsPicture.Trouble;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.HostNames;
import dev.meshcheck.reports.text.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Causes that lie between this machine and the host. */
final class NetworkRules {

  private static final int SOON_DAYS = 14;

  /** Renewal is due at a third of the life or before; with less than that left it has failed. */
  private static final double SOON_SHARE = 0.15;

  private static final Set<Kind> PROXY_KINDS =
      Set.of(Kind.PROXY_UNREACHABLE, Kind.PROXY_AUTHENTICATION, Kind.PROXY_REFUSED);

  static final Map<String, Rule> ALL =
      Map.ofEntries(
          Map.entry("dns-not-found", NetworkRules::dnsNotFound),
          Map.entry("proxy-needed", NetworkRules::proxyNeeded),
          Map.entry("proxy-unreachable", NetworkRules::proxyUnreachable),
          Map.entry("proxy-wants-login", NetworkRules::proxyWantsLogin),
          Map.entry("proxy-opens-no-tunnel", NetworkRules::proxyOpensNoTunnel),
          Map.entry("connection-refused", NetworkRules::connectionRefused),
          Map.entry("connect-timeout", NetworkRules::connectTimeout),
          Map.entry("one-address-dead", NetworkRules::oneAddressDead),
          Map.entry("port-speaks-no-tls", NetworkRules::noTls),
          Map.entry("tls-expired", NetworkRules::expired),
          Map.entry("tls-wrong-host", NetworkRules::wrongHost),
          Map.entry("tls-untrusted", NetworkRules::untrusted),
          Map.entry("tls-certificate-unsuitable", NetworkRules::unsuitable),
          Map.entry("tls-client-certificate-needed", NetworkRules::clientCertificate),
          Map.entry("tls-handshake-failed", NetworkRules::handshakeFailed),
          Map.entry("tls-expires-soon", NetworkRules::expiresSoon),
          Map.entry("proxy-refuses-connect", NetworkRules::proxyRefuses));

  private NetworkRules() {}

  private static boolean unanswered(Trial trial) {
    return trial.noAnswer().stream().anyMatch(Kind::unreachable);
  }

  private static Finding dnsNotFound(Evidence e) {
    if (e.unreached().equals(Optional.of(Kind.DNS_NOT_FOUND))) {
      return Finding.found(
          1,
          List.of("the name " + e.subject().base().getHost() + " does not resolve"),
          NetworkRules::unanswered);
    }
    return e.network()
        .map(
            n ->
                Finding.ruledOut(
                    n.through().isPresent()
                        ? "the proxy is asked for the name"
                        : "the name resolves to " + addresses(n)))
        .orElse(Finding.SILENT);
  }

  private static Finding proxyNeeded(Evidence e) {
    Optional<ProxyPicture> proxy = e.network().flatMap(NetworkPicture::beside);
    if (proxy.isEmpty()) {
      return Finding.ruledOut(
          e.network().flatMap(NetworkPicture::through).isPresent()
              ? "requests go through the proxy"
              : "the environment names no proxy for this host");
    }
    if (e.unreached().isEmpty() || !proxy.get().lets()) {
      return Finding.ruledOut("the direct way is as good as the proxy's");
    }
    return Finding.found(
        0.95,
        List.of("directly: " + e.unreached().get(), proxy.get().toString()),
        NetworkRules::unanswered);
  }

  private static Finding proxyUnreachable(Evidence e) {
    return proxy(e, Kind.PROXY_UNREACHABLE, "the proxy can be spoken to");
  }

  private static Finding proxyWantsLogin(Evidence e) {
    return proxy(e, Kind.PROXY_AUTHENTICATION, "the proxy asks for no login");
  }

  private static Finding proxyOpensNoTunnel(Evidence e) {
    return proxy(e, Kind.PROXY_REFUSED, "the proxy lets requests through");
  }

  private static Finding proxy(Evidence e, Kind kind, String otherwise) {
    Optional<ProxyPicture> proxy = e.network().flatMap(NetworkPicture::through);
    if (e.unreached().equals(Optional.of(kind))) {
      List<String> lines = new ArrayList<>();
      proxy
          .filter(p -> p.trouble().equals(Optional.of(kind)))
          .ifPresentOrElse(
              p -> lines.add("the proxy " + p),
              () -> lines.addAll(e.lines(t -> t.noAnswer().equals(Optional.of(kind)))));
      e.subject()
          .trouble(Draft.Trouble.Kind.NO_PROXY_MISSPELT)
          .ifPresent(t -> lines.add(t.message()));
      return Finding.found(1, lines, NetworkRules::unanswered);
    }
    if (proxy.isEmpty()) {
      return Finding.ruledOut("requests go straight to the host");
    }
    Optional<Kind> other = e.unreached().filter(PROXY_KINDS::contains);
    return Finding.ruledOut(other.map(k -> "the way ends otherwise: " + k).orElse(otherwise));
  }

  private static Finding connectionRefused(Evidence e) {
    return connection(e, Kind.CONNECTION_REFUSED, "refuses the connection");
  }

  private static Finding connectTimeout(Evidence e) {
    return e.unreached().equals(Optional.of(Kind.NETWORK_UNREACHABLE))
        ? connection(e, Kind.NETWORK_UNREACHABLE, "cannot be reached from this network")
        : connection(e, Kind.CONNECT_TIMEOUT, "does not answer to a connection attempt");
  }

  private static Finding connection(Evidence e, Kind kind, String verb) {
    if (e.unreached().equals(Optional.of(kind))) {
      boolean some = e.network().filter(NetworkPicture::connected).isPresent();
      String who = some ? "one of several addresses of " : "";
      List<String> lines = new ArrayList<>(List.of(who + e.subject().place() + " " + verb));
      e.network().ifPresent(n -> n.contacts().forEach(c -> lines.add(c.toString())));
      Optional.ofNullable(e.clues().get(Clue.LISTENS_ELSEWHERE)).ifPresent(lines::add);
      return Finding.found(1, lines, NetworkRules::unanswered);
    }
    return e.network()
        .filter(NetworkPicture::connected)
        .map(n -> Finding.ruledOut(n.place() + " takes the connection"))
        .orElse(Finding.SILENT);
  }

  private static Finding oneAddressDead(Evidence e) {
    // On this machine a server that listens on one of two addresses is the usual thing.
    Optional<NetworkPicture> network =
        e.network()
            .filter(n -> n.through().isEmpty() && n.connected() && !HostNames.isLoopback(n.host()));
    List<Contact> dead =
        network.stream()
            .flatMap(n -> n.contacts().stream())
            .filter(c -> c.failure().isPresent())
            .toList();
    if (dead.isEmpty()) {
      return network.isPresent() ? Finding.ruledOut("every address answers") : Finding.SILENT;
    }
    return Finding.found(0.9, network.get().contacts().stream().map(Contact::toString).toList());
  }

  private static Finding noTls(Evidence e) {
    return tls(
        e, Trouble.NO_TLS, Optional.empty(), t -> "the port answers with no TLS: " + t.message());
  }

  private static Finding handshakeFailed(Evidence e) {
    return tls(
        e,
        Trouble.HANDSHAKE,
        Optional.of(Kind.TLS_FAILED),
        t -> "the handshake ends with: " + t.message());
  }

  private static Finding expired(Evidence e) {
    Optional<TlsPicture> tls = e.network().flatMap(NetworkPicture::tls);
    return tls.filter(t -> t.troubles().contains(Trouble.NOT_YET_VALID)).isPresent()
        ? tls(
            e,
            Trouble.NOT_YET_VALID,
            Optional.empty(),
            t -> "valid from " + t.chain().get(0).from())
        : tls(e, Trouble.EXPIRED, Optional.of(Kind.TLS_EXPIRED), NetworkRules::since);
  }

  private static String since(TlsPicture tls) {
    Instant now = Instant.now();
    // That of the authority between may be over before its own.
    CertificatePicture over =
        tls.chain().stream()
            .filter(c -> c.until().isBefore(now))
            .findFirst()
            .orElse(tls.chain().get(0));
    long days = Duration.between(over.until(), now).toDays();
    return "the certificate of "
        + over.subject()
        + " expired at "
        + over.until()
        + ", "
        + Counted.of(days, "day")
        + " ago";
  }

  private static Finding wrongHost(Evidence e) {
    return tls(
        e,
        Trouble.WRONG_HOST,
        Optional.of(Kind.TLS_WRONG_HOST),
        t -> {
          CertificatePicture leaf = t.chain().get(0);
          return leaf.names().isEmpty()
              ? "the certificate of "
                  + leaf.subject()
                  + " names no host (subjectAltName); clients do not look for one in the subject"
              : "the certificate is for "
                  + String.join(", ", leaf.names())
                  + ", and not for "
                  + e.subject().base().getHost();
        });
  }

  private static Finding untrusted(Evidence e) {
    return tls(
        e,
        Trouble.UNTRUSTED,
        Optional.of(Kind.TLS_UNTRUSTED),
        t -> {
          CertificatePicture leaf = t.chain().get(0);
          boolean own = leaf.issuer().equals(leaf.subject());
          return "the certificate of "
              + leaf.subject()
              + " is signed by "
              + (own ? "itself" : leaf.issuer())
              + ", "
              + t.chain().size()
              + " in the chain";
        });
  }

  /** See https://www.rfc-editor.org/rfc/rfc5280#section-4.2 for what certificates may restrict. */
  private static Finding unsuitable(Evidence e) {
    return tls(
        e,
        Trouble.UNSUITABLE,
        Optional.empty(),
        t -> "the certificate of " + t.chain().get(0).subject() + " is refused: " + t.message());
  }

  private static Finding tls(
      Evidence e, Trouble trouble, Optional<Kind> kind, Function<TlsPicture, String> words) {
    Optional<TlsPicture> tls = e.network().flatMap(NetworkPicture::tls);
    if (tls.filter(t -> t.troubles().contains(trouble)).isPresent()) {
      return Finding.found(1, List.of(words.apply(tls.get())), NetworkRules::unanswered);
    }
    if (kind.isPresent() && e.unreached().equals(kind)) {
      return Finding.found(
          1, List.of(e.subject().place() + ": " + kind.get()), NetworkRules::unanswered);
    }
    return tls.map(t -> Finding.ruledOut("TLS has no such trouble: " + summary(t)))
        .orElse(Finding.SILENT);
  }

  private static Finding expiresSoon(Evidence e) {
    Optional<TlsPicture> tls =
        e.network()
            .flatMap(NetworkPicture::tls)
            .filter(t -> !t.troubles().contains(Trouble.EXPIRED));
    Optional<Long> days = tls.flatMap(t -> t.daysLeft(Instant.now()));
    if (days.isEmpty()) {
      return Finding.SILENT;
    }
    double share = shareLeft(tls.get().chain().get(0));
    return days.get() < SOON_DAYS && share < SOON_SHARE
        ? Finding.found(
            1,
            List.of(
                "the certificate expires in "
                    + Counted.of(days.get(), "day")
                    + ", at "
                    + tls.get().chain().get(0).until()))
        : Finding.ruledOut("the certificate is valid for " + Counted.of(days.get(), "more day"));
  }

  private static double shareLeft(CertificatePicture leaf) {
    double life = Duration.between(leaf.from(), leaf.until()).toSeconds();
    return Duration.between(Instant.now(), leaf.until()).toSeconds() / Math.max(1, life);
  }

  /**
   * A client certificate was asked for, and none of the requests was let through. What would refute
   * it: one answer of the API.
   */
  private static Finding clientCertificate(Evidence e) {
    Predicate<Trial> said = t -> t.has(Mark.NO_CERTIFICATE);
    Predicate<Trial> ended =
        t ->
            t.noAnswer().stream()
                .anyMatch(k -> k == Kind.CONNECTION_CLOSED || k == Kind.TLS_FAILED);
    Optional<TlsPicture> tls = e.network().flatMap(NetworkPicture::tls);
    if (e.any(said)) {
      List<String> lines = new ArrayList<>(e.lines(said));
      tls.filter(TlsPicture::showsCertificate)
          .ifPresent(
              t -> lines.add("the one that --client-cert names was shown, and is not taken"));
      return Finding.found(1, lines, said);
    }
    boolean asked = tls.filter(TlsPicture::asksForCertificate).isPresent();
    if (!asked) {
      return tls.isPresent()
          ? Finding.ruledOut("the handshake asks for no certificate of the client")
          : Finding.SILENT;
    }
    if (e.any(t -> t.status().isPresent())) {
      return Finding.ruledOut(
          tls.get().showsCertificate()
              ? "a certificate is asked for, and yours is taken"
              : "a certificate is asked for, and requests pass without one");
    }
    boolean failed = tls.get().troubles().contains(Trouble.HANDSHAKE);
    if (!failed && !e.any(ended)) {
      return Finding.SILENT;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "the handshake asks for a certificate of the client, and "
            + (tls.get().showsCertificate()
                ? "the one that --client-cert names is not taken"
                : "Meshcheck has none; --client-cert names one"));
    if (failed) {
      lines.add("the handshake ends with: " + tls.get().message());
    }
    lines.addAll(e.lines(ended));
    return Finding.found(0.95, lines, ended);
  }

  private static Finding proxyRefuses(Evidence e) {
    Optional<ProxyPicture> proxy =
        e.network().filter(NetworkPicture::connected).flatMap(NetworkPicture::beside);
    // Other programs take it as little as Meshcheck does where NO_PROXY names the host.
    if (proxy.isEmpty() || proxy.get().exempt()) {
      return Finding.ruledOut("no proxy of the environment stands between");
    }
    return proxy.get().lets()
        ? Finding.ruledOut("the proxy lets this host through")
        : Finding.found(0.9, List.of("directly: connected", proxy.get().toString()));
  }

  private static String summary(TlsPicture tls) {
    return tls.troubles().isEmpty()
        ? tls.protocol() + ", valid for " + tls.daysLeft(Instant.now()).orElse(0L) + " days"
        : String.join(", ", tls.troubles().stream().map(Trouble::toString).toList());
  }

  private static String addresses(NetworkPicture network) {
    return String.join(", ", network.contacts().stream().map(Contact::address).toList());
  }
}
