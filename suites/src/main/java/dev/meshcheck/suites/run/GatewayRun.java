package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.settings.GatewayAnnouncement;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The reference gateway on its own, until the process is told to end. */
final class GatewayRun {

  private final Path projectHome;
  private final PrintWriter out;

  GatewayRun(Path projectHome, PrintWriter out) {
    this.projectHome = projectHome;
    this.out = out;
  }

  /**
   * Serves.
   *
   * @param firstPort of the first surface, the others follow it; 0 for free ones
   * @param surface the only surface to serve; all three when empty
   */
  void serve(int firstPort, Optional<Surface> surface, List<Fault> faults, Duration latency)
      throws InterruptedException {
    List<GatewaySurface> served =
        Arrays.stream(GatewaySurface.values())
            .filter(s -> surface.isEmpty() || surface.get().equals(Embedded.surface(s)))
            .toList();
    if (served.isEmpty()) {
      throw new UsageException(
          "the reference gateway does not serve the surface "
              + surface.orElseThrow()
              + "; it serves on-demand, serverless and control-plane");
    }
    List<ReferenceGateway> running = new ArrayList<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running)));
    int port = firstPort;
    for (GatewaySurface one : served) {
      GatewayOptions options =
          GatewayOptions.of(one).withPort(port).withFaults(faults).withLatency(latency);
      running.add(start(options));
      port = port == 0 ? 0 : port + 1;
    }
    tell(running, faults);
    new CountDownLatch(1).await();
  }

  private ReferenceGateway start(GatewayOptions options) {
    ReferenceGateway gateway;
    try {
      gateway = ReferenceGateway.start(options);
    } catch (RuntimeException e) {
      throw new UsageException(
          "the reference gateway cannot listen on port "
              + options.port()
              + "; something else does, so name another with --port N");
    }
    announce(gateway);
    return gateway;
  }

  private void announce(ReferenceGateway gateway) {
    Target target = Embedded.target(gateway);
    boolean token = target.surface().credential() == Credential.ACCESS_TOKEN;
    GatewayCredentials known = gateway.credentials();
    GatewayAnnouncement announcement =
        new GatewayAnnouncement(
            ProcessHandle.current().pid(),
            gateway.url(),
            target.surface().name(),
            target.model(),
            token ? Optional.empty() : Optional.of(known.inferenceKey()),
            target.userId(),
            token ? Optional.of(known.controlPlaneToken()) : Optional.empty());
    try {
      announcement.write(projectHome);
    } catch (IOException e) {
      out.println("not announced to runs on this machine: " + projectHome + " is not writable");
    }
  }

  private void tell(List<ReferenceGateway> running, List<Fault> faults) {
    for (ReferenceGateway gateway : running) {
      Target target = Embedded.target(gateway);
      out.println(target.surface().title() + " at " + gateway.url());
    }
    GatewayCredentials known = GatewayCredentials.REFERENCE;
    out.println();
    out.println("It takes these credentials, which open nothing else:");
    out.println("  export TENSORMESH_INFERENCE_API_KEY=" + known.inferenceKey());
    out.println("  export TENSORMESH_USER_ID=" + known.userId());
    out.println("  export TENSORMESH_CONTROL_PLANE_TOKEN=" + known.controlPlaneToken());
    out.println("  export MESHCHECK_SECOND_KEY=" + known.secondKey());
    out.println("  export MESHCHECK_SECOND_USER_ID=" + known.secondUserId());
    out.println("Runs from this directory know them by themselves:");
    out.println("  " + Program.name() + " verify --host " + running.get(0).url());
    faults.forEach(fault -> out.println("fault " + fault.name() + ": " + fault.title()));
    out.println();
    out.println("Ctrl-C ends it.");
    out.flush();
  }

  private void stop(List<ReferenceGateway> running) {
    for (ReferenceGateway gateway : running) {
      try {
        GatewayAnnouncement.delete(projectHome, gateway.url().getPort());
      } catch (IOException e) {
        // One that is left over is ignored once this process is gone.
      }
      gateway.close();
    }
  }
}
