package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Messages about code that look like attacks to a firewall. To this API they are texts: nothing of
 * a message is run, or put into a page, a path or a query.
 *
 * @see <a href="https://github.com/BerriAI/litellm/issues/12421">LiteLLM #12421: a tag in a message
 *     is answered with 403 by a firewall</a>
 */
public final class FirewallSuite {

  /** A question each that programmers ask, under what a rule set calls it. */
  private static final Map<String, String> QUESTIONS =
      new TreeMap<>(
          Map.of(
              "a script tag", "Why does a comment with <script>alert(1)</script> show a box?",
              "SQL", "What does a name like '; DROP TABLE users; -- do to a query?",
              "a path", "What is opened by the path ../../../../etc/passwd in a web server?",
              "a lookup of Log4j", "Why was a log line with ${jndi:ldap://127.0.0.1/a} dangerous?",
              "a shell command", "What does the line ; cat /etc/hosts | wc -l print in a shell?"));

  private static final String HARMLESS = "Why is the sky blue? ";

  private static Ask ask(Probe probe, String text) {
    return probe.chat(text).with("max_tokens", 4);
  }

  @Check(
      id = "gateway.questions-about-code-are-answered",
      title = "messages about script tags, SQL, paths, lookups and shell commands are answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {
        "a web application firewall (ModSecurity, Cloudflare, AWS WAF) takes what users ask about"
            + " code for attacks: it has to leave bodies of this API alone"
      },
      ifItBreaks = {"a message is put into a query, a log pattern or a page unescaped"},
      about = {Reason.FORBIDDEN})
  void questionsAboutCode(Probe probe) {
    String all = String.join(" ", QUESTIONS.values());
    Optional<Failure> refused = refusal(probe, all);
    if (refused.isEmpty()) {
      return;
    }
    if (refusal(probe, HARMLESS.repeat(all.length() / HARMLESS.length())).isPresent()) {
      throw new Inapplicable("a harmless text of that length is not answered, either");
    }
    List<String> single =
        QUESTIONS.entrySet().stream()
            .filter(question -> refusal(probe, question.getValue()).isPresent())
            .map(Map.Entry::getKey)
            .toList();
    throw refused
        .get()
        .told(
            refused.get().getMessage()
                + ", which is about the words of the message: with "
                + (single.isEmpty() ? "all of them together" : String.join(", ", single)));
  }

  /** Why that text is not answered, where it is not; some firewalls hang up. */
  private static Optional<Failure> refusal(Probe probe, String text) {
    try {
      ask(probe, text).send().mustBe(200);
      return Optional.empty();
    } catch (Failure e) {
      return Optional.of(e);
    }
  }
}
