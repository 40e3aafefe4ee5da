package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.console.Lines;
import dev.meshcheck.reports.outcome.CheckInfo;
import dev.meshcheck.reports.run.Curl;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.text.Plain;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What one check is: the sentence, its source, what it sends, and how it is known to work. */
final class CheckPage {

  private static final int MOST_EXCHANGES = 4;
  private static final int MOST_FAULTS = 12;
  private static final int LONGEST_BODY = 600;

  private final Entry entry;
  private final Rehearsal rehearsal;
  private final Lines lines;

  CheckPage(Entry entry, Rehearsal rehearsal, Lines lines) {
    this.entry = entry;
    this.rehearsal = rehearsal;
    this.lines = lines;
  }

  void write() {
    CheckInfo info = entry.info();
    lines.bold(info.id());
    lines.line(2, info.level().name() + ": " + info.title());
    Surfaces.all().stream()
        .filter(entry::isAbout)
        .filter(surface -> entry.levelOn(surface) != info.level())
        .forEach(surface -> lines.line(2, "on " + surface + ": " + entry.levelOn(surface).name()));
    lines.line("");
    lines.line(2, "route:    " + info.route());
    lines.line(2, "surfaces: " + surfaces());
    lines.line(2, "pack:     " + entry.check().pack().name().toLowerCase(Locale.ROOT));
    lines.line(2, "source:   " + info.source());
    Contract.sentences(info.id())
        .forEach(s -> lines.line(2, "it says:  \"" + s.text() + "\" (" + s.source() + ")"));
    sends();
    lines.line("");
    lines.bold("If it fails, most likely");
    info.likelyCauses().forEach(cause -> lines.line(2, cause));
    faults();
    lines.line("");
    lines.whole(0, "alone: " + Program.name() + " verify --host URL --select " + info.id());
  }

  private String surfaces() {
    return Surfaces.all().stream()
        .filter(entry::isAbout)
        .map(Surface::name)
        .collect(Collectors.joining(", "));
  }

  private void sends() {
    List<Exchange> sent = rehearsal.of(entry.info().id());
    if (sent.isEmpty()) {
      return;
    }
    lines.line("");
    lines.bold("What is sent, and what a good host answers (here the reference gateway)");
    List<Target> targets = sent.stream().map(Exchange::target).distinct().toList();
    Redactor redactor = new Redactor(List.of());
    targets.forEach(redactor::learn);
    List<PlannedTarget> planned =
        targets.stream().map(target -> new PlannedTarget(target, List.of())).toList();
    Curl curl = new Curl(redactor, planned);
    for (Exchange exchange : sent.subList(0, Math.min(sent.size(), MOST_EXCHANGES))) {
      lines.whole(2, Plain.text(curl.line(exchange.request())));
      lines.line(4, "→ " + Plain.line(redactor.text(answer(exchange)), LONGEST_BODY));
    }
    if (sent.size() > MOST_EXCHANGES) {
      lines.line(2, "… and " + (sent.size() - MOST_EXCHANGES) + " more");
    }
  }

  private static String answer(Exchange exchange) {
    return exchange.reply() instanceof Answer answer
        ? answer.status() + " " + answer.mediaType() + " " + answer.text()
        : ((NoAnswer) exchange.reply()).message();
  }

  private void faults() {
    Set<String> faults = Contract.faults(entry.info().id());
    if (faults.isEmpty()) {
      return;
    }
    lines.line("");
    lines.bold("It is proved on " + (faults.size() == 1 ? "this fault" : "these faults"));
    lines.line(2, faults.stream().limit(MOST_FAULTS).collect(Collectors.joining(", ")));
    if (faults.size() > MOST_FAULTS) {
      lines.line(2, "… and " + (faults.size() - MOST_FAULTS) + " more, see docs/kill-matrix.md");
    }
    lines.whole(2, Program.name() + " gateway --fault " + faults.iterator().next());
  }
}
