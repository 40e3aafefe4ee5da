package dev.meshcheck.reports.render;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a suite of junit.xml says of its cases.
 *
 * @param tests how many cases there are
 * @param failures how many break the contract
 * @param errors how many could not run, one for each root
 * @param skipped what another case speaks for, what does not apply, and what is expected
 * @param ms how long they took, in milliseconds
 */
public record JunitTally(long tests, long failures, long errors, long skipped, double ms) {

  /** Both together. */
  public JunitTally plus(JunitTally other) {
    return new JunitTally(
        tests + other.tests,
        failures + other.failures,
        errors + other.errors,
        skipped + other.skipped,
        ms + other.ms);
  }

  /** The attributes of a suite. */
  Map<String, String> ofSuite(String name) {
    Map<String, String> attributes = ofAll(name);
    attributes.remove("time");
    // The schema of Jenkins has it on a suite, not on all of them.
    attributes.put("skipped", String.valueOf(skipped));
    attributes.put("time", seconds(ms));
    return attributes;
  }

  /** The attributes of all suites together. */
  Map<String, String> ofAll(String name) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("name", name);
    attributes.put("tests", String.valueOf(tests));
    attributes.put("failures", String.valueOf(failures));
    attributes.put("errors", String.valueOf(errors));
    attributes.put("time", seconds(ms));
    return attributes;
  }

  static String seconds(double ms) {
    return String.format(Locale.ROOT, "%.3f", ms / 1000);
  }
}
