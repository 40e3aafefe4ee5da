package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.text.Counted;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds results and exchanges of a run by the names that people type. */
final class Exchanges {

  private static final Pattern ID = Pattern.compile("e[0-9]{1,9}");

  private Exchanges() {}

  static boolean isId(String word) {
    return ID.matcher(word).matches();
  }

  /** The results of that check, one for each target. */
  static List<CheckResult> results(RunReport report, String check) {
    List<CheckResult> found =
        report.results().stream().filter(r -> r.check().equals(check)).toList();
    if (found.isEmpty()) {
      List<String> known = report.results().stream().map(CheckResult::check).distinct().toList();
      throw new UsageException(
          "run %s has no check '%s'; %sit judged %s"
              .formatted(
                  report.run().id(),
                  check,
                  DidYouMean.hint(check, known),
                  Counted.of(known.size(), "check")));
    }
    return found;
  }

  /** The exchange of that id. */
  static ExchangeReport exchange(RunReport report, String id) {
    return Optional.ofNullable(report.exchanges().get(id))
        .orElseThrow(
            () ->
                new UsageException(
                    "run %s has no exchange '%s'; it has e1 to e%d"
                        .formatted(report.run().id(), id, report.exchanges().size())));
  }
}
