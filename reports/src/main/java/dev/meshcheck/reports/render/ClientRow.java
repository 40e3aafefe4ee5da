package dev.meshcheck.reports.render;

import dev.meshcheck.reports.client.ClientVerdict;
import dev.meshcheck.reports.model.ClientReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.text.Counted;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A client, and what is the same for it on these targets.
 *
 * @param name what people call it
 * @param verdict whether it works
 * @param targets in the order of the plan
 * @param because the checks that the verdict rests on
 */
public record ClientRow(
    String name, ClientVerdict verdict, List<String> targets, List<ClientReport.Because> because) {

  /** A reason of more checks than that is told in part. */
  private static final int MOST = 4;

  /** What is told of clients, the worst first; nothing where a run came not to its end. */
  public static List<ClientRow> of(RunReport report) {
    Map<List<Object>, List<ClientReport>> alike =
        report.clients().orElse(List.of()).stream()
            .collect(
                Collectors.groupingBy(
                    one -> List.of(one.client(), one.verdict(), one.because()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return alike.values().stream()
        .map(
            group ->
                new ClientRow(
                    group.get(0).name(),
                    group.get(0).verdict(),
                    group.stream().map(ClientReport::target).toList(),
                    group.get(0).because()))
        .sorted(Comparator.comparing(ClientRow::verdict))
        .toList();
  }

  /** How many of them there are of each verdict, in words. */
  public static String counts(List<ClientRow> rows) {
    return Arrays.stream(ClientVerdict.values())
        .sorted(Comparator.reverseOrder())
        .map(v -> Map.entry(v, rows.stream().filter(row -> row.verdict() == v).count()))
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getKey().words() + ": " + entry.getValue())
        .collect(Collectors.joining(" · "));
  }

  /** Whether the verdict is one to be explained. */
  public boolean isExplained() {
    return verdict == ClientVerdict.DOES_NOT_WORK || verdict == ClientVerdict.WORKS_WITH_LIMITS;
  }

  /** The checks that speak against it, by what they mean for the client. */
  public Map<String, List<ClientReport.Because>> reasons() {
    return because.stream()
        .collect(
            Collectors.groupingBy(
                ClientReport.Because::meaning, LinkedHashMap::new, Collectors.toList()));
  }

  /** Why, in a line. */
  public String why() {
    if (verdict == ClientVerdict.NOT_JUDGED) {
      return Counted.of(because.size(), "check") + " that it stands on gave no verdict in this run";
    }
    return reasons().entrySet().stream()
        .map(reason -> reason.getKey() + " (" + checks(reason.getValue()) + ")")
        .collect(Collectors.joining("; "));
  }

  private static String checks(List<ClientReport.Because> all) {
    String first =
        all.stream().limit(MOST).map(ClientReport.Because::check).collect(Collectors.joining(", "));
    return all.size() > MOST ? first + " and " + (all.size() - MOST) + " more" : first;
  }
}
