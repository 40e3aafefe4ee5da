package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.fleet.Night.Shard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which part of a fleet a machine judges. An environment goes to the shard that it hashes highest
 * with (rendezvous hashing), so that one more shard or environment moves few others.
 */
final class Shards {

  static final int MOST = 1000;

  /**
   * Variables in which a scheduler tells a process which part it is.
   *
   * @param index of this process
   * @param total of all processes
   * @param first what the first one is called
   */
  private record Told(String index, String total, int first) {}

  private static final List<Told> TOLD =
      List.of(
          // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/
          new Told("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", 0),
          // https://docs.gitlab.com/ci/variables/predefined_variables/
          new Told("CI_NODE_INDEX", "CI_NODE_TOTAL", 1));

  private Shards() {}

  /**
   * The part that a flag or the variables name; none where the whole fleet is meant.
   *
   * @throws UsageException where they name none that there can be
   */
  static Optional<Shard> of(Optional<String> flag, Map<String, String> environment) {
    if (flag.isPresent()) {
      String[] parts = flag.get().strip().split("/", -1);
      return Optional.of(
          parts.length == 2
              ? shard("--shard", parts[0], parts[1], 1)
              : shard("--shard", flag.get(), "", 1));
    }
    return TOLD.stream()
        .filter(told -> !environment.getOrDefault(told.index(), "").isBlank())
        .findFirst()
        .map(told -> told(told, environment));
  }

  private static Shard told(Told told, Map<String, String> environment) {
    String total = environment.getOrDefault(told.total(), "").strip();
    if (total.isEmpty()) {
      throw new UsageException(
          "%s is set and %s is not, so that it is not known how many parts there are; set it, or say --shard i/n"
              .formatted(told.index(), told.total()));
    }
    return shard(
        told.index() + " and " + told.total(),
        environment.get(told.index()).strip(),
        total,
        told.first());
  }

  private static Shard shard(String where, String index, String total, int first) {
    if (index.matches("\\d{1,4}") && total.matches("\\d{1,4}")) {
      int of = Integer.parseInt(total);
      int number = Integer.parseInt(index) - first + 1;
      if (of <= MOST && number >= 1 && number <= of) {
        return new Shard(number, of);
      }
    }
    throw new UsageException(
        "%s: '%s' of '%s' is no part of a fleet; a number from %d to %d of at most %d is expected, as in --shard 2/4"
            .formatted(where, index, total, first, MOST - 1 + first, MOST));
  }

  /** Whether that environment is of that part. */
  static boolean isOf(Shard shard, String environment) {
    return shard.index()
        == IntStream.rangeClosed(1, shard.of())
            .boxed()
            .max(Comparator.comparing(index -> weight(environment, index), Arrays::compareUnsigned))
            .orElseThrow();
  }

  private static byte[] weight(String environment, int index) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((index + "/" + environment).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
