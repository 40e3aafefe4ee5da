package dev.meshcheck.suites.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Pack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

  @TempDir Path folder;

  private Selection selection(Map<Setting, String> flags) {
    return Selection.of(Flags.settings(folder, flags), Suites.catalogue());
  }

  private static List<String> ids(Selection selection) {
    return selection.entries().stream().map(entry -> entry.info().id()).toList();
  }

  private static Set<Pack> packs(Selection selection) {
    return selection.entries().stream()
        .map(entry -> entry.check().pack())
        .collect(Collectors.toSet());
  }

  @Test
  void standardIsTheDefault() {
    Selection selection = selection(Map.of());
    assertEquals(Set.of(Pack.SMOKE, Pack.STANDARD), packs(selection));
    assertEquals("pack standard", selection.words());
  }

  @Test
  void packsAreChosenByName() {
    assertEquals(Set.of(Pack.SMOKE), packs(selection(Map.of(Setting.PACK, "smoke"))));
    Selection two = selection(Map.of(Setting.PACK, "Limits, quality"));
    assertEquals(Set.of(Pack.SMOKE, Pack.STANDARD, Pack.LIMITS, Pack.QUALITY), packs(two));
    assertEquals("pack limits, quality", two.words());
  }

  @Test
  void aSelectionTakesChecksOfAnyPack() {
    Selection selection = selection(Map.of(Setting.SELECT, "limits.*"));
    assertEquals(Set.of(Pack.LIMITS), packs(selection));
    assertEquals("limits.*", selection.words());
  }

  @Test
  void globsMatchWholeIds() {
    List<String> chosen = ids(selection(Map.of(Setting.SELECT, "chat.*")));
    assertThat(chosen, everyItem(startsWith("chat.")));
    assertThat(chosen, hasItem("chat.answers"));
    assertEquals(List.of("chat.answers"), ids(selection(Map.of(Setting.SELECT, "chat.answer?"))));
  }

  @Test
  void aDotIsADotAndSeveralGlobsAddUp() {
    List<String> chosen = ids(selection(Map.of(Setting.SELECT, "chat.answers,health.answers")));
    assertEquals(List.of("health.answers", "chat.answers"), chosen);
    assertThrows(UsageException.class, () -> selection(Map.of(Setting.SELECT, "chatxanswers")));
  }

  @Test
  void whatIsSkippedIsLeftOut() {
    Selection selection = selection(Map.of(Setting.SELECT, "chat.*", Setting.SKIP, "chat.answers"));
    assertThat(ids(selection), not(hasItem("chat.answers")));
    assertEquals("chat.* without chat.answers", selection.words());
  }

  @Test
  void theLevelIsALowerBound() {
    Selection must = selection(Map.of(Setting.LEVEL, "must"));
    assertThat(
        must.entries().stream().map(entry -> entry.info().level()).distinct().toList(),
        is(List.of(Level.MUST)));
    assertEquals("pack standard level must and above", must.words());
    assertTrue(
        selection(Map.of(Setting.LEVEL, "should")).entries().stream()
            .noneMatch(entry -> entry.info().level() == Level.INFO));
  }

  @Test
  void aGlobThatMatchesNothingIsAMistake() {
    UsageException mistake =
        assertThrows(UsageException.class, () -> selection(Map.of(Setting.SELECT, "chat.answer")));
    assertThat(mistake.getMessage(), containsString("did you mean 'chat.answers'?"));
    assertThrows(UsageException.class, () -> selection(Map.of(Setting.SKIP, "nothing.*")));
  }
}
