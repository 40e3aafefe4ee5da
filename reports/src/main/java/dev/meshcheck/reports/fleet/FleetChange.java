package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.outcome.RunVerdict.Mood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is different between two nights; each entry is a line about an environment.
 *
 * @param newlyFailing fail now and did not before, or fail in checks that did not
 * @param fixed pass now and did not before
 * @param stillFailing fail as before
 * @param newlyUnjudged passed or failed before, and nothing can be said now
 * @param judgedAgain pass now, and nothing could be said before
 * @param changedCause do not pass for another cause than before
 * @param added in this night only
 * @param removed in the earlier night only
 */
public record FleetChange(
    List<String> newlyFailing,
    List<String> fixed,
    List<String> stillFailing,
    List<String> newlyUnjudged,
    List<String> judgedAgain,
    List<String> changedCause,
    List<String> added,
    List<String> removed) {

  /** What is different in the later one. */
  public static FleetChange between(FleetReport before, FleetReport now) {
    Map<String, EnvironmentReport> old = byName(before);
    FleetChange change =
        new FleetChange(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    byName(now)
        .forEach(
            (name, one) ->
                Optional.ofNullable(old.remove(name))
                    .ifPresentOrElse(
                        earlier -> change.compare(earlier, one), () -> change.add(one)));
    change.removed.addAll(old.keySet());
    return change;
  }

  private static Map<String, EnvironmentReport> byName(FleetReport night) {
    return night.environments().stream()
        .collect(
            Collectors.toMap(
                EnvironmentReport::name, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  /** A failure in an environment that nobody knew is news as well. */
  private void add(EnvironmentReport one) {
    added.add(one.name());
    if (one.verdict().mood() == Mood.BAD) {
      newlyFailing.add(line(one));
    }
  }

  private void compare(EnvironmentReport before, EnvironmentReport now) {
    Mood was = before.verdict().mood();
    Mood is = now.verdict().mood();
    Set<String> more = failures(now);
    // Where some are left out, one that is not there may have been.
    boolean known = before.moreNotPassed() == 0;
    more.removeAll(failures(before));
    if (is == Mood.BAD && was != Mood.BAD) {
      newlyFailing.add(line(now));
    } else if (is == Mood.BAD && known && !more.isEmpty()) {
      newlyFailing.add(now.name() + ": also " + String.join(", ", more));
    } else if (is == Mood.BAD || (is == Mood.GOOD && was != Mood.GOOD && now.stillFails())) {
      stillFailing.add(line(now));
    } else if (is == Mood.GOOD && was == Mood.BAD) {
      fixed.add(now.name());
    } else if (is == Mood.GOOD && was == Mood.UNSURE) {
      // Nobody knows whether anything was broken, so nothing was fixed.
      judgedAgain.add(now.name() + ": " + now.verdict().words());
    } else if (is == Mood.UNSURE && was != Mood.UNSURE) {
      newlyUnjudged.add(line(now) + "; it " + (was == Mood.BAD ? "failed" : "passed") + " before");
    }
    if (is != Mood.GOOD && was != Mood.GOOD && !causes(before).equals(causes(now))) {
      changedCause.add(
          now.name() + ": was " + words(causes(before)) + ", is " + words(causes(now)));
    }
  }

  private static String line(EnvironmentReport one) {
    String wrong = FleetStory.wrong(one);
    return one.name() + ": " + one.verdict().words() + (wrong.isEmpty() ? "" : ", " + wrong);
  }

  private static Set<String> failures(EnvironmentReport one) {
    return one.unknownFailures()
        .map(CheckOutcome::where)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> causes(EnvironmentReport one) {
    return one.causes().stream()
        .map(FleetCause::cause)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String words(Set<String> causes) {
    return causes.isEmpty() ? "none that is known" : String.join(", ", causes);
  }

  /** The numbers that matter, such as {@code 2 newly failing, 1 fixed, 4 still failing}. */
  public String headline() {
    return newlyFailing.size()
        + " newly failing, "
        + fixed.size()
        + " fixed, "
        + stillFailing.size()
        + " still failing"
        + counted(newlyUnjudged, "no longer judged")
        + counted(judgedAgain, "judged again");
  }

  private static String counted(List<String> some, String what) {
    return some.isEmpty() ? "" : ", " + some.size() + " " + what;
  }

  /** A line for each environment that is different, or fails still. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    newlyFailing.forEach(one -> lines.add("new: " + one));
    fixed.forEach(one -> lines.add("fixed: " + one));
    newlyUnjudged.forEach(one -> lines.add("no longer judged: " + one));
    judgedAgain.forEach(one -> lines.add("judged again: " + one));
    changedCause.forEach(one -> lines.add("cause: " + one));
    stillFailing.forEach(one -> lines.add("still failing: " + one));
    added.forEach(one -> lines.add("environment added: " + one));
    removed.forEach(one -> lines.add("environment removed: " + one));
    return List.copyOf(lines);
  }
}
