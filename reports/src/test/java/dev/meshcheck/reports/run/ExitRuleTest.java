package dev.meshcheck.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitRuleTest {

  private final Target target = Samples.target("serverless");

  // Outcomes and replies are letters: p passed, f failed, w warned, r recorded, i inapplicable,
  // c could not run, m Meshcheck error; a answered, u unreachable, t timeout, n not sent.
  @ParameterizedTest(name = "{0} with replies {1}, strict {2}: exit {3}")
  @CsvSource({
    "p,a,false,0",
    "ppri,aa,false,0",
    "pw,a,false,0",
    "pw,a,true,1",
    "i,'',false,3",
    "ii,aa,true,3",
    "ir,a,false,0",
    "iw,a,false,0",
    "'','',false,3",
    "'',a,false,3",
    "pc,a,false,3",
    "pcw,a,false,3",
    "pcw,a,true,1",
    "f,a,false,1",
    "pfc,a,false,1",
    "c,u,false,4",
    "cc,uu,false,4",
    "cf,uu,false,4",
    "c,un,false,4",
    "c,n,false,3",
    "c,ua,false,3",
    "f,ut,false,1",
    "f,t,false,1",
    "pm,a,false,5",
    "fm,uu,false,5",
    "m,u,true,5",
  })
  void theFirstRuleThatHoldsDecides(String outcomes, String replies, boolean strict, int exit) {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < replies.length(); i++) {
      char letter = replies.charAt(i);
      String id = "e" + (exchanges.size() + 1);
      exchanges.add(
          Samples.exchange(
              id,
              target,
              Samples.chat(target),
              switch (letter) {
                case 'a' -> Samples.json(200, "{}");
                case 'u' -> new NoAnswer(NoAnswer.Kind.CONNECTION_REFUSED, "refused");
                case 't' -> new NoAnswer(NoAnswer.Kind.TIMEOUT, "no answer");
                default -> new NoAnswer(NoAnswer.Kind.NOT_SENT, "not sent");
              }));
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < outcomes.length(); i++) {
      char letter = outcomes.charAt(i);
      Optional<Reason> reason =
          letter == 'm' ? Optional.of(Reason.MESHCHECK_ERROR) : Optional.of(Reason.WRONG_VALUE);
      verdicts.add(
          Samples.verdict(
              "a.n" + verdicts.size(),
              target,
              Arrays.stream(Outcome.values())
                  .filter(o -> o.name().charAt(0) == Character.toUpperCase(letter))
                  .findFirst()
                  .orElse(Outcome.COULD_NOT_RUN),
              reason));
    }
    RunLog log = RunLog.start(Samples.plan(strict, verdicts), new Redactor(List.of()), List.of());
    exchanges.forEach(log::exchanged);
    verdicts.forEach(log::judged);

    assertEquals(Optional.of(exit), log.finish(Samples.START).run().exitCode());
  }
}
