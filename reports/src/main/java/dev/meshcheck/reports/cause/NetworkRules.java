package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.fixtures.network.Contact;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.ProxyPicture;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.HostNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Causes that lie between this machine and the host. */
final class NetworkRules {

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
          Map.entry("proxy-refuses-connect", NetworkRules::proxyRefuses));

  private NetworkRules() {}

  /** See RFC 1928, section 3: the version, and that no way to log in is one of its. */
  static boolean isOfSocks(Trial t) {
    return t.noAnswer().equals(Optional.of(Kind.NOT_HTTP)) && t.said().contains("\"\\x05");
  }

  static boolean unanswered(Trial trial) {
    return trial.noAnswer().stream().anyMatch(Kind::unreachable);
  }

  private static Finding dnsNotFound(Evidence e) {
    if (e.unreached().equals(Optional.of(Kind.DNS_NOT_FOUND))) {
      return Finding.found(
          1,
          Stream.concat(
                  Stream.of("the name " + e.subject().base().getHost() + " does not resolve"),
                  e.subject().trouble(Draft.Trouble.Kind.RESOLVES_ANOTHER_PORT).stream()
                      .map(Draft.Trouble::message))
              .toList(),
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
    Optional<ProxyPicture> proxy = e.network().flatMap(NetworkPicture::through);
    if (proxy.isPresent() && e.any(NetworkRules::isOfSocks)) {
      List<String> lines = new ArrayList<>(e.lines(NetworkRules::isOfSocks));
      lines.add(
          "so begins an answer of a server for SOCKS, which %s is then, and no proxy for HTTP"
              .formatted(proxy.get().proxy().address()));
      return Finding.found(0.95, lines, NetworkRules::isOfSocks);
    }
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
      e.network()
          .filter(n -> !HostNames.isLoopback(n.host()))
          .flatMap(
              n -> n.contacts().stream().filter(c -> HostNames.isLoopback(c.address())).findFirst())
          .ifPresent(c -> lines.add(c.address() + " is this machine itself"));
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

  private static String addresses(NetworkPicture network) {
    return String.join(", ", network.contacts().stream().map(Contact::address).toList());
  }
}
