package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.fixtures.exchange.Validity;
import dev.meshcheck.fixtures.settings.Passage;
import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.ReportFormat;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.files.ReportFiles;
import dev.meshcheck.reports.model.Catalogue;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.CheckInfo;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.reports.run.RunPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Made-up nights: environments that do well, fail, are refused, or are not there at all. */
final class Nights {

  static final Instant FIRST = Instant.parse("2026-11-20T03:00:00Z");

  private Nights() {}

  static Environment environment(String name, String... labels) {
    Map<String, String> all =
        labels.length == 0 ? Map.of() : Map.of(labels[0], labels[1], "tier", "prod");
    return new Environment(name, all);
  }

  static Night night(int day) {
    return night(day, Optional.empty());
  }

  static Night night(int day, Optional<Night.Shard> shard) {
    String part = shard.map(s -> "-" + s.index()).orElse("");
    return new Night(
        "night-" + day + part,
        at(day),
        Optional.empty(),
        false,
        Optional.empty(),
        shard,
        List.of());
  }

  static Instant at(int day) {
    return FIRST.plus(Duration.ofDays(day));
  }

  /** The files of a run of that environment, as verify leaves them, and the run itself. */
  static RunReport ran(Path reports, String environment, String id, List<Verdict> verdicts)
      throws IOException {
    Path own = reports.resolve("environments").resolve(environment);
    ReportFiles files =
        ReportFiles.open(
            own, id, Map.of(), Readers.OWNER, EnumSet.of(ReportFormat.HTML, ReportFormat.JUNIT));
    return run(environment, id, verdicts, files);
  }

  /** A run without files. */
  static RunReport run(String environment, String id, List<Verdict> verdicts) {
    return log(environment, id, verdicts).finish(FIRST.plusSeconds(3));
  }

  private static RunReport run(
      String environment, String id, List<Verdict> verdicts, ReportFiles files) {
    return log(environment, id, verdicts, files).finish(FIRST.plusSeconds(3));
  }

  private static RunLog log(
      String environment, String id, List<Verdict> verdicts, ReportFiles... files) {
    RunPlan plan =
        new RunPlan(
            id,
            FIRST,
            "all checks",
            16,
            false,
            new Catalogue("1", 71),
            List.of(),
            verdicts.stream()
                .map(Verdict::target)
                .distinct()
                .map(t -> new PlannedTarget(t, environment, List.of(), Map.of(), Passage.PLAIN))
                .toList(),
            verdicts.stream().map(v -> new PlannedCheck(v.check(), v.target())).toList());
    RunLog log = RunLog.start(plan, new Redactor(List.of(Samples.KEY)), List.of(files));
    verdicts.forEach(log::judged);
    return log;
  }

  /** Everything passes, and a stream brings its first text after so many milliseconds. */
  static List<Verdict> good(double firstTokenMs) {
    Target target = Samples.target("serverless");
    return List.of(
        Samples.passed("chat.answers", target, chat("e1", Samples.json(200, "{}"))),
        Samples.passed("chat.streams", target, stream("e2", firstTokenMs)),
        Samples.verdict(
            "chat.tools", target, Outcome.INAPPLICABLE, Optional.of(Reason.NOT_OFFERED)));
  }

  /** One check fails, and no cause explains it. */
  static List<Verdict> failing() {
    List<Verdict> verdicts = new ArrayList<>(good(40));
    verdicts.add(
        Samples.failed(
            "chat.usage-adds-up",
            Samples.target("serverless"),
            Reason.WRONG_VALUE,
            chat("e1", Samples.json(200, "{}"))));
    return verdicts;
  }

  /** The key is refused everywhere. */
  static List<Verdict> refused() {
    Target target = Samples.target("serverless");
    Exchange refused = chat("e1", Samples.json(401, "{\"error\": \"Unauthorized\"}"));
    return List.of(
        Samples.failed("chat.answers", target, Reason.UNAUTHORIZED, refused),
        Samples.verdict(
            "chat.streams",
            target,
            Outcome.COULD_NOT_RUN,
            Optional.of(Reason.PREREQUISITE_FAILED),
            refused));
  }

  /** Nobody is there. */
  static List<Verdict> dead() {
    Exchange none =
        chat("e1", new NoAnswer(NoAnswer.Kind.CONNECTION_REFUSED, "nothing listens there"));
    return List.of(
        Samples.verdict(
            "chat.answers",
            Samples.target("serverless"),
            Outcome.COULD_NOT_RUN,
            Optional.of(Reason.CONNECTION_REFUSED),
            none));
  }

  private static Exchange chat(String id, Reply reply) {
    Target target = Samples.target("serverless");
    Request request = Samples.chat(target);
    OptionalDouble ms = OptionalDouble.of(1);
    Validity valid =
        new Validity(FIRST.minus(Duration.ofDays(30)), FIRST.plus(Duration.ofDays(60)));
    Timings timings =
        new Timings(ms, ms, ms, OptionalDouble.of(12.5), 20, Optional.of(valid), Optional.empty());
    return new Exchange(id, target, request, reply, timings, FIRST, 0);
  }

  private static Exchange stream(String id, double firstTokenMs) {
    Target target = Samples.target("serverless");
    String text = "{\"choices\": [{\"delta\": {\"content\": \"Hi\"}}]}";
    Answer answer = Samples.stream(text, "[DONE]");
    Frame first = answer.frames().get(0);
    Answer moved =
        new Answer(
            answer.status(),
            answer.headers(),
            answer.body(),
            answer.ending(),
            List.of(new Frame(first.event(), firstTokenMs), answer.frames().get(1)));
    OptionalDouble ms = OptionalDouble.of(1);
    Timings timings = new Timings(ms, ms, ms, ms, firstTokenMs + 10);
    return new Exchange(id, target, Samples.chat(target), moved, timings, FIRST, 0);
  }

  /** A night over a fleet of five, each with another fate. */
  static FleetReport five(Path reports, int day) throws IOException {
    List<Environment> fleet =
        List.of(
            environment("good", "region", "eu"),
            environment("broken", "region", "eu"),
            environment("locked", "region", "us"),
            environment("dead", "region", "us"),
            environment("unset"));
    NightLog log = NightLog.open(reports, night(day), fleet, Readers.OWNER, Map.of());
    String id = "run-" + day;
    log.ended(fleet.get(0), ran(reports, "good", id, good(40)));
    log.ended(fleet.get(1), ran(reports, "broken", id, day == 0 ? good(40) : failing()));
    log.ended(fleet.get(2), ran(reports, "locked", id, refused()));
    log.ended(fleet.get(3), ran(reports, "dead", id, dead()));
    log.unjudged(fleet.get(4), ExitCode.INCOMPLETE, "TENSORMESH_KEY is not set");
    return log.finish(at(day).plusSeconds(60), true, ExitCode.BROKEN_CONTRACT);
  }

  /** A night over many environments on all routes; of fifty, one is of each bad kind. */
  static FleetReport many(Path reports, int size, int day) throws IOException {
    List<Environment> fleet = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String region = List.of("eu-west", "us-east", "ap-south").get(i % 3);
      String name = String.format(Locale.ROOT, "%s-%03d", region, i);
      fleet.add(new Environment(name, Map.of("region", region, "team", "t" + i % 7)));
    }
    NightLog log = NightLog.open(reports, night(day), fleet, Readers.OWNER, Map.of());
    Map<List<Object>, RunReport> runs = new HashMap<>();
    for (int i = 0; i < size; i++) {
      double firstToken = 80 + i % 9 * 10 + (i % 50 == 6 && day % 10 == 9 ? 300 : 0);
      List<Verdict> verdicts =
          switch (i % 50) {
            case 1 -> day % 10 > 7 ? failing() : good(firstToken);
            case 2, 5, 7 -> refused();
            case 3 -> dead();
            case 4 -> day % 10 == 9 ? good(firstToken) : failing();
            default -> good(firstToken);
          };
      if (i % 50 == 8) {
        log.unjudged(fleet.get(i), ExitCode.INCOMPLETE, "TENSORMESH_KEY is not set");
      } else {
        // Alike environments share a run: what is kept of it is what counts here.
        List<Object> kind = List.of(i % 50 > 8 ? 0 : i % 50, firstToken);
        log.ended(
            fleet.get(i),
            runs.computeIfAbsent(kind, k -> run("e", "run-" + day, everywhere(verdicts))));
      }
    }
    return log.finish(at(day).plusSeconds(60), true, ExitCode.BROKEN_CONTRACT);
  }

  /** The same verdicts, and what is told of every other route. */
  private static List<Verdict> everywhere(List<Verdict> verdicts) {
    List<Verdict> all = new ArrayList<>(verdicts);
    Verdict first = verdicts.get(0);
    for (RouteName route : RouteName.values()) {
      CheckInfo chat = first.check();
      CheckInfo check =
          new CheckInfo(
              route + ".answers-too",
              chat.title(),
              chat.level(),
              route,
              chat.source(),
              chat.likelyCauses());
      boolean offered = route != RouteName.TOKENIZE && route != RouteName.DETOKENIZE;
      all.add(
          new Verdict(
              check,
              first.target(),
              offered ? first.outcome() : Outcome.INAPPLICABLE,
              offered ? first.reason() : Optional.of(Reason.NOT_OFFERED),
              first.message(),
              first.expected(),
              first.actual(),
              first.exchanges(),
              first.duration()));
    }
    return all;
  }
}
