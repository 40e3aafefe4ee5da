package dev.meshcheck.reports.cause;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a refusal speaks of where that is no API key: somebody in front of the API looks at
 * something else, and another key does not help.
 */
enum OtherGate {
  SIGNATURE(
      "a signature of the request, as clients of AWS make it, which no API key is",
      Phrases.SIGNATURE
          + "|\\bsignature (is |was |has |does |did )?(not |required|missing|expired|mismatch|invalid)"),
  ACCESS_TOKEN("an access token of OAuth, which an API key is not", Phrases.ACCESS_TOKEN),
  ACCOUNT(
      "an account or a workspace that is closed, whatever key is shown", Phrases.ACCOUNT_CLOSED),
  LICENCE("a licence of the server's own", Phrases.LICENCE),
  IDENTITY_PROXY(
      "an identity token of a proxy's own, which an API key is not", Phrases.IDENTITY_PROXY),
  ADDRESS("the address that requests come from", Phrases.ADDRESS),
  TOKEN("a JSON Web Token, which an API key is not", "(?<![a-z])jw[tk]s?(?![a-z])|json web token"),
  POLICY(
      "a policy of who may go where, and who asks is known by something else than a key",
      "\\brbac\\b|(authori[sz]ation|access|security|resource) policy|denied by (the )?(policy|rule)"
          + "|\\bacls?\\b|execute-api:|explicit deny|administrative rule"),
  PLACE(
      "the country or region that requests come from",
      "\\b(country|countries|region|territory|geo-?(location|block(ed|ing)?|restrict(ed|ion)))\\b"
          + "|(user|your) location|sanction"),
  FIREWALL(
      "what a firewall takes for an attack",
      "\\bwaf\\b|firewall|mod_?security|captcha|malicious|suspicious|security (rule|reason|service)"
          + "|(request|you|traffic|access) (was |were |is |are |has been |have been )?blocked"),
  LOGIN(
      "a login or a session, as people have it",
      "\\b(log|sign)[- ]?(in|on)\\b|\\blogged[- ](in|out)\\b|\\bsession\\b|\\bcookies?\\b|[cx]srf"
          + "|\\b(oidc|oauth2?|openid|saml|sso|kerberos)\\b|single sign");

  /** Who speaks of the key as well may mean that. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)(api[-_ ]?keys?\\b|\\b(inference|access|secret|your|the|this|a|an|valid|invalid|no) key\\b"
              + "|credential)");

  /** The signature of a token is another one. */
  private static final Pattern KEY_OR_TOKEN =
      Pattern.compile("(?i)(api[-_ ]?keys?\\b|\\btokens?\\b|\\bjw[tk]s?\\b)");

  /** A session is held by a token, and some call an API key so. */
  private static final Pattern TOKENS = Pattern.compile("(?i)\\btokens?\\b");

  private final String words;
  private final Pattern says;

  OtherGate(String words, String says) {
    this.words = words;
    this.says = Pattern.compile("(?i)(" + says + ")");
  }

  /** What that refusal speaks of, where it is one of these and no key. */
  static Optional<OtherGate> of(Evidence e, Trial t) {
    if (!t.is(401, 403, 451) || t.has(Mark.ABOUT_MODEL)) {
      return Optional.empty();
    }
    if (SIGNATURE.says.matcher(t.said()).find() && !KEY_OR_TOKEN.matcher(t.said()).find()) {
      return Optional.of(SIGNATURE);
    }
    if (IDENTITY_PROXY.says.matcher(t.said() + t.voice().challenge().orElse("")).find()) {
      return Optional.of(IDENTITY_PROXY);
    }
    if (ACCESS_TOKEN.says.matcher(t.said()).find()) {
      return Optional.of(ACCESS_TOKEN);
    }
    if (KEY.matcher(t.said()).find()) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(gate -> !gate.isForTheCredential(e.subject()))
        .filter(gate -> gate != LOGIN || !TOKENS.matcher(t.said()).find())
        .filter(gate -> gate.says.matcher(t.said()).find())
        .findFirst();
  }

  /** Tokens come from a login, and are what the control plane, and some other hosts, take. */
  private boolean isForTheCredential(Subject subject) {
    boolean token = subject.key().filter(KeyForm::isToken).isPresent();
    return (this == TOKEN || this == LOGIN) && (subject.isControlPlane() || token);
  }

  /** For people. */
  @Override
  public String toString() {
    return words;
  }
}
