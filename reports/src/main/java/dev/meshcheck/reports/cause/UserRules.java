package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Causes that lie in the user id that is sent. */
final class UserRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "user-id-not-routed", UserRules::userNotRouted,
          "key-of-other-user", UserRules::ofOtherUser);

  private UserRules() {}

  static Finding userNotRouted(Evidence e) {
    if (!e.subject().userGiven()) {
      return Finding.SILENT;
    }
    Optional<Trial> list = e.first(t -> t.on(RouteName.MODELS) && e.asConfigured(t));
    Optional<Trial> chat = e.plain().stream().findFirst();
    if (list.isEmpty()) {
      return Finding.SILENT;
    }
    if (list.get().successful()) {
      return Finding.ruledOut(e.subject().surface().modelList() + " is answered with this user id");
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

  /**
   * What would refute it: that the key is refused whatever user id is beside it, or a made-up key
   * gets as far.
   */
  static Finding ofOtherUser(Evidence e) {
    List<Trial> pairs =
        e.where(
            t ->
                t.key() == Sent.CONFIGURED
                    && t.user() == Sent.CONFIGURED
                    && t.status().isPresent());
    Optional<Trial> refused =
        pairs.stream().filter(t -> t.guarded() && t.is(401, 403) && !t.isPage()).findFirst();
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN).filter(t -> t.is(401, 403));
    Optional<Trial> past =
        e.first(
            t ->
                t.key() == Sent.CONFIGURED
                    && t.user() == Sent.UNKNOWN
                    && t.is(400, 404)
                    && t.has(Mark.ABOUT_USER)
                    && !t.voice().isForeign());
    if (refused.isEmpty() || pairs.stream().anyMatch(Trial::good)) {
      return ServiceRules.answered(e, "the key is not refused beside this user id");
    }
    if (madeUp.stream().noneMatch(refused.get()::like)) {
      return Finding.ruledOut("the key is not refused as a made-up one is");
    }
    if (past.isEmpty()) {
      return Finding.ruledOut("no other user id gets any further with this key");
    }
    List<String> lines = Evidence.told(List.of(refused, past, madeUp));
    return Finding.found(0.95, lines, t -> t.user() == Sent.CONFIGURED && t.is(401, 403));
  }

  /** What is said of a malformed id; it is never sent where the configured one is malformed. */
  static boolean saysNoUuid(Trial t) {
    return t.user() == Sent.CONFIGURED
        && t.has(Mark.ABOUT_USER)
        && t.said().toLowerCase(Locale.ROOT).contains("uuid");
  }

  /** Why it cannot be the user id, although nothing is found. */
  private static Optional<String> refutedUser(
      Evidence e, Trial list, Optional<Trial> chat, Optional<Trial> madeUp) {
    if (list.has(Mark.ABOUT_USER) && list.has(Mark.MISSING)) {
      return Optional.of("the host says that X-User-Id is missing, and it was sent");
    }
    if (saysNoUuid(list)) {
      return Optional.of("the host says that X-User-Id is no UUID, and one was sent");
    }
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
}
