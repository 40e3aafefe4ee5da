package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Causes of answers that nobody should get: who is let in without a key or a user id. */
final class OpenRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "key-not-checked", OpenRules::keyNotChecked,
          "keys-not-looked-at", OpenRules::keysIgnored,
          "tokenize-unguarded", OpenRules::tokenizeUnguarded,
          "user-id-not-checked", OpenRules::userNotChecked);

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
      List<String> lines = new ArrayList<>(e.lines(open));
      Predicate<Trial> madeUp = t -> t.guarded() && t.user() == Sent.UNKNOWN && t.good();
      e.first(madeUp)
          .ifPresent(t -> lines.add(t + ": no user is known here, as on a surface without users"));
      Optional<Draft.Trouble> guess = e.subject().trouble(Draft.Trouble.Kind.SURFACE_BY_USER_ID);
      guess.ifPresent(t -> lines.add(t.message() + ", and nothing else says so"));
      // Who has one left over from another host is well.
      boolean doubtful = guess.isPresent() && e.any(madeUp);
      return Finding.found(doubtful ? 0.5 : 0.9, lines, open);
    }
    return e.any(without) ? Finding.ruledOut("chat without X-User-Id is refused") : Finding.SILENT;
  }
}
