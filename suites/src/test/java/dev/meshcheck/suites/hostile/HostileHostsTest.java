package dev.meshcheck.suites.hostile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A few of each kind, in this process; {@link HostileBatteryTest} tries all of them. */
class HostileHostsTest {

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resets-in-header",
        "lengths-differ",
        "bare-line-feeds",
        "deep-lists",
        "chunk-size-is-text",
        "ids-of-other-paths",
        "scripts"
      })
  void everyCheckEndsAsItShould(String name, @TempDir Path directory) throws Exception {
    verifyEndsAsItShould(name, "standard", directory);
  }

  /** A few checks each: it is the host that is tried here, and not the catalogue. */
  @ParameterizedTest
  @CsvSource({
    "resets-in-header, smoke",
    "lengths-differ, smoke",
    "bare-line-feeds, standard --select gateway.*",
    "deep-lists, smoke",
    "chunk-size-is-text, smoke",
    "ids-of-other-paths, 'full --select *stored*,models.*,chat.*'",
    "scripts, smoke",
  })
  void verifyEndsAsItShould(String name, String pack, @TempDir Path directory) throws Exception {
    Behaviour behaviour = Behaviours.named(name);
    try (HostileHost host = new HostileHost(behaviour)) {
      String[] more = ("--pack " + pack).split(" ", -1);
      HostileRuns.Ended ended =
          HostileRuns.run(directory, "verify", host.url(), host.timeout(), more);
      Whole.verified(directory, behaviour, ended.exit());
    }
  }

  @Test
  void aRunEndsWhenItsTimeIsOver(@TempDir Path directory) throws Exception {
    Behaviour behaviour = Behaviours.named("accepts-then-silence");
    try (HostileHost host = new HostileHost(behaviour)) {
      HostileRuns.Ended ended =
          HostileRuns.run(directory, "verify", host.url(), "600", "--run-timeout", "2");
      Set<String> reasons =
          Whole.verified(directory, Behaviour.texts("any", behaviour.talk()), ended.exit());
      assertThat(reasons, hasItem("run-timeout"));
      assertThat(reasons, not(hasItem("timeout")));
      assertEquals(3, ended.exit());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"endless-headers", "length-is-negative", "escapes"})
  void diagnoseEndsAsItShould(String name, @TempDir Path directory) throws Exception {
    try (HostileHost host = new HostileHost(Behaviours.named(name))) {
      HostileRuns.Ended ended = HostileRuns.run(directory, "diagnose", host.url(), host.timeout());
      Whole.diagnosed(directory, ended.exit());
    }
  }
}
