package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.meshcheck.reports.cause.Diagnosed.RuledOut;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a diagnosis rules out must not stand in its own lines. */
final class Contradictions {

  private static final Pattern NOTHING = Pattern.compile("nothing is answered (\\d{3})");
  private static final Pattern PAST =
      Pattern.compile("the key gets past the gate: .* → 40[13]\\b.*");
  private static final Pattern ANSWERED = Pattern.compile(".* → (\\d{3})\\b.*");

  private Contradictions() {}

  /** Fails where the report contradicts itself. */
  static void noneIn(DiagnosisReport report) {
    List<String> seen = report.layers().stream().flatMap(l -> l.seen().stream()).toList();
    for (CauseLine cause : report.causes()) {
      for (RuledOut out : cause.ruledOut()) {
        assertFalse(isContradicted(out, seen), () -> out + "\n" + report.json());
      }
    }
  }

  private static boolean isContradicted(RuledOut out, List<String> seen) {
    Matcher nothing = NOTHING.matcher(out.because());
    boolean counted =
        nothing.matches() && seen.stream().anyMatch(l -> l.contains("→ " + nothing.group(1)));
    boolean allLost =
        out.because().startsWith("a documented path exists")
            && seen.stream()
                .map(ANSWERED::matcher)
                .filter(Matcher::matches)
                .allMatch(m -> m.group(1).equals("404"));
    return counted || allLost || PAST.matcher(out.because()).matches();
  }
}
