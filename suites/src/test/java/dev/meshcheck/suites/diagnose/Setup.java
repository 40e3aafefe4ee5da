package dev.meshcheck.suites.diagnose;

import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import java.util.List;
import java.util.Set;

/**
 * A set-up as people have it, mostly with real programs, and what a diagnosis may say of it.
 *
 * @param kind the subject
 * @param name what is set up, in a few words
 * @param right the causes that may rank first; none where nothing is wrong
 * @param beside what has to be in the evidence or the causes of it, where anything
 * @param needs the programs without which it is skipped
 * @param play the set-up, played to its end
 */
record Setup(
    String kind, String name, Set<String> right, String beside, List<String> needs, Play play) {

  /** A set-up, played to its end. */
  interface Play {
    DiagnosisReport on(Stage stage) throws Exception;
  }

  /** A set-up in which one of these causes has to rank first. */
  static Setup shows(String kind, String name, String right, Play play, String... needs) {
    return new Setup(kind, name, Set.of(right.split(" ", -1)), "", List.of(needs), play);
  }

  /** A set-up in which nothing is wrong, though it looks like one in which something is. */
  static Setup healthy(String kind, String name, Play play, String... needs) {
    return new Setup(kind, name, Set.of(), "", List.of(needs), play);
  }

  /** The same, with words that the evidence has to hold. */
  Setup saying(String words) {
    return new Setup(kind, name, right, words, needs, play);
  }

  /** How well that diagnosis tells it. */
  Grade grade(DiagnosisReport report) {
    List<CauseLine> told = report.causes().stream().filter(c -> !c.harmless()).toList();
    List<CauseLine> remarks = report.causes().stream().filter(CauseLine::harmless).toList();
    if (right.isEmpty()) {
      return told.isEmpty() ? Grade.RIGHT : Grade.FALSE_ALARM;
    }
    List<CauseLine> ranked = told.isEmpty() ? remarks : told;
    if (ranked.isEmpty()
        || (ranked.get(0).cause().equals("unknown") && !right.contains("unknown"))) {
      return Grade.BLIND;
    }
    boolean said = beside.isEmpty() || report.causes().toString().contains(beside);
    return right.contains(ranked.get(0).cause()) && said ? Grade.RIGHT : Grade.WRONG;
  }

  /** How well a set-up was told. */
  enum Grade {
    RIGHT,
    /** Another cause ranks first, or the words are missing. */
    WRONG,
    /** Nothing is said, or only that it is unknown. */
    BLIND,
    /** A cause where nothing is wrong. */
    FALSE_ALARM
  }

  @Override
  public String toString() {
    return kind + ": " + name;
  }
}
