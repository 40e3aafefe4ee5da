package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The same request is answered now this way, now that way. */
final class ChangeRules {

  static final Map<String, Rule> ALL = Map.of("answers-differ", ChangeRules::differ);

  private ChangeRules() {}

  /** What would refute it: that every request which was sent twice is answered the same twice. */
  private static Finding differ(Evidence e) {
    if (e.network().isEmpty()) {
      return differInRun(e);
    }
    String addresses = e.clues().get(Clue.ADDRESSES_DIFFER);
    List<String> lines = new ArrayList<>();
    Optional.ofNullable(addresses).ifPresent(lines::add);
    List<List<Trial>> asked = groups(e);
    List<List<Trial>> mixed = asked.stream().filter(g -> kinds(g).size() > 1).toList();
    mixed.stream().limit(2).forEach(group -> lines.add(told(group)));
    mixed.stream().limit(1).forEach(group -> lines.addAll(samples(group)));
    if (lines.isEmpty()) {
      boolean repeated = asked.stream().anyMatch(g -> g.size() > 2);
      return repeated
          ? Finding.ruledOut("a request that is sent again is answered the same")
          : Finding.SILENT;
    }
    if (e.clues().containsKey(Clue.SLOWLY_ANSWERED)) {
      return Finding.ruledOut(e.clues().get(Clue.SLOWLY_ANSWERED));
    }
    if (addresses == null && (LoadRules.isBurst(e) || !ShutOutRules.since(e).isEmpty())) {
      return Finding.ruledOut("from some request on, every one is refused");
    }
    boolean once = addresses == null && mixed.size() == 1 && isFirstAlone(e, mixed.get(0));
    if (once) {
      lines.add(
          "it was the first of these, and those behind it are answered: what starts breaks like that, too");
    }
    boolean busy = addresses == null && mixed.stream().allMatch(ChangeRules::mayBeALimit);
    if (busy) {
      lines.add(
          "nginx and Envoy say 503 to whoever asks more than they let through, as of a server that is gone");
    }
    return Finding.found(
        busy || once ? 0.6 : 0.95, lines, t -> !t.good() && isSometimesGood(t, mixed));
  }

  /**
   * Whether the first of them broke, and no other; nor what was asked of the route in another way,
   * before it or after it.
   */
  private static boolean isFirstAlone(Evidence e, List<Trial> group) {
    Trial first = group.get(0);
    boolean broke = first.is(500, 502, 503, 504) || first.noAnswer().isPresent();
    long such =
        e.trials().stream()
            .filter(t -> t.route().equals(first.route()) && !t.good() && isSuch(t, first))
            .count();
    return broke && such == 1 && group.stream().skip(1).allMatch(Trial::good);
  }

  /** Whether all that is odd is a 503 of a front, such as nginx says where it limits. */
  private static boolean mayBeALimit(List<Trial> group) {
    return group.stream()
        .filter(t -> !t.good())
        .allMatch(t -> t.is(503) && (LoadRules.isLimitOfNginx(t) || t.has(Mark.BUSY)));
  }

  /**
   * A run sends many requests, and some of them again. What would refute it: that each of these is
   * answered the same. What was answered wrongly each time it was asked is no matter of chance.
   */
  private static Finding differInRun(Evidence e) {
    Map<Integer, List<Trial>> asked =
        e.where(t -> t.route().isPresent() && t.flow().isEmpty() && isTold(t)).stream()
            .collect(Collectors.groupingBy(Trial::asked, LinkedHashMap::new, Collectors.toList()));
    List<List<Trial>> mixed =
        asked.values().stream()
            .filter(g -> g.stream().anyMatch(Trial::good) && !g.stream().allMatch(Trial::good))
            .toList();
    if (mixed.isEmpty()) {
      boolean repeated = asked.values().stream().anyMatch(g -> g.size() > 1);
      return repeated
          ? Finding.ruledOut("a request that is sent again is answered the same")
          : Finding.SILENT;
    }
    if (!ShutOutRules.since(e).isEmpty()) {
      return Finding.ruledOut("from some request on, none is answered");
    }
    List<Trial> odd = mixed.stream().flatMap(List::stream).filter(t -> !t.good()).toList();
    List<String> lines = new ArrayList<>();
    mixed.stream().limit(3).forEach(group -> lines.add(told(group)));
    lines.addAll(samples(mixed.get(0)));
    boolean busy = odd.stream().allMatch(t -> t.is(503) || (t.is(403) && t.voice().isForeign()));
    if (busy) {
      lines.add(
          "a front that refuses whoever asks much looks the same; with --parallel 1 it does not");
    }
    return Finding.found(
        busy ? 0.6 : 0.9,
        lines,
        t ->
            odd.stream().anyMatch(o -> isSuch(t, o))
                && isChance(asked.getOrDefault(t.asked(), List.of())));
  }

  private static boolean isChance(List<Trial> same) {
    return same.size() == 1 || same.stream().anyMatch(Trial::good);
  }

  /**
   * Being told to come later is no difference, and a busy machine of ours may be late. A 503 that
   * is not in the API's words may be that of a front whose server is gone.
   */
  private static boolean isTold(Trial t) {
    return t.status().isPresent()
        ? !t.is(429) && !(t.is(503) && !t.voice().isForeign())
        : t.noAnswer().equals(Optional.of(NoAnswer.Kind.CONNECTION_CLOSED));
  }

  private static boolean isSuch(Trial trial, Trial odd) {
    return odd.status().isPresent() ? trial.like(odd) : trial.noAnswer().equals(odd.noAnswer());
  }

  private static boolean isSometimesGood(Trial trial, List<List<Trial>> mixed) {
    return mixed.stream().anyMatch(g -> g.get(0).sentAs(trial));
  }

  /** Whether it differs from what is configured in the key alone. */
  private static boolean isByAKey(Evidence e, Trial t) {
    return t.key() != Sent.CONFIGURED
        && (t.user() == Sent.CONFIGURED) == e.subject().userGiven()
        && t.model() == Sent.CONFIGURED;
  }

  /** Plain requests that were sent more than once; being told to come later is no difference. */
  private static List<List<Trial>> groups(Evidence e) {
    List<List<Trial>> groups = new ArrayList<>();
    for (Trial trial : e.trials()) {
      if (trial.route().isEmpty() || trial.is(429)) {
        continue;
      }
      if (trial.method().equals("POST") && !e.asConfigured(trial) && !isByAKey(e, trial)) {
        continue;
      }
      Optional<List<Trial>> known = groups.stream().filter(g -> g.get(0).sentAs(trial)).findFirst();
      known
          .orElseGet(
              () -> {
                List<Trial> group = new ArrayList<>();
                groups.add(group);
                return group;
              })
          .add(trial);
    }
    return groups;
  }

  /** How often each kind of answer came. */
  private static Map<String, Long> kinds(List<Trial> group) {
    return group.stream()
        .collect(
            Collectors.groupingBy(ChangeRules::kind, LinkedHashMap::new, Collectors.counting()));
  }

  private static String kind(Trial trial) {
    if (trial.status().isEmpty()) {
      return trial.noAnswer().map(Object::toString).orElse("nothing");
    }
    String models =
        trial.models().isEmpty()
            ? ""
            : " (" + String.join(", ", trial.models().stream().sorted().limit(3).toList()) + ")";
    String what =
        trial.isPage() ? " (a web page)" : trial.has(Mark.HIDDEN_ERROR) ? " (an error)" : models;
    return trial.status().get() + what;
  }

  private static String told(List<Trial> group) {
    String request = group.get(0).requested();
    List<String> parts = new ArrayList<>();
    kinds(group)
        .forEach((kind, count) -> parts.add("%d of %d → %s".formatted(count, group.size(), kind)));
    return request + ": " + String.join(", ", parts);
  }

  /** One answer of each kind, with what its headers say of its author. */
  private static List<String> samples(List<Trial> group) {
    return kinds(group).keySet().stream()
        .map(kind -> group.stream().filter(t -> kind(t).equals(kind)).findFirst().orElseThrow())
        .map(t -> t.answered() + (t.voice().told().isEmpty() ? "" : ", " + t.voice().told()))
        .limit(3)
        .toList();
  }
}
