package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Causes that lie in the key that is sent. */
final class KeyRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "key-of-other-provider", KeyRules::otherProvider,
          "key-of-other-surface", KeyRules::otherSurface,
          "key-invalid", KeyRules::invalid,
          "key-forbidden", KeyRules::forbidden,
          "quota-exhausted", KeyRules::quota);

  /** How those speak of a credential who take tokens for one. */
  private static final Pattern TAKES_TOKENS =
      Pattern.compile(
          "(?i)(audience|\\baud\\b|issuer|\\biss\\b|signature|\\bjw[kts]+\\b|\\bkid\\b|claim"
              + "|token (has |is |was )?(expired|used|issued|revoked|not (yet )?(valid|active))|expired token)");

  /** LiteLLM looks up every key that is not its master key in a database. */
  private static final Pattern NO_KEY_STORE =
      Pattern.compile("(?i)(no connected db|no_db_connection|\\bdb not connected)");

  /**
   * Words that are about nothing but the key, whatever the status.
   *
   * @see <a href="https://firebase.google.com/docs/ai-logic/error-codes">API key not valid</a>
   */
  private static final Pattern WRONG_KEY =
      Pattern.compile(
          "(?i)((incorrect|invalid|wrong|unknown) api[ _-]?key\\b"
              + "|api[ _-]?key (provided )?(is |was )?(not valid|not recogni[sz]ed|invalid|incorrect|wrong|expired))");

  private KeyRules() {}

  /** The requests with the configured credentials that are not public, and were answered. */
  static List<Trial> keyed(Evidence e) {
    Sent user = e.subject().userGiven() ? Sent.CONFIGURED : Sent.NONE;
    return e.where(
        t ->
            t.key() == Sent.CONFIGURED
                && t.user() == user
                && t.status().isPresent()
                && t.route().stream().anyMatch(r -> r.key() != Route.KeyRule.PUBLIC));
  }

  /** Requests with the key on routes that answer nobody without one; a list may be open. */
  static List<Trial> looked(Evidence e) {
    // A gateway that reaches nobody says nothing of the key.
    List<Trial> keyed =
        keyed(e).stream().filter(t -> !t.is(502, 503, 504) && !t.has(Mark.NO_UPSTREAM)).toList();
    List<Trial> guarded = keyed.stream().filter(Trial::guarded).toList();
    return (guarded.isEmpty() ? keyed : guarded)
        .stream().filter(t -> e.trials().stream().noneMatch(o -> isOpen(t, o))).toList();
  }

  private static boolean isOpen(Trial mine, Trial other) {
    boolean foreign = other.key() == Sent.NONE || other.key() == Sent.UNKNOWN;
    return foreign
        && other.path().equals(mine.path())
        && other.method().equals(mine.method())
        && other.good();
  }

  static boolean keyRefused(Evidence e) {
    List<Trial> keyed = looked(e);
    boolean knownKey =
        keyed.stream().allMatch(t -> t.is(403))
            && e.withKey(Sent.UNKNOWN).stream().anyMatch(t -> t.is(401));
    return !keyed.isEmpty()
        && keyed.stream().allMatch(t -> refusesKey(t) && !isPageOfNobody(t) && !t.has(Mark.QUOTA))
        && keyed.stream().allMatch(t -> OtherGate.of(e, t).isEmpty())
        && keyed.stream().noneMatch(t -> isOfTheKnown(e, t))
        && e.withKey(Sent.UNKNOWN).stream().noneMatch(Trial::good)
        && !knownKey;
  }

  /**
   * Fronts that have pages of their own for errors leave the challenge of the API in the head; one
   * that asks for a login has another one, and 401 without any is said of keys.
   */
  static boolean isPageOfNobody(Trial t) {
    boolean ofKeys = t.voice().asksForKey() || t.voice().challenge().isEmpty();
    return t.isPage() && !(t.is(401) && ofKeys);
  }

  /** Whether it says that whoever shows the key is known, or that nobody can tell. */
  private static boolean isOfTheKnown(Evidence e, Trial t) {
    boolean alike = e.withKey(Sent.UNKNOWN).stream().anyMatch(t::like);
    return Complaint.KEY_SERVICE.isOf(t) || (Complaint.PERMISSION.isOf(t) && !alike);
  }

  /** Some say it with 200 and an error, and Google and xAI with 400. */
  private static boolean refusesKey(Trial t) {
    return t.is(401, 403) || (t.has(Mark.HIDDEN_ERROR) && t.has(Mark.ABOUT_KEY)) || saysWrongKey(t);
  }

  /** Whether 400 is said of the key, in words that nobody uses for anything else. */
  static boolean saysWrongKey(Trial t) {
    return t.is(400) && WRONG_KEY.matcher(t.said()).find();
  }

  static boolean isRefused(Trial trial) {
    return trial.key() == Sent.CONFIGURED && refusesKey(trial);
  }

  static List<String> refusals(Evidence e) {
    List<String> lines = new ArrayList<>(e.lines(KeyRules::isRefused).stream().limit(2).toList());
    e.withKey(Sent.UNKNOWN).ifPresent(t -> lines.add(t.toString()));
    return lines;
  }

  static Finding invalid(Evidence e) {
    if (e.subject().isControlPlane() || e.subject().key().isEmpty()) {
      return Finding.SILENT;
    }
    if (e.subject().trouble(Draft.Trouble.Kind.KEY_AND_USER_SWAPPED).isPresent()) {
      return Finding.ruledOut("what is sent for a key is the user id");
    }
    if (ShutOutRules.since(e).stream().anyMatch(KeyRules::isRefused)) {
      return Finding.ruledOut("what is refused was answered before");
    }
    if (keyRefused(e)) {
      return refusedAlike(e);
    }
    Predicate<Trial> unlooked =
        t -> t.key() == Sent.CONFIGURED && NO_KEY_STORE.matcher(t.said()).find();
    if (!e.accepted() && e.any(unlooked)) {
      List<String> lines = new ArrayList<>();
      lines.add(
          "so answers LiteLLM to every key but its master key, where it has no database of keys");
      lines.addAll(e.lines(unlooked));
      return Finding.found(0.85, lines, unlooked);
    }
    Optional<Trial> other =
        looked(e).stream().filter(t -> OtherGate.of(e, t).isPresent()).findFirst();
    if (other.isPresent()) {
      return Finding.ruledOut("it is not the key that the refusal speaks of: " + other.get());
    }
    return looked(e).stream()
        .filter(t -> !refusesKey(t))
        .findFirst()
        .map(
            t ->
                Finding.ruledOut(
                    (t.good() || !t.voice().isForeign()
                            ? "the key gets past the gate: "
                            : "it is not the key that is refused: ")
                        + t))
        .orElse(Finding.SILENT);
  }

  private static Finding refusedAlike(Evidence e) {
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN).filter(KeyRules::refusesKey);
    Optional<Trial> none = e.withKey(Sent.NONE);
    // Where no key is answered as a wrong one is, the key may have got lost on the way.
    boolean told = madeUp.isPresent() && none.stream().noneMatch(madeUp.get()::like);
    boolean ownWords =
        madeUp.isPresent() && e.withKey(Sent.CONFIGURED).stream().noneMatch(madeUp.get()::like);
    boolean arrives = told || ownWords;
    boolean either = !arrives && looked(e).stream().allMatch(t -> t.has(Mark.MISSING_OR_WRONG));
    List<String> lines = new ArrayList<>(refusals(e));
    if (madeUp.isPresent() && !arrives && none.isPresent()) {
      lines.add(
          "no key at all gets the same answer"
              + (either ? ", whose words fit one that got lost on the way, too" : ""));
    }
    if (ownWords) {
      lines.add("a made-up key gets another answer, so yours arrives");
    }
    // Words that no such API has may be those of somebody who looks at no key.
    boolean page = looked(e).stream().allMatch(Trial::isPage);
    boolean strange =
        looked(e).stream().allMatch(t -> t.voice().isForeign()) && !page && !e.apiAnswers();
    boolean maybeLost = either && e.any(t -> t.voice().namesProxy());
    double confidence =
        arrives ? 0.95 : strange ? 0.5 : page ? 0.75 : madeUp.isPresent() && !maybeLost ? 0.9 : 0.8;
    // 401 is about keys whatever it says; 403 may be about anything else.
    boolean said = looked(e).stream().anyMatch(t -> !t.is(403) || t.has(Mark.ABOUT_KEY));
    return Finding.found(said ? confidence : Math.min(confidence, 0.6), lines, KeyRules::isRefused);
  }

  /**
   * What would refute it: that a made-up key gets the same answer, or that nothing shows that this
   * one is known.
   */
  private static Finding forbidden(Evidence e) {
    boolean taken = looked(e).stream().anyMatch(Trial::good);
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN).filter(t -> t.is(401));
    Predicate<Trial> denied =
        t ->
            t.key() == Sent.CONFIGURED
                && (t.is(403) || OtherGate.of(e, t).isPresent() || lacksRight(e, t, taken))
                && !ModelRules.isNotThere(t)
                && !t.isPage()
                // Who tells this key from a made-up one knows it, whatever his words are.
                && (!t.voice().isForeign() || madeUp.filter(o -> !o.like(t)).isPresent())
                && !t.has(Mark.QUOTA)
                && !t.has(Mark.ABOUT_USER)
                && !Complaint.KEY_SERVICE.isOf(t);
    boolean known = taken || madeUp.isPresent();
    boolean alike =
        e.withKey(Sent.CONFIGURED).stream()
            .anyMatch(t -> denied.test(t) && e.withKey(Sent.UNKNOWN).stream().anyMatch(t::like));
    // Where nobody tells the models, a made-up one stands for them.
    boolean unnamed = e.modelList().isEmpty() && e.withKey(Sent.CONFIGURED).isPresent();
    Predicate<Trial> mine =
        t ->
            e.asConfigured(t) || (unnamed && t.model() == Sent.UNKNOWN && !t.has(Mark.ABOUT_MODEL));
    if (ShutOutRules.since(e).stream().anyMatch(denied)) {
      return Finding.ruledOut("what is refused was answered before");
    }
    boolean denies = keyed(e).stream().anyMatch(denied.and(mine));
    if (e.accepted()
        && keyed(e).stream().filter(denied).allMatch(t -> RouteRules.isWithheld(e, t))) {
      return Finding.ruledOut("the key gets what it asks for, if not every route beside chat");
    }
    if (!denies) {
      return keyed(e).isEmpty()
          ? Finding.SILENT
          : Finding.ruledOut(
              e.any(t -> t.is(403))
                  ? "no 403 is the API's, and about the key"
                  : "no answer says that the key has no right to it");
    }
    List<String> lines = new ArrayList<>(refusals(e));
    e.first(denied.and(mine))
        .map(Trial::toString)
        .filter(line -> !lines.contains(line))
        .ifPresent(line -> lines.add(0, line));
    return known && !alike
        ? Finding.found(0.9, lines, denied)
        : Finding.ruledOut("a made-up key gets the same answer");
  }

  /**
   * Some say 401 to a key that they know, or 400; then the words tell, or that it is taken
   * elsewhere. Where chat is answered, 400 is about the request.
   */
  private static boolean lacksRight(Evidence e, Trial t, boolean taken) {
    boolean said = Complaint.PERMISSION.isOf(t);
    boolean refused = t.is(400, 402, 404, 422, 451) && !e.accepted();
    boolean elsewhere = taken && !t.has(Mark.ABOUT_KEY) && !e.accepted();
    return (said && (refused || t.is(401))) || (t.is(401) && elsewhere);
  }

  private static Finding otherProvider(Evidence e) {
    Optional<String> owner = e.subject().key().flatMap(KeyForm::stranger);
    if (owner.isEmpty() || !e.subject().isTensormesh()) {
      return e.subject().key().isPresent()
          ? Finding.ruledOut("the key does not look like one of another provider")
          : Finding.SILENT;
    }
    if (!keyRefused(e)) {
      return Finding.ruledOut("the key is accepted, whatever it looks like");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "the key"
            + SettingsRules.from(e, Setting.INFERENCE_KEY)
            + " looks like one of "
            + owner.get());
    lines.addAll(refusals(e));
    return Finding.found(0.95, lines, KeyRules::isRefused);
  }

  private static Finding otherSurface(Evidence e) {
    Optional<KeyForm> key = e.subject().key();
    if (key.isEmpty() || !keyRefused(e)) {
      return key.isEmpty() ? Finding.SILENT : Finding.ruledOut("the credential is accepted here");
    }
    boolean control = e.subject().isControlPlane();
    List<String> lines = new ArrayList<>();
    Optional.ofNullable(e.clues().get(Clue.KEY_WORKS_ELSEWHERE)).ifPresent(lines::add);
    if (e.subject().keyIsOfOther()) {
      lines.add("the same text is configured as the credential of the other surface");
    }
    boolean takesTokens = looked(e).stream().anyMatch(t -> TAKES_TOKENS.matcher(t.said()).find());
    if (!control && key.get().isToken() && e.subject().isTensormesh() && !takesTokens) {
      lines.add("it is a JSON Web Token, as access tokens are, and no API key");
    }
    if (control && key.get().owner().equals(Optional.of(KeyForm.TENSORMESH))) {
      lines.add("it starts with ak-, as inference keys do");
    }
    if (lines.isEmpty()) {
      return Finding.ruledOut("nothing says that the credential is one of another surface");
    }
    lines.addAll(refusals(e));
    return Finding.found(0.95, lines, KeyRules::isRefused);
  }

  private static Finding quota(Evidence e) {
    Predicate<Trial> spent = t -> t.has(Mark.QUOTA) && t.key() == Sent.CONFIGURED;
    if (e.any(spent)) {
      return Finding.found(0.95, e.lines(spent), spent);
    }
    return keyed(e).isEmpty()
        ? Finding.SILENT
        : Finding.ruledOut("no answer speaks of quota or balance");
  }
}
