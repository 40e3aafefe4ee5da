package dev.meshcheck.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Detail;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.Setting;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.reports.run.RunPlan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary is put into every place that a secret can get to, in every spelling. */
class SecretsStayInsideTest {

  private static final String KEY = Samples.KEY;

  @TempDir Path directory;

  @Test
  void inEveryPlaceAndSpelling() {
    Target target = Samples.target("on-demand");
    List<Verdict> verdicts = new ArrayList<>();
    for (String spelling : spellings()) {
      String n = String.valueOf(verdicts.size());
      verdicts.add(verdict("canary.n" + n, target, spelling, exchange("e1" + n, target, spelling)));
      NoAnswer none = new NoAnswer(NoAnswer.Kind.CONNECTION_CLOSED, "closed after " + spelling);
      Exchange failed = Samples.exchange("e2" + n, target, Samples.chat(target), none);
      verdicts.add(verdict("canary.none-n" + n, target, spelling, failed));
    }
    RunPlan plain = Samples.plan(false, verdicts);
    RunPlan plan =
        new RunPlan(
            plain.id(),
            plain.startedAt(),
            "selection " + KEY,
            1,
            false,
            plain.catalogue(),
            List.of(new Setting("key " + KEY, KEY, "flag " + KEY)),
            List.of(new PlannedTarget(target.withModel("m-" + KEY), List.of("chosen " + KEY))),
            plain.checks());

    Rendered run =
        Rendered.of(
            directory,
            ConsoleStyle.PLAIN.with(Detail.VERBOSE),
            (files, console) -> {
              RunLog log = RunLog.start(plan, new Redactor(List.of(KEY)), List.of(files, console));
              log.note("a note with " + KEY);
              verdicts.forEach(log::judged);
              assertClean(ReportJson.write(log.snapshot()));
              return log.finish(Samples.START);
            });

    assertTrue(run.everything().contains(Redactor.MASK));
    assertClean(run.everything());
  }

  @Test
  void wherePersonalDataIsBlankedAsAWhole() {
    Target target = Samples.target("control-plane");
    Exchange profile =
        Samples.exchange(
            "e1",
            target,
            Samples.get(target, "/auth/profile"),
            Samples.json(
                200,
                "{\"user\": {\"userEmail\": \"annabelle@corp.example\", \"firstName\": \"Ann Meier\","
                    + " \"userRole\": \"user\", \"code\": 200, \"ann-meier-phone\": 5551234}}"));
    Exchange broken =
        Samples.exchange(
            "e2",
            target,
            Samples.get(target, "/auth/profile"),
            Samples.json(200, "{\"user\": {\"name\": \"Ann Mei"));

    Rendered run =
        Rendered.of(
            directory,
            false,
            List.of(
                Samples.failed("profile.a", target, Reason.WRONG_VALUE, profile, broken),
                verdict(
                    "profile.b",
                    target,
                    "user 200 annabelle@corp.example, Ann Meier, 5551234, annabelle@corp.ex…",
                    profile)));

    assertFalse(run.everything().contains("Ann"), run.json());
    assertFalse(run.everything().contains("annabel"), run.json());
    assertFalse(run.everything().contains("ann-meier"), run.json());
    assertFalse(run.everything().contains("corp.example"), run.json());
    assertFalse(run.everything().contains("5551234"), run.json());
    assertEquals(
        Optional.of("all of user 200 ‹private›, ‹private›, ‹private›, ‹private›…"),
        run.report().results().get(1).actual());
    assertEquals(
        "{\"user\":{\"userEmail\":\"‹string›\",\"firstName\":\"‹string›\","
            + "\"userRole\":\"‹string›\",\"code\":\"‹number›\",\"‹undocumented 1›\":\"‹number›\"}}",
        run.report().exchanges().get("e1").response().orElseThrow().body());
  }

  @Test
  void whereALongBodyIsCut() {
    Target target = Samples.target("on-demand");
    List<Verdict> verdicts = new ArrayList<>();
    // The secret lies across every limit that cuts: of bodies, of what is decoded, of curl lines.
    for (int limit : List.of(4096, 8192, 65_536, 65_536 + 16_384, 4 * (65_536 + 16_384))) {
      String body = "x".repeat(limit - 10) + KEY + "y".repeat(100_000);
      Exchange exchange =
          Samples.exchange(
              "e" + limit,
              target,
              Samples.post(target, "/tokenize", body),
              Samples.json(200, body));
      verdicts.add(verdict("canary.n" + limit, target, body, exchange));
    }

    Rendered run = Rendered.of(directory, false, verdicts);

    assertClean(run.everything());
    assertFalse(run.everything().contains(KEY.substring(0, 9)), "half a secret");
  }

  private static List<String> spellings() {
    byte[] bytes = ("Bearer " + KEY + " ").getBytes(StandardCharsets.UTF_8);
    return List.of(
        KEY,
        KEY.chars()
            .mapToObj(c -> String.format(Locale.ROOT, "%%%02X", c))
            .collect(Collectors.joining()),
        KEY.chars()
            .mapToObj(c -> String.format(Locale.ROOT, "\\u%04x", c))
            .collect(Collectors.joining()),
        URLEncoder.encode(KEY, StandardCharsets.UTF_8),
        Base64.getEncoder().encodeToString(bytes),
        Base64.getEncoder().encodeToString(("a:" + KEY).getBytes(StandardCharsets.UTF_8)),
        Base64.getUrlEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8)));
  }

  private static Exchange exchange(String id, Target target, String spelling) {
    Headers headers =
        Samples.headers(target)
            .with("X-Echo", spelling)
            .with("Cookie", spelling)
            .with("X-" + KEY, "1");
    Request request =
        Request.of("POST", target.at("/p/" + KEY + "?api_key=" + KEY), headers)
            .withBody("{\"text\": \"" + spelling + "\"}");
    Answer stream =
        Samples.stream("{\"content\": \"" + spelling + "\"}", "Incorrect key " + spelling);
    Headers echoed = stream.headers().with("X-" + KEY, spelling).with("Location", spelling);
    return Samples.exchange(
        id,
        target,
        request,
        new Answer(401, echoed, stream.body(), stream.ending(), stream.frames()));
  }

  private static Verdict verdict(String check, Target target, String text, Exchange exchange) {
    Exception e = new IllegalStateException("illegal value: \"" + text + "\"");
    return new Verdict(
        Samples.check(check, Level.MUST),
        target,
        Outcome.FAILED,
        Optional.of(Reason.SECRET_LEAKED),
        "The host said " + text + ": " + e,
        Optional.of("nothing of " + text),
        Optional.of("all of " + text),
        List.of(exchange),
        Duration.ZERO);
  }

  private static void assertClean(String output) {
    for (String spelling : spellings()) {
      assertFalse(output.contains(spelling), "found " + spelling);
    }
    // Every Base64 form holds one of these, and every escape of JSON doubles its backslash.
    for (int shift = 0; shift < 3; shift++) {
      String shifted = "abc".substring(0, shift) + KEY;
      String encoded = Base64.getEncoder().encodeToString(shifted.getBytes(StandardCharsets.UTF_8));
      assertFalse(output.contains(encoded.substring(4, 20)), "found Base64 at " + shift);
    }
    assertFalse(output.contains(KEY), "found the key");
    assertFalse(output.toLowerCase(Locale.ROOT).contains("u0061\\u006b\\u002d"), "found escapes");
  }
}
