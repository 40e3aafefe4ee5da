package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a check asked of the hosts.
 *
 * @param check its id
 * @param requests those sent again included, and those that other checks rest on, too
 * @param tokens as the answers said
 * @param saved what would not have been spent without it: the tokens of answers that no other check
 *     rests on
 */
public record CheckCost(String check, int requests, long tokens, long saved) {

  private static final Comparator<CheckCost> DEAREST_FIRST =
      Comparator.comparingLong(CheckCost::tokens)
          .thenComparing(CheckCost::requests)
          .reversed()
          .thenComparing(CheckCost::check);

  /** What each check of a run asked, on all targets together, dearest first. */
  static List<CheckCost> of(RunReport report) {
    Map<String, Set<String>> exchanges = new LinkedHashMap<>();
    Map<String, Set<String>> users = new HashMap<>();
    for (CheckResult result : report.results()) {
      for (String id : result.exchanges()) {
        exchanges.computeIfAbsent(result.check(), first -> new LinkedHashSet<>()).add(id);
        users.computeIfAbsent(id, first -> new LinkedHashSet<>()).add(result.check());
      }
    }
    return exchanges.entrySet().stream()
        .map(
            one -> {
              List<ExchangeReport> mine =
                  one.getValue().stream().map(report.exchanges()::get).toList();
              List<ExchangeReport> alone =
                  one.getValue().stream()
                      .filter(id -> users.get(id).size() == 1)
                      .map(report.exchanges()::get)
                      .toList();
              int requests = mine.stream().mapToInt(ExchangeReport::requests).sum();
              return new CheckCost(one.getKey(), requests, sum(mine), sum(alone));
            })
        .sorted(DEAREST_FIRST)
        .toList();
  }

  private static long sum(List<ExchangeReport> exchanges) {
    return exchanges.stream().mapToLong(exchange -> exchange.tokens().orElse(0L)).sum();
  }
}
