package dev.meshcheck.reports.render;

import dev.meshcheck.reports.compare.ChangeText;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.performance.PerformanceCard;
import dev.meshcheck.reports.text.NextStep;
import dev.meshcheck.reports.text.Plain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Renders summary.md: the verdict and a table of what is wrong first, the details folded, always
 * under 60 KB. Failures of one root are told once.
 */
public final class SummaryMarkdown {

  private static final String WRONG =
      """
      | what is wrong | where | next |
      | --- | --- | --- |
      """;

  private static final String TARGETS =
      """
      | target | environment | host | model | requests | tokens |
      | --- | --- | --- | --- | --- | --- |
      """;

  private static final String ENGINE =
      """
      | check | in front | at the engine | whose |
      | --- | --- | --- | --- |
      """;

  private final RunReport report;
  private final Story story;
  private final String about;
  private final BoundedText text;

  private SummaryMarkdown(RunReport report) {
    this.report = report;
    this.story = new Story(report);
    this.about = about(report);
    this.text = new BoundedText(about, "report.json");
  }

  /** The text of summary.md. */
  public static String render(RunReport report) {
    SummaryMarkdown page = new SummaryMarkdown(report);
    page.write();
    return page.text.toString();
  }

  private void write() {
    text.add("## Meshcheck: " + Markdown.inline(story.headline(), 300) + "\n\n");
    text.add("**" + Story.counts(report.summary()) + "** · " + story.ending() + "\n\n");
    text.section(WRONG, wrong());
    text.section(
        "### Known failures are out of date\n\n",
        story.staleEntries().stream().map(SummaryMarkdown::bullet).toList());
    report
        .change()
        .ifPresent(
            change ->
                text.section(
                    "### Changed: "
                        + change.headline()
                        + " since run "
                        + change.baseline()
                        + "\n\n",
                    ChangeText.lines(change).stream().map(SummaryMarkdown::bullet).toList()));
    text.section(
        "### Causes\n\n",
        story.causes().entrySet().stream().map(e -> cause(e.getKey(), e.getValue())).toList());
    engine();
    text.section(TARGETS, targets());
    text.section("### Clients\n\n", clients());
    text.section("### Performance\n\n", performance());
    text.section("### Failures\n\n", roots().stream().map(this::explained).toList());
    text.section(
        "### Warnings\n\n",
        Groups.oneRoot(story.unexplained(story.warnings())).stream().map(this::item).toList());
    text.section("### Could not run\n\n", couldNotRun());
    text.section(
        "### Expected failures\n\n",
        story.expectedFailures().stream()
            .map(r -> bullet(Story.name(r) + ": " + story.whyExpected(r)))
            .toList());
    text.section(
        "### Notes\n\n", report.run().notes().stream().map(SummaryMarkdown::bullet).toList());
    text.add(about);
  }

  /** A row for each cause, then one for each root of failures that no cause explains. */
  private List<String> wrong() {
    List<String> rows = new ArrayList<>();
    story
        .causes()
        .forEach(
            (cause, results) ->
                rows.add(row(cause.title(), story.scope(results), first(cause.next()))));
    for (List<CheckResult> root : roots()) {
      CheckResult result = root.get(0);
      rows.add(
          row(
              Groups.message(root),
              Groups.many(root),
              result.likelyCauses().stream().findFirst().map(c -> "likely: " + c).orElse("–")));
    }
    return rows;
  }

  /** Each that has limits or does not work; then the others by name. */
  private List<String> clients() {
    List<ClientRow> rows = ClientRow.of(report);
    List<String> lines = new ArrayList<>();
    rows.stream()
        .filter(ClientRow::isExplained)
        .map(row -> bullet(row.name() + on(row) + " " + row.verdict().words() + ": " + row.why()))
        .forEach(lines::add);
    rows.stream()
        .filter(row -> !row.isExplained())
        .collect(
            Collectors.groupingBy(
                row -> row.verdict().words() + on(row),
                LinkedHashMap::new,
                Collectors.mapping(ClientRow::name, Collectors.joining(", "))))
        .forEach((verdict, names) -> lines.add(bullet(verdict + ": " + names)));
    return lines;
  }

  private List<String> performance() {
    return report.performance().orElse(List.of()).stream()
        .flatMap(
            card ->
                PerformanceCard.lines(card).stream()
                    .map(line -> bullet(card.target() + ", " + line)))
        .toList();
  }

  private String on(ClientRow row) {
    return report.targets().size() > 1 ? " on " + String.join(", ", row.targets()) : "";
  }

  private List<List<CheckResult>> roots() {
    return Groups.oneRoot(story.unexplained(story.failures()));
  }

  private static String first(List<String> steps) {
    return NextStep.first(steps).map(step -> NextStep.of(step).shell()).orElse("–");
  }

  private static String row(String... cells) {
    return Arrays.stream(cells)
        .map(cell -> Markdown.inline(cell, 300))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Folded, since nobody asks until something is odd. */
  private static String about(RunReport report) {
    StringBuilder part = new StringBuilder();
    About.of(report)
        .forEach(
            (name, value) ->
                part.append("- ")
                    .append(Markdown.inline(name, 100))
                    .append(": ")
                    .append(Markdown.inline(value, 300))
                    .append('\n'));
    return Markdown.folded("About this run", part.toString());
  }

  private List<String> targets() {
    List<String> rows = new ArrayList<>();
    for (TargetReport target : report.targets()) {
      rows.add(
          String.format(
              "| %s | %s | %s | %s | %d | %d |\n",
              Markdown.inline(target.name(), 100),
              Markdown.inline(target.environment().orElse("–"), 100),
              Markdown.inline(target.host(), 300),
              Markdown.inline(target.model().orElse("–"), 200),
              target.requests(),
              target.tokens()));
    }
    return rows;
  }

  private void engine() {
    Hop hop = new Hop(report);
    hop.summary()
        .ifPresent(
            answer -> {
              text.add("### Gateway or engine?\n\n" + Markdown.inline(answer, 1000) + "\n\n");
              text.section(
                  ENGINE,
                  hop.rows().stream()
                      .map(r -> row(r.check(), r.front(), r.engine(), r.whose()))
                      .toList());
            });
  }

  private String cause(CauseReport cause, List<CheckResult> results) {
    StringBuilder part = new StringBuilder();
    part.append("**").append(Markdown.inline(story.sentence(cause, results), 500)).append("** (");
    part.append(cause.cause());
    cause.target().ifPresent(t -> part.append(", ").append(Markdown.inline(t, 100)));
    part.append(")\n\n");
    String next =
        cause.next().stream()
            .map(step -> Plain.line(NextStep.of(step).shell(), 2000))
            .collect(Collectors.joining("\n"));
    part.append(Markdown.block("sh", next)).append('\n');
    StringBuilder why = new StringBuilder();
    cause.evidence().forEach(text -> why.append(bullet(text)));
    why.append("\nExplains ").append(Markdown.inline(Story.ids(results), 1000)).append('\n');
    return part.append(Markdown.folded("Evidence, and what it explains", why.toString()))
        .toString();
  }

  private String explained(List<CheckResult> group) {
    CheckResult result = group.get(0);
    StringBuilder part = new StringBuilder();
    part.append(Markdown.inline(result.title(), 300)).append("\n\n");
    if (group.size() > 1) {
      field(part, "Checks", Optional.of(Story.names(group)));
    }
    part.append("- **What**: ").append(Markdown.inline(result.message(), 1000)).append('\n');
    field(part, "Expected", result.expected());
    field(part, "Actual", result.actual());
    field(part, "Engine", new Hop(report).words(result));
    field(part, "Rerun", result.rerun().map(Explanation::rerun));
    field(part, "Reason", result.reason().map(Object::toString));
    field(
        part,
        "Exchange",
        Explanation.exchange(report, result).map(e -> Explanation.reply(result, e)));
    for (GuidanceNote note : result.guidance()) {
      part.append("- **Next**: ").append(note.title());
      note.source().ifPresent(source -> part.append(" (<").append(source).append(">)"));
      part.append('\n');
      note.steps().forEach(step -> part.append("  - ").append(step).append('\n'));
    }
    part.append("- **Rule**: <").append(result.source()).append(">\n\n");
    Explanation.exchange(report, result)
        .ifPresent(e -> part.append(Markdown.block("sh", curl(e.curl()))).append('\n'));
    return Markdown.folded(Groups.many(group), part.toString());
  }

  private static void field(StringBuilder part, String label, Optional<String> value) {
    value.ifPresent(
        text ->
            part.append("- **")
                .append(label)
                .append("**: ")
                .append(Markdown.inline(text, 1000))
                .append('\n'));
  }

  private static String curl(String line) {
    return line.length() <= 4000 ? line : "# too long for a summary: see curl in report.json";
  }

  private String item(List<CheckResult> root) {
    return bullet(Groups.many(root) + ": " + Groups.message(root));
  }

  private static String bullet(String text) {
    return "- " + Markdown.inline(text, 1000) + "\n";
  }

  private List<String> couldNotRun() {
    List<String> items = new ArrayList<>();
    for (List<CheckResult> group : story.couldNotRun()) {
      CheckResult first = group.get(0);
      StringBuilder item = new StringBuilder();
      item.append(Markdown.inline(Story.names(group), 3000)).append("\n\n");
      item.append(bullet(first.message()));
      for (GuidanceNote note : first.guidance()) {
        item.append("- **Next**: ").append(note.title()).append('\n');
        note.steps().forEach(step -> item.append("  - ").append(step).append('\n'));
      }
      String heading = Story.reason(first) + ": " + Groups.byRoute(group);
      items.add(Markdown.folded(heading, item.toString()));
    }
    return items;
  }
}
