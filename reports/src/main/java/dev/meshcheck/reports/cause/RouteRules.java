package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.NotOffered;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.guidance.BodyShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Routes that lead nowhere while others are answered. */
final class RouteRules {

  static final Map<String, Rule> ALL =
      Map.of("one-route-fails", RouteRules::oneRoute, "routes-not-offered", RouteRules::notOffered);

  /** What an API's own 404 speaks of where it is the path; it may as well be what is asked for. */
  private static final Pattern OF_A_PATH =
      Pattern.compile(
          "(?i)(not ?found|\\b(url|uri|path|route|method|handler|operation|page|resource)s?\\b|cannot (get|post)"
              + "|endpoint\\b.{0,80}\\b(not|unknown|unsupported|invalid)\\b|\\bnot (implemented|supported|available|allowed|exist)"
              + "|(does not|doesn't) exist|no such)");

  private static final Pattern NO_ROUTE = Pattern.compile("(?i)\\bno (matching )?route\\b");

  private RouteRules() {}

  /**
   * What would refute it: one good answer of that route, or none that only the API gives; anything
   * may pass for a good health check.
   */
  private static Finding oneRoute(Evidence e) {
    Map<RouteName, List<Trial>> lost = new LinkedHashMap<>();
    Optional<Trial> reached = e.first(t -> isReached(e, t));
    boolean proven =
        reached.isPresent() || e.any(t -> t.route().isPresent() && isPlain(e, t) && t.provesApi());
    for (Route route : e.subject().surface().routes().values()) {
      List<Trial> asked = e.where(t -> t.on(route.name()) && t.flow().isEmpty() && isPlain(e, t));
      if (asked.stream().anyMatch(Trial::good)
          || reached.stream().anyMatch(t -> t.on(route.name()))) {
        continue;
      }
      if (!asked.isEmpty()
          && asked.stream().allMatch(t -> isLost(e, route, t, reached.isPresent()))) {
        lost.put(route.name(), asked);
      }
    }
    lost.values().removeIf(trials -> trials.stream().allMatch(t -> isWithheld(e, t)));
    boolean anyLost = !lost.isEmpty();
    lost.values().removeIf(trials -> trials.stream().allMatch(t -> isElsewhereToo(e, t)));
    if (anyLost && lost.isEmpty()) {
      return Finding.ruledOut("the same comes back now and then on routes that are answered");
    }
    if (lost.isEmpty() || !proven) {
      return proven ? Finding.ruledOut("every documented route is answered") : Finding.SILENT;
    }
    List<String> lines = new ArrayList<>();
    boolean beside =
        lost.values().stream()
                .flatMap(List::stream)
                .noneMatch(t -> e.subject().surface().isApi(t.path()))
            && lost.size() > 2;
    if (beside) {
      lines.add("only paths below " + e.subject().surface().apiPath() + " are passed on");
    }
    lost.values().forEach(trials -> lines.add(line(trials.get(0))));
    FrontRules.meanings(lost.values().stream().flatMap(List::stream)).forEach(lines::add);
    e.first(t -> t.good() && t.route().isPresent() && isPlain(e, t))
        .or(() -> reached)
        .ifPresent(t -> lines.add("while " + t));
    return Finding.found(
        0.9, lines, t -> t.route().stream().anyMatch(r -> lost.containsKey(r.name())) && !t.good());
  }

  /** What would refute it: one answer of that route that somebody gives who has it. */
  private static Finding notOffered(Evidence e) {
    Predicate<Trial> missing =
        t ->
            t.method().equals("POST")
                && e.asConfigured(t)
                && isLeftOut(t)
                && !e.any(o -> o.good() && o.path().equals(t.path()))
                && !isElsewhereToo(e, t);
    if (!e.accepted()) {
      return Finding.SILENT;
    }
    Predicate<Trial> withheld = t -> isWithheld(e, t);
    return e.any(missing.or(withheld))
        ? Finding.found(0.9, e.lines(missing.or(withheld)))
        : Finding.ruledOut("every route that is asked for is there");
  }

  /**
   * Keys may be for some routes alone, as whoever made one decides, and a gateway may keep those to
   * itself that such a server need not have.
   */
  static boolean isWithheld(Evidence e, Trial t) {
    boolean list = t.on(RouteName.MODELS) && Complaint.PERMISSION.isOf(t);
    boolean optional = t.route().stream().anyMatch(Route::optional);
    boolean kept = t.is(401, 403) && (list || optional) && e.asConfigured(t);
    // Whoever names the model needs no list.
    boolean unlisted = t.on(RouteName.MODELS) && !e.subject().isTensormesh() && isAbsent(t);
    return e.accepted() && (kept || unlisted);
  }

  /**
   * Whether a server of this kind may lack that route, and says that it does, whatever the status;
   * a web application beside it says so with its first page.
   */
  static boolean isLeftOut(Trial t) {
    return t.route().stream().anyMatch(Route::optional)
        && (t.has(Mark.UNKNOWN_PATH)
            || isAbsent(t)
            || isPageOfAnother(t)
            || isOfAnotherApi(t)
            || (t.is(400, 403, 404) && NotOffered.declines(t.said())));
  }

  /**
   * llama.cpp, SGLang and Text Generation Inference have routes of that name, with other fields.
   */
  private static boolean isOfAnotherApi(Trial t) {
    boolean counts = t.on(RouteName.TOKENIZE) || t.on(RouteName.DETOKENIZE);
    return counts
        && (isOtherJson(t) || (t.is(400, 422) && NotOffered.asksForOtherTokens(t.said())));
  }

  private static boolean isPageOfAnother(Trial t) {
    return t.isPage() && (t.successful() || t.is(401, 403));
  }

  private static boolean isAbsent(Trial t) {
    return t.is(404, 405, 501)
        // What names no model is not refused for one, whatever is suspected.
        && (!t.has(Mark.ABOUT_MODEL) || t.model() == Sent.NONE || NO_ROUTE.matcher(t.said()).find())
        && !t.has(Mark.ABOUT_USER)
        && (!t.has(Mark.API_ERROR) || t.said().isEmpty() || OF_A_PATH.matcher(t.said()).find());
  }

  /**
   * A server that is dead now and then is so on every route, and a guard against floods stands
   * before all; what is asked once may just meet it.
   */
  private static boolean isElsewhereToo(Evidence e, Trial lost) {
    boolean broken = lost.status().isEmpty() || lost.is(403, 500, 502, 503, 504);
    return broken
        && e.any(
            t ->
                t.route().isPresent()
                    && !t.path().equals(lost.path())
                    && (lost.status().isPresent()
                        ? t.like(lost)
                        : t.noAnswer().equals(lost.noAnswer()))
                    && e.any(o -> o.good() && isPlain(e, o) && o.path().equals(t.path())));
  }

  private static String line(Trial trial) {
    String told = trial.voice().told();
    return trial + (told.isEmpty() || !trial.voice().isForeign() ? "" : ", " + told);
  }

  private static boolean isPlain(Evidence e, Trial t) {
    // Without a key some hosts refuse a GET, which says nothing of the route.
    boolean open = t.method().equals("GET") && t.key() == Sent.NONE && !t.is(400, 401, 403);
    return e.asConfigured(t) || open;
  }

  /** Whether it got as far as somebody who knows the models, which a made-up one shows as well. */
  private static boolean isReached(Evidence e, Trial t) {
    return t.key() == Sent.CONFIGURED
        && (t.user() == Sent.CONFIGURED) == e.subject().userGiven()
        && t.model() == Sent.UNKNOWN
        && t.is(400, 404)
        && t.has(Mark.ABOUT_MODEL)
        && !WayRules.isForeign(t);
  }

  /** Whether the route is answered, and with JSON that is no answer of it. */
  static boolean isForeignJson(Trial t) {
    return isOtherJson(t) && !isLeftOut(t);
  }

  private static boolean isOtherJson(Trial t) {
    return t.method().equals("POST")
        && t.has(Mark.MISFIT)
        && !t.has(Mark.WRAPPED)
        && !t.has(Mark.HIDDEN_ERROR)
        && t.shape().equals(Optional.of(BodyShape.JSON));
  }

  /** Chat that fails for a reason of its own is told as that. */
  private static boolean isLost(Evidence e, Route route, Trial t, boolean reached) {
    boolean absent = isAbsent(t);
    boolean inBursts = e.clues().containsKey(Clue.SLOWLY_ANSWERED);
    boolean broken =
        t.is(500, 502, 504)
            || (t.is(503) && (t.voice().isForeign() || t.isPage()) && !inBursts)
            || t.noAnswer().stream().anyMatch(k -> !k.unreachable());
    boolean page = isPageOfAnother(t);
    boolean sentAway =
        t.location().isPresent() && HostRules.isBesideTheApi(e, t) && !route.optional();
    boolean read = RefusalRules.isRead(t) || (t.is(400, 404, 422) && ModelRules.isNotThere(t));
    boolean strange = t.refused() && !t.is(429) && t.voice().isForeign() && !read;
    boolean misfit =
        t.successful()
            && (t.isPage() || (t.has(Mark.MISFIT) && !isForeignJson(t)))
            && !t.has(Mark.HIDDEN_ERROR);
    boolean chat = route.name() == RouteName.CHAT;
    // The same key, or the lack of a user id, is good enough elsewhere.
    boolean refused =
        (t.is(401, 403) && !Complaint.PERMISSION.isOf(t))
            || (t.refused() && (t.has(Mark.ABOUT_KEY) || t.has(Mark.ABOUT_USER)));
    boolean told =
        chat ? absent || page || misfit || (strange && !t.is(401, 403)) : e.accepted() || reached;
    return told
        && !isLeftOut(t)
        && (absent || broken || page || sentAway || strange || misfit || (refused && !chat));
  }
}
