package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate stands on: baselines of the environment that is judged, night after night. */
class GateTest {

  private static final String[] QUICK = {"--select", "version.*"};

  @TempDir Path scratch;

  private static String[] gate(String baseline, String... more) {
    String[] words = {"--baseline", baseline, "--fail-on", "new"};
    return concat(concat(QUICK, words), more);
  }

  private static String[] concat(String[] some, String[] others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void aFailureStaysNewUntilItIsMendedOrAccepted() {
    try (ReferenceGateway gateway = Cli.gateway()) {
      Cli cli = Cli.of(scratch, gateway);
      assertEquals(0, cli.run(gate("last-passed")).exit(), "the first night");
      gateway.misbehave(Cli.faults("version-number"));

      Command.Ended second = cli.run(gate("last-passed"));
      Command.Ended third = cli.run(gate("last-passed"));
      assertEquals(1, second.exit(), second.out());
      assertEquals(1, third.exit(), third.out());
      assertThat(third.out(), containsString("1 new, 0 fixed"));
      assertEquals(0, cli.run(gate("latest")).exit(), "old since yesterday");

      Command.Ended unaccepted = cli.run(gate("accepted"));
      String run = cli.latest().getFileName().toString();
      assertEquals(1, unaccepted.exit(), unaccepted.out());
      assertThat(
          unaccepted.out(),
          containsString(
              "no run of this environment is accepted, so every failure is new; to accept this"
                  + " one: ./run.sh accept "
                  + run));

      Command.Ended accept = cli.run("accept", run);
      assertEquals(0, accept.exit(), accept.err());
      assertThat(accept.out(), containsString("accepted on-demand at " + gateway.url()));
      assertThat(accept.out(), containsString("run " + run + ": 1 failure is accepted\n"));
      assertEquals(0, cli.run(gate("accepted")).exit(), "night after night");
      assertEquals(0, cli.run(gate("accepted")).exit());
    }
  }

  @Test
  void aKeyThatStaysWrongIsNotTheHostsFaultOnTheSecondNightEither() {
    try (ReferenceGateway gateway = Cli.gateway()) {
      Cli cli =
          Cli.of(scratch, gateway).with("TENSORMESH_INFERENCE_API_KEY", "ak-nobodys-key-0000");
      String[] nightly = {"--baseline", "latest", "--fail-on", "new", "--pack", "smoke"};
      assertEquals(3, cli.run(nightly).exit());

      Command.Ended second = cli.run(nightly);
      assertEquals(3, second.exit(), second.out());
      assertThat(second.out(), containsString("NOT JUDGED: the host does not accept this key"));
      assertThat(second.out(), containsString("exit 3: nothing can be said of the host"));
    }
  }

  @Test
  void whoeverIsJudgedHasAPastOfItsOwn() {
    try (ReferenceGateway one = Cli.gateway();
        ReferenceGateway other = Cli.gateway()) {
      one.misbehave(Cli.faults("version-number"));
      other.misbehave(Cli.faults("version-number"));
      assertEquals(1, Cli.of(scratch, one).run(QUICK).exit());

      Command.Ended first = Cli.of(scratch, other).run(gate("latest"));
      assertEquals(1, first.exit(), first.out());
      assertThat(
          first.out(),
          containsString("no earlier run judged this environment, so every failure is new"));
    }
  }

  @Test
  void aNameSurvivesAnotherPort() {
    String[] named = {"--name", "staging"};
    try (ReferenceGateway today = Cli.gateway();
        ReferenceGateway tomorrow = Cli.gateway()) {
      today.misbehave(Cli.faults("version-number"));
      tomorrow.misbehave(Cli.faults("version-number"));
      assertEquals(1, Cli.of(scratch, today).run(concat(QUICK, named)).exit());

      Cli cli = Cli.of(scratch, tomorrow);
      Command.Ended run = cli.run(gate("latest", named));
      assertEquals(0, run.exit(), run.out());
      assertThat(
          run.out(), containsString("target on-demand of staging at " + tomorrow.url() + ","));
      assertThat(cli.file("report.json"), containsString("\"environment\" : \"staging\""));
      assertThat(cli.file("report.html"), containsString("<dd>staging</dd>"));
      assertThat(cli.file("summary.md"), containsString("| on-demand | staging |"));
      assertThat(
          cli.file("junit.xml"),
          containsString("classname=\"meshcheck.staging.on-demand.version\""));
    }
  }

  @Test
  void aRunThatIsNoneIsNotAccepted() {
    Command.Ended none = Cli.in(scratch).run("accept", "20261101T000000Z-0001");
    assertEquals(2, none.exit());
    assertThat(none.err(), containsString("there is no report at '20261101T000000Z-0001'"));
  }
}
