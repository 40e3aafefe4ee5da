package dev.meshcheck.reports.cause;

/** Regular expressions of words that more than one rule listens for. */
final class Phrases {

  /** An account, or what it holds, that is closed by whoever keeps it. */
  static final String ACCOUNT_CLOSED =
      "(account|organi[sz]ation|workspace|project|tenant|team|user|subscription)\\b.{0,60}"
          + "(suspended|deactivated|disabled|blocked|banned|locked|frozen)"
          + "|(invoice|payment|bill)\\b.{0,60}(overdue|failed|past due|unpaid)";

  /** A signature of the request, as clients of Amazon's services make it. */
  static final String SIGNATURE =
      "sig(nature )?v4|aws4-hmac|not a valid key=value pair|'?credential'? parameter|signedheaders"
          + "|incompletesignature";

  /** What Google's services say to whoever shows an API key. */
  static final String ACCESS_TOKEN =
      "api keys are not (supported|accepted|allowed)|(expected|requires? an?) oauth ?2? access token";

  /** The address that a request comes from. */
  static final String ADDRESS =
      "(?<![a-z])ips?(?![a-z])|(allow|white|block|deny|black)[-_ ]?list(?![a-z])"
          + "|(source|client|remote) address|from (this|your) (network|address|host)";

  /**
   * Routers ask only those providers that an account lets in, as OpenRouter's and Hugging Face's
   * do.
   */
  static final String CHOICES =
      "(match|matching|meets?|satisf\\w{1,4}) your .{0,60}(data policy|guardrail|privacy|preference)"
          + "|no allowed providers|all providers (have been |are )?(ignored|excluded|blocked)"
          + "|provider(\\.\\w{1,10})? preferences?\\b"
          + "|providers? (that )?(you|your (account|organi[sz]ation|team)) (have|has) (enabled|allowed)";

  /** Something that has to be there, and is not. */
  static final String WANTED =
      "\\b(required|missing|must be (set|sent|provided)|not (set|sent|present|provided|found))\\b";

  /** A header field of a gateway's own, and none that holds a key or a user. */
  static final String OTHER_HEADER = "\\bx-(?!user-id|api-key|auth|goog)[a-z0-9-]{3,60}";

  /** What the server itself is licensed by. */
  static final String LICENCE =
      "licen[sc]e (is |has |was )?(required|expired|invalid|missing|needed|not)|(invalid|expired|no( valid)?|missing) licen[sc]e";

  /** Proxies that ask for an identity of their own. */
  static final String IDENTITY_PROXY =
      "\\biap\\b|x-goog-iap|cloudflare ?access|\\bcf-access|/cdn-cgi/access|pomerium|identity[- ]aware"
          + "|[?&](client_id|response_type)=|login\\.microsoftonline\\.com|accounts\\.google\\.com|\\.(okta|auth0)\\.com"
          // Cloud Run, where its own access control looks at the Authorization header first.
          + "|access token could not be";

  /** A deployment that its keeper has stopped, and can start again. */
  static final String PAUSED =
      "(endpoint|deployment|service|app(lication)?|space|instance|machine|server)\\b.{0,60}"
          + "(is|was|been|currently|now|state:?) (paused|stopped|hibernat\\w*|asleep|sleeping|inactive)"
          + "|\\b(paused|hibernating)\\b.{0,60}(resume|restart|maintainer|wake)";

  static final String OUT_OF_MEMORY = "out of memory|\\boom\\b|more (system |gpu )?memory";

  static final String ENGINE_DEAD =
      "engine ?(core|loop)|engine ?dead|(engine|worker)( process)?( \\(pid \\d{1,9}\\))?"
          + " (is |has |was )?(dead|died|failed|stopped|crashed|exited|killed)|background loop has errored"
          + "|model (has |was )?(crashed|exited)|runner( process)? (has )?(unexpectedly )?(stopped|terminated)";

  private Phrases() {}
}
