package dev.meshcheck.reports.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.disk.Lines;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file history.jsonl: one line for each run, with what became of every check. */
public final class HistoryFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Outcome> OUTCOMES =
      Arrays.stream(Outcome.values())
          .collect(Collectors.toMap(Outcome::toString, Function.identity()));

  private final Path file;
  private final Readers readers;

  /** The history in that directory of reports. */
  public HistoryFile(Path reports) {
    this(reports, Readers.OWNER);
  }

  /** The history in that directory, which these may read. */
  public HistoryFile(Path reports, Readers readers) {
    this.file = reports.resolve("history.jsonl");
    this.readers = readers;
  }

  /** Adds a finished run. */
  public void append(RunReport report) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("run", report.run().id());
    line.put("startedAt", report.run().startedAt().toString());
    report.run().exitCode().ifPresent(code -> line.put("exitCode", code));
    ObjectNode targets = line.putObject("targets");
    for (TargetReport target : report.targets()) {
      ObjectNode outcomes = targets.putObject(target.key());
      report.results().stream()
          .filter(r -> r.target().equals(target.name()))
          .forEach(r -> outcomes.put(r.check(), r.outcome().toString()));
    }
    readers.file(file);
    Lines.append(file, JSON.writeValueAsString(line));
  }

  /**
   * The last outcomes of the checks of this run, which comes last; lines that are broken count as
   * none.
   */
  public History upTo(RunReport report) {
    Map<ResultName, List<Outcome>> outcomes = new HashMap<>();
    List<RunCounts> runs = new ArrayList<>();
    for (JsonNode line : lastRuns(report)) {
      Map<ResultName, Outcome> run = outcomes(line, report);
      run.forEach((name, outcome) -> add(outcomes, name, outcome));
      runs.add(RunCounts.of(line.path("run").asText(), run.values()));
    }
    report.results().forEach(r -> add(outcomes, ResultName.of(r), r.outcome()));
    runs.add(
        RunCounts.of(
            report.run().id(), report.results().stream().map(CheckResult::outcome).toList()));
    return new History(outcomes, List.copyOf(runs));
  }

  /** The newest earlier run that judged one of the targets of this one. */
  public Optional<EarlierRun> before(RunReport report) {
    return lastRuns(report).stream()
        .reduce((earlier, later) -> later)
        .map(
            line ->
                new EarlierRun(
                    line.path("run").asText(),
                    time(line.path("startedAt").asText()),
                    outcomes(line, report)));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What became of the targets of this report in an earlier run. */
  private static Map<ResultName, Outcome> outcomes(JsonNode line, RunReport report) {
    Map<ResultName, Outcome> outcomes = new HashMap<>();
    for (TargetReport target : report.targets()) {
      past(line.path("targets"), target)
          .properties()
          .forEach(
              check ->
                  Optional.ofNullable(OUTCOMES.get(check.getValue().asText()))
                      .ifPresent(
                          outcome ->
                              outcomes.put(
                                  new ResultName(check.getKey(), target.name()), outcome)));
    }
    return outcomes;
  }

  /** All runs, the newest first; lines that are broken count as none. */
  public List<PastRun> runs() {
    Deque<PastRun> runs = new ArrayDeque<>();
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (Stream<String> lines = Lines.of(file)) {
      lines
          .flatMap(line -> parsed(line).stream())
          .filter(run -> run.path("run").isTextual())
          .map(HistoryFile::pastRun)
          .forEach(runs::addFirst);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UsageException(file + " cannot be read, so there is no run to compare with");
    }
    return List.copyOf(runs);
  }

  private static PastRun pastRun(JsonNode line) {
    Set<String> targets = new HashSet<>();
    line.path("targets").fieldNames().forEachRemaining(targets::add);
    Optional<Integer> exitCode =
        Optional.of(line.path("exitCode")).filter(JsonNode::isInt).map(JsonNode::asInt);
    return new PastRun(line.path("run").asText(), exitCode, targets);
  }

  private static void add(
      Map<ResultName, List<Outcome>> outcomes, ResultName name, Outcome outcome) {
    outcomes.computeIfAbsent(name, n -> new ArrayList<>()).add(outcome);
  }

  private List<JsonNode> lastRuns(RunReport report) {
    Deque<JsonNode> last = new ArrayDeque<>();
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (Stream<String> lines = Lines.of(file)) {
      lines
          .filter(line -> !line.contains("\"" + report.run().id() + "\""))
          .filter(line -> report.targets().stream().anyMatch(t -> line.contains(t.name() + " ")))
          .forEach(
              line -> {
                parsed(line)
                    .filter(run -> report.targets().stream().anyMatch(t -> judged(run, t)))
                    .ifPresent(last::add);
                if (last.size() >= History.RUNS) {
                  last.removeFirst();
                }
              });
    } catch (IOException | java.io.UncheckedIOException e) {
      // A report without history is better than none.
      return List.of();
    }
    return List.copyOf(last);
  }

  private static Optional<JsonNode> parsed(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean judged(JsonNode run, TargetReport target) {
    return !past(run.path("targets"), target).isMissingNode();
  }

  /** Older versions wrote the whole address in place of the environment. */
  private static JsonNode past(JsonNode targets, TargetReport target) {
    JsonNode own = targets.path(target.key());
    return own.isMissingNode() ? targets.path(TargetReport.key(target.name(), target.host())) : own;
  }
}
