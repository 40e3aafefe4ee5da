package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.model.KnownFailuresReport;
import dev.meshcheck.reports.text.Plain;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One check on one target, as the page shows it.
 *
 * @param result what is shown
 * @param advice what to do next
 * @param shown the exchanges that this page has
 * @param mark what changed since the baseline: new, fixed or still
 * @param cause what explains the failure
 * @param known why the failure is expected
 * @param engine whose the failure is, where there was an engine to look at
 * @param twin the target whose result says the same in the same words, further up
 * @param strip the last outcomes
 */
public record ResultView(
    CheckResult result,
    List<Advice> advice,
    List<String> shown,
    Optional<String> mark,
    Optional<CauseReport> cause,
    Optional<KnownFailuresReport.Met> known,
    Optional<String> engine,
    Optional<String> twin,
    Optional<HistoryStrip> strip) {

  /**
   * What to do next.
   *
   * @param above the check where the same advice stands in full, where it is not repeated here
   */
  public record Advice(GuidanceNote note, Optional<String> above) {}

  private static final int MOST_EXCHANGES = 6;
  private static final int LONGEST = 4_000;

  /** How it is shown. */
  public Sign sign() {
    return Sign.of(result);
  }

  /** Whether there is nothing to explain. */
  public boolean brief() {
    return !sign().pressing();
  }

  /** The fragment that leads here. */
  public String anchor() {
    return result.check() + "@" + result.target();
  }

  /** The fragment of the cause. */
  public Optional<String> causeAnchor() {
    return cause.map(CauseView::anchor);
  }

  /** Whether there is something to say of why, and what to do. */
  public boolean explained() {
    return cause.isPresent() || !advice.isEmpty() || !result.likelyCauses().isEmpty();
  }

  /** What is probably wrong, in one line. */
  public String likely() {
    return String.join("; or ", result.likelyCauses());
  }

  /** The fragment of the twin. */
  public Optional<String> twinAnchor() {
    return twin.map(target -> result.check() + "@" + target);
  }

  /** What is said beyond the sentence of the contract. */
  public Optional<String> message() {
    return Optional.of(result.message())
        .filter(m -> !m.equals(result.title()))
        .map(ResultView::shown);
  }

  /** What the contract asks for. */
  public Optional<String> expected() {
    return result.expected().map(ResultView::shown);
  }

  /** What came back instead. */
  public Optional<String> actual() {
    return result.actual().map(ResultView::shown);
  }

  /** How long it took. */
  public String duration() {
    return Numbers.duration(result.durationMs());
  }

  /** The exchanges, the decisive one first. */
  public List<String> exchanges() {
    return IntStream.range(0, Math.min(MOST_EXCHANGES, shown.size()))
        .mapToObj(i -> shown.get((shown.size() - 1 + i) % shown.size()))
        .toList();
  }

  /** Whether a second run contradicted the failure. */
  public boolean flaky() {
    return result.rerun().stream().anyMatch(r -> r.flaky());
  }

  private static String shown(String text) {
    return Plain.shortened(Plain.text(text).strip(), LONGEST);
  }
}
