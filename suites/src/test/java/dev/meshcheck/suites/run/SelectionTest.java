package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.Pack;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

  private static final List<Entry> ALL = Suites.catalogue();

  @TempDir private Path folder;

  private Selection of(Map<Setting, String> flags) {
    return Selection.of(Flags.settings(folder, flags), ALL);
  }

  private static List<String> ids(Predicate<Entry> wanted) {
    return ALL.stream().filter(wanted).map(entry -> entry.info().id()).toList();
  }

  private static List<String> ids(Selection selection) {
    return selection.entries().stream().map(entry -> entry.info().id()).toList();
  }

  @Test
  void withoutAWordItIsTheStandardPack() {
    Set<Pack> standard = EnumSet.of(Pack.SMOKE, Pack.STANDARD);
    Selection selection = of(Map.of());
    assertEquals(ids(entry -> standard.contains(entry.check().pack())), ids(selection));
    assertEquals("pack standard", selection.words());
  }

  @Test
  void aPackIsWhatItHolds() {
    Selection smoke = of(Map.of(Setting.PACK, "smoke"));
    assertEquals(ids(entry -> entry.check().pack() == Pack.SMOKE), ids(smoke));
    assertFalse(smoke.entries().isEmpty());
    assertEquals("pack smoke", smoke.words());
  }

  @Test
  void packsAddUpToTheStandardOne() {
    Selection two = of(Map.of(Setting.PACK, "Limits, quality"));
    Set<Pack> packs = EnumSet.of(Pack.SMOKE, Pack.STANDARD, Pack.LIMITS, Pack.QUALITY);
    assertEquals(ids(entry -> packs.contains(entry.check().pack())), ids(two));
    assertEquals("pack limits, quality", two.words());
  }

  @Test
  void whatIsNamedIsRunWhateverItsPack() {
    Selection limits = of(Map.of(Setting.SELECT, "limits.*,health.answers"));
    assertEquals(
        ids(e -> e.info().group().equals("limits") || e.info().id().equals("health.answers")),
        ids(limits));
    assertTrue(limits.entries().stream().anyMatch(e -> e.check().pack() == Pack.LIMITS));
    assertEquals("limits.*, health.answers", limits.words());
  }

  @Test
  void theOrderIsTheCataloguesWhateverIsNamedFirst() {
    Selection two = of(Map.of(Setting.SELECT, "chat.answers,health.answers"));
    assertEquals(List.of("health.answers", "chat.answers"), ids(two));
  }

  @Test
  void aGlobMatchesWholeIds() {
    Selection chat = of(Map.of(Setting.SELECT, "chat.*"));
    assertEquals(ids(entry -> entry.info().id().startsWith("chat.")), ids(chat));
    assertTrue(ids(chat).contains("chat.answers"));
  }

  @Test
  void aQuestionMarkIsOneCharacterAndADotIsADot() {
    assertEquals(List.of("health.answers"), ids(of(Map.of(Setting.SELECT, "h?alth.answ?rs"))));
    assertThrows(UsageException.class, () -> of(Map.of(Setting.SELECT, "health.answer?s")));
    assertThrows(UsageException.class, () -> of(Map.of(Setting.SELECT, "healthxanswers")));
  }

  @Test
  void whatIsSkippedIsLeftOut() {
    Selection selection = of(Map.of(Setting.SELECT, "health.*", Setting.SKIP, "*.answers"));
    assertEquals(
        ids(e -> e.info().group().equals("health") && !e.info().id().endsWith(".answers")),
        ids(selection));
    assertEquals("health.* without *.answers", selection.words());
  }

  @Test
  void aLevelLeavesOutWhatIsBelowIt() {
    Selection must = of(Map.of(Setting.SELECT, "chat.*", Setting.LEVEL, "must"));
    assertEquals(
        ids(e -> e.info().group().equals("chat") && e.info().level() == Level.MUST), ids(must));
    assertEquals("chat.* level must and above", must.words());
    assertEquals("pack standard level must and above", of(Map.of(Setting.LEVEL, "must")).words());
    Selection should = of(Map.of(Setting.SELECT, "*", Setting.LEVEL, "should"));
    assertEquals(ids(e -> e.info().level() != Level.INFO), ids(should));
  }

  @Test
  void aTypingErrorDoesNotShrinkTheRun() {
    UsageException select =
        assertThrows(
            UsageException.class, () -> of(Map.of(Setting.SELECT, "health.*,health.answerz")));
    assertEquals(
        "--select 'health.answerz' matches no check; did you mean"
            + " 'health.answers'? './run.sh list' prints them",
        select.getMessage());
    UsageException skip =
        assertThrows(UsageException.class, () -> of(Map.of(Setting.SKIP, "zzzzzzzzzzzzzzzz.*")));
    assertEquals(
        "--skip 'zzzzzzzzzzzzzzzz.*' matches no check; './run.sh list' prints them",
        skip.getMessage());
  }
}
