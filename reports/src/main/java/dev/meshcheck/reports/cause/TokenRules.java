package dev.meshcheck.reports.cause;

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
          "token-not-yet-valid", TokenRules::notYetValid);

  /** How gateways say that a token is not yet one, by a clock of theirs. */
  private static final Pattern TOO_EARLY =
      Pattern.compile(
          "(?i)(in the future|too (early|soon)|before issued"
              + "|not (yet |be )?(valid|active|used) (yet|before|until)|not yet (valid|active)"
              + "|\\b(nbf|iat)\\b)");

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
  private static Finding notYetValid(Evidence e) {
    if (e.subject().key().isEmpty() || !KeyRules.keyRefused(e)) {
      return Finding.SILENT;
    }
    boolean said = KeyRules.looked(e).stream().anyMatch(t -> TOO_EARLY.matcher(t.said()).find());
    Optional<Instant> from = e.subject().key().flatMap(KeyForm::from);
    boolean early = from.filter(at -> at.isAfter(Instant.now())).isPresent();
    if (!said && !early) {
      return Finding.ruledOut("neither the refusal nor the credential speaks of a time to come");
    }
    List<String> lines = new ArrayList<>(KeyRules.refusals(e));
    from.ifPresent(
        at -> lines.add("the token says that it holds from " + at + "; it is " + now() + " here"));
    if (said) {
      lines.add("what is wrong with it is its time, by the clock of whoever looks at it");
    }
    return Finding.found(said ? 0.95 : 0.9, lines, KeyRules::isRefused);
  }

  private static Instant now() {
    return Instant.ofEpochSecond(Instant.now().getEpochSecond());
  }
}
