package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.fixtures.surface.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Causes that lie in the service behind the gateway, or between the two. */
final class ServiceRules {

  /**
   * How gateways say that nobody answers them; those above 504 are Cloudflare's.
   *
   * @see <a
   *     href="https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/">Cloudflare
   *     5xx errors</a>
   */
  private static final int[] BAD_GATEWAY = {502, 504, 520, 521, 522, 523, 524, 525, 526};

  /** The server behind took longer than the gateway waits for it. */
  private static final int[] GAVE_UP = {504, 524};

  /**
   * A gateway that waited said so later than that; one whose server is not there says it at once.
   */
  private static final double SHORTEST_WAIT_MS = 900;

  private static final Duration TOLERATED_SKEW = Duration.ofSeconds(60);

  static final Map<String, Rule> ALL =
      Map.of(
          "rate-limited", ServiceRules::rateLimited,
          "model-not-loaded", ServiceRules::notLoaded,
          "upstream-down", ServiceRules::upstreamDown,
          "gateway-gives-up", ServiceRules::gaveUp,
          "timeout-before-headers", ServiceRules::timeout,
          "connection-closed", ServiceRules::closed,
          "not-http", ServiceRules::unreadable,
          "server-fails", ServiceRules::serverFails,
          "clock-skewed", ServiceRules::skewed);

  private ServiceRules() {}

  private static Finding rateLimited(Evidence e) {
    String slowly = e.clues().get(Clue.SLOWLY_ANSWERED);
    Predicate<Trial> limited =
        t ->
            (t.is(429) && !t.has(Mark.QUOTA) && !t.has(Mark.NO_UPSTREAM))
                || (t.is(503) && (slowly != null || t.has(Mark.BUSY)));
    if (!e.any(limited)) {
      return answered(
          e,
          e.any(t -> t.is(429))
              ? "what is answered 429 speaks of a quota, or of a server that is not there"
              : "nothing is answered 429");
    }
    List<String> lines = new ArrayList<>(e.lines(limited));
    String wait =
        e.where(limited).stream()
            .flatMap(t -> t.retryAfter().stream())
            .map(d -> "Retry-After asks for " + d.toSeconds() + " seconds")
            .findFirst()
            .orElse("there is no Retry-After that says how long");
    lines.add(wait);
    Optional.ofNullable(slowly).ifPresent(lines::add);
    return Finding.found(slowly == null ? 0.95 : 0.85, lines, limited);
  }

  private static Finding notLoaded(Evidence e) {
    Predicate<Trial> unready =
        t -> t.is(503) && !t.isPage() && !t.has(Mark.NO_UPSTREAM) && !t.has(Mark.BUSY);
    List<Trial> answers = e.where(t -> t.status().isPresent());
    // Some hosts say so on every path, and a chat is then not asked for.
    boolean everywhere = !answers.isEmpty() && answers.stream().allMatch(unready);
    boolean plain = everywhere || e.plain().stream().anyMatch(unready);
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
        t -> t.is(BAD_GATEWAY) || (t.is(503) && t.isPage()) || t.has(Mark.NO_UPSTREAM);
    if (e.clues().containsKey(Clue.SLOWLY_ANSWERED)) {
      return Finding.ruledOut(e.clues().get(Clue.SLOWLY_ANSWERED));
    }
    // While chat is answered, a route that is not is no upstream that is down.
    boolean plain =
        !e.accepted()
            && e.any(t -> down.test(t) && (e.asConfigured(t) || t.method().equals("GET")));
    List<String> lines = new ArrayList<>(e.lines(down));
    lines.addAll(waits(e));
    return plain
        ? Finding.found(0.9, lines, down)
        : answered(
            e,
            !e.any(down)
                ? "no gateway says that nobody is behind it"
                : e.accepted()
                    ? "chat is answered, so that somebody is behind the gateway"
                    : "no plain request is answered so");
  }

  /**
   * What would refute it: that nobody behind the gateway answers anything, or no wait before it.
   */
  private static Finding gaveUp(Evidence e) {
    Predicate<Trial> late = t -> t.is(GAVE_UP) && t.totalMs() >= SHORTEST_WAIT_MS;
    Optional<Trial> beside = e.first(t -> t.good() && t.route().isPresent());
    if (!e.any(late.and(e::asConfigured)) || beside.isEmpty()) {
      return answered(
          e, "no gateway says that it has waited long enough, while others are answered");
    }
    List<String> lines = new ArrayList<>(e.lines(late));
    lines.addAll(waits(e));
    lines.add("while " + beside.get());
    return Finding.found(0.85, lines, t -> t.is(GAVE_UP));
  }

  private static List<String> waits(Evidence e) {
    return e
        .first(t -> t.is(GAVE_UP))
        .map(
            t -> String.format(Locale.ROOT, "the gateway gave up after %.1f s", t.totalMs() / 1000))
        .stream()
        .toList();
  }

  private static Finding timeout(Evidence e) {
    return mute(
        e,
        0.9,
        t -> t.noAnswer().equals(Optional.of(Kind.TIMEOUT)),
        "every route answers in time, whatever single requests do");
  }

  private static Finding closed(Evidence e) {
    return mute(
        e,
        0.85,
        t -> t.noAnswer().equals(Optional.of(Kind.CONNECTION_CLOSED)),
        "no route closes every connection without an answer");
  }

  /** Something comes, and a client that keeps to the rules of HTTP cannot read it. */
  private static Finding unreadable(Evidence e) {
    return mute(
        e,
        0.95,
        t -> t.has(Mark.UNREADABLE) || t.noAnswer().stream().anyMatch(Kind::unreadable),
        "what comes back can be read as HTTP");
  }

  /** Routes on which no proper request is answered; an odd one that is not says nothing. */
  private static Finding mute(
      Evidence e, double confidence, Predicate<Trial> silent, String otherwise) {
    Predicate<Trial> proper =
        t -> t.method().equals("GET") || (e.asConfigured(t) && t.model() == Sent.CONFIGURED);
    List<Route> routes =
        e.where(silent.and(proper)).stream()
            .flatMap(t -> t.route().stream())
            .distinct()
            .filter(r -> e.where(proper.and(t -> t.on(r.name()))).stream().allMatch(silent))
            .toList();
    if (routes.isEmpty()) {
      return answered(e, otherwise);
    }
    Predicate<Trial> theirs = t -> silent.test(t) && t.route().stream().anyMatch(routes::contains);
    List<String> lines = new ArrayList<>(e.lines(theirs));
    routes.forEach(
        route -> {
          long mute = e.where(silent.and(t -> t.on(route.name()))).size();
          long asked = e.where(t -> t.on(route.name())).size();
          lines.add(
              "%s %s: %d of %d requests".formatted(route.method(), route.path(), mute, asked));
        });
    return Finding.found(confidence, lines, theirs);
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
}
