package dev.meshcheck.suites.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.suites.check.Pack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

  private static final Duration MOST = Duration.ofSeconds(100);

  @Test
  void aTargetAndAPackAreAllThatIsAsked() {
    assertEquals(new Question("eu-1", Optional.empty()), question("target=eu-1"));
    assertEquals(new Question("eu-1", Optional.of(Pack.FULL)), question("pack=full&target=eu%2D1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                       | target is missing; ask for /probe?target=NAME, as the page at / has them
          target                   | target is missing; ask for /probe?target=NAME, as the page at / has them
          target=+                 | target is missing; ask for /probe?target=NAME, as the page at / has them
          target=a&target=b        | target is there twice; a probe is of one environment
          target=a&host=http://b   | there is no parameter 'host'; a probe takes target and pack
          target=a&tarqet=b        | there is no parameter 'tarqet'; did you mean 'target'? a probe takes target and pack
          target=a&                | there is no parameter ''; a probe takes target and pack
          target=a&pack=smoek      | there is no pack 'smoek'; did you mean 'smoke'? it is one of smoke, standard, full, limits, quality, performance
          target=a&pack=smoke,full | there is no pack 'smoke,full'; it is one of smoke, standard, full, limits, quality, performance
          target=a&pack=           | there is no pack ''; it is one of smoke, standard, full, limits, quality, performance
          target=a&pack=SMOKE      | there is no pack 'SMOKE'; did you mean 'smoke'? it is one of smoke, standard, full, limits, quality, performance
          target=%4                | the query has a % that two hexadecimal digits do not follow
          """)
  void everythingElseIsRefused(String query, String message) {
    Refused refused = assertThrows(Refused.class, () -> question(query));
    assertEquals(400, refused.status());
    assertEquals(message, refused.getMessage());
  }

  private static Question question(String query) {
    return Question.of(Optional.of(query));
  }

  @Test
  void whoeverAsksSaysHowLongTheyWait() {
    assertEquals(MOST, Question.patience(List.of(), MOST));
    assertEquals(Duration.ofSeconds(10), Question.patience(List.of("10"), MOST));
    assertEquals(Duration.ofMillis(2500), Question.patience(List.of("2.500000"), MOST));
    assertEquals(MOST, Question.patience(List.of("100000"), MOST));
    assertEquals(
        "X-Prometheus-Scrape-Timeout-Seconds is 0.9, and less than 1 s is no time to judge anything; raise scrape_timeout",
        assertThrows(Refused.class, () -> Question.patience(List.of("0.9"), MOST)).getMessage());
    assertEquals(
        "X-Prometheus-Scrape-Timeout-Seconds is not one number of seconds",
        assertThrows(Refused.class, () -> Question.patience(List.of("5", "6"), MOST)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "abc", "1e9", "10s", "NaN", "Infinity", "99999999999999999999", "1."})
  void whatIsNoTimeIsRefused(String text) {
    assertEquals(
        "X-Prometheus-Scrape-Timeout-Seconds is not one number of seconds",
        assertThrows(Refused.class, () -> Question.patience(List.of(text), MOST)).getMessage());
  }
}
