package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.Pack;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListCommandTest {

  private static final List<Entry> CATALOGUE = Suites.catalogue();
  private static final Surface COMPATIBLE = Surfaces.named("openai-compatible").orElseThrow();

  private static ListCommand of(
      Optional<RouteName> route,
      Optional<Level> lowest,
      Optional<Set<Pack>> packs,
      Optional<Surface> surface,
      String... select) {
    return new ListCommand(ListFormat.TEXT, List.of(select), route, lowest, packs, surface);
  }

  @Test
  void eachOptionLeavesOutWhatItSays() {
    List<Entry> some =
        of(
                Optional.of(RouteName.CHAT),
                Optional.of(Level.MUST),
                Optional.of(Set.of(Pack.SMOKE)),
                Optional.of(COMPATIBLE),
                "chat*")
            .of(CATALOGUE);

    assertFalse(some.isEmpty());
    for (Entry entry : some) {
      assertEquals(RouteName.CHAT, entry.info().route());
      assertEquals(Level.MUST, entry.levelOn(COMPATIBLE));
      assertEquals(Pack.SMOKE, entry.check().pack());
      assertTrue(entry.isAbout(COMPATIBLE) && entry.info().id().startsWith("chat"));
    }
    assertEquals(CATALOGUE, ListCommand.all(ListFormat.TEXT).of(CATALOGUE));
  }

  @Test
  void theLevelIsThatOnTheSurface() {
    Entry weaker =
        CATALOGUE.stream()
            .filter(e -> e.info().level() == Level.MUST && e.isAbout(COMPATIBLE))
            .filter(e -> e.levelOn(COMPATIBLE) != Level.MUST)
            .findFirst()
            .orElseThrow();
    Optional<Level> must = Optional.of(Level.MUST);

    assertTrue(
        of(Optional.empty(), must, Optional.empty(), Optional.empty())
            .of(CATALOGUE)
            .contains(weaker));
    assertFalse(
        of(Optional.empty(), must, Optional.empty(), Optional.of(COMPATIBLE))
            .of(CATALOGUE)
            .contains(weaker));
  }

  @Test
  void aGlobThatMatchesNothingIsRefused() {
    ListCommand typo =
        of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "chta.*");
    assertTrue(
        assertThrows(UsageException.class, () -> typo.of(CATALOGUE))
            .getMessage()
            .startsWith("--select 'chta.*' matches no check"));
  }

  @Test
  void anEmptyListIsRefused() {
    ListCommand narrow =
        of(
            Optional.of(RouteName.VERSION),
            Optional.empty(),
            Optional.of(Set.of(Pack.SMOKE)),
            Optional.of(COMPATIBLE),
            "chat.*");
    assertEquals(
        "no check is all of what was asked for (--select 'chat.*', --route version, pack smoke,"
            + " --surface openai-compatible); leave something out, or './run.sh list' prints all",
        assertThrows(UsageException.class, () -> narrow.of(CATALOGUE)).getMessage());
  }

  @Test
  void jsonHasWhatExplainShows() throws Exception {
    JsonNode all = new ObjectMapper().readTree(Listing.json(CATALOGUE));
    assertEquals(CATALOGUE.size(), all.size());
    for (JsonNode one : all) {
      if (one.path("id").asText().equals("chat.usage-adds-up")) {
        assertTrue(one.at("/sentences/0/text").isTextual(), one::toString);
        assertTrue(one.at("/sentences/0/source").asText().startsWith("https://"), one::toString);
        assertTrue(one.path("faults").toString().contains("chat-usage-missing"), one::toString);
        assertEquals("MUST", one.at("/levels/on-demand").asText());
        assertTrue(one.at("/likelyCauses/0").isTextual() && one.path("pack").isTextual());
        return;
      }
    }
    throw new AssertionError("chat.usage-adds-up is not listed");
  }
}
