package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reference gateway inside this process, all three Tensormesh surfaces on free ports. */
public final class Embedded implements AutoCloseable {

  /** What its environment is called, whatever its ports: it has one history. */
  static final String NAME = "embedded-gateway";

  private final List<ReferenceGateway> gateways;

  private Embedded(List<ReferenceGateway> gateways) {
    this.gateways = gateways;
  }

  /** Starts all three at once: each takes most of a second on a cold machine. */
  static Embedded start() {
    return new Embedded(
        Arrays.stream(GatewaySurface.values())
            .map(GatewayOptions::of)
            .map(ReferenceGateway::start)
            .toList());
  }

  List<Target> targets() {
    return gateways.stream().map(Embedded::target).toList();
  }

  /** A gateway as a target, with the credentials that it takes. */
  public static Target target(ReferenceGateway gateway) {
    Surface surface = surface(gateway.surface());
    GatewayCredentials credentials = gateway.credentials();
    boolean token = surface.credential() == Credential.ACCESS_TOKEN;
    Target target =
        new Target(
            surface.name(),
            surface,
            gateway.url(),
            Optional.of(token ? credentials.controlPlaneToken() : credentials.inferenceKey()),
            surface.userIdNeeded() ? Optional.of(credentials.userId()) : Optional.empty(),
            Optional.of(gateway.model()).filter(model -> !model.isEmpty()));
    Target.Second second =
        new Target.Second(
            Optional.of(credentials.secondKey()),
            target.userId().map(first -> credentials.secondUserId()));
    return token ? target : target.withSecond(second);
  }

  /** The surface that a gateway plays. */
  public static Surface surface(GatewaySurface surface) {
    String name = surface.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Surfaces.named(name).orElseThrow();
  }

  @Override
  public void close() {
    gateways.forEach(ReferenceGateway::close);
  }
}
