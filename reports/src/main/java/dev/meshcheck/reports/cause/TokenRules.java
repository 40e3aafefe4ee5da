package dev.meshcheck.reports.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Causes that lie in a token that says of itself from when and how long it holds. */
final class TokenRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "control-plane-token-expired", TokenRules::expired,
          "token-out-of-time", TokenRules::outOfTime);

  /** How gateways say that a token is not yet one, by a clock of theirs. */
  private static final Pattern TOO_EARLY =
      Pattern.compile(
          "(?i)(in the future|too (early|soon)|before issued"
              + "|not (yet |be )?(valid|active|used) (yet|before|until)|not yet (valid|active)"
              + "|\\b(nbf|iat)\\b)");

  /** The Date header has seconds only. */
  private static final Duration EXACT = Duration.ofSeconds(5);

  private TokenRules() {}

  private static Finding expired(Evidence e) {
    if (!e.subject().isControlPlane()) {
      return Finding.SILENT;
    }
    if (!KeyRules.keyRefused(e)) {
      return KeyRules.keyed(e).isEmpty()
          ? Finding.SILENT
          : Finding.ruledOut("GET /auth/profile is answered");
    }
    List<String> lines = new ArrayList<>(KeyRules.refusals(e));
    Optional<Instant> expires = e.subject().key().flatMap(KeyForm::expires);
    boolean over = expires.filter(at -> at.isBefore(Instant.now())).isPresent();
    expires.ifPresent(at -> lines.add("the token says that it ends at " + at));
    return Finding.found(over ? 1 : 0.7, lines, KeyRules::isRefused);
  }

  /** What would refute it: that the token is taken, or a refusal for another reason. */
  private static Finding outOfTime(Evidence e) {
    Optional<KeyForm> key = e.subject().key();
    if (key.isEmpty() || e.subject().isControlPlane() || !KeyRules.keyRefused(e)) {
      return Finding.SILENT;
    }
    Instant here = Instant.now();
    Instant there =
        here.plus(e.skew().filter(d -> d.abs().compareTo(EXACT) > 0).orElse(Duration.ZERO));
    boolean said = KeyRules.looked(e).stream().anyMatch(t -> TOO_EARLY.matcher(t.said()).find());
    boolean early = key.get().from().filter(at -> at.isAfter(earlier(here, there))).isPresent();
    boolean late = key.get().expires().filter(at -> at.isBefore(later(here, there))).isPresent();
    if (!said && !early && !late) {
      return Finding.ruledOut(
          "neither the refusal nor the credential says that its time is not now");
    }
    List<String> lines = new ArrayList<>(KeyRules.refusals(e));
    key.get()
        .from()
        .filter(at -> said || early)
        .ifPresent(at -> lines.add("the token says that it holds from " + at));
    key.get()
        .expires()
        .filter(at -> late)
        .ifPresent(at -> lines.add("the token says that it ends at " + at));
    lines.add("it is " + seconds(here) + " here, and " + seconds(there) + " by the host's Date");
    if (said) {
      lines.add("what is wrong with it is its time, by the clock of whoever looks at it");
    }
    return Finding.found(said ? 0.95 : 0.9, lines, KeyRules::isRefused);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private static Instant seconds(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond());
  }
}
