package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Draft.Trouble;
import dev.meshcheck.fixtures.settings.Draft.Trouble.Kind;
import dev.meshcheck.fixtures.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Causes that lie in the settings. */
final class SettingsRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "settings-unusable", SettingsRules::unusable,
          "hosts-swapped", SettingsRules::swapped,
          "http-instead-of-https", SettingsRules::httpInsteadOfHttps,
          "base-url-has-doubled-v1", SettingsRules::doubledV1,
          "key-missing", SettingsRules::keyMissing,
          "key-malformed", SettingsRules::keyMalformed,
          "missing-user-id", SettingsRules::missingUserId,
          "user-id-malformed", SettingsRules::userIdMalformed,
          "value-ends-with-white-space", SettingsRules::strayEnd);

  private SettingsRules() {}

  private static Finding unusable(Evidence e) {
    return e.subject()
        .trouble(Kind.UNUSABLE)
        .map(t -> Finding.found(1, List.of(t.message())))
        .orElse(Finding.ruledOut("every setting can be read"));
  }

  private static Finding swapped(Evidence e) {
    return Optional.ofNullable(e.clues().get(Clue.HOSTS_SWAPPED))
        .map(clue -> Finding.found(1, List.of(clue), t -> t.status().isPresent()))
        .orElse(Finding.SILENT);
  }

  private static Finding httpInsteadOfHttps(Evidence e) {
    if (!e.subject().base().getScheme().equals("http")) {
      return Finding.ruledOut("the address starts with https://");
    }
    Optional<Trouble> clear = e.subject().trouble(Kind.KEY_IN_CLEAR);
    if (clear.isPresent()) {
      return Finding.found(1, List.of(clear.get().message() + "; so it was not sent"));
    }
    Optional<Trial> sent = e.first(t -> t.has(Mark.PLAIN_HTTP_TO_TLS) || upgrades(e, t));
    if (sent.isPresent()) {
      return Finding.found(
          1,
          List.of(sent.get() + sent.get().location().map(l -> ", to " + l).orElse("")),
          t -> t.has(Mark.PLAIN_HTTP_TO_TLS) || upgrades(e, t));
    }
    String tls = e.clues().get(Clue.PORT_SPEAKS_TLS);
    return tls != null
        ? Finding.found(0.95, List.of(tls), t -> t.status().isEmpty())
        : e.any(t -> t.status().isPresent())
            ? Finding.ruledOut("the host speaks http on this port")
            : Finding.SILENT;
  }

  private static boolean upgrades(Evidence e, Trial trial) {
    return trial
        .location()
        .filter(l -> "https".equals(l.getScheme()))
        .filter(l -> e.subject().base().getHost().equalsIgnoreCase(l.getHost()))
        .isPresent();
  }

  private static Finding doubledV1(Evidence e) {
    return e.subject()
        .trouble(Kind.DOUBLED_V1)
        .map(t -> Finding.found(1, List.of(t.message())))
        .orElse(Finding.ruledOut("the address has at most one /v1"));
  }

  private static Finding keyMissing(Evidence e) {
    if (e.subject().key().isPresent()) {
      return Finding.ruledOut("a key is set" + from(e, e.subject().keySetting()));
    }
    Optional<Trial> refused = e.first(t -> t.key() == Sent.NONE && t.guarded() && t.is(401, 403));
    Optional<Trouble> trouble = e.subject().trouble(Kind.KEY_MISSING);
    if (trouble.isEmpty() && (refused.isEmpty() || e.accepted())) {
      return Finding.SILENT;
    }
    Optional<OtherGate> other = refused.flatMap(t -> OtherGate.of(e, t));
    if (trouble.isEmpty() && other.isPresent()) {
      return Finding.ruledOut("what the refusal speaks of is " + other.get());
    }
    List<String> lines = new ArrayList<>();
    trouble.ifPresent(t -> lines.add(t.message()));
    refused.ifPresent(t -> lines.add(t.toString()));
    boolean mute = trouble.isEmpty() && refused.stream().allMatch(SettingsRules::isOfNoKey);
    if (mute) {
      lines.add("no word of it speaks of a key: addresses, names or accounts may be refused, too");
    }
    return Finding.found(mute ? 0.6 : 1, lines, t -> t.key() == Sent.NONE && t.is(401, 403));
  }

  /** Who wants a key says 401, or speaks of one; a bare 403 is said by lists of addresses, too. */
  private static boolean isOfNoKey(Trial t) {
    return t.is(403)
        && !t.has(Mark.ABOUT_KEY)
        && (!t.has(Mark.API_ERROR) || Complaint.PERMISSION.isOf(t));
  }

  private static Finding keyMalformed(Evidence e) {
    Optional<Trouble> trouble = e.subject().trouble(Kind.KEY_MALFORMED);
    if (trouble.isEmpty() && encoded(e).isPresent()) {
      return Finding.found(
          0.95,
          List.of(
              "the key%s decodes, as Base64, to one that looks as those of %s do"
                  .formatted(from(e, e.subject().keySetting()), encoded(e).get()),
              e.withKey(Sent.CONFIGURED).map(Trial::toString).orElse("")),
          t -> t.key() == Sent.CONFIGURED && t.is(401, 403));
    }
    if (trouble.isEmpty()) {
      return e.subject().key().isPresent()
          ? Finding.ruledOut("the key has no white space, quotes or scheme in it")
          : Finding.SILENT;
    }
    List<String> lines = new ArrayList<>(List.of(trouble.get().message()));
    e.plain().stream()
        .filter(Trial::successful)
        .findFirst()
        .ifPresent(t -> lines.add("without that, the key is accepted: " + t));
    return Finding.found(1, lines);
  }

  /**
   * Whose key the configured one is in Base64, where it is refused as it stands. What would refute
   * it: one answer to it that is no refusal.
   */
  private static Optional<String> encoded(Evidence e) {
    boolean refused = e.withKey(Sent.CONFIGURED).filter(t -> t.is(401, 403)).isPresent();
    return e.subject().key().flatMap(KeyForm::encodes).filter(owner -> refused);
  }

  private static Finding missingUserId(Evidence e) {
    if (e.subject().userGiven()) {
      return Finding.ruledOut("a user id is set" + from(e, Setting.USER_ID));
    }
    if (e.subject().trouble(Kind.USER_ID_MALFORMED).isPresent()) {
      return Finding.ruledOut("a user id is set, though no UUID");
    }
    Optional<Trial> said =
        e.first(
            t ->
                t.user() == Sent.NONE
                    && t.has(Mark.ABOUT_USER)
                    && !t.is(401)
                    && !t.voice().isForeign());
    Optional<Trouble> trouble = e.subject().trouble(Kind.USER_ID_MISSING);
    if (trouble.isEmpty() && said.isEmpty()) {
      return e.subject().surface().userIdNeeded()
          ? Finding.SILENT
          : Finding.ruledOut(
              e.subject().surface() + " needs no X-User-Id, and the host asks for none");
    }
    if (e.accepted()) {
      return Finding.ruledOut("chat is answered without it");
    }
    List<String> lines = new ArrayList<>();
    trouble.ifPresent(t -> lines.add(t.message()));
    e.subject().trouble(Kind.USER_ID_HELD_BACK).ifPresent(t -> lines.add(t.message()));
    said.ifPresent(t -> lines.add(t.toString()));
    return Finding.found(
        1,
        lines,
        t -> t.user() == Sent.NONE && t.refused() && !t.is(401, 429) && e.asConfigured(t));
  }

  private static Finding userIdMalformed(Evidence e) {
    return e.subject()
        .trouble(Kind.USER_ID_MALFORMED)
        .map(t -> Finding.found(1, withSwapped(e, t)))
        .orElseGet(
            () ->
                e.subject().userGiven()
                    ? Finding.ruledOut("the user id is a UUID")
                    : Finding.SILENT);
  }

  private static Finding strayEnd(Evidence e) {
    return e.subject()
        .trouble(Kind.STRAY_SPACE)
        .map(t -> Finding.found(1, List.of(t.message())))
        .orElse(Finding.SILENT);
  }

  private static List<String> withSwapped(Evidence e, Trouble malformed) {
    return Stream.concat(
            Stream.of(malformed), e.subject().trouble(Kind.KEY_AND_USER_SWAPPED).stream())
        .map(Trouble::message)
        .toList();
  }

  /** Where a value came from, in front of nothing else. */
  static String from(Evidence e, Setting setting) {
    return Optional.ofNullable(e.subject().origins().get(setting))
        .map(o -> " (" + o + ")")
        .orElse("");
  }
}
