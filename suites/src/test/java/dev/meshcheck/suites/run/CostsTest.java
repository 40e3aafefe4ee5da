package dev.meshcheck.suites.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keeps costs.tsv, which {@code list} tells, in step with what runs ask. {@code
 * -Dmeshcheck.update-docs=true} writes what was measured.
 */
class CostsTest {

  private static final Path TABLE =
      Path.of("src/main/resources/dev/meshcheck/suites/run/costs.tsv");
  private static final String ALL = "full,limits,quality,performance";

  /** Connections that die are asked again, and a garbled answer costs what it says. */
  private static final double SLACK = 2;

  private static final double SLACK_IN_TOKENS = 100;
  private static final double SHARE = 0.1;

  @TempDir Path folder;

  @Test
  void eachCheckHasACostThatTheGatewayLetsAsk() {
    Set<String> unasked =
        Suites.catalogue().stream()
            .map(entry -> entry.info().id())
            .filter(id -> Costs.of(id).isEmpty())
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "auth.keys-are-looked-at",
            "chat-stream.created-elsewhere",
            "chat.usual-options",
            "responses-stream.framing"),
        unasked);
    Costs.Cost one = Costs.of("chat.answers").orElseThrow();
    assertThat(one.requests(), is(1));
    assertThat(one.tokens(), is(greaterThan(0L)));
  }

  @Test
  void listTellsIt() {
    String list = Listing.text(Suites.catalogue());
    Costs.Cost one = Costs.of("chat.answers").orElseThrow();
    assertThat(
        list, containsString(" · 1 request, " + one.tokens() + " tokens" + System.lineSeparator()));
  }

  @Test
  @Tag("long")
  void eachCheckAsksWhatItIsSaidToAsk() throws IOException {
    Map<String, Costs.Cost> measured = measured();
    if (Boolean.getBoolean("meshcheck.update-docs")) {
      Files.writeString(
          TABLE,
          measured.entrySet().stream()
              .map(e -> e.getKey() + "\t" + e.getValue().requests() + "\t" + e.getValue().tokens())
              .collect(Collectors.joining("\n", "", "\n")));
      return;
    }
    measured.forEach(
        (id, cost) -> {
          Costs.Cost told = Costs.of(id).orElseThrow();
          assertThat(id, (double) cost.requests(), is(closeTo(told.requests(), SLACK)));
          assertThat(
              id,
              (double) cost.tokens(),
              is(closeTo((double) told.tokens(), SLACK_IN_TOKENS + told.tokens() * SHARE)));
        });
  }

  /** What each check asked of that target of which it asked most. */
  private Map<String, Costs.Cost> measured() {
    Map<Setting, String> flags = Map.of(Setting.REPORTS, "none", Setting.PACK, ALL);
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    RunReport report =
        new Verify(Flags.settings(folder, flags), Map.of(), nowhere, ConsoleStyle.PLAIN).run();
    Map<String, Costs.Cost> costs = new TreeMap<>();
    report.results().stream()
        .filter(result -> !result.exchanges().isEmpty())
        .forEach(result -> costs.merge(result.check(), cost(report, result), CostsTest::dearer));
    return costs;
  }

  private static Costs.Cost cost(RunReport report, CheckResult result) {
    List<ExchangeReport> exchanges =
        result.exchanges().stream().distinct().map(report.exchanges()::get).toList();
    return new Costs.Cost(
        exchanges.stream().mapToInt(ExchangeReport::requests).sum(),
        exchanges.stream().mapToLong(e -> e.tokens().orElse(0L)).sum());
  }

  private static Costs.Cost dearer(Costs.Cost a, Costs.Cost b) {
    return new Costs.Cost(Math.max(a.requests(), b.requests()), Math.max(a.tokens(), b.tokens()));
  }
}
