package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.outcome.RunVerdict.Mood;
import dev.meshcheck.reports.text.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The words and the order that all readable reports of a night share. */
public record FleetStory(FleetReport report) {

  /**
   * One thing that is wrong in some environments.
   *
   * @param slug of the cause, where it has one
   * @param title in plain words
   * @param next the first step in the first of them
   * @param environments where, the worst first
   */
  public record Shared(
      Optional<String> slug,
      String title,
      Optional<String> next,
      List<EnvironmentReport> environments) {

    /** Such as {@code the key is refused in 7 environments}. */
    public String sentence() {
      return environments.size() == 1
          ? title + " in " + environments.get(0).name()
          : title + " in " + Counted.of(environments.size(), "environment");
    }
  }

  /** How an environment did, against its last night. */
  public enum Turn {
    NEW("new"),
    UNJUDGED("no longer judged"),
    FIXED("fixed"),
    AGAIN("judged again"),
    SAME("");

    private final String word;

    Turn(String word) {
      this.word = word;
    }

    /** What the night changed for an environment; one that waits has not changed yet. */
    static Turn of(EnvironmentReport one) {
      Optional<Mood> before = one.lastNight().map(n -> n.verdict().mood());
      Mood now = one.verdict().mood();
      if (one.verdict() == RunVerdict.WAITING || before.isEmpty()) {
        return SAME;
      }
      if (now == Mood.BAD && before.get() != Mood.BAD) {
        return NEW;
      }
      if (now == Mood.UNSURE) {
        return before.get() == Mood.UNSURE ? SAME : UNJUDGED;
      }
      if (now != Mood.GOOD || before.get() == Mood.GOOD || one.stillFails()) {
        return SAME;
      }
      return before.get() == Mood.BAD ? FIXED : AGAIN;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** The environments, the worst first; among the alike, what is new, then what fails most. */
  public List<EnvironmentReport> worstFirst() {
    return report.environments().stream()
        .sorted(
            Comparator.comparing(EnvironmentReport::verdict)
                .thenComparing(Turn::of)
                .thenComparing(e -> -e.summary().failed())
                .thenComparing(EnvironmentReport::name))
        .toList();
  }

  /** The worst verdict on any environment. */
  public RunVerdict worst() {
    return report.environments().stream()
        .map(EnvironmentReport::verdict)
        .min(Comparator.comparing(RunVerdict::mood).thenComparing(Comparator.naturalOrder()))
        .orElse(RunVerdict.INCOMPLETE);
  }

  /** How many environments there are of each verdict that occurs, the worst first. */
  public Map<RunVerdict, Integer> verdicts() {
    Map<RunVerdict, Integer> counts = new EnumMap<>(RunVerdict.class);
    report.environments().forEach(e -> counts.merge(e.verdict(), 1, Integer::sum));
    return counts;
  }

  /** The night in one sentence, such as {@code 6 of 200 environments failed}. */
  public String headline() {
    int all = report.environments().size();
    long bad = count(Mood.BAD);
    long unsure = count(Mood.UNSURE);
    if (all == 0) {
      return "no environment was judged";
    }
    if (bad + unsure == 0) {
      return all == 1 ? "the environment passed" : "all " + all + " environments passed";
    }
    String beside = unsure == 0 ? "" : ", and " + unsure + " could not be judged";
    return bad > 0
        ? bad + " of " + Counted.of(all, "environment") + " " + whatIsBad() + beside
        : unsure + " of " + Counted.of(all, "environment") + " could not be judged";
  }

  private String whatIsBad() {
    Set<RunVerdict> bad = EnumSet.noneOf(RunVerdict.class);
    verdicts().keySet().stream().filter(v -> v.mood() == Mood.BAD).forEach(bad::add);
    if (bad.equals(EnumSet.of(RunVerdict.FAILED))) {
      return "failed";
    }
    return bad.equals(EnumSet.of(RunVerdict.UNREACHABLE)) ? "could not be reached" : "went wrong";
  }

  private long count(Mood mood) {
    return report.environments().stream().filter(e -> e.verdict().mood() == mood).count();
  }

  /** Such as {@code 3 failed, 2 unreachable, 195 passed}. */
  public String counts() {
    return verdicts().entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey().toString().replace('-', ' '))
        .collect(Collectors.joining(", "));
  }

  /** What changed since the night before, in words; empty where nothing did, or there was none. */
  public String changes() {
    List<String> parts = new ArrayList<>();
    for (Turn turn : List.of(Turn.NEW, Turn.UNJUDGED, Turn.FIXED, Turn.AGAIN)) {
      long many = report.environments().stream().filter(e -> Turn.of(e) == turn).count();
      if (many > 0) {
        parts.add(many + " " + (turn == Turn.NEW ? "newly failing" : turn));
      }
    }
    return String.join(", ", parts);
  }

  /** What is wrong, once for all environments that have it; the most of them first. */
  public List<Shared> shared() {
    Map<List<Object>, List<EnvironmentReport>> groups = new LinkedHashMap<>();
    for (EnvironmentReport one : worstFirst()) {
      one.causes().stream()
          .map(c -> List.<Object>of(c.cause()))
          .distinct()
          .forEach(key -> groups.computeIfAbsent(key, k -> new ArrayList<>()).add(one));
      if (one.causes().isEmpty() && one.verdict() != RunVerdict.WAITING) {
        one.why()
            .ifPresent(
                why -> groups.computeIfAbsent(List.of("", why), k -> new ArrayList<>()).add(one));
      }
    }
    return groups.entrySet().stream()
        .map(e -> shared(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing((Shared s) -> -s.environments().size()))
        .toList();
  }

  private static Shared shared(List<Object> key, List<EnvironmentReport> where) {
    if (key.size() > 1) {
      return new Shared(
          Optional.empty(), key.get(1).toString(), Optional.empty(), List.copyOf(where));
    }
    FleetCause first =
        where.get(0).causes().stream()
            .filter(c -> c.cause().equals(key.get(0)))
            .findFirst()
            .orElseThrow();
    return new Shared(Optional.of(first.cause()), first.title(), first.next(), List.copyOf(where));
  }

  /** Failures that no cause explains, in more than one environment; the most of them first. */
  public List<Shared> sharedFailures() {
    Map<String, List<EnvironmentReport>> groups = new LinkedHashMap<>();
    for (EnvironmentReport one : worstFirst()) {
      one.failures().stream()
          .map(FailureRoot::check)
          .distinct()
          .forEach(check -> groups.computeIfAbsent(check, c -> new ArrayList<>()).add(one));
    }
    return groups.entrySet().stream()
        .filter(e -> e.getValue().size() > 1)
        .map(
            e ->
                new Shared(
                    Optional.of(e.getKey()),
                    message(e.getValue().get(0), e.getKey()),
                    Optional.empty(),
                    List.copyOf(e.getValue())))
        .sorted(Comparator.comparing((Shared s) -> -s.environments().size()))
        .toList();
  }

  private static String message(EnvironmentReport one, String check) {
    return one.failures().stream()
        .filter(f -> f.check().equals(check))
        .findFirst()
        .orElseThrow()
        .message();
  }

  /**
   * What changed in the results of an environment; empty where nothing did, and where its failures
   * are the caller's own, of which none is new at the host.
   */
  static String change(EnvironmentReport one) {
    return one.verdict() == RunVerdict.NOT_JUDGED
        ? ""
        : one.change().map(NightChange::words).orElse("");
  }

  /** What is wrong in an environment, in a line; empty where nothing is. */
  public static String wrong(EnvironmentReport one) {
    List<String> all = new ArrayList<>();
    one.causes().forEach(c -> all.add(c.title()));
    one.failures().forEach(f -> all.add(f.message()));
    if (all.isEmpty()) {
      return one.why().orElse("");
    }
    int more = all.size() - 1 + one.moreFailures();
    return all.get(0) + (more == 0 ? "" : ", and " + more + " more");
  }
}
