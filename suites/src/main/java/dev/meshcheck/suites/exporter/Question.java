package dev.meshcheck.suites.exporter;

import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.reports.text.Plain;
import dev.meshcheck.suites.check.Pack;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request for a probe asks. Nothing else of a URL counts: whoever may scrape must not choose
 * whom this machine sends its keys to.
 *
 * @param target the name of an environment
 * @param pack how much to run, in place of what the targets file says
 */
record Question(String target, Optional<Pack> pack) {

  /** Longer than any name, and short enough to be compared with all of them. */
  private static final int LONGEST = 200;

  /** As Prometheus writes it: seconds, with a fraction where there is one. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]{1,9})?");

  private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";
  private static final List<String> PARAMETERS = List.of("target", "pack");
  private static final List<String> PACKS =
      Arrays.stream(Pack.values()).map(Pack::toString).toList();

  /**
   * Reads a query.
   *
   * @param raw as it stands in the URL
   * @throws Refused where it has anything but one target and at most one pack
   */
  static Question of(Optional<String> raw) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String part :
        raw.filter(text -> !text.isEmpty()).map(t -> t.split("&", -1)).orElse(new String[0])) {
      int end = part.indexOf('=');
      String name = decoded(end < 0 ? part : part.substring(0, end));
      if (!PARAMETERS.contains(name)) {
        throw Refused.bad(
            "there is no parameter '%s'; %sa probe takes target and pack"
                .formatted(shown(name), hint(name, PARAMETERS)));
      }
      if (given.put(name, decoded(end < 0 ? "" : part.substring(end + 1))) != null) {
        throw Refused.bad("%s is there twice; a probe is of one environment".formatted(name));
      }
    }
    String target = given.getOrDefault("target", "");
    if (target.isBlank()) {
      throw Refused.bad("target is missing; ask for /probe?target=NAME, as the page at / has them");
    }
    return new Question(target, Optional.ofNullable(given.get("pack")).map(Question::pack));
  }

  private static Pack pack(String word) {
    if (!PACKS.contains(word)) {
      throw Refused.bad(
          "there is no pack '%s'; %sit is one of %s"
              .formatted(shown(word), hint(word, PACKS), String.join(", ", PACKS)));
    }
    return Pack.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refused.bad("the query has a % that two hexadecimal digits do not follow");
    }
  }

  /**
   * How long whoever asks waits for the answer.
   *
   * @param headers every value of the header in which Prometheus says it
   * @param most where it says nothing, or more than that
   * @throws Refused where it is no time, or none in which anything can be judged
   */
  static Duration patience(List<String> headers, Duration most) {
    if (headers.isEmpty()) {
      return most;
    }
    String text = headers.get(0).strip();
    if (headers.size() > 1 || !SECONDS.matcher(text).matches()) {
      throw Refused.bad("%s is not one number of seconds".formatted(TIMEOUT));
    }
    Duration said = Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
    if (said.compareTo(Deadlines.LEAST) < 0) {
      throw Refused.bad(
          "%s is %s, and less than %d s is no time to judge anything; raise scrape_timeout"
              .formatted(TIMEOUT, text, Deadlines.LEAST.toSeconds()));
    }
    return said.compareTo(most) < 0 ? said : most;
  }

  /** The header in which Prometheus says how long it waits. */
  static String timeoutHeader() {
    return TIMEOUT;
  }

  /** A word of the URL as a message may repeat it. */
  static String shown(String word) {
    return Plain.line(word, 100);
  }

  /** The start of an advice, where a known word is meant. */
  static String hint(String word, List<String> known) {
    return word.length() > LONGEST ? "" : DidYouMean.hint(word, known);
  }
}
