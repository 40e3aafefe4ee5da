package dev.meshcheck.reports.fleet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class NightMergeTest {

  private static final List<String> NAMES = List.of("broken", "dead", "good", "locked", "unset");

  @TempDir Path directory;

  private Path whole;
  private Path parts;

  @BeforeEach
  void setUp() {
    whole = directory.resolve("whole");
    parts = directory.resolve("parts");
  }

  @Test
  void fourShardsMergedEqualOneRun() throws Exception {
    Nights.five(whole, 0);
    Nights.five(whole, 1);
    for (int day = 0; day < 2; day++) {
      shards(day, List.of(1, 2, 3, 4));
    }
    NightMerge.Merged merged = merge(1, List.of(1, 2, 3, 4));

    assertEquals(List.of(), merged.missing());
    Path one = whole.resolve("nights/night-1");
    for (String file : List.of("fleet.json", "index.html", "summary.md", "metrics.prom")) {
      assertEquals(
          named(Files.readString(one.resolve(file))),
          named(Files.readString(merged.directory().resolve(file))),
          file);
    }
    assertTrue(
        xml(one.resolve("junit.xml")).isEqualNode(xml(merged.directory().resolve("junit.xml"))),
        () -> read(merged.directory().resolve("junit.xml")));
    assertEquals(merged.report(), FleetJson.read(read(parts.resolve("latest-night/fleet.json"))));
    try (Stream<Path> left = Files.list(merged.directory())) {
      assertEquals(5, left.count());
    }
  }

  @Test
  void aNightThatNamesNoPathOrIsOfALaterFormatIsRefused() throws IOException {
    Nights.five(whole, 0);
    Path fleet = whole.resolve("latest-night/fleet.json");
    String text = Files.readString(fleet);

    Files.writeString(fleet, text.replaceFirst("(\"report\"\\s*:\\s*\")", "$1\\\\u0000"));
    assertTrue(refused(whole).endsWith("fleet.json is no whole fleet.json of Meshcheck"));
    Files.writeString(fleet, text.replaceFirst("(\"schemaVersion\"\\s*:\\s*)", "$1" + 9));
    assertTrue(refused(whole).contains("cannot be read: it has format 9"), refused(whole));
  }

  private String refused(Path night) {
    return assertThrows(
            UsageException.class,
            () -> NightDirectory.named(night.toString(), directory, Optional.empty()))
        .getMessage();
  }

  /** With the same name for each night, whatever part of the fleet it is. */
  private static String named(String text) {
    return text.replaceAll("night-(\\d)-\\d", "night-$1").replace("merged", "night-1");
  }

  @Test
  void aMissingShardIsNamedAndMakesItIncomplete() throws IOException {
    shards(0, List.of(1, 2, 4));
    NightMerge.Merged merged = merge(0, List.of(1, 2, 4));

    assertEquals(List.of(new Night.Shard(3, 4)), merged.missing());
    assertEquals(Optional.of(3), merged.report().night().exitCode());
    assertFalse(merged.report().night().complete());
    assertEquals(List.of("shard 3/4 is missing"), merged.report().night().notes());
    assertTrue(read(merged.directory().resolve("index.html")).contains("shard 3/4 is missing"));
  }

  @Test
  void theWorstOfAllDecides() throws IOException {
    shards(0, List.of(1, 2, 3, 4));

    assertEquals(
        Optional.of(ExitCode.UNREACHABLE.code()),
        merge(0, List.of(1, 2, 3, 4)).report().night().exitCode());
  }

  @Test
  void whatIsThereTwiceIsRefused() throws IOException {
    shards(0, List.of(1, 2));
    Path first = parts.resolve("nights/night-0-1");

    assertEquals(
        "shard 1/4 is in %s and in %s; name each part of a fleet once".formatted(first, first),
        refused(List.of(1, 1)));
    for (int night = 5; night < 7; night++) {
      List<Environment> fleet = List.of(Nights.environment("twin"));
      NightLog.open(parts, Nights.night(night), fleet, Readers.OWNER, Map.of())
          .finish(Nights.at(night), true, ExitCode.INCOMPLETE);
    }
    UsageException twins =
        assertThrows(
            UsageException.class,
            () -> merge(List.of(found("nights/night-5"), found("nights/night-6"))));
    assertTrue(
        twins.getMessage().startsWith("environment 'twin' is in " + parts), twins.getMessage());
    UsageException mixed =
        assertThrows(
            UsageException.class,
            () -> merge(List.of(found("nights/night-0-1"), found("nights/night-6"))));
    assertTrue(
        mixed.getMessage().endsWith("is no shard; merge the shards of one night"),
        mixed.getMessage());
  }

  private String refused(List<Integer> shards) {
    return assertThrows(UsageException.class, () -> merge(0, shards)).getMessage();
  }

  @Test
  void aNightThatWasKilledStaysUnfinished() throws IOException {
    List<Environment> fleet = List.of(Nights.environment("good"), Nights.environment("late"));
    NightLog log = NightLog.open(parts, Nights.night(3), fleet, Readers.OWNER, Map.of());
    log.ended(fleet.get(0), Nights.run("good", "r", Nights.good(1)));
    NightMerge.Merged merged = merge(List.of(found("nights/night-3")));

    assertEquals(RunVerdict.NOT_ASKED, NightLogTest.one(merged.report(), "late").verdict());
    assertEquals(Optional.of(3), merged.report().night().exitCode());
    assertTrue(
        read(merged.directory().resolve("junit.xml"))
            .contains("its night did not come to its end"));
  }

  @Test
  void aReportsDirectoryStandsForItsNewestNight() throws IOException {
    Nights.five(whole, 0);
    Nights.five(whole, 1);

    NightDirectory night = NightDirectory.named("whole", directory, Optional.empty());
    assertEquals("night-1", night.report().night().id());
    assertEquals(
        "night-0",
        NightDirectory.named("night-0", directory, Optional.of(whole)).report().night().id());
    assertEquals(
        "night-1",
        NightDirectory.named("latest-night", directory, Optional.of(whole)).report().night().id());
    assertEquals(
        "night-0",
        NightDirectory.named("whole/nights/night-0/fleet.json", directory, Optional.empty())
            .report()
            .night()
            .id());
    assertEquals(
        "there is no night at 'nowhere'; name a directory with a fleet.json, or a reports"
            + " directory with a latest-night",
        assertThrows(
                UsageException.class,
                () -> NightDirectory.named("nowhere", directory, Optional.of(whole)))
            .getMessage());
  }

  @Test
  void saysWhatChangedBetweenNights() throws IOException {
    FleetReport before = Nights.five(whole, 0);
    FleetReport now = Nights.five(whole, 1);

    FleetChange change = FleetChange.between(before, now);
    assertEquals("1 newly failing, 0 fixed, 1 still failing", change.headline());
    assertEquals(
        List.of(
            "new: broken: FAILED, The message of chat.usage-adds-up.",
            "still failing: dead: UNREACHABLE, The message of chat.answers."),
        change.lines());
    assertEquals(
        "0 newly failing, 1 fixed, 1 still failing", FleetChange.between(now, before).headline());
  }

  /** What nobody can judge is neither fixed nor failing, and must not go unsaid. */
  @Test
  void saysWhatIsNoLongerJudgedAndWhatIsAgain() throws IOException {
    FleetReport judged = two(Nights.failing(), Nights.good(1), 0);
    FleetReport not = two(Nights.refused(), Nights.refused(), 1);

    FleetChange lost = FleetChange.between(judged, not);
    assertEquals("0 newly failing, 0 fixed, 0 still failing, 2 no longer judged", lost.headline());
    assertThat(lost.lines().get(0), startsWith("no longer judged: a: NOT JUDGED, "));
    assertThat(lost.lines().get(0), endsWith("; it failed before"));
    assertThat(lost.lines().get(1), endsWith("; it passed before"));
    assertEquals("2 no longer judged", new FleetStory(not).changes());
    FleetReport good = two(Nights.good(1), Nights.good(1), 2);
    FleetChange back = FleetChange.between(not, good);
    assertEquals("0 newly failing, 0 fixed, 0 still failing, 2 judged again", back.headline());
    assertEquals(List.of("judged again: a: PASSED", "judged again: b: PASSED"), back.lines());
    assertEquals("2 judged again", new FleetStory(good).changes());
  }

  private FleetReport two(List<Verdict> one, List<Verdict> other, int day) throws IOException {
    List<Environment> fleet = List.of(Nights.environment("a"), Nights.environment("b"));
    NightLog log = NightLog.open(whole, Nights.night(day), fleet, Readers.OWNER, Map.of());
    log.ended(fleet.get(0), Nights.run("a", "a" + day, one));
    log.ended(fleet.get(1), Nights.run("b", "b" + day, other));
    return log.finish(Nights.at(day).plusSeconds(60), true, ExitCode.PASSED);
  }

  /** The fleet of {@link Nights#five}, an environment or two on each shard. */
  private void shards(int day, List<Integer> indices) throws IOException {
    for (int index : indices) {
      Night night = Nights.night(day, Optional.of(new Night.Shard(index, 4)));
      List<Environment> mine = new ArrayList<>();
      for (int i = index - 1; i < NAMES.size(); i += 4) {
        mine.add(environment(NAMES.get(i)));
      }
      NightLog log = NightLog.open(parts, night, mine, Readers.OWNER, Map.of());
      for (Environment one : mine) {
        String id = "run-" + day;
        switch (one.name()) {
          case "unset" -> log.unjudged(one, ExitCode.INCOMPLETE, "TENSORMESH_KEY is not set");
          case "broken" ->
              log.ended(
                  one,
                  Nights.ran(parts, one.name(), id, day == 0 ? Nights.good(40) : Nights.failing()));
          case "locked" -> log.ended(one, Nights.ran(parts, one.name(), id, Nights.refused()));
          case "dead" -> log.ended(one, Nights.ran(parts, one.name(), id, Nights.dead()));
          default -> log.ended(one, Nights.ran(parts, one.name(), id, Nights.good(40)));
        }
      }
      log.finish(
          Nights.at(day).plusSeconds(60),
          true,
          index == 1 && day == 1
              ? ExitCode.BROKEN_CONTRACT
              : index == 2 ? ExitCode.UNREACHABLE : ExitCode.PASSED);
    }
  }

  private static Environment environment(String name) {
    return switch (name) {
      case "good", "broken" -> Nights.environment(name, "region", "eu");
      case "locked", "dead" -> Nights.environment(name, "region", "us");
      default -> Nights.environment(name);
    };
  }

  private NightMerge.Merged merge(int day, List<Integer> shards) throws IOException {
    return merge(shards.stream().map(i -> found("nights/night-" + day + "-" + i)).toList());
  }

  private NightMerge.Merged merge(List<NightDirectory> nights) throws IOException {
    return NightMerge.of(nights, parts, "merged", Readers.OWNER, Map.of());
  }

  private NightDirectory found(String name) {
    return NightDirectory.named(name, parts, Optional.empty());
  }

  private static Node xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(read(file))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "not there: " + file;
    }
  }
}
