package dev.meshcheck.suites.proof;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Preview;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.Route;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Headers;
import dev.meshcheck.fixtures.surface.Goals;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.RunContext.Planned;
import dev.meshcheck.suites.run.Embedded;
import dev.meshcheck.suites.run.Runner;
import java.io.Closeable;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Reference gateways of one worker, and the exchanges of a clean run over each. Only those whose
 * answers a fault changes are sent again; {@link Sending#ALL} proves that no other one matters.
 */
final class Workshop implements Closeable {

  /** What is sent again for a fault. */
  enum Sending {
    CHANGED_ANSWERS,
    ALL
  }

  /** What every host is to be as fast as; only those of {@link #isMeasured} look at it. */
  private static final Goals GOALS =
      new Goals(Optional.of(Duration.ofMillis(800)), OptionalInt.of(70));

  /** Long enough for the slowest legal answer, short enough for the faults that hang. */
  private static final ExchangeLimits LIMITS =
      ExchangeLimits.DEFAULT.with(
          16, Duration.ofSeconds(8), Duration.ofSeconds(4), ExchangeLimits.DEFAULT.retries());

  private static final int SOME_AT_ONCE = 12;

  private final List<Entry> catalogue;
  private final Sending sending;
  private final Map<GatewaySurface, ReferenceGateway> gateways =
      new EnumMap<>(GatewaySurface.class);
  private final Map<GatewaySurface, Preview> previews = new EnumMap<>(GatewaySurface.class);
  private final Map<GatewaySurface, List<Exchange>> clean = new EnumMap<>(GatewaySurface.class);
  private final Map<GatewaySurface, List<Asked>> asked = new EnumMap<>(GatewaySurface.class);
  private final Map<GatewaySurface, Map<String, List<Exchange>>> cleanByCheck =
      new EnumMap<>(GatewaySurface.class);

  Workshop(List<Entry> catalogue, Sending sending) {
    this.catalogue = catalogue;
    this.sending = sending;
    for (GatewaySurface surface : GatewaySurface.values()) {
      ReferenceGateway gateway = gateway(surface);
      gateways.put(surface, gateway);
      previews.put(surface, gateway.preview());
    }
    if (sending == Sending.CHANGED_ANSWERS) {
      gateways.keySet().forEach(this::runClean);
    }
  }

  private void runClean(GatewaySurface surface) {
    try (Exchanger exchanger = exchanger()) {
      List<Verdict> verdicts = judge(surface, exchanger, Goals.NONE, id -> !isMeasured(id));
      clean.put(surface, exchanger.ended());
      asked.put(
          surface, clean.get(surface).stream().map(Exchange::request).map(Asked::of).toList());
      cleanByCheck.put(
          surface,
          verdicts.stream()
              .collect(
                  Collectors.toMap(
                      verdict -> verdict.check().id(),
                      verdict -> looksAtAll(verdict) ? exchanger.ended() : verdict.exchanges())));
    }
  }

  /** The groups of checks that look at whatever the others brought. */
  private static final Set<String> AT_ALL = Set.of("bodies", "leaks", "server-errors");

  /** Whether a check looks at whatever the others brought. */
  static boolean looksAtAll(Verdict verdict) {
    return AT_ALL.contains(verdict.check().group());
  }

  /** Whether a check measures time, which costs too much to do it for every fault. */
  private static boolean isMeasured(String id) {
    return id.startsWith("performance.");
  }

  private static boolean isSlow(Fault fault) {
    return fault.name().startsWith("performance-");
  }

  /** Whether a check may have something to say of a fault: where it must be tried. */
  private static boolean isSensible(String id, Fault fault) {
    if (isSlow(fault)) {
      return isMeasured(id);
    }
    // A burst under every fault would cost more than all the rest, and prove nothing more.
    boolean cheap = !isMeasured(id) && !id.startsWith("limits.");
    return cheap
        || fault.name().equals(Soak.WEATHER)
        || (id.startsWith("limits.") && fault.name().startsWith("limits-"));
  }

  /** How fast a host is to be that is as slow as faults can make it; nobody else is in a hurry. */
  private static Goals goals(Fault fault) {
    return isSlow(fault) ? GOALS : Goals.NONE;
  }

  /** The surfaces on which a fault shows, the one with most routes first. */
  static List<GatewaySurface> surfacesOf(Fault fault) {
    boolean profileOnly = fault.routes().equals(Set.of(Route.PROFILE));
    return Arrays.stream(GatewaySurface.values())
        .filter(fault::shows)
        .filter(surface -> (surface == GatewaySurface.CONTROL_PLANE) == profileOnly)
        .toList();
  }

  /** What every check says about the gateway with that fault. */
  List<Verdict> judge(GatewaySurface surface, Fault fault) {
    Set<Request> changed = sending == Sending.ALL ? Set.of() : changed(surface, fault);
    Map<String, List<Exchange>> lookedAt = cleanByCheck.getOrDefault(surface, Map.of());
    return judge(
        surface,
        fault,
        changed,
        id ->
            sending == Sending.ALL
                || isMeasured(id)
                || lookedAt.get(id).stream().anyMatch(e -> changed.contains(e.request())));
  }

  /**
   * What every check says about the gateway with that fault, and all exchanges behind it.
   *
   * @param verdicts one for each check that looks at a changed answer
   * @param exchanges of the run, those of a clean run included that do not change
   */
  record Trial(List<Verdict> verdicts, List<Exchange> exchanges) {}

  /** What every check says about the gateway with that fault, with all exchanges. */
  Trial trial(GatewaySurface surface, Fault fault) {
    Set<Request> changed = changed(surface, fault);
    Map<String, List<Exchange>> lookedAt = cleanByCheck.get(surface);
    ReferenceGateway gateway = gateways.get(surface);
    gateway.misbehave(List.of(fault));
    try (Exchanger exchanger = exchanger()) {
      exchanger.takeOver(
          clean.get(surface).stream().filter(e -> !changed.contains(e.request())).toList());
      List<Verdict> verdicts =
          judge(
              surface,
              exchanger,
              Goals.NONE,
              id ->
                  isSensible(id, fault)
                      && !isMeasured(id)
                      && lookedAt.get(id).stream().anyMatch(e -> changed.contains(e.request())));
      return new Trial(verdicts, exchanger.ended());
    } finally {
      gateway.misbehave(List.of());
    }
  }

  /** All targets of a run, whose keys a check may send to the wrong one. */
  List<Target> targets() {
    return gateways.values().stream().map(Embedded::target).toList();
  }

  /** Whether a clean run sends that request; others are made from what a faulty host said. */
  boolean isSentToAnyHost(GatewaySurface surface, Request request) {
    return clean.get(surface).stream().anyMatch(e -> e.request().equals(request));
  }

  /** What these checks say of those exchanges; what is not among them is sent. */
  List<Verdict> rejudge(
      GatewaySurface surface, Fault fault, List<Exchange> known, Predicate<String> wanted) {
    gateways.get(surface).misbehave(List.of(fault));
    try (Exchanger exchanger = exchanger()) {
      exchanger.takeOver(known);
      return judge(surface, exchanger, Goals.NONE, wanted);
    } finally {
      gateways.get(surface).misbehave(List.of());
    }
  }

  /** The answer of the gateway with these faults to one request, sent now. */
  Reply send(GatewaySurface surface, List<Fault> faults, Request request) {
    gateways.get(surface).misbehave(faults);
    try (Exchanger exchanger = exchanger()) {
      return exchanger.send(Embedded.target(gateways.get(surface)), request).reply();
    } finally {
      gateways.get(surface).misbehave(List.of());
    }
  }

  private List<Verdict> judge(
      GatewaySurface surface, Fault fault, Set<Request> changed, Predicate<String> wanted) {
    ReferenceGateway gateway = gateways.get(surface);
    gateway.misbehave(List.of(fault));
    try (Exchanger exchanger = exchanger()) {
      if (sending == Sending.CHANGED_ANSWERS) {
        exchanger.takeOver(
            clean.get(surface).stream().filter(e -> !changed.contains(e.request())).toList());
      }
      return judge(
          surface, exchanger, goals(fault), id -> isSensible(id, fault) && wanted.test(id));
    } finally {
      gateway.misbehave(List.of());
    }
  }

  /**
   * What the checks say on one more surface that cannot be foreseen from the first: those that are
   * about this surface alone, and those that look at an exchange which differs there. Of all others
   * the same checks see the same answers to the same requests, and so say the same.
   */
  List<Verdict> judgeWhatDiffers(GatewaySurface surface, GatewaySurface first, Fault fault) {
    if (sending == Sending.ALL || fault.remembers()) {
      return judge(surface, fault);
    }
    Set<String> foreseen =
        changed(first, fault).stream()
            .map(request -> twin(first, fault, request))
            .collect(Collectors.toSet());
    Set<Request> changed = changed(surface, fault);
    Set<Request> other =
        changed.stream()
            .filter(request -> !foreseen.contains(twin(surface, fault, request)))
            .collect(Collectors.toSet());
    Map<String, List<Exchange>> lookedAt = cleanByCheck.get(surface);
    Set<String> onFirst = cleanByCheck.get(first).keySet();
    return judge(
        surface,
        fault,
        changed,
        id ->
            lookedAt.getOrDefault(id, List.of()).stream()
                .map(Exchange::request)
                .anyMatch(onFirst.contains(id) ? other::contains : changed::contains));
  }

  /** A request and its answer without what surfaces may call by other names. */
  private String twin(GatewaySurface surface, Fault fault, Request request) {
    Call call = call(request);
    Call anonymous =
        new Call(
            call.method(),
            call.path(),
            call.query(),
            call.headers().without("X-User-Id").without("Host"),
            call.body());
    return (anonymous
            + " "
            + request.attempt()
            + " "
            + request.first().map(first -> twin(surface, fault, first))
            + previews.get(surface).told(fault, call))
        .replace(gateways.get(surface).model(), "MODEL");
  }

  private Set<Request> changed(GatewaySurface surface, Fault fault) {
    String host = gateways.get(surface).url().getAuthority();
    Preview preview = previews.get(surface);
    return asked.get(surface).stream()
        .filter(one -> one.request().uri().getAuthority().equals(host))
        .filter(one -> one.calls().stream().anyMatch(call -> preview.shows(fault, call)))
        .map(Asked::request)
        .collect(Collectors.toSet());
  }

  /**
   * A request of a clean run, as the gateway sees it and what comes before it on its connection.
   */
  private record Asked(Request request, List<Call> calls) {
    static Asked of(Request request) {
      return new Asked(
          request,
          Stream.concat(Stream.of(request), request.first().stream()).map(Workshop::call).toList());
    }
  }

  /** A request as the gateway sees it. */
  private static Call call(Request request) {
    Headers headers =
        new Headers(
            request.headers().fields().stream()
                .map(field -> new Headers.Field(field.name(), field.value()))
                .toList());
    return new Call(
        request.method(),
        request.uri().getPath(),
        Optional.ofNullable(request.uri().getRawQuery()).orElse(""),
        headers,
        request.body().map(Body::of).orElse(Body.EMPTY));
  }

  private List<Verdict> judge(
      GatewaySurface surface, Exchanger exchanger, Goals goals, Predicate<String> wanted) {
    Queue<Verdict> verdicts = new ConcurrentLinkedQueue<>();
    List<Target> targets = targets().stream().map(one -> one.withGoals(goals)).toList();
    Target target = Embedded.target(gateways.get(surface)).withGoals(goals);
    List<Planned> plan =
        catalogue.stream()
            .filter(entry -> entry.isAbout(target.surface()) && wanted.test(entry.info().id()))
            .map(entry -> new Planned(entry.info().id(), target))
            .toList();
    Set<String> planned = plan.stream().map(Planned::checkId).collect(Collectors.toSet());
    Runner.run(
        catalogue.stream().filter(entry -> planned.contains(entry.info().id())).toList(),
        targets,
        plan,
        exchanger,
        SOME_AT_ONCE,
        verdicts::add,
        line -> {
          throw new IllegalStateException(line);
        });
    return List.copyOf(verdicts);
  }

  /** Whose streams take as little time as they can. */
  static ReferenceGateway gateway(GatewaySurface surface) {
    return ReferenceGateway.start(GatewayOptions.of(surface).withFrameGap(Duration.ofMillis(2)));
  }

  static Exchanger exchanger() {
    try {
      return new Exchanger(LIMITS, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    gateways.values().forEach(ReferenceGateway::close);
  }
}
