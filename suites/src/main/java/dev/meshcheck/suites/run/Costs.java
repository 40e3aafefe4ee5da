package dev.meshcheck.suites.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What checks ask of one target, as measured on the reference gateway, whose model makes a token of
 * every byte: other models need fewer. Exchanges that several checks rest on are sent once in a
 * run, so that a run costs less than the sum of its checks.
 */
final class Costs {

  private static final Map<String, Cost> ALL = read();

  private Costs() {}

  /**
   * What a check asks.
   *
   * @param requests of one target
   * @param tokens of prompts and answers together
   */
  record Cost(int requests, long tokens) {

    @Override
    public String toString() {
      return requests + (requests == 1 ? " request, " : " requests, ") + tokens + " tokens";
    }
  }

  /** What the check of that id asks; unknown where the reference gateway gives no cause to ask. */
  static Optional<Cost> of(String id) {
    return Optional.ofNullable(ALL.get(id));
  }

  private static Map<String, Cost> read() {
    try (InputStream table = Costs.class.getResourceAsStream("costs.tsv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .collect(
              Collectors.toMap(
                  cells -> cells[0],
                  cells -> new Cost(Integer.parseInt(cells[1]), Long.parseLong(cells[2]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
