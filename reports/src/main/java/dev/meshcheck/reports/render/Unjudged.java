package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What could not run, by its root: the cause that explains it, else reason and advice. The first
 * result of a root speaks for all of them, so that one wrong key is one error and not 390.
 */
public final class Unjudged {

  private final Map<CheckResult, List<CheckResult>> roots = new LinkedHashMap<>();
  private final Map<CheckResult, CheckResult> speakers = new HashMap<>();

  /** The roots of a run. */
  public Unjudged(Story story) {
    record Root(Object target, Object cause, Object reason, Object advice) {}
    Map<Root, List<CheckResult>> groups =
        story.report().results().stream()
            .filter(r -> r.outcome() == Outcome.COULD_NOT_RUN)
            .collect(
                Collectors.groupingBy(
                    r ->
                        story
                            .cause(r)
                            .map(c -> new Root(r.target(), c.cause(), "", ""))
                            .orElse(new Root("", "", r.reason(), r.guidance())),
                    LinkedHashMap::new,
                    Collectors.toList()));
    groups
        .values()
        .forEach(
            group -> {
              roots.put(group.get(0), group);
              group.forEach(one -> speakers.put(one, group.get(0)));
            });
  }

  /** How many roots there are. */
  public int roots() {
    return roots.size();
  }

  /** All that a result speaks for, itself included; empty where another one speaks for it. */
  public Optional<List<CheckResult>> spokenFor(CheckResult result) {
    return Optional.ofNullable(roots.get(result));
  }

  /** What is said of a result that another one speaks for. */
  public String asSaidOf(CheckResult result) {
    CheckResult speaker = speakers.getOrDefault(result, result);
    return "could not run, as " + Story.name(speaker) + ": " + speaker.message();
  }

  /** What is said of all that a result speaks for. */
  public static String heading(List<CheckResult> group) {
    String message = group.get(0).message();
    return group.size() == 1 ? message : group.size() + " checks could not run: " + message;
  }
}
