package dev.meshcheck.reports.client;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;

/**
 * Why a client stands on some checks.
 *
 * @param checks ids of checks of the catalogue
 * @param because what the client does, or what its user sees where they fail
 * @param source the public page that says so
 * @param date the day of that thread, or on which the page was read
 */
public record Ground(List<String> checks, String because, URI source, LocalDate date) {
  public Ground {
    checks = List.copyOf(checks);
  }
}
