package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.guidance.BodyShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The service is there, and takes no more, or nothing yet. */
final class LoadRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "rate-limited", LoadRules::rateLimited,
          "service-overloaded", LoadRules::overloaded,
          "model-not-loaded", LoadRules::notLoaded);

  /** As many by chance, from one dead server of two, are one in sixteen. */
  private static final int IN_A_ROW = 4;

  private LoadRules() {}

  private static Finding rateLimited(Evidence e) {
    String slowly = e.clues().get(Clue.SLOWLY_ANSWERED);
    boolean burst = isBurst(e);
    boolean mixed = e.any(t -> isLimitOfNginx(t) && isAnsweredToo(e, t));
    Predicate<Trial> limited =
        t ->
            t.isToldLater()
                || (t.is(503) && (slowly != null || (t.isPage() && burst)))
                || (mixed && isLimitOfNginx(t));
    if (!e.any(limited)) {
      return ServiceRules.answered(
          e,
          e.any(t -> t.is(429))
              ? "what is answered 429 speaks of a quota, or of a server that is not there"
              : "nothing is answered 429");
    }
    if (e.where(limited).stream().noneMatch(t -> concernsUser(e, t))) {
      return Finding.ruledOut("only whoever shows another key, or none, is told to come later");
    }
    if (e.where(limited).stream().allMatch(e::isOverSince)) {
      return Finding.ruledOut("asked again, the one that is answered 429 is answered otherwise");
    }
    List<String> lines = new ArrayList<>(e.lines(limited));
    lines.add(wait(e, limited));
    if (e.accepted()) {
      // Routes may have limits of their own.
      e.first(t -> t.on(RouteName.CHAT) && t.good() && e.asConfigured(t))
          .ifPresent(t -> lines.add("while " + t));
    }
    if (slowly == null
        && e.network().isPresent()
        && e.first(t -> t.status().isPresent()).filter(limited).isPresent()) {
      lines.add(
          "already the first request is answered so: either others ask with this key or from this"
              + " address, or no server is free, and it is not your rate");
    }
    Optional.ofNullable(slowly).ifPresent(lines::add);
    boolean told = e.any(Trial::isToldLater);
    if (!told && slowly == null) {
      lines.add(
          burst
              ? "the same path was answered before that, and nothing since"
              : "so says nginx where it limits, and the same request is answered at other times");
    }
    return Finding.found(told ? 0.95 : slowly == null ? 0.7 : 0.85, lines, limited);
  }

  /** Strangers have limits of their own, which say nothing where the key was shown. */
  private static boolean concernsUser(Evidence e, Trial t) {
    Sent own = e.subject().key().isPresent() ? Sent.CONFIGURED : Sent.NONE;
    boolean shown = e.any(o -> o.key() == own && o.status().isPresent());
    boolean isPublic = t.route().stream().anyMatch(r -> r.key() == Route.KeyRule.PUBLIC);
    return t.key() == own || isPublic || !shown;
  }

  private static String wait(Evidence e, Predicate<Trial> told) {
    return e.where(told).stream()
        .flatMap(t -> t.retryAfter().stream())
        .map(d -> "Retry-After asks for " + d.toSeconds() + " seconds")
        .findFirst()
        .orElse("there is no Retry-After that says how long");
  }

  /** What would refute it: that it is answered one by one, or a plain request that passes. */
  private static Finding overloaded(Evidence e) {
    Predicate<Trial> busy = t -> t.has(Mark.BUSY) && !t.isPage() && !t.has(Mark.NO_UPSTREAM);
    boolean burst = e.clues().containsKey(Clue.SLOWLY_ANSWERED);
    if (!burst && isUnavailable(e)) {
      List<String> lines = new ArrayList<>(e.lines(t -> t.is(503)));
      lines.add(
          "every route is answered so, and nothing says why: too many requests, or a server that starts or ends");
      return Finding.found(0.7, lines, t -> t.is(503));
    }
    Predicate<Trial> sometimes = busy.and(t -> isAnsweredToo(e, t));
    if (!burst && e.any(sometimes)) {
      List<String> lines = new ArrayList<>(e.lines(sometimes));
      lines.add("while the same request is answered at other times");
      return Finding.found(0.9, lines, busy);
    }
    if (burst || e.accepted() || e.plain().stream().noneMatch(busy)) {
      return ServiceRules.answered(
          e, burst ? e.clues().get(Clue.SLOWLY_ANSWERED) : "no plain request is told of load");
    }
    List<String> lines = new ArrayList<>(e.lines(busy));
    lines.add(wait(e, busy));
    return Finding.found(0.95, lines, busy);
  }

  /** Whether all is 503, in no words that others know. */
  private static boolean isUnavailable(Evidence e) {
    List<Trial> answers = e.where(t -> t.status().isPresent());
    return !answers.isEmpty()
        && answers.stream()
            .allMatch(
                t ->
                    t.is(503)
                        && !t.isPage()
                        && !t.has(Mark.NO_UPSTREAM)
                        && !t.has(Mark.BUSY)
                        && t.complaint().isEmpty());
  }

  /**
   * Whether a front answered, and from some request on refuses all with a page of its own: nginx
   * says 503 where it limits, and 502 or 504 where nobody is behind it.
   *
   * @see <a href="https://nginx.org/en/docs/http/ngx_http_limit_req_module.html">limit_req</a>
   */
  static boolean isBurst(Evidence e) {
    Predicate<Trial> refused = t -> t.is(503) && t.isPage();
    List<Trial> asked = e.where(t -> t.status().isPresent() && t.route().isPresent());
    int since = asked.size();
    while (since > 0 && refused.test(asked.get(since - 1))) {
      since--;
    }
    List<Trial> last = asked.subList(since, asked.size());
    // In the course of a run, whoever is behind may have died.
    return e.network().isPresent()
        && last.size() >= IN_A_ROW
        && asked.subList(0, since).stream()
            .anyMatch(t -> t.good() && last.stream().anyMatch(l -> l.path().equals(t.path())));
  }

  /** Whether a diagnosis, which asks little, was answered at another time. */
  private static boolean isAnsweredToo(Evidence e, Trial t) {
    return e.network().isPresent() && e.any(o -> o.good() && o.asksAs(t) && o.key() == t.key());
  }

  /** nginx says 502 of a server that is gone, and 503 of its own accord where it limits. */
  static boolean isLimitOfNginx(Trial t) {
    return t.is(503) && t.isPage() && UpstreamRules.isNginx(t);
  }

  private static boolean isStranger(Trial t) {
    return t.voice().dialect() == Voice.Dialect.FOREIGN
        && t.shape().equals(Optional.of(BodyShape.JSON));
  }

  private static Finding notLoaded(Evidence e) {
    Predicate<Trial> unready =
        t ->
            (t.is(503) || (Complaint.LOADING.isOf(t) && !t.is(401, 403, 429)))
                && !t.isPage()
                && !t.has(Mark.NO_UPSTREAM)
                && !t.has(Mark.BUSY)
                && !Complaint.ENGINE.isOf(t);
    List<Trial> answers = e.where(t -> t.status().isPresent());
    // Some hosts say so on every path, and a chat is then not asked for.
    boolean everywhere = !answers.isEmpty() && answers.stream().allMatch(unready);
    List<Trial> keyed = KeyRules.keyed(e);
    boolean always = !keyed.isEmpty() && keyed.stream().allMatch(unready);
    boolean plain = everywhere || always || e.plain().stream().anyMatch(unready);
    if (isUnavailable(e)) {
      return Finding.ruledOut("nothing that is answered 503 speaks of a model, and all is");
    }
    if (e.clues().containsKey(Clue.SLOWLY_ANSWERED)) {
      return Finding.ruledOut(e.clues().get(Clue.SLOWLY_ANSWERED));
    }
    if (!plain) {
      return ServiceRules.answered(
          e,
          "no plain request is answered 503 by the service itself, or told of a model that loads");
    }
    List<String> lines = new ArrayList<>(e.lines(unready));
    e.modelList()
        .filter(t -> !t.models().isEmpty())
        .ifPresent(
            t -> lines.add(e.subject().surface().modelList() + " lists models all the same"));
    // Words that nobody knows may be about something else than a model.
    boolean known =
        e.where(unready).stream().anyMatch(t -> Complaint.LOADING.isOf(t) || !isStranger(t));
    return Finding.found(known ? 0.9 : 0.7, lines, unready);
  }
}
