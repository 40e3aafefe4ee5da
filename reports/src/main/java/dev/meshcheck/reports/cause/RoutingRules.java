package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.text.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Causes that lie in who asks, and for what: key, user id, model. */
final class RoutingRules {

  /** Younger than that, config.toml is not called old. */
  private static final Duration STALE = Duration.ofDays(7);

  static final Map<String, Rule> ALL =
      Map.ofEntries(
          Map.entry("config-toml-stale", RoutingRules::stale),
          Map.entry("key-of-other-provider", RoutingRules::otherProvider),
          Map.entry("key-of-other-surface", RoutingRules::otherSurface),
          Map.entry("key-invalid", RoutingRules::invalid),
          Map.entry("key-forbidden", RoutingRules::forbidden),
          Map.entry("control-plane-token-expired", RoutingRules::tokenExpired),
          Map.entry("user-id-not-routed", RoutingRules::userNotRouted),
          Map.entry("model-is-control-plane-id", RoutingRules::modelIsId),
          Map.entry("no-model-served", RoutingRules::noModel),
          Map.entry("model-not-served", RoutingRules::modelNotServed),
          Map.entry("quota-exhausted", RoutingRules::quota),
          Map.entry("key-not-checked", RoutingRules::keyNotChecked),
          Map.entry("keys-not-looked-at", RoutingRules::keysIgnored),
          Map.entry("tokenize-unguarded", RoutingRules::tokenizeUnguarded),
          Map.entry("user-id-not-checked", RoutingRules::userNotChecked));

  private RoutingRules() {}

  /** The requests with the configured credentials that are not public, and were answered. */
  private static List<Trial> keyed(Evidence e) {
    Sent user = e.subject().userGiven() ? Sent.CONFIGURED : Sent.NONE;
    return e.where(
        t ->
            t.key() == Sent.CONFIGURED
                && t.user() == user
                && t.status().isPresent()
                && t.route().stream().anyMatch(r -> r.key() != Route.KeyRule.PUBLIC));
  }

  /** Requests with the key on routes that answer nobody without one; a list may be open. */
  private static List<Trial> looked(Evidence e) {
    List<Trial> keyed = keyed(e);
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

  private static boolean keyRefused(Evidence e) {
    List<Trial> keyed = looked(e);
    boolean knownKey =
        keyed.stream().allMatch(t -> t.is(403))
            && e.withKey(Sent.UNKNOWN).stream().anyMatch(t -> t.is(401));
    return !keyed.isEmpty()
        && keyed.stream().allMatch(t -> refusesKey(t) && !t.isPage() && !t.has(Mark.QUOTA))
        && e.withKey(Sent.UNKNOWN).stream().noneMatch(Trial::good)
        && !knownKey;
  }

  /** Some say it with 200 and an error. */
  private static boolean refusesKey(Trial t) {
    return t.is(401, 403) || (t.has(Mark.HIDDEN_ERROR) && t.has(Mark.ABOUT_KEY));
  }

  private static boolean isRefused(Trial trial) {
    return trial.key() == Sent.CONFIGURED && refusesKey(trial);
  }

  private static List<String> refusals(Evidence e) {
    List<String> lines =
        new ArrayList<>(e.lines(RoutingRules::isRefused).stream().limit(2).toList());
    e.withKey(Sent.UNKNOWN).ifPresent(t -> lines.add(t.toString()));
    return lines;
  }

  private static Finding invalid(Evidence e) {
    if (e.subject().isControlPlane() || e.subject().key().isEmpty()) {
      return Finding.SILENT;
    }
    if (keyRefused(e)) {
      return refusedAlike(e);
    }
    return looked(e).stream()
        .filter(t -> !refusesKey(t))
        .findFirst()
        .map(t -> Finding.ruledOut("the key gets past the gate: " + t))
        .orElse(Finding.SILENT);
  }

  private static Finding refusedAlike(Evidence e) {
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN).filter(RoutingRules::refusesKey);
    Optional<Trial> none = e.withKey(Sent.NONE);
    // Where no key is answered as a wrong one is, the key may have got lost on the way.
    boolean arrives = madeUp.isPresent() && none.stream().noneMatch(madeUp.get()::like);
    List<String> lines = new ArrayList<>(refusals(e));
    if (madeUp.isPresent() && !arrives && none.isPresent()) {
      lines.add("no key at all gets the same answer");
    }
    // Words that no such API has may be those of somebody who looks at no key.
    boolean strange = looked(e).stream().allMatch(t -> t.voice().isForeign()) && !e.apiAnswers();
    double confidence = arrives ? 0.95 : strange ? 0.5 : madeUp.isPresent() ? 0.9 : 0.8;
    return Finding.found(confidence, lines, RoutingRules::isRefused);
  }

  private static Finding forbidden(Evidence e) {
    Predicate<Trial> denied =
        t ->
            t.key() == Sent.CONFIGURED
                && t.is(403)
                && !t.isPage()
                && !t.voice().isForeign()
                && !t.has(Mark.QUOTA)
                && !t.has(Mark.ABOUT_USER);
    boolean known =
        e.withKey(Sent.UNKNOWN).stream().anyMatch(t -> t.is(401))
            || looked(e).stream().anyMatch(Trial::good);
    boolean alike =
        e.withKey(Sent.CONFIGURED).stream()
            .anyMatch(t -> denied.test(t) && e.withKey(Sent.UNKNOWN).stream().anyMatch(t::like));
    boolean denies = keyed(e).stream().anyMatch(t -> denied.test(t) && e.asConfigured(t));
    if (!denies) {
      return keyed(e).isEmpty() ? Finding.SILENT : Finding.ruledOut("nothing is answered 403");
    }
    return known && !alike
        ? Finding.found(0.9, refusals(e), denied)
        : Finding.ruledOut("a made-up key is answered 403, too");
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
    return Finding.found(0.95, lines, RoutingRules::isRefused);
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
    if (!control && key.get().isToken()) {
      lines.add("it is a JSON Web Token, as access tokens are, and no API key");
    }
    if (control && key.get().owner().equals(Optional.of(KeyForm.TENSORMESH))) {
      lines.add("it starts with ak-, as inference keys do");
    }
    if (lines.isEmpty()) {
      return Finding.ruledOut("nothing says that the credential is one of another surface");
    }
    lines.addAll(refusals(e));
    return Finding.found(0.95, lines, RoutingRules::isRefused);
  }

  private static Finding tokenExpired(Evidence e) {
    if (!e.subject().isControlPlane()) {
      return Finding.SILENT;
    }
    if (!keyRefused(e)) {
      return keyed(e).isEmpty()
          ? Finding.SILENT
          : Finding.ruledOut("GET /auth/profile is answered");
    }
    List<String> lines = new ArrayList<>(refusals(e));
    Optional<Instant> expires = e.subject().key().flatMap(KeyForm::expires);
    boolean over = expires.filter(at -> at.isBefore(Instant.now())).isPresent();
    expires.ifPresent(at -> lines.add("the token says that it ends at " + at));
    return Finding.found(over ? 1 : 0.7, lines, RoutingRules::isRefused);
  }

  private static Finding userNotRouted(Evidence e) {
    if (!e.subject().userGiven()) {
      return Finding.SILENT;
    }
    Optional<Trial> list = e.first(t -> t.on(RouteName.MODELS) && e.asConfigured(t));
    Optional<Trial> chat = e.plain().stream().findFirst();
    if (list.isEmpty()) {
      return Finding.SILENT;
    }
    if (list.get().successful()) {
      return Finding.ruledOut("GET /v1/models is answered with this user id");
    }
    boolean lost =
        list.get().is(400, 403, 404, 421)
            && chat.stream().allMatch(t -> t.is(400, 403, 404, 421))
            && !list.get().isPage()
            && !list.get().has(Mark.FRAMEWORK_404)
            && !list.get().has(Mark.CONTROL_PLANE_ERROR)
            && (!list.get().is(403) || list.get().has(Mark.ABOUT_USER));
    if (!lost) {
      return Finding.ruledOut("what comes back is no failure to route: " + list.get().answered());
    }
    Optional<Trial> madeUp = e.first(t -> t.user() == Sent.UNKNOWN && t.key() == Sent.CONFIGURED);
    Optional<String> refuted = refutedUser(e, list.get(), chat, madeUp);
    if (refuted.isPresent()) {
      return Finding.ruledOut(refuted.get());
    }
    boolean alike =
        madeUp.stream().anyMatch(t -> t.status().equals(chat.orElse(list.get()).status()));
    double confidence = list.get().has(Mark.ABOUT_USER) ? 0.95 : alike ? 0.85 : 0.6;
    Optional<Integer> status = list.get().status();
    return Finding.found(
        confidence,
        Evidence.told(List.of(list, chat, madeUp, e.withKey(Sent.UNKNOWN))),
        t ->
            t.key() == Sent.CONFIGURED && t.user() == Sent.CONFIGURED && t.status().equals(status));
  }

  /** Why it cannot be the user id, although nothing is found. */
  private static Optional<String> refutedUser(
      Evidence e, Trial list, Optional<Trial> chat, Optional<Trial> madeUp) {
    if (list.voice().isForeign()) {
      return Optional.of("nobody words errors of this API like that: " + list.answered());
    }
    Optional<Trial> none =
        e.first(t -> t.on(RouteName.CHAT) && t.user() == Sent.NONE && t.key() == Sent.CONFIGURED);
    if (chat.isPresent() && none.stream().anyMatch(chat.get()::like)) {
      return Optional.of("without X-User-Id the answer is the same");
    }
    boolean anyKey =
        chat.isPresent() && e.withKey(Sent.UNKNOWN).stream().anyMatch(chat.get()::like);
    if (anyKey && !list.has(Mark.ABOUT_USER)) {
      return Optional.of("a made-up key gets the same answer");
    }
    boolean differs =
        chat.isPresent()
            && madeUp.isPresent()
            && !chat.get().status().equals(madeUp.get().status());
    return differs ? Optional.of("a made-up user id is answered differently") : Optional.empty();
  }

  private static Finding modelIsId(Evidence e) {
    if (e.subject().model().isEmpty()) {
      return Finding.SILENT;
    }
    if (!Trial.isUuid(e.subject().model().get())) {
      return Finding.ruledOut("the model is no UUID");
    }
    if (listed(e) || e.accepted()) {
      return Finding.ruledOut("the host serves a model of this name");
    }
    Predicate<Trial> refused = t -> t.model() == Sent.CONFIGURED && t.is(400, 404, 422);
    List<String> lines = new ArrayList<>();
    lines.add("the model" + SettingsRules.from(e, Setting.MODEL) + " is a UUID");
    lines.addAll(e.lines(refused).stream().limit(1).toList());
    served(e).ifPresent(names -> lines.add("GET /v1/models lists " + names));
    boolean shown = e.any(refused) || e.modelList().isPresent();
    return Finding.found(shown ? 0.95 : 0.6, lines, refused);
  }

  private static Finding noModel(Evidence e) {
    if (e.modelList().isEmpty()) {
      return Finding.SILENT;
    }
    return e.modelList().get().has(Mark.NO_MODELS)
        ? Finding.found(
            0.95,
            Evidence.told(List.of(e.modelList())),
            t -> t.on(RouteName.MODELS) || (t.model() == Sent.CONFIGURED && t.is(400, 404, 503)))
        : Finding.ruledOut("GET /v1/models lists " + served(e).orElse("a model without a name"));
  }

  private static Finding modelNotServed(Evidence e) {
    if (e.subject().model().isEmpty()) {
      return Finding.SILENT;
    }
    if (listed(e)) {
      return Finding.ruledOut("GET /v1/models lists the model");
    }
    if (e.accepted()) {
      return Finding.ruledOut("requests for the model are answered");
    }
    boolean known = e.modelList().stream().anyMatch(t -> !t.models().isEmpty());
    Predicate<Trial> refused =
        t ->
            t.model() == Sent.CONFIGURED
                && (t.is(400, 404, 422) || (t.has(Mark.HIDDEN_ERROR) && t.has(Mark.ABOUT_MODEL)))
                && !t.voice().isForeign();
    Optional<Trial> chat =
        e.plain().stream()
            .filter(t -> refused.test(t) && (known || t.has(Mark.ABOUT_MODEL)))
            .findFirst();
    if (chat.isEmpty()) {
      return e.plain().isEmpty()
          ? Finding.SILENT
          : Finding.ruledOut("no answer says that the model is not there");
    }
    List<String> lines = new ArrayList<>();
    lines.add(chat.get().toString());
    served(e).ifPresent(names -> lines.add("GET /v1/models lists " + names));
    return Finding.found(known ? 0.95 : 0.85, lines, refused);
  }

  private static boolean listed(Evidence e) {
    return e.any(
        t -> t.has(Mark.MODEL_LIST) && t.models().contains(e.subject().model().orElse("")));
  }

  private static Optional<String> served(Evidence e) {
    return e.modelList()
        .filter(t -> !t.models().isEmpty())
        .map(t -> String.join(", ", t.models().subList(0, Math.min(5, t.models().size()))));
  }

  private static Finding stale(Evidence e) {
    Optional<Duration> age = e.subject().configAge().filter(a -> a.compareTo(STALE) > 0);
    if (age.isEmpty()) {
      return Finding.ruledOut("nothing was taken from an old config.toml");
    }
    Set<Setting> config = e.subject().fromConfig();
    Optional<Finding.Found> refused = Optional.empty();
    if (config.contains(Setting.INFERENCE_KEY)) {
      refused = asFound(invalid(e));
    }
    if (refused.isEmpty() && config.contains(Setting.USER_ID)) {
      refused = asFound(userNotRouted(e));
    }
    if (refused.isEmpty() && config.contains(Setting.MODEL)) {
      refused = asFound(modelNotServed(e));
    }
    if (refused.isEmpty()) {
      return Finding.ruledOut("what came from config.toml is accepted");
    }
    List<String> lines = new ArrayList<>();
    lines.add("config.toml was written " + Counted.of(age.get().toDays(), "day") + " ago");
    lines.addAll(refused.get().evidence());
    return Finding.found(0.8, lines, refused.get().symptom());
  }

  private static Optional<Finding.Found> asFound(Finding finding) {
    return finding instanceof Finding.Found found ? Optional.of(found) : Optional.empty();
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

  private static Finding keyNotChecked(Evidence e) {
    if (!e.subject().isTensormesh() || e.subject().isControlPlane()) {
      return Finding.SILENT;
    }
    Predicate<Trial> foreign =
        t -> t.on(RouteName.CHAT) && (t.key() == Sent.NONE || t.key() == Sent.UNKNOWN);
    Predicate<Trial> open = foreign.and(Trial::good);
    if (e.any(open)) {
      return Finding.found(0.95, e.lines(open), open);
    }
    return e.any(foreign)
        ? Finding.ruledOut("chat without a valid key is refused")
        : Finding.SILENT;
  }

  /** Where keys are no part of the contract, that nobody looks at them is worth a remark. */
  private static Finding keysIgnored(Evidence e) {
    if (e.subject().isTensormesh() || e.subject().key().isEmpty()) {
      return Finding.SILENT;
    }
    Predicate<Trial> madeUp = t -> t.on(RouteName.CHAT) && t.key() == Sent.UNKNOWN;
    Predicate<Trial> open = madeUp.and(Trial::good);
    if (e.any(open)) {
      return Finding.found(0.95, e.lines(open));
    }
    return e.any(madeUp) ? Finding.ruledOut("a made-up key is refused") : Finding.SILENT;
  }

  private static Finding tokenizeUnguarded(Evidence e) {
    if (!e.subject().isTensormesh()) {
      return Finding.SILENT;
    }
    Predicate<Trial> keyless =
        t -> (t.on(RouteName.TOKENIZE) || t.on(RouteName.DETOKENIZE)) && t.key() == Sent.NONE;
    Predicate<Trial> open = keyless.and(Trial::good);
    if (e.any(open)) {
      return Finding.found(0.95, e.lines(open), open);
    }
    return e.any(keyless) ? Finding.ruledOut("/tokenize without a key is refused") : Finding.SILENT;
  }

  private static Finding userNotChecked(Evidence e) {
    if (!e.subject().surface().userIdNeeded()) {
      return Finding.SILENT;
    }
    Predicate<Trial> without =
        t -> t.guarded() && t.key() == Sent.CONFIGURED && t.user() == Sent.NONE;
    Predicate<Trial> open = without.and(Trial::good);
    if (e.any(open)) {
      return Finding.found(0.9, e.lines(open), open);
    }
    return e.any(without) ? Finding.ruledOut("chat without X-User-Id is refused") : Finding.SILENT;
  }
}
