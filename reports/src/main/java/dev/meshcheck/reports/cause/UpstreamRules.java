package dev.meshcheck.reports.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The gateway says that the server behind it is not there, or too slow. */
final class UpstreamRules {

  /**
   * How gateways say that nobody answers them; those above 504 are Cloudflare's.
   *
   * @see <a
   *     href="https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/">Cloudflare
   *     5xx errors</a>
   */
  private static final int[] BAD_GATEWAY = {502, 504, 520, 521, 522, 523, 524, 525, 526, 530};

  /** The server behind took longer than the gateway waits for it. */
  private static final int[] GAVE_UP = {504, 524};

  private static final int CLOUDFLARE_GAVE_UP = 524;

  static final Map<String, Rule> ALL =
      Map.of(
          "upstream-down", UpstreamRules::upstreamDown,
          "gateway-fails", UpstreamRules::gatewayFails,
          "gateway-gives-up", UpstreamRules::gaveUp);

  private static final Pattern NGINX = Pattern.compile("(?i)Server: (nginx|openresty|tengine)");

  /** The titles of pages that programs have for a server behind them that is not there. */
  private static final Pattern USUAL =
      Pattern.compile("(?i)(503|unavailable|no server|bad gateway|not available|error)");

  private static final Pattern TIMED_OUT = Pattern.compile("(?i)(timed out|timeout)");

  private static final String MEANT = "whoever wrote that page may mean it";

  private static final String MEANT_BY_NGINX =
      "whoever runs that nginx may mean it, which says 503 where requests or connections are limited,"
          + " where it is told to, and as an ingress where a service has no endpoints";

  private UpstreamRules() {}

  private static Finding upstreamDown(Evidence e) {
    boolean burst = LoadRules.isBurst(e);
    Predicate<Trial> down =
        t ->
            t.is(BAD_GATEWAY)
                || (isPage503(t) ? !burst && !t.isToldLater() : t.has(Mark.NO_UPSTREAM));
    if (e.clues().containsKey(Clue.SLOWLY_ANSWERED)) {
      return Finding.ruledOut(e.clues().get(Clue.SLOWLY_ANSWERED));
    }
    // While chat is answered, a route that is not is no upstream that is down.
    boolean plain =
        !e.accepted()
            && e.any(
                t ->
                    down.test(t)
                        && (e.asConfigured(t)
                            || e.standsForConfigured(t)
                            || t.method().equals("GET")));
    List<String> lines = new ArrayList<>(e.lines(down));
    lines.addAll(waits(e, t -> t.is(GAVE_UP) || (down.test(t) && Waits.isLong(t))));
    Waits.steady(e.where(down))
        .ifPresent(
            wait ->
                lines.add(
                    "each time after as long: either it waits no longer, and the server is slower than that, or nobody is there"));
    e.first(down)
        .map(t -> t.voice().told())
        .filter(told -> !told.isEmpty())
        .ifPresent(told -> lines.add("so says " + told));
    // Whoever answers other routes through the same front is not down.
    boolean late = e.where(down).stream().allMatch(UpstreamRules::brokeOffLate);
    boolean beside = late && e.any(t -> t.good() && t.route().isPresent());
    boolean meant = e.where(down).stream().allMatch(UpstreamRules::mayBeMeant);
    if (meant) {
      lines.add(e.where(down).stream().anyMatch(UpstreamRules::isNginx) ? MEANT_BY_NGINX : MEANT);
    }
    // nginx says 502, too, of an answer whose head is too long for its buffer.
    Optional<Trial> served = e.first(t -> t.good() && t.method().equals("POST"));
    served.ifPresent(
        t ->
            lines.add(
                "while %s: it is another server that is missing, or its answer is one that the gateway does not take, as its log says"
                    .formatted(t)));
    Optional<Trial> got = e.first(t -> t.provesApi() && t.method().equals("GET"));
    if (served.isEmpty() && e.where(down).stream().allMatch(t -> t.method().equals("POST"))) {
      got.ifPresent(
          t ->
              lines.add(
                  "while %s: for POST it asks another server, or the answer is one that it does not take, as its log says"
                      .formatted(t)));
    }
    boolean proxied = HostRules.mayBeOfTheProxy(e, down);
    if (proxied) {
      lines.add("requests go through a proxy of yours, which may say so itself");
    }
    double confidence = beside || proxied ? 0.5 : meant || served.isPresent() ? 0.6 : 0.9;
    return plain
        ? Finding.found(confidence, lines, down)
        : ServiceRules.answered(
            e,
            !e.any(down)
                ? "no gateway says that nobody is behind it"
                : e.accepted()
                    ? "chat is answered, so that somebody is behind the gateway"
                    : "no plain request is answered so");
  }

  /**
   * What would refute it: a plain request that passes, or a 500 in words of the server behind.
   *
   * @see <a
   *     href="https://nginx.org/en/docs/http/ngx_http_auth_request_module.html">auth_request</a>
   */
  private static Finding gatewayFails(Evidence e) {
    Predicate<Trial> asks = t -> Complaint.KEY_SERVICE.isOf(t) && !t.successful();
    // A service that is asked about each request, and is not there, leaves nothing to say.
    boolean mute =
        e.where(t -> t.status().isPresent()).stream()
            .allMatch(t -> t.is(500) && t.voice().dialect() == Voice.Dialect.SILENT);
    Predicate<Trial> own =
        t -> t.has(Mark.GATEWAY_500) || isEmptyOfEnvoy(t) || asks.test(t) || (mute && t.is(500));
    Predicate<Trial> plain = t -> e.asConfigured(t) || t.method().equals("GET");
    if (e.accepted() || !e.any(own.and(plain)) || e.any(t -> t.is(500) && !own.test(t))) {
      return ServiceRules.answered(
          e, "no 500 is in a gateway's own words, and nobody who knows the keys is missed");
    }
    List<String> lines = new ArrayList<>(e.lines(own));
    e.first(own).map(t -> t.voice().told()).ifPresent(told -> lines.add("so says " + told));
    if (e.any(asks)) {
      lines.add("what it speaks of is " + Complaint.KEY_SERVICE);
    }
    boolean named = e.any(t -> t.has(Mark.GATEWAY_500) || asks.test(t));
    if (!named) {
      lines.add("without a body; whoever is behind may have said as little");
    }
    return Finding.found(named ? 0.9 : 0.6, lines, own);
  }

  /**
   * What Envoy says where a filter of its own breaks, and passes on where a server says nothing.
   */
  static boolean isEmptyOfEnvoy(Trial t) {
    return t.is(500)
        && t.voice().dialect() == Voice.Dialect.SILENT
        && t.voice().server().filter(s -> s.toLowerCase(Locale.ROOT).contains("envoy")).isPresent();
  }

  /**
   * What would refute it: that nobody behind the gateway answers anything, or no wait before it.
   */
  private static Finding gaveUp(Evidence e) {
    Predicate<Trial> late = t -> gaveUpLate(t) || brokeOffLate(t);
    Optional<Trial> beside = e.first(t -> t.good() && t.route().isPresent());
    if (!e.any(late.and(e::asConfigured)) || beside.isEmpty()) {
      return ServiceRules.answered(
          e, "no gateway says that it has waited long enough, while others are answered");
    }
    List<String> lines = new ArrayList<>(e.lines(late));
    lines.addAll(waits(e, late));
    lines.add("while " + beside.get());
    // Some say 502 when they have waited; a server that dies over a request looks the same.
    double confidence = e.any(UpstreamRules::gaveUpLate) ? 0.85 : 0.6;
    return Finding.found(confidence, lines, late);
  }

  /**
   * A page that is no program's own, or one of nginx, which says 502 and 504 where nobody is behind
   * it, but as an ingress of Kubernetes 503.
   */
  private static boolean mayBeMeant(Trial t) {
    return isPage503(t) && (isNginx(t) || !USUAL.matcher(t.said()).find());
  }

  static boolean isNginx(Trial t) {
    return t.voice().server().filter(s -> NGINX.matcher(s).find()).isPresent();
  }

  private static boolean isPage503(Trial t) {
    return t.is(503) && t.isPage();
  }

  /** Cloudflare's 524 says by itself that it has waited. */
  private static boolean gaveUpLate(Trial t) {
    // LiteLLM says 408, which is otherwise said of a request that did not come in time.
    boolean inWords = t.is(408) && TIMED_OUT.matcher(t.said()).find();
    return t.is(CLOUDFLARE_GAVE_UP) || ((t.is(GAVE_UP) || inWords) && Waits.isLong(t));
  }

  private static boolean brokeOffLate(Trial t) {
    return t.is(502) && Waits.isLong(t);
  }

  private static List<String> waits(Evidence e, Predicate<Trial> which) {
    return e
        .first(which)
        .map(t -> "the gateway gave up after " + Waits.seconds(t.totalMs()))
        .stream()
        .toList();
  }
}
