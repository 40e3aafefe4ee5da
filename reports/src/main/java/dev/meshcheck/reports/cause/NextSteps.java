package dev.meshcheck.reports.cause;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What to do next, so that each command can be typed as it is printed. A step with a gap for which
 * the evidence has nothing is left out: it is for another case of the same cause.
 */
final class NextSteps {

  private static final Pattern GAP = Pattern.compile("\\{([a-z0-9-]+)}");

  private NextSteps() {}

  /** A step as it reads where nothing is known of a run. */
  static String inGeneral(String step) {
    return filled(step, Gaps.IN_GENERAL);
  }

  /**
   * The steps of a cause that was found.
   *
   * @param told the lines of its evidence
   * @param symptom the exchanges that failed because of it
   */
  static List<String> of(
      Cause cause, Evidence evidence, List<String> told, Predicate<Trial> symptom) {
    Commands commands = new Commands(evidence.subject());
    Map<String, String> values =
        new Gaps(commands, evidence, shown(evidence, told, symptom)).values();
    List<String> steps = new ArrayList<>();
    Set<String> exported = new LinkedHashSet<>();
    for (String step : cause.next(evidence.subject().surface().name())) {
      if (!hasAll(step, values)) {
        continue;
      }
      String typed = filled(step, values);
      commands.exports(typed).stream()
          .filter(export -> exported.add(export.variable()))
          .forEach(export -> steps.add(export.toString()));
      steps.add(typed);
    }
    return List.copyOf(steps);
  }

  /** What is quoted in the evidence, then the rest of what failed because of it. */
  private static List<Trial> shown(Evidence evidence, List<String> told, Predicate<Trial> symptom) {
    Stream<Trial> quoted =
        told.stream()
            .flatMap(line -> evidence.trials().stream().filter(trial -> isQuoted(trial, line)));
    return Stream.concat(quoted, evidence.trials().stream().filter(symptom)).distinct().toList();
  }

  /** Whole, or with how often which answer came. */
  private static boolean isQuoted(Trial trial, String line) {
    return line.contains(trial.toString()) || line.startsWith(trial.requested() + ":");
  }

  private static boolean hasAll(String step, Map<String, String> values) {
    return GAP.matcher(step).results().map(gap -> gap.group(1)).allMatch(values::containsKey);
  }

  private static String filled(String step, Map<String, String> values) {
    return GAP.matcher(step).replaceAll(gap -> Matcher.quoteReplacement(value(gap, values)));
  }

  private static String value(MatchResult gap, Map<String, String> values) {
    return Optional.ofNullable(values.get(gap.group(1))).orElse(gap.group());
  }
}
