package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.html.Assets;
import dev.meshcheck.reports.html.Numbers;
import dev.meshcheck.reports.html.Page;
import dev.meshcheck.reports.html.Sign;
import dev.meshcheck.reports.html.Templates;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.RunVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that index.html shows: one file that needs neither network nor script to be read.
 *
 * @param report the night
 * @param story the words that all reports of a night share
 * @param assets style sheet and script
 * @param rows the environments, the worst first
 * @param routes those that somebody has, in one order
 * @param shared what is wrong, once for all environments that have it
 * @param sharedFailures what else fails in several of them
 * @param verdicts how many there are of each, the worst first
 */
public record FleetPage(
    FleetReport report,
    FleetStory story,
    Assets assets,
    List<EnvironmentRow> rows,
    List<RouteName> routes,
    List<FleetStory.Shared> shared,
    List<FleetStory.Shared> sharedFailures,
    Map<RunVerdict, Integer> verdicts) {

  /** What a page may weigh, in bytes. */
  static final int LIMIT = 4_900_000;

  /** Labels that there is a field for in the filter; more are found by their text. */
  private static final int MOST_LABELS = 6;

  private static final int MOST_VALUES = 100;

  /** Things that are wrong and told at once; a reader wants the list of environments, too. */
  private static final int MOST_SHARED = 8;

  /** The text of index.html. */
  static String render(FleetReport report) {
    List<EnvironmentRow> rows = EnvironmentRow.worstFirst(report);
    String page = render(report, rows);
    // The end of the list is what does well.
    for (int size = size(page); size > LIMIT && !rows.isEmpty(); size = size(page)) {
      rows = rows.subList(0, (int) (rows.size() * 0.9 * LIMIT / size));
      page = render(report, rows);
    }
    return page;
  }

  private static String render(FleetReport report, List<EnvironmentRow> rows) {
    FleetStory story = new FleetStory(report);
    FleetPage page =
        new FleetPage(
            report,
            story,
            Assets.fleet(),
            rows,
            routes(report),
            story.shared(),
            story.sharedFailures(),
            story.verdicts());
    return Templates.render("fleet.jte", page);
  }

  private static int size(String page) {
    return page.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Those that are told at once. */
  public static List<FleetStory.Shared> first(List<FleetStory.Shared> all) {
    return all.subList(0, Math.min(MOST_SHARED, all.size()));
  }

  /** Those that are told to who asks. */
  public static List<FleetStory.Shared> rest(List<FleetStory.Shared> all) {
    return all.subList(first(all).size(), all.size());
  }

  /** The sign of the whole night. */
  public Sign sign() {
    return Sign.of(story.worst());
  }

  /** How many environments this page has no room for. */
  public int leftOut() {
    return report.environments().size() - rows.size();
  }

  private static List<RouteName> routes(FleetReport report) {
    Set<RouteName> routes = EnumSet.noneOf(RouteName.class);
    report.environments().forEach(e -> e.routes().forEach(r -> routes.add(r.route())));
    return List.copyOf(routes);
  }

  /** How much of all environments have that verdict. */
  public String share(RunVerdict verdict) {
    return Numbers.percent(verdicts.get(verdict), report.environments().size());
  }

  /** Where the part of that verdict begins in the bar of all. */
  public String shareFrom(RunVerdict verdict) {
    int before =
        verdicts.entrySet().stream()
            .filter(e -> e.getKey().compareTo(verdict) < 0)
            .mapToInt(Map.Entry::getValue)
            .sum();
    return Numbers.percent(before, report.environments().size());
  }

  /** The labels that the filter has a field for, with their values. */
  public Map<String, Set<String>> labels() {
    Map<String, Set<String>> labels = new TreeMap<>();
    report
        .environments()
        .forEach(
            e ->
                e.labels()
                    .forEach(
                        (key, value) ->
                            labels.computeIfAbsent(key, k -> new TreeSet<>()).add(value)));
    labels.values().removeIf(values -> values.size() > MOST_VALUES);
    while (labels.size() > MOST_LABELS) {
      labels.keySet().remove(List.copyOf(labels.keySet()).get(MOST_LABELS));
    }
    return labels;
  }

  /** When the night began. */
  public String began() {
    return Page.time(report.night().startedAt());
  }

  /** How long the night took; empty while it goes on. */
  public Optional<String> took() {
    return report
        .night()
        .finishedAt()
        .map(end -> Duration.between(report.night().startedAt(), end).toMillis())
        .map(ms -> Numbers.duration((double) ms));
  }

  /** The exit code with its meaning. */
  public Optional<String> ending() {
    return report.night().exitCode().map(c -> "exit " + c + ": " + ExitCode.of(c).meaning());
  }

  /** Tokens that the night spent. */
  public String tokens() {
    return Numbers.count(report.environments().stream().mapToLong(EnvironmentReport::tokens).sum());
  }

  /** Requests that the night sent. */
  public String requests() {
    return Numbers.count(
        report.environments().stream().mapToLong(EnvironmentReport::requests).sum());
  }
}
