package dev.meshcheck.reports.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.KnownFailuresReport.Stale;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.render.JunitXml;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.render.SummaryMarkdown;
import dev.meshcheck.reports.run.Expectations;
import dev.meshcheck.reports.run.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownFailuresTest {

  @TempDir Path directory;

  private final Target onDemand = Samples.target("on-demand");
  private final Target serverless = Samples.target("serverless");
  private final List<Verdict> verdicts =
      List.of(
          Samples.failed("chat.answers", onDemand, Reason.WRONG_STATUS),
          Samples.passed("chat.answers", serverless),
          Samples.passed("chat.echoes-model", onDemand),
          Samples.verdict(
              "models.lists", onDemand, Outcome.COULD_NOT_RUN, Optional.of(Reason.RATE_LIMITED)));

  @Test
  void aKnownFailureDoesNotFailTheRunAndStaysVisible() throws IOException {
    RunReport report =
        run(
            """
            - check: chat.answers
              surface: on-demand
              reason: the gateway is old
              issue: https://example.org/12
              until: 2026-11-23
            - check: models.*
              reason: it could not run, so nobody knows
            """,
            verdicts.subList(0, 3));

    Story story = new Story(report);
    assertEquals(Optional.of(0), report.run().exitCode());
    assertEquals(1, report.summary().failed());
    assertEquals("exit 0: nothing new is broken; 1 known failure", story.ending());
    String why = "known failure: the gateway is old (https://example.org/12)";
    assertEquals(why, story.whyExpected(report.results().get(0)));
    assertTrue(SummaryMarkdown.render(report).contains("### Expected failures"));
    assertTrue(JunitXml.render(report).contains("<skipped message=\"" + why));
  }

  @ParameterizedTest
  @CsvSource({
    "chat.echoes-model, '', passes, chat.echoes-model: it passes now on on-demand; remove line 3",
    "chat.answers, 2026-11-22, expired, chat.answers: it was expected until 2026-11-22; remove line 3",
    "chat.anwsers, '', matches-nothing, chat.anwsers: no check has such an id; did you mean 'chat.answers'? remove line 3",
    "weather.today, '', matches-nothing, weather.today: no check has such an id; remove line 3",
    "chat.*, '', duplicate, chat.*: it repeats the entry of line 1; remove line 3",
  })
  void aStaleEntryFailsTheRunAndSaysWhichLine(
      String check, String until, String problem, String message) throws IOException {
    RunReport report =
        run(
            "- check: chat.*\n  reason: a reason\n- check: "
                + check
                + "\n  reason: a reason\n"
                + (until.isEmpty() ? "" : "  until: " + until + "\n"),
            verdicts.subList(0, 3));

    assertEquals(
        List.of(new Stale(3, check, problem, message)),
        report.knownFailures().orElseThrow().stale());
    assertEquals(Optional.of(2), report.run().exitCode());
    String told = "known.yaml:3 " + message;
    assertEquals(List.of(told), new Story(report).staleEntries());
    assertTrue(JunitXml.render(report).contains("known.yaml:3 is still right"));
  }

  @Test
  void whatDidNotRunLeavesItsEntryAlone() throws IOException {
    RunReport report = run("- check: models.lists\n  reason: a reason\n", verdicts);

    assertEquals(List.of(), report.knownFailures().orElseThrow().stale());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "check: chat.answers | 1 | 1 | has to be a list: every entry begins with '- check: '",
        "- check: a.b | 1 | 3 | has no 'reason', which every entry needs",
        "- check: a.b⏎  reason: x⏎- just text | 3 | 3 | is no entry with the fields check, surface, target, reason",
        "- chek: a.b | 1 | 3 | has an unknown field 'chek'; there are check",
        "- check: a.b⏎  check: a.c⏎  reason: x | 2 | 3 | has the field 'check' twice in one entry",
        "- check: [a.b]⏎  reason: x | 1 | 3 | has a 'check' that is no text",
        "- check: a.b⏎  reason: | 2 | 3 | has a 'reason' that is no text",
        "- check: a.b⏎  reason: !!int + | 2 | 3 | has a 'reason' that is no text",
        "- {check: a.b, reason: x, issue: 'javascript:alert(1)'} | 1 | 27 | has an 'issue' that is no http",
        "- check: a.b⏎  reason: x⏎  until: 2026-02-30 | 3 | 3 | has an 'until' that is no day",
        "- check: a.b⏎  surface: serveless⏎  reason: x | 2 | 3 | has no surface of ours; did you mean 'serverless'?",
        "- check: a.b⏎  reason: x⏎---⏎- check: a.c⏎  reason: x | 4 | 1 | begins a second document",
        "- {check: a.b | 2 | 1 | is no YAML: expected ',' or '}', but got <stream end>",
        "- check: a.b⏎\treason: x | 2 | 1 | is no YAML: found character '\\t(TAB)' that cannot start",
        "- check: *.answers⏎  reason: x | 1 | 11 | is no YAML: unexpected character found .(46); put a glob that begins with * into quotes",
      })
  void aListThatCannotBeUnderstoodIsRefusedWithLineAndColumn(
      String text, int line, int column, String message) {
    UsageException refused =
        assertThrows(UsageException.class, () -> run(text.replace('⏎', '\n') + "\n", verdicts));

    String place = "known failures known.yaml, line %d, column %d: it ".formatted(line, column);
    assertTrue(refused.getMessage().startsWith(place + message), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing is expected to fail\n", "[]\n", "---\n"})
  void anEmptyListExpectsNothing(String text) throws IOException {
    assertEquals(Optional.of(1), run(text, verdicts).run().exitCode());
  }

  @Test
  void noSecretIsToldThatGotIntoTheList() throws IOException {
    String key = "ak-9f8e7d6c5b4a3f2e1d";

    RunReport report =
        run(
            "- check: %s\n  reason: a reason\n- check: chat.answers\n  reason: with %s\n  issue: https://a.example/%s\n"
                .formatted(key, key, key),
            verdicts.subList(0, 1),
            new Redactor(List.of(key)));

    assertEquals(
        List.of("known.yaml:1 ‹redacted›: no check has such an id; remove line 1"),
        new Story(report).staleEntries());
    assertFalse(report.knownFailures().toString().contains(key), report::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "chat.*, chat.answers, true",
    "*answers, chat.answers, true",
    "*.an?wers, chat.answers, true",
    "c*a*s, chat.answers, true",
    "*a*b, chat.answers, false",
    "chat.answer, chat.answers, false",
    "chat.answers?, chat.answers, false",
    "chat.answers*, chat.answers, true",
    "chat[.]answers, chat.answers, false",
  })
  void aGlobIsForWholeIds(String glob, String id, boolean matches) {
    assertEquals(matches, new Glob(glob).matches(id));
  }

  @Test
  void aGlobMayBeAsLongAsItLikes() {
    assertFalse(new Glob("*a".repeat(20_000)).matches("a".repeat(60)));
    assertTrue(new Glob("*a*".repeat(60)).matches("a".repeat(60)));
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path file = Files.write(directory.resolve("known.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    UsageException refused = assertThrows(UsageException.class, () -> KnownFailuresFile.read(file));

    assertEquals("known failures " + file + " is no text in UTF-8", refused.getMessage());
  }

  @Test
  void whatIsWrittenIsReadAndKeepsItsReasons() throws IOException {
    Path file = directory.resolve("known.yaml");
    RunReport failed = Samples.run(false, verdicts);
    Files.writeString(file, "- check: chat.*\n  reason: 'said: before'\n  until: 2027-01-01\n");
    Optional<KnownFailures> before = Optional.of(KnownFailuresFile.read(file));

    String written = KnownFailuresWriter.write(failed, before, LocalDate.of(2026, 11, 23));
    RunReport again = run(written, verdicts.subList(0, 3));

    assertTrue(written.contains("\"said: before\""), written);
    assertEquals(List.of(), again.knownFailures().orElseThrow().stale());
    assertEquals(Optional.of(0), again.run().exitCode());
  }

  private RunReport run(String list, List<Verdict> judged) throws IOException {
    return run(list, judged, new Redactor(List.of()));
  }

  private RunReport run(String list, List<Verdict> judged, Redactor redactor) throws IOException {
    Path file = Files.writeString(directory.resolve("known.yaml"), list);
    Expectations expectations =
        new Expectations(
            Optional.of(KnownFailuresFile.read(file)),
            Optional.empty(),
            false,
            verdicts.stream().map(v -> v.check().id()).distinct().toList(),
            Optional.empty());
    RunLog log = RunLog.start(Samples.plan(false, judged), redactor, List.of(), expectations);
    judged.forEach(log::judged);
    return log.finish(Samples.START);
  }
}
