package dev.meshcheck.suites.proof;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.Route;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.RunContext.Planned;
import dev.meshcheck.suites.run.Embedded;
import dev.meshcheck.suites.run.Runner;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Reference gateways of one worker, and the exchanges of a clean run over each. A fault says which
 * routes it touches, so only their exchanges are sent again; {@link Sending#ALL} proves that it
 * says so rightly.
 */
final class Workshop implements AutoCloseable {

  /** What is sent again for a fault. */
  enum Sending {
    TOUCHED_ROUTES,
    ALL
  }

  /** Long enough for the slowest legal answer, short enough for the faults that hang. */
  private static final ExchangeLimits LIMITS =
      ExchangeLimits.DEFAULT.with(
          16, Duration.ofSeconds(8), Duration.ofSeconds(4), ExchangeLimits.DEFAULT.retries());

  private static final Map<String, String> SOME_AT_ONCE =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "12",
          "junit.jupiter.execution.parallel.config.fixed.max-pool-size", "12");

  private final List<Entry> catalogue;
  private final Sending sending;
  private final Map<GatewaySurface, ReferenceGateway> gateways =
      new EnumMap<>(GatewaySurface.class);
  private final Map<GatewaySurface, List<Exchange>> clean = new EnumMap<>(GatewaySurface.class);
  private final Map<GatewaySurface, Map<String, Set<Route>>> routesOfChecks =
      new EnumMap<>(GatewaySurface.class);

  Workshop(List<Entry> catalogue, Sending sending) {
    this.catalogue = catalogue;
    this.sending = sending;
    for (GatewaySurface surface : GatewaySurface.values()) {
      GatewayOptions options = GatewayOptions.of(surface).withFrameGap(Duration.ofMillis(2));
      gateways.put(surface, ReferenceGateway.start(options));
    }
    if (sending == Sending.TOUCHED_ROUTES) {
      for (GatewaySurface surface : GatewaySurface.values()) {
        try (Exchanger exchanger = exchanger()) {
          List<Verdict> verdicts = judge(surface, exchanger, id -> true);
          clean.put(surface, exchanger.ended());
          routesOfChecks.put(surface, routesOf(verdicts));
        }
      }
    }
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
    ReferenceGateway gateway = gateways.get(surface);
    gateway.misbehave(List.of(fault));
    // A burst under every fault would cost more than all the rest, and prove nothing more.
    Predicate<String> sensible =
        id -> !id.startsWith("limits.") || fault.name().startsWith("limits-");
    try (Exchanger exchanger = exchanger()) {
      if (sending == Sending.ALL || fault.routes().isEmpty()) {
        return judge(surface, exchanger, sensible);
      }
      exchanger.takeOver(
          clean.get(surface).stream().filter(e -> !fault.touches(routeOf(e))).toList());
      Map<String, Set<Route>> routes = routesOfChecks.get(surface);
      return judge(
          surface,
          exchanger,
          id -> sensible.test(id) && routes.get(id).stream().anyMatch(fault::touches));
    } finally {
      gateway.misbehave(List.of());
    }
  }

  private static Route routeOf(Exchange exchange) {
    String path = exchange.request().uri().getPath();
    return Arrays.stream(Route.values())
        .filter(route -> route != Route.OTHER)
        .filter(route -> path.equals(route.path()) || isItem(route, path))
        .findFirst()
        .orElse(Route.OTHER);
  }

  /** Only lists have items below them; a slash too many elsewhere is no route at all. */
  private static boolean isItem(Route route, String path) {
    boolean list = route == Route.MODELS || route == Route.RESPONSES;
    return list && path.startsWith(route.path() + "/");
  }

  /** The routes whose exchanges each check looked at. */
  private static Map<String, Set<Route>> routesOf(List<Verdict> verdicts) {
    return verdicts.stream()
        .collect(
            Collectors.toMap(
                verdict -> verdict.check().id(),
                verdict ->
                    verdict.exchanges().stream()
                        .map(Workshop::routeOf)
                        .collect(Collectors.toSet())));
  }

  private List<Verdict> judge(
      GatewaySurface surface, Exchanger exchanger, Predicate<String> wanted) {
    Queue<Verdict> verdicts = new ConcurrentLinkedQueue<>();
    List<Target> targets = gateways.values().stream().map(Embedded::target).toList();
    Target target = Embedded.target(gateways.get(surface));
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

  private static Exchanger exchanger() {
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
