package dev.meshcheck.suites.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.suites.diagnose.Section;
import dev.meshcheck.suites.proof.Peer.Line;
import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found on servers that nobody here wrote is argued for line by line, and counted. */
class PeersTest {

  static List<Peer> peers() throws IOException {
    return Peer.all();
  }

  @ParameterizedTest
  @MethodSource("peers")
  void everyLineIsArguedFor(Peer peer) {
    for (Line line : peer.lines()) {
      assertTrue(line.verdicts().contains(line.verdict()), line::toString);
      assertEquals(line.outcome().equals(Peer.RAN), line.why().isBlank(), line::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("peers")
  void whatCouldNotRunRestsOnAFinding(Peer peer) {
    List<String> found = peer.lines().stream().filter(Line::isFinding).map(Line::what).toList();
    peer.lines().stream()
        .filter(line -> line.outcome().equals(Peer.COULD_NOT_RUN))
        .forEach(line -> assertTrue(found.contains(line.why()), line::toString));
  }

  @Test
  void thePageTellsTheFigures() throws IOException {
    assertFalse(peers().isEmpty());
    Section.PEERS.mustBe(section(peers()), PeersTest.class);
  }

  private static String section(List<Peer> peers) {
    StringBuilder text = new StringBuilder("## Servers that nobody here wrote\n\n");
    text.append(
        """
            .ci/peers/judge.sh NAME REPORTS_DIRECTORY

        judges one of them with the `full` pack; `.ci/run` judges all, and fails where anything is found that is not expected, or the reverse.
        The lines are in `.ci/peers/expected`, each with its verdict by the contract and why: true where a document that the
        check names is broken, debatable where servers in wide use do as this one does, false where the finding is ours. What
        could not run names the finding that is its root. The first four are mocks from npm, the others proxies in front
        of the reference gateway.

        | server | checks that ran | findings | true | debatable | false | could not run | causes told | right |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """
            .stripTrailing()
            .indent(0));
    Stream.concat(peers.stream().filter(PeersTest::isMock), peers.stream().filter(p -> !isMock(p)))
        .forEach(peer -> text.append(row(peer.name(), List.of(peer))));
    text.append(row("all", peers));
    return text.toString();
  }

  private static boolean isMock(Peer peer) {
    return peer.name().contains("mock");
  }

  private static String row(String name, List<Peer> peers) {
    long told = sum(peers, p -> p.lines().stream().filter(Line::isCause).count());
    List<Long> numbers =
        List.of(
            sum(peers, p -> Long.parseLong(p.ran())),
            sum(peers, p -> p.lines().stream().filter(Line::isFinding).count()),
            sum(peers, p -> p.count("true")),
            sum(peers, p -> p.count("debatable")),
            sum(peers, p -> p.count("false")),
            sum(peers, p -> p.count("told by")),
            told,
            sum(peers, p -> p.count("right")));
    return "| "
        + name
        + " | "
        + numbers.stream().map(String::valueOf).collect(Collectors.joining(" | "))
        + " |\n";
  }

  private static long sum(List<Peer> peers, ToLongFunction<Peer> count) {
    return peers.stream().mapToLong(count).sum();
  }
}
