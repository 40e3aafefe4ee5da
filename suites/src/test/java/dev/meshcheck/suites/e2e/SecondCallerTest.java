package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom else a host knows is asked where somebody else is configured. */
class SecondCallerTest {

  private static final String SELECT = "--select=cache.*apart";

  @TempDir Path scratch;

  private final ReferenceGateway gateway = Cli.gateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  private Cli both() {
    return Cli.of(scratch, gateway)
        .with("MESHCHECK_SECOND_KEY", gateway.credentials().secondKey())
        .with("MESHCHECK_SECOND_USER_ID", gateway.credentials().secondUserId());
  }

  private List<String> told(Cli cli) throws IOException {
    JsonNode results = Reports.valid(cli.latest()).path("results");
    return results.findValuesAsText("message").stream().sorted().toList();
  }

  @Test
  void withoutOneItIsSaidWhichVariableSetsOne() throws IOException {
    Cli cli = Cli.of(scratch, gateway);
    Command.Ended ended = cli.run("verify", SELECT);
    assertThat(ended.out(), containsString("0 failed, 2 inapplicable"));
    assertEquals(
        List.of(
            "no second key is configured; MESHCHECK_SECOND_KEY sets one",
            "no second user id is configured; MESHCHECK_SECOND_USER_ID sets one"),
        told(cli));
  }

  @Test
  void aKeyThatIsRefusedIsNoPass() {
    Cli cli = Cli.of(scratch, gateway).with("MESHCHECK_SECOND_KEY", "ak-nobody-has-this-key");
    Command.Ended ended = cli.run("verify", SELECT);
    assertEquals(3, ended.exit());
    assertThat(
        ended.out(),
        containsString("the second key is refused with 401; name one that may ask for "));
  }

  @Test
  void aUserIsAskedForWithTheKeyThatBelongsToThem() {
    gateway.misbehave(Cli.faults("keys-belong-to-users"));
    Command.Ended ended = both().run("verify", SELECT);
    assertThat(ended.out(), ended.exit(), is(0));
    assertThat(ended.out(), containsString("2 passed"));
  }

  @Test
  void whatIsMixedIsAFindingThatASecondCallerShowsAgain() throws IOException {
    gateway.misbehave(Cli.faults("cache-mixes-users", "cache-mixes-keys"));
    Cli cli = both();
    Command.Ended ended = cli.run("verify", SELECT);
    assertEquals(1, ended.exit());
    assertThat(
        ended.out(),
        containsString("the answer to the second user holds a code word that only the other said"));
    assertThat(cli.file("report.json"), containsString("X-User-Id: $MESHCHECK_SECOND_USER_ID"));
    Command.Ended replayed = cli.run("replay", "latest:cache.users-are-kept-apart");
    assertEquals(0, replayed.exit(), replayed.err());
    assertThat(replayed.out(), containsString("200"));
  }

  @Test
  void noFileHoldsTheOtherKeyOrTheOtherUser() throws IOException {
    Cli cli = both();
    Command.Ended ended = cli.run("verify", SELECT, "--verbose");
    assertEquals(0, ended.exit());
    mustBeClean(ended.out() + ended.err());
    try (Stream<Path> files = Files.walk(cli.latest())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        mustBeClean(Files.readString(file));
      }
    }
  }

  private void mustBeClean(String text) {
    assertThat(text, not(containsString(gateway.credentials().secondKey())));
    assertThat(text, not(containsString(gateway.credentials().secondUserId())));
  }
}
