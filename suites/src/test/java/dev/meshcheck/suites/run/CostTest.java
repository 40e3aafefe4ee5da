package dev.meshcheck.suites.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs over the embedded gateway cost. */
class CostTest {

  private static final int MOST_IN_SMOKE = 20;

  @TempDir Path folder;

  private RunReport run(Setting setting, String value) {
    Map<Setting, String> flags = new EnumMap<>(Map.of(Setting.REPORTS, "none"));
    flags.put(setting, value);
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    ConsoleStyle plain = ConsoleStyle.PLAIN;
    return new Verify(Flags.settings(folder, flags), Map.of(), nowhere, plain).run();
  }

  @Test
  void smokeSendsAtMostTwentyRequestsToEachTarget() {
    RunReport report = run(Setting.PACK, "smoke");
    assertEquals(Optional.of(0), report.run().exitCode());
    assertEquals(3, report.targets().size());
    for (TargetReport target : report.targets()) {
      assertThat(target.name(), target.requests(), is(lessThanOrEqualTo(MOST_IN_SMOKE)));
    }
  }

  @Test
  void aRunStopsBeforeItSpendsTooMuch() {
    RunReport report = run(Setting.MAX_TOKENS_SPENT, "700");
    long spent = report.targets().stream().mapToLong(TargetReport::tokens).sum();
    assertThat(spent, is(greaterThan(0L)));
    assertThat(spent, is(lessThanOrEqualTo(700L)));
    assertEquals(Optional.of(3), report.run().exitCode());
    List<CheckResult> unsent =
        report.results().stream().filter(r -> r.outcome() == Outcome.COULD_NOT_RUN).toList();
    Set<Optional<Reason>> reasons =
        unsent.stream().map(CheckResult::reason).collect(Collectors.toSet());
    assertEquals(Set.of(Optional.of(Reason.BUDGET_SPENT)), reasons);
  }
}
