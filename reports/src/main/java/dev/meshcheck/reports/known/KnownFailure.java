package dev.meshcheck.reports.known;

import dev.meshcheck.reports.model.CheckResult;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One entry of a list of known failures.
 *
 * @param line where it begins in the file
 * @param check which checks it is about
 * @param surface where it fails; everywhere when empty
 * @param target where it fails, by the name of the target; everywhere when empty
 * @param reason why the failure is expected
 * @param issue where people work on it
 * @param until the last day on which it is expected
 */
public record KnownFailure(
    int line,
    Glob check,
    Optional<String> surface,
    Optional<String> target,
    String reason,
    Optional<URI> issue,
    Optional<LocalDate> until) {

  /** Whether the entry is about that result. */
  boolean isAbout(CheckResult result) {
    return check.matches(result.check())
        && surface.stream().allMatch(result.surface()::equals)
        && target.stream().allMatch(result.target()::equals);
  }

  /** Whether it says the same as the other entry. */
  boolean repeats(KnownFailure other) {
    return check.toString().equals(other.check.toString())
        && surface.equals(other.surface)
        && target.equals(other.target);
  }

  boolean expired(LocalDate today) {
    return until.stream().anyMatch(today::isAfter);
  }
}
