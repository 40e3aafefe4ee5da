package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.RequestIds;
import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.exchange.RunTime;
import dev.meshcheck.fixtures.exchange.Transport;
import dev.meshcheck.fixtures.exchange.TrustStore;
import dev.meshcheck.fixtures.network.Contact;
import dev.meshcheck.fixtures.network.Http2Probe;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.NetworkProbe;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.settings.HostNames;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/** The way to each host: looks at it, and opens what requests go through. */
final class NetworkLayer implements AutoCloseable {

  private final RequestIds ids = RequestIds.of("diagnose-" + RunId.at(Instant.now()));

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Transport transport;
  private final TrustStore trust;
  private final RunTime time;
  private final List<Exchanger> opened = new ArrayList<>();

  NetworkLayer(Settings settings, Resolver resolver) {
    this.settings = settings;
    this.transport = settings.transport(resolver);
    this.trust = settings.trust();
    this.time = RunTime.of(settings.runTimeout());
  }

  /** Looks at all of them at once, and opens what their requests can go through. */
  void look(List<Case> cases, ExecutorService threads) {
    WarmUp.once(transport.tls());
    NetworkProbe probe = probe();
    List<NetworkPicture> pictures =
        Budget.all(
            threads,
            cases.stream()
                .<Callable<NetworkPicture>>map(
                    c -> () -> probe.look(c.target().base(), settings.way(c.target().base())))
                .toList());
    for (int i = 0; i < cases.size(); i++) {
      NetworkPicture picture = pictures.get(i);
      cases.get(i).looked(picture);
      lookBeside(cases.get(i), picture, probe);
      if (picture.open() || (settings.insecure() && picture.handshakes())) {
        cases.get(i).through(open(transport));
        Addresses.of(picture, address -> open(transport.resolving(address)))
            .ifPresent(cases.get(i)::ways);
      } else {
        behind(picture).map(this::pinned).ifPresent(cases.get(i)::through);
      }
    }
  }

  /** A server on this machine may listen on the other of its two addresses. */
  private static void lookBeside(Case one, NetworkPicture picture, NetworkProbe probe) {
    boolean here = HostNames.isLoopback(picture.host());
    if (!here || picture.connected()) {
      return;
    }
    List<String> tried = picture.contacts().stream().map(Contact::address).toList();
    List.of("127.0.0.1", "::1").stream()
        .filter(address -> !tried.contains(address) && !isSame(tried, address))
        .filter(address -> probe.listens(address, picture.port()))
        .findFirst()
        .ifPresent(
            address ->
                one.clue(
                    Clue.LISTENS_ELSEWHERE,
                    "something listens at http://"
                        + (address.contains(":") ? "[" + address + "]" : address)
                        + ":"
                        + picture.port()
                        + ", the other address of this machine"));
  }

  private static boolean isSame(List<String> tried, String address) {
    return address.equals("::1") && tried.contains("0:0:0:0:0:0:0:1");
  }

  /** Whether that address answers a TLS handshake, whatever its scheme says. */
  boolean speaksTls(URI address) {
    return probe().speaksTls(address);
  }

  /** The status of that GET over HTTP/2, where the way is a straight one. */
  OptionalInt overHttp2(URI uri) {
    return isStraight(uri)
        ? new Http2Probe(transport.tls(), shorter(CONNECT, settings.timeout())).get(uri)
        : OptionalInt.empty();
  }

  /** Whether that GET gets nothing over HTTP/2, twice; a way that is not straight says nothing. */
  boolean failsOverHttp2(URI uri) {
    return isStraight(uri) && overHttp2(uri).isEmpty() && overHttp2(uri).isEmpty();
  }

  private boolean isStraight(URI uri) {
    return !settings.insecure()
        && settings.way(uri).proxy().isEmpty()
        && settings.value(Setting.RESOLVE).isEmpty();
  }

  private NetworkProbe probe() {
    try {
      return new NetworkProbe(transport.resolver(), trust, shorter(CONNECT, settings.timeout()));
    } catch (IOException e) {
      // The files were read a moment ago.
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The certificate behind which to look on, although nobody vouches for it. A key goes there only
   * where packets stay among friends and nobody named whom to trust, or where the user says so.
   */
  private Optional<X509Certificate> behind(NetworkPicture picture) {
    boolean named = settings.value(Setting.CA_BUNDLE).isPresent();
    boolean friends =
        settings.allowInsecure()
            || HostNames.isLoopback(picture.host())
            || (!HostNames.isPublic(picture.host()) && !named);
    return picture
        .tls()
        .filter(tls -> friends && picture.connected() && tls.onlyUnverified())
        .flatMap(TlsPicture::leaf);
  }

  private Exchanger pinned(X509Certificate leaf) {
    try {
      return open(transport.trusting(trust.pinned(leaf)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Exchanger open(Transport how) {
    Duration deadline = settings.timeout();
    // Nothing is sent twice: what comes back the first time is what is wanted.
    ExchangeLimits limits =
        ExchangeLimits.DEFAULT.with(Diagnose.THREADS, deadline, deadline, 0).within(time);
    Exchanger exchanger = new Exchanger(limits, how, ids);
    opened.add(exchanger);
    return exchanger;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    opened.forEach(Exchanger::close);
  }
}
