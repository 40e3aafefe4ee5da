package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.exchange.RequestIds;
import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Passage;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.TargetResolver;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.SideBySide;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.run.Curl;
import dev.meshcheck.reports.run.ExchangeRecorder;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunId;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends one exchange of a run again, with today's credentials, and shows both answers. */
public final class Replay {

  private final Sources sources;
  private final ConsoleStyle style;
  private final PrintWriter out;

  /** A replay for that output. */
  public Replay(Sources sources, ConsoleStyle style, PrintWriter out) {
    this.sources = sources;
    this.style = style;
    this.out = out;
  }

  /**
   * Replays an exchange.
   *
   * @param what {@code RUN:CHECK} or {@code RUN:e12}
   * @throws UsageException where there is no such exchange, or it cannot be sent as it was
   */
  public ExitCode of(String what) {
    int colon = what.lastIndexOf(':');
    if (colon < 1) {
      throw new UsageException(
          "'" + what + "' is no exchange of a run; write RUN:CHECK or RUN:e12, as in latest:e12");
    }
    String run = what.substring(0, colon);
    Settings settings = SettingsReader.read(sources);
    RunReport report = RunFiles.read(run, settings.workDirectory(), settings.reports());
    String id = id(report, what.substring(colon + 1));
    ExchangeReport then = Exchanges.exchange(report, id);
    Target target = target(report, then, RunFiles.isKept(run, settings.reports()), settings);
    ExchangeReport now = send(then, target, settings);
    out.println(id + "  " + then.request().method() + " " + then.request().url());
    out.println("again: " + now.curl());
    out.println();
    new SideBySide(style, out).print(then, now);
    return now.noAnswer().filter(none -> none.kind().unreachable()).isPresent()
        ? ExitCode.UNREACHABLE
        : ExitCode.PASSED;
  }

  /** Of a check, the exchange that decided on the target where it went worst. */
  private static String id(RunReport report, String word) {
    if (Exchanges.isId(word)) {
      return word;
    }
    return Exchanges.results(report, word).stream()
        .filter(result -> !result.exchanges().isEmpty())
        .sorted(Comparator.comparing(result -> result.outcome() != Outcome.FAILED))
        .map(CheckResult::exchanges)
        .map(ids -> ids.get(ids.size() - 1))
        .findFirst()
        .orElseThrow(() -> new UsageException(word + " looked at no exchange in that run"));
  }

  /**
   * The target with today's credentials.
   *
   * @param kept whether the run was made here; a report that came from elsewhere must not choose
   *     whom a key is sent to
   */
  private Target target(RunReport report, ExchangeReport then, boolean kept, Settings settings) {
    TargetReport told =
        report.targets().stream()
            .filter(t -> t.name().equals(then.target()))
            .findFirst()
            .orElseThrow(() -> new UsageException(noTarget(report, then)));
    URI host = URI.create(told.host());
    boolean named =
        Stream.concat(
                settings.inferenceHosts().stream(), settings.value(Setting.CONTROL_PLANE).stream())
            .anyMatch(found -> isAt(found.text().strip(), host));
    if (!isAt(then.request().url(), host) || !(kept || named)) {
      throw new UsageException(
          "the report was not made here, and a key is sent to no host that only a file names; if it"
              + " is yours, say --host "
              + told.host());
    }
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    flags.putAll(sources.flags());
    flags.put(Setting.HOST, told.host());
    flags.put(Setting.SURFACE, told.surface());
    Settings today = SettingsReader.read(sources.withFlags(flags));
    return TargetResolver.resolve(today).targets().stream()
        .filter(t -> t.surface().name().equals(told.surface()))
        .findFirst()
        .orElseThrow();
  }

  private static String noTarget(RunReport report, ExchangeReport then) {
    boolean engine = report.engine().filter(e -> e.name().equals(then.target())).isPresent();
    return engine
        ? "only what was sent to the host is replayed; this went to the engine behind it, and again: "
            + then.curl()
        : "the run has no target " + then.target();
  }

  /** Whether an address is on that very host and port, by the same scheme. */
  private static boolean isAt(String address, URI host) {
    try {
      URI uri = URI.create(address);
      return host.getScheme().equalsIgnoreCase(uri.getScheme())
          && host.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The request of a recorded exchange, as a replay sends it.
   *
   * @param target with today's credentials
   * @param inferenceKey of today, for a check that sends it to the control plane
   * @param token of the control plane, for a check that sends it to an inference host
   * @throws UsageException where the report does not hold all of it
   */
  public static Request request(
      ExchangeReport then, Target target, Optional<String> inferenceKey, Optional<String> token) {
    return new Recorded(then, target, new Recorded.Today(inferenceKey, token)).request();
  }

  private static PlannedTarget planned(Target target, Settings settings) {
    Passage passage = settings.passage(target.base());
    return new PlannedTarget(target, target.address(), List.of(), Map.of(), passage);
  }

  private static ExchangeReport send(ExchangeReport then, Target target, Settings settings) {
    ExchangeLimits limits =
        ExchangeLimits.DEFAULT.with(1, settings.timeout(), settings.streamIdleTimeout(), 0);
    Optional<String> key = settings.value(Setting.INFERENCE_KEY).map(Found::text);
    Optional<String> token = settings.value(Setting.CONTROL_PLANE_TOKEN).map(Found::text);
    RequestIds ids = RequestIds.of("replay-" + RunId.at(Instant.now()));
    try (Exchanger exchanger = new Exchanger(limits, settings.transport(Resolver.SYSTEM), ids)) {
      Exchange exchange = exchanger.send(target, request(then, target, key, token));
      Redactor redactor = new Redactor(settings.secrets());
      settings.userIds().forEach(redactor::learnId);
      redactor.learn(target);
      Curl curl = new Curl(redactor, List.of(planned(target, settings)));
      return new ExchangeRecorder(redactor, curl, ids).record(exchange);
    }
  }
}
