package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.surface.Surface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command {@code gateway} is asked for.
 *
 * @param port the port to listen on; a free one when empty
 * @param surface the surface to serve; the gateway's choice when empty
 * @param profile the engine whose dialect to speak, by name; the gateway's own when empty
 * @param faults the misbehaviours to show, by name; the engine knows which there are
 * @param latency what every answer is delayed by
 * @param listFaults whether to print the faults as JSON instead of running
 * @param projectHome where the gateway announces itself
 */
public record GatewayCommand(
    OptionalInt port,
    Optional<Surface> surface,
    Optional<String> profile,
    List<String> faults,
    Duration latency,
    boolean listFaults,
    Path projectHome) {

  /** Keeps a copy of the faults. */
  public GatewayCommand {
    faults = List.copyOf(faults);
  }
}
