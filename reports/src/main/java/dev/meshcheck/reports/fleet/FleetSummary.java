package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.html.Numbers;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.render.BoundedText;
import dev.meshcheck.reports.render.Markdown;
import dev.meshcheck.reports.text.NextStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders summary.md of a night: what is wrong once, then each environment, the worst first. */
final class FleetSummary {

  private static final String WRONG =
      """
      | what is wrong | where | next |
      | --- | --- | --- |
      """;

  private static final String ENVIRONMENTS =
      """
      | environment | verdict | what | changed | first token | latency | tokens |
      | --- | --- | --- | --- | --- | --- | --- |
      """;

  /** More are counted. */
  private static final int MOST_NAMES = 8;

  private static final int MOST_SHARED = 20;

  private FleetSummary() {}

  /** The text of summary.md, always under 60 KB. */
  static String render(FleetReport report) {
    FleetStory story = new FleetStory(report);
    BoundedText text = new BoundedText("", NightPlaces.FLEET);
    text.add("## Meshcheck: " + Markdown.inline(story.headline(), 300) + "\n\n");
    text.add("**" + story.counts() + "**" + ending(report.night()));
    text.add((story.changes().isEmpty() ? "" : " · " + story.changes()) + "\n\n");
    List<FleetStory.Shared> shared = story.shared();
    text.section(
        WRONG,
        shared.stream()
            .limit(MOST_SHARED)
            .map(s -> row(s.title(), names(s), s.next().map(FleetSummary::step).orElse("–")))
            .toList());
    if (shared.size() > MOST_SHARED) {
      text.add("… and " + (shared.size() - MOST_SHARED) + " more: see index.html\n\n");
    }
    text.section(
        "### Environments\n\n" + ENVIRONMENTS,
        story.worstFirst().stream().map(FleetSummary::line).toList());
    text.section(
        "### Notes\n\n",
        report.night().notes().stream()
            .map(note -> "- " + Markdown.inline(note, 1000) + "\n")
            .toList());
    return text.toString();
  }

  private static String ending(Night night) {
    String code =
        night.exitCode().map(c -> " · exit " + c + ": " + ExitCode.of(c).meaning()).orElse("");
    return night.complete() ? code : code + " · the night did not come to its end";
  }

  private static String step(String line) {
    return NextStep.of(line).shell();
  }

  private static String names(FleetStory.Shared shared) {
    List<String> names = shared.environments().stream().map(EnvironmentReport::name).toList();
    int more = names.size() - MOST_NAMES;
    return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String line(EnvironmentReport one) {
    return row(
        one.name(),
        one.verdict().words(),
        FleetStory.wrong(one),
        changed(one),
        measured(one.firstToken()),
        measured(one.latency()),
        one.tokens() == 0 ? "" : Numbers.count(one.tokens()));
  }

  private static String changed(EnvironmentReport one) {
    String change = FleetStory.change(one);
    FleetStory.Turn turn = FleetStory.Turn.of(one);
    return turn == FleetStory.Turn.SAME
        ? change
        : turn + (change.isEmpty() ? "" : " (" + change + ")");
  }

  private static String measured(Optional<Spread> spread) {
    return spread.map(s -> Numbers.duration(s.medianMs()) + shift(s)).orElse("");
  }

  private static String shift(Spread spread) {
    return spread.shiftWords().map(by -> " (" + by + ")").orElse("");
  }

  private static String row(String... cells) {
    return Arrays.stream(cells)
        .map(cell -> Markdown.inline(cell, 300))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
