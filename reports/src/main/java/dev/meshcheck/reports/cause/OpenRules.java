package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Causes of answers that nobody should get: who is let in without a key or a user id. */
final class OpenRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "key-not-checked", OpenRules::keyNotChecked,
          "keys-not-looked-at", OpenRules::keysIgnored,
          "tokenize-unguarded", OpenRules::tokenizeUnguarded,
          "user-id-not-checked", OpenRules::userNotChecked,
          "user-ids-not-looked-at", OpenRules::usersIgnored);

  private OpenRules() {}

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
      return isLeftOver(e)
          ? Finding.ruledOut("nothing says that the host knows users but the user id that is set")
          : Finding.found(0.9, e.lines(open), open);
    }
    return e.any(without) ? Finding.ruledOut("chat without X-User-Id is refused") : Finding.SILENT;
  }

  /** Who has a user id left over from another host is well; what is sent is looked at by nobody. */
  private static Finding usersIgnored(Evidence e) {
    if (!e.subject().surface().userIdNeeded() || !isLeftOver(e)) {
      return Finding.SILENT;
    }
    Predicate<Trial> without =
        t -> t.guarded() && t.key() == Sent.CONFIGURED && t.user() == Sent.NONE && t.good();
    List<String> lines = new ArrayList<>(e.lines(without));
    e.first(OpenRules::isOfMadeUpUser).ifPresent(t -> lines.add(t.toString()));
    e.subject()
        .trouble(Draft.Trouble.Kind.SURFACE_BY_USER_ID)
        .ifPresent(t -> lines.add(t.message() + ", and nothing else says so"));
    return e.any(without)
        ? Finding.found(0.9, lines, without)
        : Finding.ruledOut("chat without X-User-Id is refused");
  }

  /** Whether the surface is only a guess, and a made-up user is as good as the one that is set. */
  private static boolean isLeftOver(Evidence e) {
    return e.subject().trouble(Draft.Trouble.Kind.SURFACE_BY_USER_ID).isPresent()
        && e.any(OpenRules::isOfMadeUpUser);
  }

  private static boolean isOfMadeUpUser(Trial t) {
    return t.guarded() && t.user() == Sent.UNKNOWN && t.good();
  }
}
