package dev.meshcheck.suites.fleet;

import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Detail;
import dev.meshcheck.reports.console.Kept;
import dev.meshcheck.reports.console.Lines;
import dev.meshcheck.reports.console.ProgressLine;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.render.Spent;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.run.Progress;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.reports.text.Counted;
import dev.meshcheck.reports.text.Plain;
import dev.meshcheck.suites.run.Voice;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Tells a night to people: a line for each environment as it ends, and on a terminal one that says
 * who is running and how far. Thread-safe.
 */
final class NightConsole {

  private static final int MOST_NAMED = 3;

  private final ConsoleStyle style;
  private final PrintWriter out;
  private final Lines lines;
  private final ProgressLine progress;
  private final Map<String, String> running = new LinkedHashMap<>();
  private int waiting;
  private int done;

  NightConsole(PrintWriter out, ConsoleStyle style) {
    this.out = out;
    this.style = style;
    this.lines = new Lines(out, style);
    this.progress = new ProgressLine(out, style);
  }

  /** The night begins. */
  synchronized void begins(Fleet fleet, NightlyCommand command) {
    waiting = fleet.entries().size();
    if (style.detail() != Detail.QUIET) {
      lines.line(
          "Meshcheck %s: nightly, %s of %d in %s%s, %d at once, %d requests in flight"
              .formatted(
                  Tool.current().version(),
                  Counted.of(waiting, "environment"),
                  fleet.inFile(),
                  Plain.line(command.targets(), 300),
                  fleet.shard().map(shard -> ", shard " + shard).orElse(""),
                  command.atOnce(),
                  command.inFlight()));
      if (waiting == 0) {
        lines.line("note   this shard has no environment, so there is nothing to judge");
      }
      lines.line("");
      out.flush();
    }
    show();
  }

  /** Its turn has come. */
  synchronized void starts(String name) {
    waiting--;
    running.put(name, name);
    show();
  }

  /** Who hears of the run of one environment. */
  Voice of(String name) {
    return new Voice() {
      @Override
      public Heard of(Kept kept) {
        return new Heard(new Counting(name), what -> progressed(name, "waits for " + what));
      }

      @Override
      public void problem(String line) {
        NightConsole.this.problem(name + ": " + line);
      }
    };
  }

  /** Counts the checks of one environment. */
  private final class Counting implements RunObserver {
    private final String name;

    Counting(String name) {
      this.name = name;
    }

    @Override
    public void progressed(Progress now) {
      NightConsole.this.progressed(name, now.summary().total() + "/" + now.planned());
    }
  }

  private synchronized void progressed(String name, String how) {
    if (running.containsKey(name)) {
      running.put(name, name + " " + how);
      show();
    }
  }

  /** Something went wrong beside a run. */
  synchronized void problem(String line) {
    aside(() -> lines.line("meshcheck: " + Plain.line(line, 1000)));
  }

  /** An environment was judged. */
  void ended(String name, RunReport report) {
    Story story = new Story(report);
    String rest = Story.counts(report.summary()) + " · " + Spent.of(report);
    ended(name, story.exit().orElse(ExitCode.INCOMPLETE), words(story) + "  " + rest);
  }

  /** An environment could not be judged. */
  void unjudged(String name, ExitCode code, String why) {
    ended(name, code, "could not run: " + why);
  }

  private synchronized void ended(String name, ExitCode code, String words) {
    running.remove(name);
    done++;
    if (style.detail() != Detail.QUIET || code != ExitCode.PASSED) {
      aside(
          () ->
              lines.line(
                  0,
                  label(code) + "  " + name + "  " + Plain.line(words, 500),
                  line -> colour(code).apply(line)));
    }
  }

  private static String words(Story story) {
    List<String> causes =
        story.causes().entrySet().stream()
            .map((Map.Entry<CauseReport, List<CheckResult>> one) -> one.getKey().title())
            .toList();
    List<String> told = new ArrayList<>();
    if (story.notJudged().isEmpty()) {
      told.addAll(causes.stream().limit(MOST_NAMED).toList());
      if (told.isEmpty() && !story.failures().isEmpty()) {
        told.add(some(story.failures()));
      }
      if (told.isEmpty() && story.exit().filter(NightConsole::saysWhy).isPresent()) {
        story.couldNotRun().stream()
            .limit(1)
            .forEach(group -> told.add(Story.reason(group.get(0)) + ", " + group.get(0).message()));
      }
    }
    return story.headline() + (told.isEmpty() ? "" : ": " + String.join("; ", told));
  }

  private static boolean saysWhy(ExitCode code) {
    return code == ExitCode.INCOMPLETE || code == ExitCode.UNREACHABLE;
  }

  private static String some(List<CheckResult> failures) {
    List<String> ids = failures.stream().map(CheckResult::check).distinct().toList();
    int named = Math.min(MOST_NAMED, ids.size());
    return String.join(", ", ids.subList(0, named))
        + (ids.size() > named ? " and " + (ids.size() - named) + " more" : "");
  }

  private static String label(ExitCode code) {
    return switch (code) {
      case PASSED -> "pass ";
      case BROKEN_CONTRACT -> "FAIL ";
      case UNREACHABLE -> "down ";
      case USAGE, INCOMPLETE, MESHCHECK_BROKE -> "error";
    };
  }

  private UnaryOperator<String> colour(ExitCode code) {
    return switch (code) {
      case PASSED -> style::green;
      case BROKEN_CONTRACT, UNREACHABLE, MESHCHECK_BROKE -> style::red;
      case USAGE, INCOMPLETE -> style::yellow;
    };
  }

  /** The night is over. */
  synchronized void ends(
      Collection<ExitCode> codes, ExitCode code, boolean complete, String took, String where) {
    progress.end();
    Map<ExitCode, Long> counts =
        codes.stream()
            .collect(Collectors.groupingBy(one -> one, TreeMap::new, Collectors.counting()));
    String told =
        counts.entrySet().stream()
            .map(one -> one.getValue() + " " + word(one.getKey()))
            .collect(Collectors.joining(", "));
    String headline = complete ? code == ExitCode.PASSED ? "PASSED" : "NOT WELL" : "CUT SHORT";
    lines.line("");
    lines.line(
        0,
        "%s  %s%s · %s · reports in %s · exit %d: %s"
            .formatted(
                headline,
                Counted.of(codes.size(), "environment"),
                told.isEmpty() ? "" : ": " + told,
                took,
                where,
                code.code(),
                complete ? meaning(code) : "the night was interrupted"),
        line -> line.replace(headline, colour(code).apply(headline)));
    out.flush();
  }

  private static String word(ExitCode code) {
    return switch (code) {
      case PASSED -> "passed";
      case BROKEN_CONTRACT -> "failed";
      case USAGE -> "with a list out of date";
      case INCOMPLETE -> "could not be judged";
      case UNREACHABLE -> "not reached";
      case MESHCHECK_BROKE -> "on which Meshcheck broke";
    };
  }

  private static String meaning(ExitCode code) {
    return switch (code) {
      case PASSED -> "every requirement is met";
      case BROKEN_CONTRACT -> "a host breaks its contract";
      case USAGE -> "a list of known failures is out of date";
      case INCOMPLETE -> "something could not be judged";
      case UNREACHABLE -> "a host was not reached at all";
      case MESHCHECK_BROKE -> code.meaning();
    };
  }

  private void aside(Runnable line) {
    progress.end();
    line.run();
    out.flush();
    show();
  }

  private void show() {
    if (!style.progress() || (running.isEmpty() && waiting == 0)) {
      return;
    }
    progress.show(
        "%d done, %d running, %d waiting  %s"
            .formatted(done, running.size(), waiting, String.join(", ", running.values())));
  }
}
