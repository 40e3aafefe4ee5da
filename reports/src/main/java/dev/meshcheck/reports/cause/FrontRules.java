package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Somebody in front of the API answers, and whoever asks makes no difference to him. */
final class FrontRules {

  static final Map<String, Rule> ALL = Map.of("refused-in-front", FrontRules::refused);

  /** What a status says by itself, see RFC 9110, section 15.5. */
  private static final Map<Integer, String> MEANING =
      Map.of(
          411, "whoever answers takes no body without its length",
          413, "the request is larger than whoever answers takes",
          414, "the path is longer than whoever answers takes",
          415, "whoever answers reads no bodies of that kind",
          421,
              "whoever answers is no server for this name: a proxy in front that speaks TLS to it tells it none, or another"
                  + " (nginx: proxy_ssl_server_name)",
          426, "whoever answers wants another version of HTTP, or TLS");

  private FrontRules() {}

  /**
   * What would refute it: an answer that only the API gives to what was refused, or two keys that
   * are answered differently.
   */
  private static Finding refused(Evidence e) {
    List<Trial> answered = e.where(t -> t.status().isPresent() && t.route().isPresent());
    // Who refuses a health check without a key in the same words looks at no key.
    Optional<Trial> closed =
        e.first(t -> t.on(RouteName.HEALTH) && t.key() == Sent.NONE && shutsOut(t));
    Predicate<Trial> refuses =
        t -> isStrange(t) || OtherGate.of(e, t).isPresent() || closed.stream().anyMatch(t::like);
    // Who says that something is not running, or not there, refuses nobody.
    Predicate<Trial> strange =
        refuses.and(
            t ->
                !Complaint.LOADING.isOf(t)
                    && !StrangerRules.isUnknownToAmazon(t)
                    && !(t.is(400, 404, 422) && ModelRules.isNotThere(t)));
    if (answered.stream().noneMatch(strange)) {
      return answered.isEmpty()
          ? Finding.SILENT
          : Finding.ruledOut("every refusal is worded as such APIs word theirs");
    }
    List<Trial> compared = compared(e);
    boolean differs = compared.stream().anyMatch(t -> !t.like(compared.get(0)));
    if (differs && !isOtherGateForAll(e, compared)) {
      return Finding.ruledOut("the answer depends on the key: " + compared.get(0));
    }
    boolean sameForAll =
        compared.size() > 1
            && compared.stream().allMatch(strange.and(t -> t.refused() || isPageForPost(t)));
    boolean elsewhere =
        !compared.isEmpty()
            && e.any(t -> t.method().equals("POST") && e.asConfigured(t) && t.good())
            && compared.stream().allMatch(t -> t.is(404, 405));
    if (elsewhere) {
      return Finding.ruledOut("other paths are answered with the same method and key");
    }
    boolean posts = differs || sameForAll;
    boolean silent =
        !e.any(strange.negate().and(Evidence::isOfApi))
            && e.trials().stream().noneMatch(Trial::provesApi);
    List<Trial> refusals = answered.stream().filter(strange).toList();
    // Anything may pass for a good health check.
    boolean all =
        silent
            && answered.stream()
                .allMatch(t -> strange.test(t) || refusals.stream().anyMatch(t::like));
    if (!posts && !all) {
      return Finding.ruledOut("the API itself answers: " + ours(answered, strange));
    }
    boolean login = answered.stream().anyMatch(t -> t.voice().asksForLogin());
    boolean aboutKeys =
        !login
            && refusals.stream()
                .allMatch(
                    t ->
                        isAboutKey(t)
                            && !KeyRules.isPageOfNobody(t)
                            && OtherGate.of(e, t).isEmpty());
    if (silent && refusals.stream().allMatch(t -> t.is(404, 405, 501) && !t.has(Mark.CHALLENGED))) {
      return Finding.ruledOut("nobody refuses: what is asked for is not there");
    }
    if (aboutKeys && !silent) {
      return Finding.ruledOut("401 is what an API says of keys, and the host has one");
    }
    // A gate that checks keys itself says the same of three wrong ones.
    double confidence = login ? 0.95 : aboutKeys ? 0.6 : 0.9;
    List<String> lines = new ArrayList<>();
    refusals.stream()
        .flatMap(t -> OtherGate.of(e, t).stream())
        .distinct()
        .forEach(gate -> lines.add("what the refusal speaks of is " + gate));
    lines.addAll(lines(answered, differs ? List.of() : compared, strange));
    return Finding.found(confidence, lines, strange);
  }

  /** 403 may be about anything else, unless it says so. */
  private static boolean isAboutKey(Trial t) {
    boolean wrong = t.has(Mark.ABOUT_KEY) && !t.has(Mark.MISSING);
    return t.is(401) || (t.is(403) && wrong);
  }

  /**
   * Whether nobody gets through, and a made-up key as far as the right one: whoever says something
   * else to those without one looks at something else.
   */
  private static boolean isOtherGateForAll(Evidence e, List<Trial> compared) {
    Optional<Trial> mine = e.withKey(Sent.CONFIGURED);
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN);
    return mine.filter(t -> OtherGate.of(e, t).isPresent()).isPresent()
        && madeUp.filter(t -> t.like(mine.get())).isPresent()
        && compared.stream().allMatch(Trial::refused);
  }

  /** Whether it says neither that there is no such path, nor what the request lacks. */
  private static boolean shutsOut(Trial t) {
    boolean asksForMore =
        Stream.of(Mark.ABOUT_KEY, Mark.ABOUT_USER, Mark.ABOUT_MODEL, Mark.ABOUT_BODY)
            .anyMatch(t::has);
    return !t.has(Mark.QUOTA)
        && (t.is(403) || (t.refused() && !t.is(401, 404, 405, 407, 422, 429) && !asksForMore));
  }

  /** A refusal, or a success, that is in nobody's words of this API. */
  private static boolean isStrange(Trial t) {
    if (t.has(Mark.UNREADABLE) || t.has(Mark.CUT) || t.has(Mark.UNENDED)) {
      // Who says what cannot be read to its end is not known.
      return false;
    }
    // Whoever says 422 has read the body, and is no front.
    boolean others = t.is(407, 422, 429) || t.has(Mark.QUOTA) || KeyRules.saysWrongKey(t);
    boolean refused = t.refused() && !others;
    boolean success = t.successful() && t.has(Mark.MISFIT) && !t.has(Mark.HIDDEN_ERROR);
    boolean open = success || (t.successful() && !t.isPage() && t.voice().isForeign() && !t.good());
    boolean strange = t.voice().isForeign() || t.voice().asksForLogin();
    return (refused && strange && !t.has(Mark.DEFAULT_404))
        || (open && !t.isPage())
        || isPageForPost(t);
  }

  /** Firewalls and maintenance pages say 200 to what they keep away. */
  private static boolean isPageForPost(Trial t) {
    return t.method().equals("POST") && t.isPage() && t.successful();
  }

  /** The same request with no key, a made-up one and the right one, as far as they were sent. */
  private static List<Trial> compared(Evidence e) {
    return Stream.of(Sent.NONE, Sent.UNKNOWN, Sent.CONFIGURED)
        .map(e::withKey)
        .flatMap(Optional::stream)
        .filter(t -> t.status().isPresent())
        .toList();
  }

  /** What their statuses say, where it is more than that something is wrong. */
  static Stream<String> meanings(Stream<Trial> trials) {
    return trials
        .flatMap(t -> t.status().stream())
        .distinct()
        .filter(MEANING::containsKey)
        .map(status -> "%d says that %s".formatted(status, MEANING.get(status)));
  }

  private static String ours(List<Trial> answered, Predicate<Trial> strange) {
    return answered.stream().filter(strange.negate()).findFirst().map(Trial::toString).orElse("");
  }

  private static List<String> lines(
      List<Trial> answered, List<Trial> compared, Predicate<Trial> strange) {
    List<String> lines = new ArrayList<>();
    answered.stream()
        .filter(strange)
        .map(t -> t.voice().told())
        .filter(told -> !told.isEmpty())
        .findFirst()
        .ifPresent(told -> lines.add("who answers says of itself: " + told));
    meanings(answered.stream().filter(strange)).forEach(lines::add);
    if (compared.size() > 1) {
      lines.add(
          "the same answer to "
              + (compared.size() == 3 ? "no key, a made-up key and yours" : "whatever key")
              + ":");
    }
    Stream.concat(compared.stream(), answered.stream().filter(strange))
        .map(Trial::toString)
        .distinct()
        .limit(4)
        .forEach(lines::add);
    return lines;
  }
}
