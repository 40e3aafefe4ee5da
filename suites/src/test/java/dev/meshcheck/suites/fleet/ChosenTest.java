package dev.meshcheck.suites.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.reports.outcome.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which environments a selection names, and what the worst of them is. */
class ChosenTest {

  private static final List<Entry> ALL =
      List.of(
          entry("eu-1", Map.of("region", "eu", "stage", "production")),
          entry("eu-2", Map.of("region", "eu", "stage", "staging")),
          entry("us-1", Map.of("region", "us", "stage", "production")),
          entry("lab", Map.of()));

  private static Entry entry(String name, Map<String, String> labels) {
    return new Entry(name, labels, "f:1:1", List.of());
  }

  private static List<String> chosen(String globs, String labels) {
    return Chosen.of(ALL, words(globs), words(labels)).stream().map(Entry::name).toList();
  }

  private static List<String> words(String text) {
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                    |                            | eu-1 eu-2 us-1 lab
          eu-*      |                            | eu-1 eu-2
          *-1 lab   |                            | eu-1 us-1 lab
                    | region=eu                  | eu-1 eu-2
                    | region=eu region=us        | eu-1 eu-2 us-1
                    | region=eu stage=production | eu-1
          *-2       | region=eu                  | eu-2
          """)
  void globsAndLabelsNarrow(String globs, String labels, String names) {
    assertEquals(words(names), chosen(globs, labels));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eu-* us-?x |                 | --select-target 'us-?x' matches no environment; did you mean 'us-1'? there are eu-1, eu-2, us-1, lab
          eu_1     |                   | --select-target 'eu_1' matches no environment; did you mean 'eu-1'? there are eu-1, eu-2, us-1, lab
                   | region            | --label 'region' is not KEY=VALUE; write it as in --label region=eu
                   | =eu               | --label '=eu' is not KEY=VALUE; write it as in --label region=eu
                   | regoin=eu         | --label 'regoin=eu': no environment has the label 'regoin'; did you mean 'region'? there are region, stage
                   | region=as         | --label 'region=as': no environment has it; did you mean 'us'? region is one of eu, us
          lab      | region=eu         | no environment matches --select-target 'lab' --label 'region=eu'; each part of the selection matches some, but none matches all
          """)
  void whatMatchesNothingIsAMistake(String globs, String labels, String problem) {
    String said = assertThrows(UsageException.class, () -> chosen(globs, labels)).getMessage();
    assertEquals(problem, said);
  }

  @Test
  void theWorstIsTold() {
    assertEquals(ExitCode.PASSED, ExitCode.worst(List.of()));
    List<ExitCode> worse =
        List.of(
            ExitCode.PASSED,
            ExitCode.INCOMPLETE,
            ExitCode.USAGE,
            ExitCode.UNREACHABLE,
            ExitCode.BROKEN_CONTRACT,
            ExitCode.MESHCHECK_BROKE);
    for (int i = 0; i < worse.size(); i++) {
      assertEquals(worse.get(i), ExitCode.worst(worse.subList(0, i + 1)));
    }
  }
}
