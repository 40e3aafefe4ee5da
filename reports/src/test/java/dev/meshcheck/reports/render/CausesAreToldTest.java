package dev.meshcheck.reports.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cause is told everywhere, also where nothing failed and much could not run. */
class CausesAreToldTest {

  private static final String TITLE = "Nothing listens at this address and port";

  private static RunReport twoCouldNotRun(Reason reason) {
    Target target = Samples.target("serverless");
    return Samples.run(
        false,
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    Samples.verdict(
                        "a.n" + i,
                        target,
                        Outcome.COULD_NOT_RUN,
                        Optional.of(reason),
                        Samples.exchange(
                            "e" + i,
                            target,
                            Samples.chat(target),
                            new NoAnswer(NoAnswer.Kind.CONNECTION_REFUSED, "refused"))))
            .toList());
  }

  @Test
  void inTheSummary() {
    String text = SummaryMarkdown.render(twoCouldNotRun(Reason.CONNECTION_REFUSED));
    assertTrue(text.contains("**2 could not run: " + TITLE + "** (connection-refused"), text);
    assertFalse(text.contains("### Could not run"), text);
  }

  @Test
  void inJunit() {
    String xml = JunitXml.render(twoCouldNotRun(Reason.CONNECTION_REFUSED));
    String cause = "cause:    " + TITLE + " (connection-refused)";
    assertEquals(2, xml.split(java.util.regex.Pattern.quote(cause), -1).length, xml);
    assertTrue(
        xml.contains("<error message=\"2 checks could not run: The message of a.n0.\""), xml);
    assertTrue(
        xml.contains("<skipped message=\"could not run, as a.n0 [serverless]: The message"), xml);
  }

  @Test
  void noneThatDoesNotPredictTheReason() {
    RunReport run = twoCouldNotRun(Reason.PREREQUISITE_FAILED);
    assertFalse(JunitXml.render(run).contains("cause:"));
    assertTrue(SummaryMarkdown.render(run).contains("### Could not run"));
  }
}
