package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The API takes the key, and then says in words of its own that it does not do what is asked. */
final class RefusalRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "own-header-refused", RefusalRules::ownHeader,
          "gateway-key-refused", RefusalRules::keyOfGateway,
          "request-refused", RefusalRules::request);

  /** What only he says of a key who knows it. */
  private static final Pattern OF_ITSELF =
      Pattern.compile(
          "(?i)(expired|revoked|disabled|deactivated|inactive|suspended|blocked|deleted)");

  private RefusalRules() {}

  /** What would refute it: that the same request without the header is answered alike. */
  private static Finding ownHeader(Evidence e) {
    List<String> own = e.subject().ownHeaders();
    if (own.isEmpty()) {
      return Finding.SILENT;
    }
    // Whoever looks for the model has let the headers through.
    Predicate<Trial> names =
        t ->
            t.refused()
                && t.has(Mark.NAMES_OWN_HEADER)
                && !(t.is(400, 404) && t.has(Mark.ABOUT_MODEL));
    Optional<String> without = Optional.ofNullable(e.clues().get(Clue.WITHOUT_OWN_HEADERS));
    boolean named = e.any(names) && !e.accepted();
    if (without.isPresent() || named) {
      List<String> lines = new ArrayList<>(e.lines(named ? names : t -> t.refused()));
      if (named) {
        lines.add("it names a header of your own, or repeats its value: " + String.join(", ", own));
      }
      without.ifPresent(lines::add);
      double confidence = without.isEmpty() ? 0.85 : named ? 0.95 : 0.9;
      return Finding.found(confidence, lines, t -> !t.good());
    }
    return ServiceRules.answered(e, "no refusal names one of your own headers");
  }

  /**
   * What would refute it: that the key is refused wherever keys are looked at, or that a made-up
   * one gets as far; where the refusal quotes a key that nobody sent, nothing but that it is one.
   */
  private static Finding keyOfGateway(Evidence e) {
    Predicate<Trial> says =
        t ->
            Complaint.KEY_OF_GATEWAY.isOf(t)
                || t.has(Mark.ABOUT_OTHER_KEY)
                || (t.is(401, 403)
                    && t.has(Mark.ABOUT_KEY)
                    && !t.has(Mark.QUOTA)
                    && t.complaint().isEmpty());
    Predicate<Trial> behind = t -> t.key() == Sent.CONFIGURED && says.test(t) && !t.isPage();
    Optional<Trial> chat = e.plain().stream().filter(behind).findFirst();
    if (chat.isEmpty() || e.accepted()) {
      return ServiceRules.answered(e, "no refusal speaks of a key that is another than yours");
    }
    Optional<Trial> taken = taken(e);
    boolean quoted = chat.get().has(Mark.ABOUT_OTHER_KEY);
    boolean named = quoted || Complaint.KEY_OF_GATEWAY.isOf(chat.get());
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN);
    boolean differs = madeUp.stream().noneMatch(chat.get()::like);
    boolean twoJudges = madeUp.filter(t -> areTwoJudges(chat.get(), t)).isPresent();
    boolean known = taken.isPresent() || named || twoJudges;
    if (!quoted && (!differs || !known)) {
      return Finding.ruledOut(
          differs ? "the key is taken nowhere else" : "a made-up key gets the same answer");
    }
    List<String> lines = new ArrayList<>();
    lines.add(chat.get().toString());
    if (quoted) {
      lines.add("the key that it quotes is not yours");
    }
    taken.ifPresent(t -> lines.add("while " + t));
    madeUp.ifPresent(
        t ->
            lines.add(
                (differs ? "a made-up key gets no further: " : "a made-up key gets as far: ") + t));
    if (twoJudges) {
      lines.add("the two refusals are not of one form, so that two programs look at keys");
    }
    boolean sure = named && (taken.isPresent() || (quoted && madeUp.isPresent()));
    return Finding.found(sure ? 0.95 : named ? 0.85 : 0.8, lines, behind);
  }

  /** Who refuses a made-up key words his refusals otherwise than who refuses this one. */
  private static boolean areTwoJudges(Trial mine, Trial madeUp) {
    return mine.is(401)
        && madeUp.is(401)
        && mine.voice().isAnothers(madeUp.voice())
        && !OF_ITSELF.matcher(mine.said()).find();
  }

  /** Where the key is looked at, and taken. */
  private static Optional<Trial> taken(Evidence e) {
    return KeyRules.looked(e).stream().filter(Trial::good).findFirst();
  }

  /** Whoever says what is wrong in a body has read it, and is no front. */
  static boolean isRead(Trial t) {
    return t.is(400, 422) && (t.complaint().isPresent() || t.has(Mark.MISSING));
  }

  /**
   * The last resort before nothing is known, see {@link Diagnosis}. What would refute it: one chat
   * that is answered.
   */
  private static Finding request(Evidence e) {
    Sent key = e.subject().key().isPresent() ? Sent.CONFIGURED : Sent.NONE;
    Predicate<Trial> refused =
        t ->
            t.guarded()
                && t.key() == key
                && ((t.refused() && !t.is(401, 407, 429)) || t.has(Mark.HIDDEN_ERROR))
                && !t.isPage()
                && !t.said().isEmpty()
                && (!t.voice().isForeign() || isRead(t));
    Optional<Trial> chat =
        e.plain().stream().filter(t -> t.on(RouteName.CHAT) && refused.test(t)).findFirst();
    if (e.accepted() || chat.isEmpty()) {
      return ServiceRules.answered(e, "no plain chat is refused in words of the API");
    }
    List<String> lines = new ArrayList<>();
    chat.get().complaint().ifPresent(what -> lines.add("what it speaks of is " + what));
    lines.addAll(e.lines(refused.and(e::asConfigured)).stream().limit(3).toList());
    taken(e).ifPresent(t -> lines.add("while " + t));
    boolean past =
        e.withKey(Sent.UNKNOWN).filter(t -> t.is(401, 403) && !t.like(chat.get())).isPresent();
    boolean known = past || taken(e).isPresent() || chat.get().complaint().isPresent();
    return Finding.found(known ? 0.85 : 0.7, lines, refused);
  }
}
