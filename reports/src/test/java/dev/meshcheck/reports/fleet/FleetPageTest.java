package dev.meshcheck.reports.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.html.Sign;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetPageTest {

  @TempDir Path reports;

  @Test
  void theWorstComesFirstAndTheSameCauseIsToldOnce() throws IOException {
    for (int day = 0; day < 9; day++) {
      Nights.many(reports, 20, day);
    }
    FleetReport night = Nights.many(reports, 20, 9);
    FleetStory story = new FleetStory(night);

    List<EnvironmentReport> order = story.worstFirst();
    assertEquals(RunVerdict.FAILED, order.get(0).verdict());
    assertEquals(RunVerdict.PASSED, order.get(19).verdict());
    assertEquals("2 of 20 environments went wrong, and 4 could not be judged", story.headline());
    assertEquals("1 fixed", story.changes());
    FleetStory.Shared first = story.shared().get(0);
    assertEquals("key-invalid", first.slug().orElseThrow());
    assertEquals(first.title() + " in 3 environments", first.sentence());
    assertTrue(
        story.shared().stream()
            .anyMatch(s -> s.sentence().equals("TENSORMESH_KEY is not set in ap-south-008")));

    String page = FleetPage.render(night);
    assertEquals(page, Files.readString(reports.resolve("latest-night/index.html")));
    assertEquals(1, page.split("<h3>" + first.title() + " in 3 environments", -1).length - 1);
    assertEquals(20, page.split("<tr id=", -1).length - 1);
  }

  @Test
  void whatIsNewIsToldFromWhatWasThereBefore() throws IOException {
    for (int day = 0; day < 9; day++) {
      FleetReport night = Nights.many(reports, 10, day);
      assertEquals(day == 8 ? "1 newly failing" : "", new FleetStory(night).changes());
    }
  }

  /** A wrong key is the caller's: no route is broken by it, and nothing is new at the host. */
  @Test
  void whatIsNotJudgedBlamesNoRoute() throws IOException {
    List<Environment> fleet = List.of(Nights.environment("a"));
    for (int day = 0; day < 2; day++) {
      NightLog log = NightLog.open(reports, Nights.night(day), fleet, Readers.OWNER, Map.of());
      log.ended(
          fleet.get(0),
          Nights.ran(reports, "a", "r" + day, day == 0 ? Nights.good(1) : Nights.refused()));
      FleetReport night = log.finish(Nights.at(day).plusSeconds(9), true, ExitCode.PASSED);
      EnvironmentRow row = EnvironmentRow.worstFirst(night).get(0);
      if (day == 1) {
        assertEquals(RunVerdict.NOT_JUDGED, row.report().verdict());
        assertEquals("", row.change());
        assertEquals(Sign.COULD_NOT_RUN, EnvironmentRow.most(row.on(RouteName.CHAT).orElseThrow()));
      }
    }
  }

  @Test
  void theHeadlineSaysWhatWentWrong() throws IOException {
    assertEquals("1 of 2 environments failed", headline(Nights.failing(), Nights.good(1)));
    assertEquals(
        "1 of 2 environments could not be reached", headline(Nights.dead(), Nights.good(1)));
    assertEquals("2 of 2 environments went wrong", headline(Nights.dead(), Nights.failing()));
    assertEquals(
        "1 of 2 environments failed, and 1 could not be judged",
        headline(Nights.failing(), Nights.refused()));
    assertEquals("all 2 environments passed", headline(Nights.good(1), Nights.good(1)));
  }

  private String headline(List<Verdict> one, List<Verdict> other) throws IOException {
    List<Environment> fleet = List.of(Nights.environment("a"), Nights.environment("b"));
    NightLog log = NightLog.open(reports, Nights.night(0), fleet, Readers.OWNER, Map.of());
    log.ended(fleet.get(0), Nights.run("a", "r1", one));
    log.ended(fleet.get(1), Nights.run("b", "r2", other));
    return new FleetStory(log.finish(Nights.at(0), true, ExitCode.PASSED)).headline();
  }

  @Test
  void fiveHundredEnvironmentsFitWell() throws IOException {
    Nights.many(reports, 500, 8);
    String page = FleetPage.render(Nights.many(reports, 500, 9));

    assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 2_500_000, "" + page.length());
    assertFalse(page.contains("are left out"));
  }

  @Test
  void aFleetThatIsTooLargeLosesWhatDoesWell() throws IOException {
    FleetReport night = Nights.many(reports, 200, 0);
    String name = "x".repeat(20_000);
    List<EnvironmentReport> wide =
        night.environments().stream()
            .map(
                e ->
                    Digest.of(
                        new Environment(e.name(), Map.of("note", name + e.name())),
                        Nights.run(
                            e.name(),
                            "r",
                            e.verdict() == RunVerdict.FAILED ? Nights.failing() : Nights.good(1)),
                        e.change(),
                        e.report()))
            .toList();
    String page =
        FleetPage.render(new FleetReport(night.schemaVersion(), night.tool(), night.night(), wide));

    assertTrue(page.getBytes(StandardCharsets.UTF_8).length <= FleetPage.LIMIT);
    assertTrue(page.contains("more that do better than these are left out: see fleet.json"));
    assertTrue(page.contains("data-v=\"failed\""));
  }

  @Test
  void hostileTextStaysText() throws IOException {
    String evil = "</script><script>pwned=1</script>";
    List<Environment> fleet = List.of(new Environment("a", Map.of("b", evil)));
    NightLog log = NightLog.open(reports, Nights.night(0), fleet, Readers.OWNER, Map.of());
    log.ended(
        fleet.get(0),
        Nights.run(
            "a", "r", List.of(Samples.saying("chat.answers", Samples.target("serverless"), evil))));
    String page = FleetPage.render(log.finish(Nights.at(0), true, ExitCode.BROKEN_CONTRACT));

    assertFalse(page.contains(evil));
    assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;pwned=1"));
  }

  @Test
  void manyThingsThatAreWrongDoNotHideTheEnvironments() throws IOException {
    List<Environment> fleet =
        IntStream.range(0, 60).mapToObj(i -> Nights.environment("e" + i)).toList();
    NightLog log = NightLog.open(reports, Nights.night(0), fleet, Readers.OWNER, Map.of());
    fleet.forEach(
        one -> log.unjudged(one, ExitCode.INCOMPLETE, "KEY_" + one.name() + " is not set"));
    FleetReport night = log.finish(Nights.at(0), true, ExitCode.INCOMPLETE);

    assertTrue(FleetPage.render(night).contains("<summary>and 52 more</summary>"));
    String summary = FleetSummary.render(night);
    assertTrue(summary.contains("… and 40 more: see index.html\n\n### Environments"), summary);
  }
}
