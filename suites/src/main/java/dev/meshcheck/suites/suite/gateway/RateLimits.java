package dev.meshcheck.suites.suite.gateway;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesRegex;

import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Inapplicable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code x-ratelimit-*} headers as OpenAI documents them, see
 * https://platform.openai.com/docs/guides/rate-limits.
 */
final class RateLimits {

  private static final String PREFIX = "x-ratelimit-";

  /** Go's durations such as {@code 6m0s} or {@code 12ms}, or plain seconds, or a date. */
  private static final String RESET =
      "(\\d+(\\.\\d+)?(ns|us|µs|ms|s|m|h|d))+|\\d+(\\.\\d+)?|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-].*)";

  /** Azure says -1 where it does not know. */
  private static final String COUNT = "-1|\\d{1,15}";

  private RateLimits() {}

  /** Fails where a header is none of these, or more is left than there ever was. */
  static void mustMakeSense(Headers headers) {
    Map<String, Long> limits = new TreeMap<>();
    Map<String, Long> left = new TreeMap<>();
    boolean any = false;
    for (Headers.Field field : headers.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        any = true;
        String rest = name.substring(PREFIX.length());
        if (rest.startsWith("reset")) {
          Expect.that(name, field.value().strip(), matchesRegex(RESET));
        } else {
          read(rest, name, field.value().strip(), limits, left);
        }
      }
    }
    if (!any) {
      throw new Inapplicable("the host sends no x-ratelimit headers");
    }
    left.forEach(
        (what, count) -> {
          long limit = limits.getOrDefault(what, -1L);
          if (limit >= 0) {
            Expect.that("what is left" + what, count, is(lessThanOrEqualTo(limit)));
          }
        });
  }

  private static void read(
      String rest, String name, String value, Map<String, Long> limits, Map<String, Long> left) {
    for (String kind : List.of("limit", "remaining")) {
      if (rest.startsWith(kind)) {
        Expect.that(name, value, matchesRegex(COUNT));
        Map<String, Long> counts = kind.equals("limit") ? limits : left;
        counts.put(rest.substring(kind.length()), Long.parseLong(value));
      }
    }
  }
}
