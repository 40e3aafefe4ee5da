package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.TrustStore;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.NetworkProbe;
import dev.meshcheck.fixtures.network.ProxyRoute;
import dev.meshcheck.fixtures.network.Resolver;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.settings.ConfigAge;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.Drafts;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.HostNames;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.cause.Diagnosed;
import dev.meshcheck.reports.cause.Diagnosis;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Layer;
import dev.meshcheck.reports.cause.Mark;
import dev.meshcheck.reports.cause.Trial;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** One diagnosis, layer by layer; a layer that is broken ends it, for what is above it is moot. */
public final class Diagnose {

  /** Nobody waits longer than that for a diagnosis, unless they say so. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final int THREADS = 16;

  private final Sources sources;
  private final Resolver resolver;
  private final DiagnosisObserver observer;
  private final List<Exchanger> opened = new ArrayList<>();

  /**
   * A diagnosis that has not begun.
   *
   * @param resolver turns names into addresses
   * @param observer is told of each layer as it is done
   */
  public Diagnose(Sources sources, Resolver resolver, DiagnosisObserver observer) {
    this.sources = sources;
    this.resolver = resolver;
    this.observer = observer;
  }

  /**
   * Looks, and returns what was found.
   *
   * @throws UsageException when no host is named
   */
  public DiagnosisReport run() {
    Instant startedAt = Instant.now();
    Drafts drafts = Drafts.of(sources);
    if (!drafts.troubles().isEmpty()) {
      Redactor redactor = new Redactor(drafts.settings().map(Settings::secrets).orElse(List.of()));
      Telling telling = new Telling(redactor, startedAt, observer);
      return telling.unusable(drafts.troubles());
    }
    if (drafts.drafts().isEmpty()) {
      throw new UsageException(
          "diagnose needs a host: say --host URL, or set TENSORMESH_BASE_URL, GATEWAY_BASE or"
              + " SERVERLESS_BASE");
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, Diagnose::daemon);
    try {
      return run(drafts, threads, startedAt);
    } finally {
      opened.forEach(Exchanger::close);
      threads.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "meshcheck-diagnose");
    thread.setDaemon(true);
    return thread;
  }

  private DiagnosisReport run(Drafts drafts, ExecutorService threads, Instant startedAt) {
    Settings settings = drafts.settings().orElseThrow();
    List<Target> targets = drafts.drafts().stream().map(Draft::target).toList();
    List<String> secrets = new ArrayList<>(settings.secrets());
    targets.forEach(t -> t.key().ifPresent(secrets::add));
    Redactor redactor = new Redactor(secrets);
    Optional<Duration> age = ConfigAge.of(sources, startedAt);
    List<Case> cases =
        drafts.drafts().stream().map(d -> new Case(d, targets, age, redactor)).toList();
    int hosts = (int) targets.stream().filter(t -> !Trials.isControlPlane(t)).count();
    Budget budget = new Budget(threads, hosts);
    Telling telling = new Telling(redactor, startedAt, observer);
    telling.begin(cases);
    telling.layer(Layer.SETTINGS, cases);
    network(cases, settings, threads);
    telling.layer(Layer.NETWORK, cases);
    identity(cases, settings, budget);
    telling.layer(Layer.HOST, cases);
    routing(cases, budget);
    telling.layer(Layer.ROUTING, cases);
    service(cases, budget);
    telling.layer(Layer.SERVICE, cases);
    return telling.end(cases, Diagnosis.withUnknown(cases.stream().map(Case::evidence).toList()));
  }

  private void network(List<Case> cases, Settings settings, ExecutorService threads) {
    NetworkProbe probe = networkProbe(settings);
    List<NetworkPicture> pictures =
        Budget.all(
            threads,
            cases.stream()
                .<Callable<NetworkPicture>>map(
                    c ->
                        () ->
                            probe.look(
                                c.target().base(),
                                ProxyRoute.of(sources.environment(), c.target().base())))
                .toList());
    SSLContext usual = tls(settings);
    for (int i = 0; i < cases.size(); i++) {
      NetworkPicture picture = pictures.get(i);
      cases.get(i).looked(picture);
      if (picture.open()) {
        cases.get(i).through(open(settings, usual));
      } else {
        behind(picture, settings)
            .map(leaf -> pinned(settings, leaf))
            .ifPresent(cases.get(i)::through);
      }
    }
  }

  private NetworkProbe networkProbe(Settings settings) {
    try {
      return new NetworkProbe(
          resolver, TrustStore.manager(settings.caBundle()), shorter(CONNECT, settings.timeout()));
    } catch (IOException e) {
      throw unusableBundle(settings, e);
    }
  }

  /**
   * The certificate behind which to look on, although nobody vouches for it. A key goes there only
   * where packets stay among friends, or where the user says so.
   */
  private static Optional<X509Certificate> behind(NetworkPicture picture, Settings settings) {
    boolean friends = !HostNames.isPublic(picture.host()) || settings.allowInsecure();
    return picture
        .tls()
        .filter(tls -> friends && picture.connected() && tls.onlyUnverified())
        .flatMap(TlsPicture::leaf);
  }

  private Exchanger pinned(Settings settings, X509Certificate leaf) {
    try {
      return open(settings, TrustStore.pinned(leaf));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Exchanger open(Settings settings, SSLContext tls) {
    Duration deadline =
        settings.value(Setting.TIMEOUT).filter(f -> f.layer() != Found.Layer.DEFAULT).isPresent()
            ? settings.timeout()
            : shorter(PATIENCE, settings.timeout());
    // Nothing is sent twice: what comes back the first time is what is wanted.
    ExchangeLimits limits = ExchangeLimits.DEFAULT.with(THREADS, deadline, deadline, 0);
    Exchanger exchanger = new Exchanger(limits, tls);
    opened.add(exchanger);
    return exchanger;
  }

  private static SSLContext tls(Settings settings) {
    try {
      return TrustStore.context(settings.caBundle());
    } catch (IOException e) {
      throw unusableBundle(settings, e);
    }
  }

  private static UsageException unusableBundle(Settings settings, IOException e) {
    return new UsageException(
        "ca-bundle %s cannot be used: %s; name a PEM file of certificates"
            .formatted(settings.caBundle().map(Object::toString).orElse(""), e.getMessage()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void identity(List<Case> cases, Settings settings, Budget budget) {
    Round.of(cases.stream().filter(Case::canBeAsked).toList(), Trials::identity).send(budget);
    for (Case one : cases) {
      if (!one.canBeAsked()) {
        continue;
      }
      Evidence evidence = one.evidence();
      boolean lost = evidence.any(t -> t.is(404));
      if (Trials.isControlPlane(one.target()) && lost) {
        one.add(budget.send(List.of(Trials.modelListOfControlPlane(one))));
      } else if (lost && evidence.trials().stream().allMatch(t -> t.is(404))) {
        lookAtTheRoot(one, budget);
      }
      boolean mute =
          evidence.trials().stream()
              .allMatch(
                  t ->
                      t.noAnswer().equals(Optional.of(NoAnswer.Kind.CONNECTION_CLOSED))
                          || t.noAnswer().equals(Optional.of(NoAnswer.Kind.NOT_HTTP)));
      if (mute
          && one.target().base().getScheme().equals("http")
          && networkProbe(settings).speaksTls(one.target().base())) {
        one.clue(Clue.PORT_SPEAKS_TLS, "http gets no answer, and a TLS handshake succeeds");
      }
    }
  }

  /** With a path in the address, the API may be at the root all the same. */
  private static void lookAtTheRoot(Case one, Budget budget) {
    URI base = one.target().base();
    if (base.getRawPath() == null || base.getRawPath().isEmpty()) {
      return;
    }
    URI root = URI.create(base.getScheme() + "://" + base.getRawAuthority());
    Target above =
        new Target(
            one.target().name() + "-root",
            one.target().surface(),
            root,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Case other =
        new Case(
            new Draft(above, List.of(), List.of(), java.util.Map.of()),
            List.of(above),
            Optional.empty(),
            new Redactor(List.of()));
    one.lend(other);
    Round.of(List.of(other), c -> Trials.identity(c).subList(0, 1)).send(budget);
    boolean api = other.evidence().any(t -> t.has(Mark.MODEL_LIST) || t.has(Mark.API_ERROR));
    if (api) {
      one.clue(
          Clue.ROOT_ANSWERS,
          "GET " + root + "/v1/models → " + other.evidence().trials().get(0).answered());
    }
  }

  private void routing(List<Case> cases, Budget budget) {
    List<Case> open = cases.stream().filter(Diagnose::isApi).toList();
    boolean unnamed = open.stream().anyMatch(c -> c.target().model().isEmpty() && !choose(c));
    if (unnamed) {
      // One more round trip, for a request that names a model is worth more than one that cannot.
      Round.of(open, Trials::models).send(budget);
      open.forEach(Diagnose::choose);
      Round.of(open, Trials::routing).send(budget);
    } else {
      Round.of(open, c -> concat(Trials.models(c), Trials.routing(c))).send(budget);
    }
    open.forEach(one -> tryElsewhere(one, open, budget));
  }

  private static <T> List<T> concat(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** Whether it is worth showing a key to: it answers, and not as a page or as somebody else. */
  private static boolean isApi(Case one) {
    return one.canBeAsked()
        && one.evidence().any(t -> t.status().filter(s -> s < 500).isPresent() && !t.isPage())
        && !isClosed(one);
  }

  /** A broken certificate behind which the diagnosis looks on does not close a layer. */
  private static boolean isClosed(Case one) {
    return Diagnosis.of(List.of(one.evidence())).stream()
        .map(Diagnosed::cause)
        .anyMatch(
            c ->
                c.breaksRequests()
                    && (c.layer() == Layer.HOST || c.slug().equals("http-instead-of-https")));
  }

  /** Takes the first model that the host lists, where none is configured. */
  private static boolean choose(Case one) {
    if (one.target().model().isPresent() || Trials.isControlPlane(one.target())) {
      return true;
    }
    Optional<String> first =
        one.evidence().modelList().stream().flatMap((Trial t) -> t.models().stream()).findFirst();
    first.ifPresent(one::choose);
    return first.isPresent();
  }

  /** Whether a refused credential is one of the other surface of this diagnosis. */
  private static void tryElsewhere(Case one, List<Case> open, Budget budget) {
    boolean refused =
        Diagnosis.of(List.of(one.evidence())).stream()
            .map(d -> d.cause().slug())
            .anyMatch(s -> s.equals("key-invalid") || s.equals("control-plane-token-expired"));
    if (!refused) {
      return;
    }
    open.stream()
        .filter(o -> Trials.isControlPlane(o.target()) != Trials.isControlPlane(one.target()))
        .findFirst()
        .ifPresent(
            other -> {
              String key = one.target().key().orElseThrow();
              budget.send(List.of(Trials.withForeignKey(other, key))).stream()
                  .filter(Diagnose::isTaken)
                  .findFirst()
                  .ifPresent(
                      e ->
                          one.clue(
                              Clue.KEY_WORKS_ELSEWHERE,
                              other.target().surface().title() + " accepts this credential"));
            });
  }

  private static boolean isTaken(Exchange exchange) {
    return exchange.reply() instanceof Answer answer
        && answer.status() != 401
        && answer.status() != 403
        && answer.status() < 429;
  }

  private static void service(List<Case> cases, Budget budget) {
    for (Case one : cases) {
      boolean served = one.target().model().isPresent() && one.evidence().accepted();
      if (!Trials.isControlPlane(one.target()) && served) {
        List<Exchange> first = budget.stream(Trials.stream(one));
        one.add(first);
        if (looksHeldBack(one)) {
          // This process reads its first stream slowly; only what happens twice is the host's.
          one.forget(first);
          one.add(budget.stream(Trials.stream(one).again(2)));
        }
      }
    }
  }

  private static boolean looksHeldBack(Case one) {
    return Diagnosis.of(List.of(one.evidence())).stream()
        .anyMatch(d -> d.cause().slug().equals("proxy-buffers-streams"));
  }
}
