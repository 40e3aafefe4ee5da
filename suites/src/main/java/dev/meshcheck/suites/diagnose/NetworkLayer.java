package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.TrustStore;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.NetworkProbe;
import dev.meshcheck.fixtures.network.ProxyRoute;
import dev.meshcheck.fixtures.network.Resolver;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.HostNames;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;

/** The way to each host: looks at it, and opens what requests go through. */
final class NetworkLayer implements AutoCloseable {

  /** Nobody waits longer than that for a diagnosis, unless they say so. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Map<String, String> environment;
  private final Resolver resolver;
  private final List<Exchanger> opened = new ArrayList<>();

  NetworkLayer(Settings settings, Map<String, String> environment, Resolver resolver) {
    this.settings = settings;
    this.environment = environment;
    this.resolver = resolver;
  }

  /** Looks at all of them at once, and opens what their requests can go through. */
  void look(List<Case> cases, ExecutorService threads) {
    NetworkProbe probe = probe();
    List<NetworkPicture> pictures =
        Budget.all(
            threads,
            cases.stream()
                .<Callable<NetworkPicture>>map(
                    c ->
                        () ->
                            probe.look(
                                c.target().base(), ProxyRoute.of(environment, c.target().base())))
                .toList());
    SSLContext usual = tls();
    for (int i = 0; i < cases.size(); i++) {
      NetworkPicture picture = pictures.get(i);
      cases.get(i).looked(picture);
      if (picture.open()) {
        cases.get(i).through(open(usual));
      } else {
        behind(picture).map(this::pinned).ifPresent(cases.get(i)::through);
      }
    }
  }

  /** Whether that address answers a TLS handshake, whatever its scheme says. */
  boolean speaksTls(URI address) {
    return probe().speaksTls(address);
  }

  private NetworkProbe probe() {
    try {
      return new NetworkProbe(
          resolver, TrustStore.manager(settings.caBundle()), shorter(CONNECT, settings.timeout()));
    } catch (IOException e) {
      throw unusableBundle(e);
    }
  }

  /**
   * The certificate behind which to look on, although nobody vouches for it. A key goes there only
   * where packets stay among friends, or where the user says so.
   */
  private Optional<X509Certificate> behind(NetworkPicture picture) {
    boolean friends = !HostNames.isPublic(picture.host()) || settings.allowInsecure();
    return picture
        .tls()
        .filter(tls -> friends && picture.connected() && tls.onlyUnverified())
        .flatMap(TlsPicture::leaf);
  }

  private Exchanger pinned(X509Certificate leaf) {
    try {
      return open(TrustStore.pinned(leaf));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Exchanger open(SSLContext tls) {
    Duration deadline =
        settings.value(Setting.TIMEOUT).filter(f -> f.layer() != Found.Layer.DEFAULT).isPresent()
            ? settings.timeout()
            : shorter(PATIENCE, settings.timeout());
    // Nothing is sent twice: what comes back the first time is what is wanted.
    ExchangeLimits limits = ExchangeLimits.DEFAULT.with(Diagnose.THREADS, deadline, deadline, 0);
    Exchanger exchanger = new Exchanger(limits, tls);
    opened.add(exchanger);
    return exchanger;
  }

  private SSLContext tls() {
    try {
      return TrustStore.context(settings.caBundle());
    } catch (IOException e) {
      throw unusableBundle(e);
    }
  }

  private UsageException unusableBundle(IOException e) {
    return new UsageException(
        "ca-bundle %s cannot be used: %s; name a PEM file of certificates"
            .formatted(settings.caBundle().map(Object::toString).orElse(""), e.getMessage()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    opened.forEach(Exchanger::close);
  }
}
