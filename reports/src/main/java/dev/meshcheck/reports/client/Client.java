package dev.meshcheck.reports.client;

import java.util.List;
import java.util.Optional;

/**
 * A program that people point at a host.
 *
 * @param id the slug, never renamed
 * @param name what people call it
 * @param builtOn the id of the client whose needs and limits it has as well
 * @param needs without these it does not work
 * @param limits without these it works, and less well
 */
public record Client(
    String id, String name, Optional<String> builtOn, List<Ground> needs, List<Ground> limits) {
  public Client {
    needs = List.copyOf(needs);
    limits = List.copyOf(limits);
  }
}
