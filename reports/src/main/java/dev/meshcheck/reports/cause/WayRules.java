package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is changed between this machine and the API: a header, the path, the method, the body. */
final class WayRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "header-lost-on-the-way", WayRules::headerLost,
          "path-changed-on-the-way", WayRules::pathChanged,
          "method-changed-on-the-way", WayRules::methodChanged,
          "body-lost-on-the-way", WayRules::bodyLost);

  private static final Pattern PROMPT = Pattern.compile("(?i)\\bprompt\\b");
  private static final Pattern MESSAGES = Pattern.compile("(?i)\\bmessages\\b");

  private WayRules() {}

  /** What would refute it: an answer that depends on what the header holds. */
  private static Finding headerLost(Evidence e) {
    Finding key = keyLost(e);
    return key instanceof Finding.Found ? key : userLost(e, key);
  }

  private static Finding keyLost(Evidence e) {
    Optional<Trial> mine = e.withKey(Sent.CONFIGURED);
    Optional<Trial> none = e.withKey(Sent.NONE);
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN);
    if (mine.isEmpty() || none.isEmpty() || madeUp.isEmpty()) {
      return Finding.SILENT;
    }
    Trial said = mine.get();
    boolean refused = (said.is(400, 401, 403) || said.has(Mark.HIDDEN_ERROR)) && !isForeign(said);
    if (!refused) {
      return Finding.ruledOut("the key is not refused: " + said);
    }
    if (StrangerRules.asksForOtherHeader(said)) {
      return Finding.ruledOut("what is missing is another header: " + said);
    }
    if (said.has(Mark.ABOUT_MODEL)) {
      return Finding.ruledOut("what is refused is the model: " + said);
    }
    if (OtherGate.of(e, said).isPresent()) {
      return Finding.ruledOut("it is not for want of a key that it is refused: " + said);
    }
    boolean silent = !said.is(401, 403) && !said.has(Mark.ABOUT_KEY);
    if (silent) {
      return Finding.ruledOut("what is said is not about a key: " + said);
    }
    if (!said.like(none.get()) || !said.like(madeUp.get())) {
      return Finding.ruledOut("Authorization arrives: with a key the answer is another one");
    }
    Optional<Trial> taken = whereKeyMatters(e);
    if (e.any(t -> t.good() && e.asConfigured(t) && t.path().equals(said.path()))) {
      return Finding.ruledOut("Authorization arrives: at other times the same is answered");
    }
    if (taken.isPresent()) {
      return lostOnOneRoute(said, none.get(), taken.get());
    }
    boolean known = said.has(Mark.MISSING) && said.has(Mark.ABOUT_KEY);
    boolean between = e.any(t -> t.voice().namesProxy());
    if (!known && !between) {
      return Finding.ruledOut("nothing says that a proxy stands between");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        known
            ? "Authorization was sent, and the host says that it is missing"
            : "the same words with Authorization and without, so it may be lost on the way, or"
                + " the key is wrong");
    told(e).ifPresent(lines::add);
    lines.addAll(Evidence.told(List.of(mine, none, madeUp)));
    return Finding.found(known ? 0.9 : 0.4, lines, t -> t.key() != Sent.NONE && t.like(said));
  }

  /** What refutes it on other routes leaves this one: it may lead somewhere else, too. */
  private static Finding lostOnOneRoute(Trial said, Trial none, Trial taken) {
    return Finding.found(
        0.7,
        List.of(
            "the same words with Authorization and without on this route, and the key is good for"
                + " another: it is lost on this way, or the way leads to a server that does not"
                + " know the key",
            said.toString(),
            none.toString(),
            "while " + taken),
        t -> t.path().equals(said.path()) && t.key() != Sent.NONE && t.like(said));
  }

  /** A route that answers with the key, and refuses without it. */
  private static Optional<Trial> whereKeyMatters(Evidence e) {
    return e.first(
        t ->
            t.good()
                && e.asConfigured(t)
                && e.any(
                    o ->
                        o.key() == Sent.NONE
                            && o.is(401, 403)
                            && o.path().equals(t.path())
                            && o.method().equals(t.method())));
  }

  private static Finding userLost(Evidence e, Finding otherwise) {
    if (!e.subject().userGiven()) {
      return otherwise;
    }
    Predicate<Trial> chat = t -> t.on(RouteName.CHAT) && t.key() == Sent.CONFIGURED;
    // Where no model is known, each of them names the same made-up one.
    Optional<Trial> mine = e.withKey(Sent.CONFIGURED).filter(chat);
    Optional<Trial> none =
        e.first(
            t ->
                chat.test(t)
                    && t.user() == Sent.NONE
                    && mine.stream().anyMatch(m -> m.model() == t.model()));
    List<Trial> others =
        e.where(t -> chat.test(t) && (t.user() == Sent.UNKNOWN || t.user() == Sent.MALFORMED));
    if (mine.isEmpty() || none.isEmpty()) {
      return otherwise;
    }
    Trial said = mine.get();
    boolean same = said.like(none.get()) && others.stream().allMatch(said::like);
    boolean refused = said.refused() && said.has(Mark.ABOUT_USER) && !isForeign(said);
    if (!same || !refused) {
      return Finding.ruledOut("X-User-Id arrives: without it the answer is another one");
    }
    List<String> lines = new ArrayList<>();
    lines.add("X-User-Id was sent, and the answer is the one without it, whatever it holds");
    told(e).ifPresent(lines::add);
    lines.addAll(Evidence.told(List.of(mine, none, others.stream().findFirst())));
    boolean refuted = said.has(Mark.MISSING) || UserRules.saysNoUuid(said);
    return Finding.found(
        refuted ? 0.95 : 0.7,
        lines,
        t -> t.user() != Sent.NONE && t.key() == Sent.CONFIGURED && t.like(said));
  }

  /** Whether no such API words its answers like that. */
  static boolean isForeign(Trial trial) {
    return trial.isPage() || trial.voice().isForeign();
  }

  private static Optional<String> told(Evidence e) {
    return e.trials().stream()
        .filter(t -> t.voice().namesProxy())
        .map(t -> "between stands " + t.voice().told())
        .findFirst();
  }

  /**
   * Every body that is sent is small and right. What would refute it: one that is answered, or only
   * one route that complains.
   */
  private static Finding bodyLost(Evidence e) {
    Sent key = e.subject().key().isPresent() ? Sent.CONFIGURED : Sent.NONE;
    Predicate<Trial> posted = t -> t.method().equals("POST") && t.key() == key;
    Predicate<Trial> complains =
        posted.and(
            t ->
                t.is(400, 411, 415, 422)
                    && t.has(Mark.ABOUT_BODY)
                    && !t.has(Mark.ABOUT_MODEL)
                    && !t.isPage());
    if (hangsWithBody(e)) {
      List<String> lines = new ArrayList<>();
      lines.add(
          "no request that has a body is answered, whatever route and key, and those without are:"
              + " somebody waits for a body, or has taken it and passes none on");
      lines.addAll(e.lines(posted.and(t -> t.status().isEmpty())));
      e.first(t -> t.good() && t.method().equals("GET")).ifPresent(t -> lines.add("while " + t));
      return Finding.found(0.85, lines, t -> t.method().equals("POST") && t.status().isEmpty());
    }
    long routes = e.where(complains).stream().map(Trial::path).distinct().count();
    if (e.any(posted.and(Trial::good)) || routes == 0) {
      return e.any(posted) ? Finding.ruledOut("no body is said to be missing") : Finding.SILENT;
    }
    if (routes == 1 && e.where(posted).stream().map(Trial::path).distinct().count() > 1) {
      return Finding.ruledOut("only one route says that its body cannot be read");
    }
    List<String> lines = new ArrayList<>();
    lines.add("every body was sent as JSON with its length, and none is read as that");
    lines.addAll(e.lines(complains));
    told(e).ifPresent(lines::add);
    return Finding.found(routes > 1 ? 0.9 : 0.7, lines, complains);
  }

  /** Who is slow, or refuses, knows the route, the key and the model before. */
  private static boolean hangsWithBody(Evidence e) {
    List<Trial> posts = e.where(t -> t.method().equals("POST") && t.route().isPresent());
    List<Trial> gets = e.where(t -> t.method().equals("GET") && t.route().isPresent());
    return posts.stream().map(Trial::path).distinct().count() > 2
        && posts.stream().anyMatch(t -> t.key() != Sent.CONFIGURED)
        && posts.stream().allMatch(t -> t.noAnswer().equals(Optional.of(NoAnswer.Kind.TIMEOUT)))
        && gets.stream().allMatch(t -> t.status().isPresent())
        && gets.stream().anyMatch(t -> t.good() && t.key() == Sent.CONFIGURED);
  }

  /**
   * What would refute it: an Allow that does not have what was sent, or one answer to a POST. A
   * firewall's own 405 may have an Allow of any kind.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1">Allow</a>
   */
  private static Finding methodChanged(Evidence e) {
    Predicate<Trial> contradicts = t -> t.has(Mark.ALLOWED) && !isForeign(t);
    if (!e.any(contradicts.and(e::asConfigured))
        || e.any(t -> t.method().equals("POST") && t.good())) {
      return ServiceRules.answered(e, "no method is refused that the refusal itself allows");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "405 says that the method is not allowed, and its Allow names the one that was sent:");
    lines.addAll(e.lines(contradicts.and(e::asConfigured)));
    told(e).ifPresent(lines::add);
    return Finding.found(0.95, lines, contradicts);
  }

  private static Finding pathChanged(Evidence e) {
    Optional<Trial> misread = e.first(t -> e.asConfigured(t) && isMisread(t));
    if (misread.isPresent()) {
      List<String> lines = new ArrayList<>();
      lines.add("what is missing belongs to another route, and not to this one:");
      lines.add(misread.get().toString());
      told(e).ifPresent(lines::add);
      return Finding.found(0.85, lines, t -> t.path().equals(misread.get().path()) && isMisread(t));
    }
    String clue = e.clues().get(Clue.PATH_CHANGED);
    if (clue == null) {
      return e.modelList().isPresent()
          ? Finding.ruledOut(e.subject().surface().modelList() + " arrives as it was sent")
          : allBelowLost(e);
    }
    Predicate<Trial> lost = t -> t.is(404, 405);
    List<String> lines = new ArrayList<>(List.of(clue));
    lines.addAll(e.lines(t -> t.on(RouteName.MODELS) && lost.test(t)).stream().limit(1).toList());
    told(e).ifPresent(lines::add);
    boolean theirs = !e.subject().isTensormesh() && !e.subject().base().getPath().isEmpty();
    if (theirs) {
      lines.add("some services have no /v1 below their base address, such as Gemini's and Z.ai's");
    }
    return Finding.found(theirs ? 0.7 : 0.95, lines, lost);
  }

  /**
   * Whether a field is called missing that the route does not have, and not the one that it has.
   */
  private static boolean isMisread(Trial t) {
    boolean misses = t.is(400, 422) && t.has(Mark.MISSING);
    boolean prompt = PROMPT.matcher(t.said()).find();
    boolean messages = MESSAGES.matcher(t.said()).find();
    return misses
        && ((t.on(RouteName.CHAT) && prompt && !messages)
            || (t.on(RouteName.COMPLETIONS) && messages && !prompt));
  }

  /**
   * What would refute it: an answer of any path below /v1 that is another one, or nobody who
   * answers beside it.
   */
  private static Finding allBelowLost(Evidence e) {
    Predicate<Trial> below = t -> t.route().isPresent() && e.subject().surface().isApi(t.path());
    // Who asks for a key beside /v1 in the API's words is the API; others have a /version, too.
    boolean ours =
        e.any(below.negate().and(t -> t.route().isPresent() && t.is(401) && t.has(Mark.API_ERROR)));
    List<Trial> lost = e.where(below.and(t -> t.flow().isEmpty() && (ours || e.asConfigured(t))));
    boolean alike =
        lost.stream().map(Trial::path).distinct().count() > (ours ? 1 : 2)
            && lost.stream().allMatch(t -> t.is(404) && t.like(lost.get(0)));
    // Anything may pass for a good health check.
    Optional<Trial> beside =
        e.first(
            below.negate().and(t -> t.good() && t.route().isPresent() && !t.on(RouteName.HEALTH)));
    if (!alike || beside.isEmpty()) {
      return Finding.SILENT;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "every path below %1$s gets the same 404, and others are answered: %1$s is changed on the way, or goes elsewhere"
            .formatted(e.subject().surface().apiPath()));
    lines.add(lost.get(0).toString());
    lines.add("while " + beside.get());
    told(e).ifPresent(lines::add);
    return Finding.found(0.85, lines, t -> below.test(t) && t.is(404));
  }
}
