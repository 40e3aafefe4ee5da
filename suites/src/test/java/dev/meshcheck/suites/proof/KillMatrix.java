package dev.meshcheck.suites.proof;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Quotation;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.proof.Workshop.Sending;
import java.io.Closeable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which checks fail under which fault, found by trying. */
final class KillMatrix {

  /** Gateways and checks share two cores, and streams mostly wait. */
  private static final int WORKERS = 4;

  /**
   * One check that did not pass under one fault.
   *
   * @param fault the fault's name
   * @param surface where it was tried
   * @param check the check's id
   * @param outcome failed, warned or could-not-run
   * @param reason from the closed list
   * @param message the start of the message without what changes from run to run
   */
  record Cell(
      String fault, String surface, String check, String outcome, String reason, String message)
      implements Comparable<Cell> {

    boolean kills() {
      return outcome.equals("failed") || outcome.equals("warned");
    }

    String line() {
      return String.join("\t", fault, surface, check, outcome, reason, message);
    }

    String withoutSurface() {
      return String.join("\t", check, outcome, reason, message);
    }

    static Cell parse(String line) {
      String[] parts = line.split("\t", -1);
      return new Cell(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    @Override
    public int compareTo(Cell other) {
      return line().compareTo(other.line());
    }
  }

  private static final int MESSAGE_PART = 70;

  private KillMatrix() {}

  /** Tries every fault on every surface that it shows on. */
  static Map<String, NavigableSet<Cell>> of(
      List<Entry> catalogue, List<Fault> faults, Sending sending) throws Exception {
    return of(faults, () -> new Workshop(catalogue, sending), KillMatrix::cells);
  }

  /**
   * Tries every fault, some at once.
   *
   * @param open what one worker uses for all that it tries
   * @param cells tries one fault
   */
  static <W extends Closeable> Map<String, NavigableSet<Cell>> of(
      List<Fault> faults, Supplier<W> open, BiFunction<W, Fault, NavigableSet<Cell>> cells)
      throws Exception {
    Map<String, NavigableSet<Cell>> matrix = Collections.synchronizedMap(new TreeMap<>());
    ConcurrentLinkedQueue<Fault> waiting = new ConcurrentLinkedQueue<>(faults);
    Callable<Void> work =
        () -> {
          try (W workshop = open.get()) {
            for (Fault fault = waiting.poll(); fault != null; fault = waiting.poll()) {
              matrix.put(fault.name(), cells.apply(workshop, fault));
            }
          }
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    for (Future<Void> worker :
        pool.invokeAll(Collections.nCopies(Math.min(WORKERS, faults.size()), work))) {
      worker.get();
    }
    pool.shutdown();
    return matrix;
  }

  /** Told on each surface, but for what is the same as on the first one. */
  private static NavigableSet<Cell> cells(Workshop workshop, Fault fault) {
    List<GatewaySurface> surfaces = Workshop.surfacesOf(fault);
    GatewaySurface first = surfaces.get(0);
    NavigableSet<Cell> cells = bad(fault, workshop.judge(first, fault));
    Set<String> told = cells.stream().map(Cell::withoutSurface).collect(Collectors.toSet());
    for (GatewaySurface other : surfaces.subList(1, surfaces.size())) {
      bad(fault, workshop.judgeWhatDiffers(other, first, fault)).stream()
          .filter(cell -> !told.contains(cell.withoutSurface()))
          .forEach(cells::add);
    }
    return cells;
  }

  static NavigableSet<Cell> bad(Fault fault, List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> isBad(verdict.outcome(), fault.kind()))
        .map(verdict -> cell(fault, verdict))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Under a fault others may not be able to run; under a legal variation everything must. */
  static boolean isBad(Outcome outcome, Fault.Kind kind) {
    return outcome == Outcome.FAILED
        || outcome == Outcome.WARNED
        || (outcome == Outcome.COULD_NOT_RUN && kind == Fault.Kind.VARIATION);
  }

  private static Cell cell(Fault fault, Verdict verdict) {
    return new Cell(
        fault.name(),
        verdict.target().surface().name(),
        verdict.check().id(),
        verdict.outcome().toString(),
        verdict.reason().map(Object::toString).orElse(""),
        stable(withoutVictim(verdict)));
  }

  /** A check over all refusals of a run names the first, which is the first by chance. */
  private static String withoutVictim(Verdict verdict) {
    return verdict.check().group().equals("leaks")
        ? verdict.message().replaceAll("(GET|POST) \\S+", "a request")
        : verdict.message();
  }

  /**
   * The start of a message without ids, ports, times, counts of a run and other numbers of the
   * moment.
   */
  static String stable(String message) {
    String plain =
        Quotation.shortened(message)
            .replaceAll("\\s+", " ")
            .replaceAll("PT-?\\d[\\dHMS.]*", "PT#")
            .replaceAll("[0-9a-fA-F]{8,}(-[0-9a-fA-F]+)*", "#")
            .replaceAll("\\d+ of \\d+ answers (?!were good)", "# of # answers ")
            .replaceAll("\\d{5,}", "#")
            .replaceAll("\\d+\\.\\d+", "#");
    return plain.length() <= MESSAGE_PART ? plain : plain.substring(0, MESSAGE_PART).strip();
  }
}
