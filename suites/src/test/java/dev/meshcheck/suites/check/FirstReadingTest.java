package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstReadingTest {

  private final FirstReading reading = FirstReading.ofTheInside();

  private Optional<String> told(String text, String known) {
    return reading.in(text, known::contains).map(Internals.Told::told);
  }

  @Test
  void whatStandsBetweenLinesThatWereReadBeforeIsFound() {
    assertEquals(Optional.empty(), told("a plain line\nanother", ""));
    assertEquals(
        Optional.of("10.0.0.7"), told("a plain line\nasked 10.0.0.7\nanother\na plain line", ""));
  }

  @Test
  void whatOneClientKnowsIsNewsForTheNext() {
    assertEquals(Optional.empty(), told("asked 10.0.0.7", "http://10.0.0.7/x"));
    assertEquals(Optional.of("10.0.0.7"), told("asked 10.0.0.7", ""));
  }

  @Test
  void pathsAreAnotherReading() {
    String path = "see /usr/lib/python3/x.py";
    assertEquals(Optional.empty(), told(path, ""));
    assertEquals(
        Optional.of("/usr/lib/python3/x.py"),
        FirstReading.ofPaths().in(path, known -> false).map(Internals.Told::told));
  }
}
