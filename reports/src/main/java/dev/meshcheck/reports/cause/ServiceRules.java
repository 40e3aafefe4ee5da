package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The service answers nothing, nothing that can be read, or an error of its own. */
final class ServiceRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "timeout-before-headers", ServiceRules::timeout,
          "connection-closed", ServiceRules::closed,
          "used-connections-are-lost", ServiceRules::lost,
          "not-http", ServiceRules::unreadable,
          "heads-break-the-rules", ServiceRules::malformed,
          "server-fails", ServiceRules::serverFails);

  private ServiceRules() {}

  private static Finding timeout(Evidence e) {
    return mute(
        e,
        0.9,
        t -> t.noAnswer().equals(Optional.of(Kind.TIMEOUT)),
        e.any(t -> t.has(Mark.UNENDED))
            ? "every answer begins in time"
            : "every route answers in time, whatever single requests do");
  }

  private static Finding closed(Evidence e) {
    Predicate<Trial> closed = t -> t.noAnswer().equals(Optional.of(Kind.CONNECTION_CLOSED));
    Finding finding = mute(e, 0.85, closed, "no route closes every connection without an answer");
    return finding instanceof Finding.Found found
        ? found.and(Waits.steady(e.where(closed)).map(ServiceRules::afterAsLong).stream().toList())
        : finding;
  }

  /** A server that breaks does so at once, or whenever it likes. */
  private static String afterAsLong(String wait) {
    return "each time after "
        + wait
        + ": somebody in between, or the server itself, waits no longer for an answer that takes longer";
  }

  /**
   * What would refute it: one answer on a connection that was used before, or none on a new one.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.3">Persistence</a>
   */
  private static Finding lost(Evidence e) {
    List<Trial> used = e.where(Trial::onUsed);
    if (used.isEmpty()) {
      return Finding.SILENT;
    }
    Predicate<Trial> lost =
        t -> t.onUsed() && t.noAnswer().equals(Optional.of(Kind.CONNECTION_CLOSED));
    Optional<Trial> onNew = e.first(t -> !t.onUsed() && t.asksAs(used.get(0)) && t.good());
    if (onNew.isEmpty() || !used.stream().allMatch(lost)) {
      return Finding.ruledOut("a connection that was used before is not closed on a request");
    }
    List<String> lines = new ArrayList<>(e.lines(lost));
    lines.add("on a new one: " + onNew.get());
    return Finding.found(used.size() > 1 ? 0.95 : 0.8, lines, lost);
  }

  /** Something comes, and a client that keeps to the rules of HTTP cannot read it. */
  private static Finding unreadable(Evidence e) {
    if (e.network().flatMap(NetworkPicture::through).isPresent()
        && e.any(NetworkRules::isOfSocks)) {
      return Finding.ruledOut("it is the proxy that answers, in SOCKS");
    }
    return mute(
        e,
        0.95,
        t -> t.has(Mark.UNREADABLE) || t.noAnswer().stream().anyMatch(Kind::unreadable),
        "what comes back can be read as HTTP");
  }

  /** What would refute it: heads that every client reads the same. */
  private static Finding malformed(Evidence e) {
    Predicate<Trial> odd = t -> !t.breaches().isEmpty();
    if (!e.any(odd)) {
      return answered(e, "the heads of answers keep to the rules");
    }
    List<String> lines =
        new ArrayList<>(
            e.where(odd).stream().flatMap(t -> t.breaches().stream()).distinct().toList());
    lines.addAll(e.lines(odd));
    return Finding.found(0.95, lines, odd);
  }

  /** Routes on which no proper request is answered; an odd one that is not says nothing. */
  private static Finding mute(
      Evidence e, double confidence, Predicate<Trial> silent, String otherwise) {
    if (ShutOutRules.since(e).stream().anyMatch(silent)) {
      return Finding.ruledOut("what is lost was answered before");
    }
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
    Predicate<Trial> breaks =
        t ->
            (t.is(500) && !Complaint.LOADING.isOf(t))
                || (Complaint.ENGINE.isOf(t)
                    && !t.successful()
                    && !t.is(502, 504)
                    && !t.has(Mark.BUSY));
    Optional<Death> death = Death.of(e);
    if (death.isPresent()) {
      return death.get().found();
    }
    List<Trial> answered = e.where(t -> t.status().isPresent());
    Predicate<Trial> alike =
        t ->
            t.is(500)
                && t.like(answered.get(0))
                && !t.has(Mark.GATEWAY_500)
                && !Complaint.LOADING.isOf(t);
    boolean every =
        e.any(t -> t.on(RouteName.HEALTH) && t.status().isPresent())
            && answered.stream().map(Trial::path).distinct().count() > 1
            && answered.stream().allMatch(alike)
            && answered.get(0).voice().dialect() != Voice.Dialect.SILENT;
    if (every) {
      List<String> lines = new ArrayList<>(e.lines(answered::contains));
      lines.add(
          "whatever is asked for, the health included; it may be a gateway in front that says so");
      return Finding.found(0.6, lines, answered::contains);
    }
    Predicate<Trial> broken = breaks.and(e::asConfigured);
    if (e.accepted() || e.plain().stream().noneMatch(broken)) {
      return answered(
          e, "plain requests are not answered 500, nor in words of a model server that broke");
    }
    List<String> lines = new ArrayList<>(e.lines(broken));
    e.first(broken).flatMap(Trial::requestId).ifPresent(id -> lines.add("X-Request-Id: " + id));
    // Whose it is cannot be told from nothing at all, where a gateway breaks like that as well.
    boolean silent = e.where(broken).stream().allMatch(UpstreamRules::isEmptyOfEnvoy);
    Optional<Trial> early =
        e.where(broken).stream().flatMap(t -> e.keyless(t).stream()).findFirst();
    early.ifPresent(
        t ->
            lines.add(
                "it breaks before anybody looks at the key, so that it may be a gateway in front: "
                    + t));
    return Finding.found(silent || early.isPresent() ? 0.5 : 0.85, lines, breaks);
  }

  static Finding answered(Evidence e, String because) {
    return e.any(t -> t.status().isPresent()) ? Finding.ruledOut(because) : Finding.SILENT;
  }
}
