package dev.meshcheck.reports.model;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The failures that somebody expected, and where the list is out of date.
 *
 * @param file the name of the file
 * @param entries that a failure of this run met
 * @param stale entries that fail the run, since the list no longer tells the truth
 */
public record KnownFailuresReport(String file, List<Met> entries, List<Stale> stale) {

  /**
   * An entry that is still right.
   *
   * @param line where the entry begins in the file
   * @param results whose failures it expects
   * @param reason why they are expected
   * @param issue where people work on it
   * @param until the last day on which it is expected
   */
  public record Met(
      int line,
      List<ResultName> results,
      String reason,
      Optional<URI> issue,
      Optional<LocalDate> until) {}

  /**
   * An entry that has to go.
   *
   * @param line where the entry begins in the file
   * @param check the glob of the entry
   * @param problem one of passes, expired, matches-nothing and duplicate
   * @param message one sentence that says what to do
   */
  public record Stale(int line, String check, String problem, String message) {}

  /** The same with every text of the list as it may be told. */
  public KnownFailuresReport told(UnaryOperator<String> clean) {
    return new KnownFailuresReport(
        clean.apply(file),
        entries.stream().map(e -> told(e, clean)).toList(),
        stale.stream()
            .map(
                s ->
                    new Stale(
                        s.line(), clean.apply(s.check()), s.problem(), clean.apply(s.message())))
            .toList());
  }

  private static Met told(Met entry, UnaryOperator<String> clean) {
    // A mask is no part of an address, so one that would need it is left out.
    Optional<URI> issue =
        entry.issue().filter(uri -> clean.apply(uri.toString()).equals(uri.toString()));
    return new Met(
        entry.line(), entry.results(), clean.apply(entry.reason()), issue, entry.until());
  }

  /** The entry that expects that result. */
  public Optional<Met> entry(ResultName name) {
    return entries.stream().filter(entry -> entry.results().contains(name)).findFirst();
  }
}
