package dev.meshcheck.reports.cause;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a rule says about one cause. */
public sealed interface Finding {

  /** Nothing speaks for it or against it. */
  Finding SILENT = new Silent();

  /**
   * The cause is there.
   *
   * @param confidence from 0 to 1
   * @param evidence which probes, and what came back
   * @param symptom the exchanges that failed because of it
   * @param insteadOf the causes whose place it takes beside those that its cause always does
   */
  record Found(
      double confidence, List<String> evidence, Predicate<Trial> symptom, Set<String> insteadOf)
      implements Finding {
    /** Keeps copies. */
    public Found {
      evidence = List.copyOf(evidence);
      insteadOf = Set.copyOf(insteadOf);
    }

    /** The same, told after that line. */
    Found after(String line) {
      return after(List.of(line));
    }

    /** The same, told after those lines. */
    Found after(List<String> lines) {
      return telling(Stream.concat(lines.stream(), evidence.stream()).toList());
    }

    /** The same, with those lines behind. */
    Found and(List<String> lines) {
      return telling(Stream.concat(evidence.stream(), lines.stream()).toList());
    }

    private Found telling(List<String> lines) {
      return new Found(confidence, lines, symptom, insteadOf);
    }
  }

  /**
   * The cause is not there.
   *
   * @param because one sentence
   */
  record RuledOut(String because) implements Finding {}

  /** Nothing is known. */
  record Silent() implements Finding {}

  /** The cause is there, and explains these exchanges. */
  static Finding found(double confidence, List<String> evidence, Predicate<Trial> symptom) {
    return new Found(confidence, evidence, symptom, Set.of());
  }

  /** The cause is there, and explains no exchange by itself. */
  static Finding found(double confidence, List<String> evidence) {
    return new Found(confidence, evidence, trial -> false, Set.of());
  }

  /** The cause is not there, for that reason. */
  static Finding ruledOut(String because) {
    return new RuledOut(because);
  }
}
