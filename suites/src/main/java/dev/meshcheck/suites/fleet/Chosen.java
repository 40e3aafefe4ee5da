package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.reports.known.Glob;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which environments of a file a night is about. */
final class Chosen {

  private Chosen() {}

  /**
   * The environments that a selection names, in the order of the file.
   *
   * @param globs of names; one is enough
   * @param labels as {@code key=value}; of each key one is enough
   * @throws UsageException where a part of the selection matches none: a typing error must not
   *     shrink a night
   */
  static List<Entry> of(List<Entry> entries, List<String> globs, List<String> labels) {
    List<Glob> names = globs.stream().map(glob -> glob(glob, entries)).toList();
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    labels.forEach(label -> add(label, entries, wanted));
    Predicate<Entry> named =
        entry -> names.isEmpty() || names.stream().anyMatch(glob -> glob.matches(entry.name()));
    Predicate<Entry> labelled =
        entry ->
            wanted.entrySet().stream()
                .allMatch(
                    one -> one.getValue().contains(entry.labels().getOrDefault(one.getKey(), "")));
    List<Entry> chosen = entries.stream().filter(named).filter(labelled).toList();
    if (chosen.isEmpty()) {
      throw new UsageException(
          "no environment matches %s; each part of the selection matches some, but none matches all"
              .formatted(
                  Stream.concat(
                          globs.stream().map(glob -> "--select-target '" + glob + "'"),
                          labels.stream().map(label -> "--label '" + label + "'"))
                      .collect(Collectors.joining(" "))));
    }
    return chosen;
  }

  private static Glob glob(String text, List<Entry> entries) {
    Glob glob = new Glob(text);
    List<String> names = entries.stream().map(Entry::name).toList();
    if (names.stream().noneMatch(glob::matches)) {
      throw new UsageException(
          "--select-target '%s' matches no environment; %sthere are %s"
              .formatted(text, DidYouMean.hint(text, names), some(names)));
    }
    return glob;
  }

  private static void add(String label, List<Entry> entries, Map<String, Set<String>> wanted) {
    int end = label.indexOf('=');
    if (end < 1) {
      throw new UsageException(
          "--label '%s' is not KEY=VALUE; write it as in --label region=eu".formatted(label));
    }
    String key = label.substring(0, end);
    String value = label.substring(end + 1);
    Set<String> keys =
        entries.stream()
            .flatMap(entry -> entry.labels().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!keys.contains(key)) {
      throw new UsageException(
          "--label '%s': no environment has the label '%s'; %s%s"
              .formatted(
                  label,
                  key,
                  DidYouMean.hint(key, keys),
                  keys.isEmpty() ? "none has any" : "there are " + some(List.copyOf(keys))));
    }
    Set<String> values =
        entries.stream()
            .flatMap(entry -> Stream.ofNullable(entry.labels().get(key)))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!values.contains(value)) {
      throw new UsageException(
          "--label '%s': no environment has it; %s%s is one of %s"
              .formatted(label, DidYouMean.hint(value, values), key, some(List.copyOf(values))));
    }
    wanted.computeIfAbsent(key, one -> new LinkedHashSet<>()).add(value);
  }

  private static String some(List<String> words) {
    int most = 20;
    return String.join(", ", words.subList(0, Math.min(most, words.size())))
        + (words.size() > most ? " and " + (words.size() - most) + " more" : "");
  }
}
