package dev.meshcheck.reports;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.fixtures.sse.ServerSentEvent;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.model.Catalogue;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Setting;
import dev.meshcheck.reports.outcome.CheckInfo;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.reports.run.RunPlan;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Made-up targets, exchanges and verdicts for tests. */
public final class Samples {

  public static final String KEY = "ak-canary-7f3e91c2d4";
  public static final String TOKEN = "tok-canary-55aa66bb77";
  public static final String USER = "11111111-2222-3333-4444-555555555555";
  public static final Instant START = Instant.parse("2026-11-23T20:15:00Z");

  private Samples() {}

  public static Target target(String surface) {
    boolean controlPlane = surface.equals("control-plane");
    return new Target(
        surface,
        Surfaces.named(surface).orElseThrow(),
        URI.create("https://" + surface + ".example"),
        Optional.of(controlPlane ? TOKEN : KEY),
        surface.equals("on-demand") ? Optional.of(USER) : Optional.empty(),
        controlPlane ? Optional.empty() : Optional.of("org/model"));
  }

  public static Headers headers(Target target) {
    Headers headers = Headers.NONE;
    if (target.key().isPresent()) {
      headers = headers.with("Authorization", "Bearer " + target.key().get());
    }
    if (target.userId().isPresent()) {
      headers = headers.with("X-User-Id", target.userId().get());
    }
    return headers;
  }

  public static Request get(Target target, String path) {
    return Request.of("GET", target.at(path), headers(target));
  }

  public static Request post(Target target, String path, String body) {
    return Request.of(
            "POST", target.at(path), headers(target).with("Content-Type", "application/json"))
        .withBody(body);
  }

  public static Request chat(Target target) {
    return post(target, "/v1/chat/completions", "{\"model\": \"org/model\", \"messages\": []}");
  }

  public static Answer answer(int status, String type, String body) {
    return new Answer(
        status,
        Headers.NONE.with("Content-Type", type),
        body.getBytes(StandardCharsets.UTF_8),
        Answer.Ending.COMPLETE,
        List.of());
  }

  public static Answer json(int status, String body) {
    return answer(status, "application/json", body);
  }

  public static Answer stream(String... data) {
    List<Frame> frames = new ArrayList<>();
    for (String text : data) {
      ServerSentEvent event = new ServerSentEvent(Optional.empty(), text);
      frames.add(new Frame(event, 10.0 * (frames.size() + 1)));
    }
    String body = "data: " + String.join("\n\ndata: ", data) + "\n\n";
    return new Answer(
        200,
        Headers.NONE.with("Content-Type", "text/event-stream"),
        body.getBytes(StandardCharsets.UTF_8),
        Answer.Ending.COMPLETE,
        frames);
  }

  public static Exchange exchange(String id, Target target, Request request, Reply reply) {
    Timings timings =
        new Timings(
            OptionalDouble.of(1),
            OptionalDouble.of(2.00049),
            OptionalDouble.empty(),
            reply instanceof NoAnswer ? OptionalDouble.empty() : OptionalDouble.of(12.5),
            20);
    return new Exchange(id, target, request, reply, timings, START, 0);
  }

  public static CheckInfo check(String id, Level level) {
    return new CheckInfo(
        id,
        "the sentence of " + id,
        level,
        RouteName.CHAT,
        URI.create("https://docs.tensormesh.ai/api-reference"),
        List.of("the gateway rewrites usage"));
  }

  public static Verdict passed(String check, Target target, Exchange... exchanges) {
    return verdict(check, target, Outcome.PASSED, Optional.empty(), exchanges);
  }

  public static Verdict failed(String check, Target target, Reason reason, Exchange... exchanges) {
    return verdict(check, target, Outcome.FAILED, Optional.of(reason), exchanges);
  }

  public static Verdict verdict(
      String check,
      Target target,
      Outcome outcome,
      Optional<Reason> reason,
      Exchange... exchanges) {
    boolean wrong = outcome == Outcome.FAILED || outcome == Outcome.WARNED;
    return new Verdict(
        check(check, outcome == Outcome.WARNED ? Level.SHOULD : Level.MUST),
        target,
        outcome,
        reason,
        "The message of " + check + ".",
        wrong ? Optional.of("status 200") : Optional.empty(),
        wrong ? Optional.of("something else") : Optional.empty(),
        List.of(exchanges),
        Duration.ofMillis(7));
  }

  /** A failure that says that text wherever a verdict says something. */
  public static Verdict saying(String check, Target target, String text, Exchange... exchanges) {
    return new Verdict(
        check(check, Level.MUST),
        target,
        Outcome.FAILED,
        Optional.of(Reason.WRONG_VALUE),
        text,
        Optional.of(text),
        Optional.of(text),
        List.of(exchanges),
        Duration.ofMillis(7));
  }

  /** A plan that consists of exactly these verdicts. */
  public static RunPlan plan(boolean strict, List<Verdict> verdicts) {
    return new RunPlan(
        "20261123T201500Z-3f2a",
        START,
        "all checks",
        16,
        strict,
        new Catalogue("1", 71),
        List.of(new Setting("--model", "org/model", "TENSORMESH_MODEL")),
        verdicts.stream()
            .map(Verdict::target)
            .distinct()
            .map(t -> new PlannedTarget(t, List.of("surface " + t.surface() + ": given")))
            .toList(),
        verdicts.stream().map(v -> new PlannedCheck(v.check(), v.target())).toList());
  }

  /** A finished run of these verdicts, told to these observers. */
  public static RunReport run(boolean strict, List<Verdict> verdicts, RunObserver... observers) {
    RunLog log =
        RunLog.start(plan(strict, verdicts), new Redactor(List.of(KEY, TOKEN)), List.of(observers));
    verdicts.forEach(log::judged);
    return log.finish(START.plusSeconds(3));
  }

  /** One of each outcome, on two targets. */
  public static List<Verdict> oneOfEach() {
    Target onDemand = target("on-demand");
    Target serverless = target("serverless");
    Exchange chat =
        exchange("e1", onDemand, chat(onDemand), json(401, "{\"error\": \"Unauthorized\"}"));
    // The key is let in elsewhere, so no cause explains the 401.
    Exchange completion =
        exchange(
            "e3",
            onDemand,
            post(onDemand, "/v1/completions", "{\"model\": \"org/model\", \"prompt\": \"Hi\"}"),
            json(200, "{\"choices\": [{\"text\": \"Hello\", \"finish_reason\": \"stop\"}]}"));
    Exchange limited = exchange("e2", serverless, chat(serverless), json(429, "{}"));
    return List.of(
        passed("chat.answers", serverless),
        failed("chat.answers", onDemand, Reason.UNAUTHORIZED, chat),
        verdict("chat.echoes-model", onDemand, Outcome.WARNED, Optional.of(Reason.WRONG_VALUE)),
        verdict("chat.framing", onDemand, Outcome.RECORDED, Optional.empty(), completion),
        verdict("chat.tools", serverless, Outcome.INAPPLICABLE, Optional.of(Reason.NOT_OFFERED)),
        verdict(
            "chat.usage-adds-up",
            serverless,
            Outcome.COULD_NOT_RUN,
            Optional.of(Reason.RATE_LIMITED),
            limited));
  }
}
