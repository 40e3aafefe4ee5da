package dev.meshcheck.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.history.History;
import dev.meshcheck.reports.model.RunReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page says of the cost of checks. */
class CheckCostTest {

  private final Target target = Samples.target("on-demand");

  @Test
  void dearestComesFirstAndWhatOthersNeedTooIsNotSaved() {
    Exchange shared = costing("e1", 30);
    Exchange own = costing("e2", 12);
    RunReport run =
        Samples.run(
            false,
            List.of(
                Samples.saying("chat.answers", target, "well", shared),
                Samples.saying("chat.usage-adds-up", target, "well", shared, own)));

    assertEquals(
        List.of(
            new CheckCost("chat.usage-adds-up", 2, 42, 12),
            new CheckCost("chat.answers", 1, 30, 0)),
        CheckCost.of(run));
    String page = HtmlReport.render(run, History.NONE);
    assertTrue(page.contains("<td>2</td><td>42</td><td>12</td>"), page);
  }

  @Test
  void whatWasNeverSentCostsNothing() {
    Exchange unsent =
        Samples.exchange(
            "e1",
            target,
            Samples.chat(target),
            new NoAnswer(NoAnswer.Kind.BUDGET_SPENT, "the budget is spent"));
    RunReport run =
        Samples.run(false, List.of(Samples.saying("chat.answers", target, "not sent", unsent)));

    assertEquals(List.of(new CheckCost("chat.answers", 0, 0, 0)), CheckCost.of(run));
  }

  private Exchange costing(String id, int tokens) {
    String usage =
        "{\"usage\": {\"prompt_tokens\": %d, \"completion_tokens\": 2, \"total_tokens\": %d}}";
    return Samples.exchange(
        id,
        target,
        Samples.post(target, "/v1/chat/completions", "{\"of\": \"" + id + "\"}"),
        Samples.answer(200, "application/json", usage.formatted(tokens - 2, tokens)));
  }
}
