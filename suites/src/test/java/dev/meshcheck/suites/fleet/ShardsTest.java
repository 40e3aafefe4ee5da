package dev.meshcheck.suites.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.fleet.Night.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which machine judges what. */
class ShardsTest {

  private static final List<String> NAMES =
      IntStream.range(0, 400).mapToObj(i -> "environment-" + i).toList();

  private static int shard(String name, int of) {
    List<Integer> mine =
        IntStream.rangeClosed(1, of)
            .filter(index -> Shards.isOf(new Shard(index, of), name))
            .boxed()
            .toList();
    assertEquals(1, mine.size(), name);
    return mine.get(0);
  }

  @Test
  void eachEnvironmentIsOfOneShardAndAllShardsHaveSome() {
    int[] sizes = new int[5];
    NAMES.forEach(name -> sizes[shard(name, 4)]++);
    IntStream.rangeClosed(1, 4).forEach(i -> assertTrue(sizes[i] > 60, i + ": " + sizes[i]));
  }

  @Test
  void oneMoreShardTakesFromTheOthersAndMovesNothingElse() {
    List<String> moved = NAMES.stream().filter(name -> shard(name, 4) != shard(name, 5)).toList();

    assertTrue(moved.stream().allMatch(name -> shard(name, 5) == 5));
    assertTrue(moved.size() < 130, "moved " + moved.size());
  }

  /** Written down: whoever hashes otherwise moves histories to other machines. */
  @Test
  void theSameNameIsOfTheSameShardForEver() {
    assertEquals(
        List.of(2, 1, 1, 1, 3, 4, 1, 3),
        NAMES.stream().limit(8).map(name -> shard(name, 4)).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          2/4   | -                       | -                | 2/4
          1/1   | JOB_COMPLETION_INDEX=3  | -                | 1/1
          -     | JOB_COMPLETION_INDEX=0  | JOB_COMPLETIONS=4 | 1/4
          -     | JOB_COMPLETION_INDEX=3  | JOB_COMPLETIONS=4 | 4/4
          -     | CI_NODE_INDEX=3         | CI_NODE_TOTAL=3  | 3/3
          -     | CI_NODE_TOTAL=1         | -                | -
          -     | JOB_COMPLETIONS=4       | -                | -
          """)
  void aFlagOrASchedulerSaysWhichPart(String flag, String one, String other, String shard) {
    assertEquals(
        Optional.ofNullable(shard),
        Shards.of(Optional.ofNullable(flag), variables(one, other)).map(Shard::toString));
  }

  private static Map<String, String> variables(String... texts) {
    Map<String, String> variables = new HashMap<>();
    for (String text : texts) {
      if (text != null) {
        variables.put(text.split("=", -1)[0], text.split("=", -1)[1]);
      }
    }
    return variables;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0/4", "5/4", "1/0", "-1/4", "a/b", "1/4/5", "1/1001", "1 / 4"})
  void whatIsNoPartIsSaid(String flag) {
    String said =
        assertThrows(UsageException.class, () -> Shards.of(Optional.of(flag), Map.of()))
            .getMessage();
    assertTrue(said.startsWith("--shard: '") && said.contains("as in --shard 2/4"), said);
  }

  @Test
  void aPartOfNobodyKnowsHowManyIsNone() {
    assertEquals(
        "JOB_COMPLETION_INDEX is set and JOB_COMPLETIONS is not, so that it is not known how many"
            + " parts there are; set it, or say --shard i/n",
        assertThrows(
                UsageException.class,
                () -> Shards.of(Optional.empty(), Map.of("JOB_COMPLETION_INDEX", "0")))
            .getMessage());
    assertThrows(
        UsageException.class,
        () ->
            Shards.of(
                Optional.empty(), Map.of("JOB_COMPLETION_INDEX", "4", "JOB_COMPLETIONS", "4")));
    assertThrows(
        UsageException.class,
        () -> Shards.of(Optional.empty(), Map.of("CI_NODE_INDEX", "0", "CI_NODE_TOTAL", "4")));
  }
}
