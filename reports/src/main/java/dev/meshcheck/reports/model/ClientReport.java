package dev.meshcheck.reports.model;

import dev.meshcheck.reports.client.ClientVerdict;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;

/**
 * Whether a client works with a target.
 *
 * @param client the id
 * @param name what people call it
 * @param target the name of the target
 * @param verdict what its checks say together
 * @param because the checks that the verdict rests on; none where it works
 */
public record ClientReport(
    String client, String name, String target, ClientVerdict verdict, List<Because> because) {

  /**
   * A check that did not pass, or was not judged, and what that means for the client.
   *
   * @param check the id
   * @param meaning what the client does, or what its user sees
   * @param source the public page that says so
   * @param date the day of that thread, or on which the page was read
   */
  public record Because(String check, String meaning, URI source, LocalDate date) {}
}
