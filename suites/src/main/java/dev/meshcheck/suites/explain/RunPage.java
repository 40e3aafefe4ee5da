package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.reports.console.Lines;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.HeaderReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.render.Explanation;
import dev.meshcheck.reports.render.Groups;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.Plain;
import dev.meshcheck.reports.text.PrettyBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run found: a check on each target, or an exchange. */
final class RunPage {

  private static final int LONGEST_BODY = 8_000;
  private static final int MOST_EXCHANGES = 20;

  private final RunReport report;
  private final String reports;
  private final Lines lines;

  /**
   * Tells of a run.
   *
   * @param reports the option that a hint needs to find the run again; empty where it needs none
   */
  RunPage(RunReport report, String reports, Lines lines) {
    this.report = report;
    this.reports = reports;
    this.lines = lines;
  }

  void check(String id) {
    Story story = new Story(report);
    List<List<CheckResult>> groups = Groups.alike(Exchanges.results(report, id));
    for (List<CheckResult> group : groups) {
      CheckResult result = group.get(0);
      lines.bold(Story.name(group) + "  " + result.outcome());
      lines.line(2, result.level().name() + ": " + Plain.line(result.title(), 300));
      Explanation.lines(report, group).forEach(this::explained);
      story
          .cause(result)
          .ifPresent(
              cause ->
                  lines.line(
                      2,
                      "cause:    "
                          + cause.title()
                          + " ("
                          + Program.name()
                          + " explain "
                          + cause.cause()
                          + ")"));
      exchanges(result);
      lines.line("");
    }
    lines.whole(0, "what the check is: " + Program.name() + " explain " + id);
    lines.whole(0, "sent once more:    " + replay(id));
  }

  private void explained(String text) {
    if (Explanation.isCommand(text)) {
      lines.whole(2, text);
    } else {
      lines.line(2, text);
    }
  }

  private void exchanges(CheckResult result) {
    List<String> ids = result.exchanges().stream().filter(report.exchanges()::containsKey).toList();
    ids.stream()
        .limit(MOST_EXCHANGES)
        .forEach(
            id -> lines.line(2, "looked at: " + id + " " + inShort(report.exchanges().get(id))));
    if (ids.size() > MOST_EXCHANGES) {
      lines.line(2, "           … and " + (ids.size() - MOST_EXCHANGES) + " more");
    }
  }

  private static String inShort(ExchangeReport exchange) {
    return exchange.request().method() + " " + exchange.request().url() + " → " + end(exchange);
  }

  private static String end(ExchangeReport exchange) {
    return exchange
        .response()
        .map(r -> "HTTP " + r.status())
        .or(() -> exchange.noAnswer().map(n -> n.kind() + ": " + n.message()))
        .orElse("nothing");
  }

  void exchange(String id) {
    ExchangeReport exchange = Exchanges.exchange(report, id);
    lines.bold(id + " on " + exchange.target() + ", " + exchange.startedAt());
    lines.line("");
    lines.line(2, exchange.request().method() + " " + exchange.request().url());
    exchange
        .request()
        .behind()
        .ifPresent(
            first ->
                lines.line(
                    2,
                    "on the connection of " + first.method() + " " + first.url() + " before it"));
    headers(exchange.request().headers());
    exchange.request().body().ifPresent(body -> body(body, exchange.request().truncated()));
    lines.line("");
    lines.line(2, end(exchange));
    exchange
        .response()
        .ifPresent(
            response -> {
              headers(response.headers());
              body(response.body(), response.truncated());
              lines.line(2, "the body ended: " + response.ending());
            });
    lines.line("");
    requestIds(exchange).ifPresent(ids -> lines.line(2, ids));
    phases(exchange).forEach((phase, ms) -> lines.line(2, phase + " " + ms));
    lines.line("");
    List<CheckResult> on =
        report.results().stream().filter(r -> r.exchanges().contains(id)).toList();
    lines.line(2, "looked at by: " + (on.isEmpty() ? "no check" : Story.ids(on)));
    lines.whole(2, "again: " + Plain.text(exchange.curl()));
    lines.whole(2, "       " + replay(id));
  }

  private String replay(String id) {
    return Program.name() + " replay" + reports + " " + report.run().id() + ":" + id;
  }

  /** By which names the host's own log has the request. */
  private static Optional<String> requestIds(ExchangeReport exchange) {
    Optional<String> sent = requestId(exchange.request().headers());
    Optional<String> back = exchange.response().flatMap(r -> requestId(r.headers()));
    return sent.map(
        id ->
            "in the host's log X-Request-Id "
                + id
                + back.filter(other -> !other.equals(id))
                    .map(other -> ", or " + other + ", which came back")
                    .orElse(back.isPresent() ? ", which came back" : ""));
  }

  private static Optional<String> requestId(List<HeaderReport> headers) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase("X-Request-Id"))
        .map(h -> Plain.line(h.value(), 200))
        .findFirst();
  }

  private void headers(List<HeaderReport> headers) {
    headers.forEach(h -> lines.line(2, Plain.line(h.name() + ": " + h.value(), 1_000)));
  }

  private void body(String body, boolean truncated) {
    if (body.isEmpty()) {
      return;
    }
    lines.line("");
    PrettyBody.of(body, LONGEST_BODY).lines().forEach(line -> lines.line(2, "| " + line));
    if (truncated) {
      lines.line(2, "(the report holds no more of it)");
    }
  }

  private static Map<String, String> phases(ExchangeReport exchange) {
    Map<String, String> phases = new LinkedHashMap<>();
    exchange.connection().ifPresent(c -> phases.put("connection      ", c.toString()));
    add(phases, "name resolved in", exchange.timings().dns());
    add(phases, "connected in    ", exchange.timings().connect());
    add(phases, "TLS agreed in   ", exchange.timings().tls());
    add(phases, "first byte after", exchange.timings().firstByte());
    add(phases, "first text after", exchange.firstTokenMs());
    add(phases, "whole after     ", Optional.of(exchange.timings().total()));
    return phases;
  }

  private static void add(Map<String, String> phases, String name, Optional<Double> ms) {
    ms.ifPresent(value -> phases.put(name, String.format(Locale.ROOT, "%.1f ms", value)));
  }
}
