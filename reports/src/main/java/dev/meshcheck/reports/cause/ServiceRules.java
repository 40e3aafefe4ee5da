package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Causes that lie in the service behind the gateway, or between the two. */
final class ServiceRules {

  /** Fewer events may come at once by chance. */
  private static final int ENOUGH_EVENTS = 5;

  /** No model makes tokens faster than that, in milliseconds each. */
  private static final double FASTEST_TOKEN_MS = 0.5;

  /** A stream that is there at once anyway cannot be seen to be held back. */
  private static final double HELD_BACK_MS = 25;

  private static final Duration TOLERATED_SKEW = Duration.ofSeconds(60);

  static final Map<String, Rule> ALL =
      Map.of(
          "rate-limited", ServiceRules::rateLimited,
          "model-not-loaded", ServiceRules::notLoaded,
          "upstream-down", ServiceRules::upstreamDown,
          "timeout-before-headers", ServiceRules::timeout,
          "connection-closed", ServiceRules::closed,
          "server-fails", ServiceRules::serverFails,
          "stream-breaks-off", ServiceRules::breaksOff,
          "proxy-buffers-streams", ServiceRules::buffered,
          "clock-skewed", ServiceRules::skewed);

  private ServiceRules() {}

  private static Finding rateLimited(Evidence e) {
    String slowly = e.clues().get(Clue.SLOWLY_ANSWERED);
    Predicate<Trial> limited =
        t -> (t.is(429) && !t.has(Mark.QUOTA)) || (slowly != null && t.is(503));
    if (!e.any(limited)) {
      return answered(e, "nothing is answered 429");
    }
    List<String> lines = new ArrayList<>(e.lines(limited));
    String wait =
        e.where(limited).stream()
            .flatMap(t -> t.retryAfter().stream())
            .map(d -> "Retry-After asks for " + d.toSeconds() + " seconds")
            .findFirst()
            .orElse("there is no Retry-After");
    lines.add(wait);
    Optional.ofNullable(slowly).ifPresent(lines::add);
    return Finding.found(slowly == null ? 0.95 : 0.85, lines, limited);
  }

  private static Finding notLoaded(Evidence e) {
    Predicate<Trial> unready = t -> t.is(503) && !t.isPage() && !t.has(Mark.NO_UPSTREAM);
    boolean plain = e.plain().stream().anyMatch(unready);
    if (e.clues().containsKey(Clue.SLOWLY_ANSWERED)) {
      return Finding.ruledOut(e.clues().get(Clue.SLOWLY_ANSWERED));
    }
    if (!plain) {
      return answered(e, "no plain request is answered 503 by the service itself");
    }
    List<String> lines = new ArrayList<>(e.lines(unready));
    e.modelList()
        .filter(t -> !t.models().isEmpty())
        .ifPresent(t -> lines.add("GET /v1/models lists models all the same"));
    return Finding.found(0.9, lines, unready);
  }

  private static Finding upstreamDown(Evidence e) {
    Predicate<Trial> down =
        t -> t.is(502, 504) || (t.is(503) && (t.isPage() || t.has(Mark.NO_UPSTREAM)));
    if (e.clues().containsKey(Clue.SLOWLY_ANSWERED)) {
      return Finding.ruledOut(e.clues().get(Clue.SLOWLY_ANSWERED));
    }
    // While chat is answered, a route that is not is no upstream that is down.
    boolean plain =
        !e.accepted()
            && e.any(t -> down.test(t) && (e.asConfigured(t) || t.method().equals("GET")));
    return plain
        ? Finding.found(0.9, e.lines(down), down)
        : answered(e, "no gateway says that nobody is behind it");
  }

  private static Finding timeout(Evidence e) {
    Predicate<Trial> late = t -> t.noAnswer().equals(Optional.of(Kind.TIMEOUT));
    boolean plain = e.any(t -> late.test(t) && t.route().isPresent());
    return plain
        ? Finding.found(0.9, e.lines(late), late)
        : answered(e, "every answer came in time");
  }

  private static Finding closed(Evidence e) {
    Predicate<Trial> cut =
        t -> t.noAnswer().stream().anyMatch(k -> k == Kind.CONNECTION_CLOSED || k == Kind.NOT_HTTP);
    boolean plain = e.any(t -> cut.test(t) && (e.asConfigured(t) || t.method().equals("GET")));
    return plain
        ? Finding.found(0.85, e.lines(cut), cut)
        : answered(e, "no connection is closed without an answer");
  }

  private static Finding serverFails(Evidence e) {
    Predicate<Trial> broken = t -> t.is(500) && e.asConfigured(t);
    if (e.accepted() || e.plain().stream().noneMatch(broken)) {
      return answered(e, "plain requests are not answered 500");
    }
    List<String> lines = new ArrayList<>(e.lines(broken));
    e.first(broken).flatMap(Trial::requestId).ifPresent(id -> lines.add("X-Request-Id: " + id));
    return Finding.found(0.85, lines, t -> t.is(500));
  }

  private static Finding breaksOff(Evidence e) {
    Predicate<Trial> broken =
        t ->
            t.on(RouteName.CHAT)
                && t.flow().filter(f -> !f.whole() || (!f.done() && ends(t))).isPresent();
    if (e.any(broken)) {
      List<String> lines =
          e.where(broken).stream()
              .map(t -> t + (t.flow().get().whole() ? ", without [DONE]" : ", then cut off"))
              .distinct()
              .limit(3)
              .toList();
      return Finding.found(0.9, lines, broken);
    }
    return streamed(e, "streams come to their end");
  }

  private static boolean ends(Trial trial) {
    return trial.route().stream().anyMatch(r -> r.streamEnd() == Route.StreamEnd.DONE);
  }

  private static Finding buffered(Evidence e) {
    double soonest =
        e.trials().stream()
            .filter(t -> t.successful() && t.flow().isEmpty())
            .mapToDouble(Trial::totalMs)
            .min()
            .orElse(Double.MAX_VALUE);
    Predicate<Trial> held =
        t ->
            t.flow()
                .filter(
                    f ->
                        f.events() >= ENOUGH_EVENTS
                            && f.spreadMs() / (f.events() - 1) < FASTEST_TOKEN_MS
                            && f.firstMs() - soonest >= HELD_BACK_MS)
                .isPresent();
    if (!e.any(held)) {
      return streamed(e, "the events of a stream come one by one");
    }
    List<String> lines =
        e.where(held).stream()
            .map(t -> t + ": " + words(t.flow().get(), soonest))
            .distinct()
            .limit(3)
            .toList();
    return Finding.found(0.85, lines, held);
  }

  private static String words(Flow flow, double soonest) {
    return String.format(
        Locale.ROOT,
        "the first after %.0f ms, all the others within %.1f ms; a short answer takes %.0f ms",
        flow.firstMs(),
        flow.spreadMs(),
        soonest);
  }

  private static Finding skewed(Evidence e) {
    List<Duration> skews = e.trials().stream().flatMap(t -> t.skew().stream()).sorted().toList();
    if (skews.isEmpty()) {
      return Finding.SILENT;
    }
    Duration skew = skews.get(skews.size() / 2);
    if (skew.abs().compareTo(TOLERATED_SKEW) <= 0) {
      return Finding.ruledOut("the clocks agree within a minute");
    }
    String side = skew.isNegative() ? "behind" : "ahead of";
    return Finding.found(
        0.9,
        List.of(
            "the host's Date is "
                + skew.abs().toSeconds()
                + " s "
                + side
                + " this machine's clock"));
  }

  private static Finding answered(Evidence e, String because) {
    return e.any(t -> t.status().isPresent()) ? Finding.ruledOut(because) : Finding.SILENT;
  }

  private static Finding streamed(Evidence e, String because) {
    return e.any(t -> t.flow().isPresent()) ? Finding.ruledOut(because) : Finding.SILENT;
  }
}
