package dev.meshcheck.reports.cause;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to do about what an answer speaks of, where its words are known: one cause has many of
 * these, and its own steps hold for all of them. The first that fits is told.
 */
enum Remedy {
  /** See https://developers.cloudflare.com/cloudflare-challenges/ for one that programs meet. */
  CHALLENGE(
      "Have the paths of the API taken out of what asks browsers to prove themselves: no client of an API can.",
      "just a moment|checking your browser|captcha|enable javascript|cf-mitigated: challenge|x-amzn-waf-action"
          + "|prove (that )?you are (a )?human|verify you are human|attention required"),
  FILTER(
      "Have the company's web filter let this host through, or go past its proxy (--proxy none, or NO_PROXY) where that is"
          + " allowed.",
      "web ?filter|(web )?(page|site|url|category) (is |was |has been )?blocked"
          + "|blocked by (your |the |an )?(network|company|it) (administrator|polic)|internet (usage|access) policy"),
  /** See https://www.starlette.io/middleware/#trustedhostmiddleware for one of them. */
  HOST_NAME(
      "Ask the server by a name that it knows, or add this one to its list (allowed or trusted hosts).",
      "(invalid|disallowed|unknown|unrecogni[sz]ed|forbidden|bad) (http )?host\\b"
          + "|\\bhost( header| name)? .{0,80}(not (allowed|permitted|trusted)|blocked)|blocked (request\\. this )?host"
          + "|allowed_?hosts|trusted_?hosts"),
  /** See https://portkey.ai/docs/api-reference/inference-api/headers for one that gateways want. */
  HEADER(
      "Ask whoever runs it for the value of the header that the words name, and give it: --header 'NAME: VALUE'. If you"
          + " give it already, something on the way drops it.",
      Phrases.OTHER_HEADER
          + "[^.]{0,60}"
          + Phrases.WANTED
          + "|\\b(missing|requires?|required|expected)\\b( \\w+){0,3}:? ['\"`]?"
          + Phrases.OTHER_HEADER),
  /** Amazon's API Gateway says the same of both, see {@link OtherGate#SIGNATURE}. */
  SIGNATURE(
      "Check the path of the address first: Amazon's API Gateway answers so to one that it does not have, as without its"
          + " stage (/prod). If it is right, requests have to be signed (SigV4), which no API key is.",
      Phrases.SIGNATURE + "|missing authentication token"),
  IDENTITY_PROXY(
      "Whoever stands in front wants an identity of its own (Google's IAP, Cloudflare Access and their kind): take a way"
          + " around it, or have a service account let through and send what it is known by with --header.",
      Phrases.IDENTITY_PROXY),
  ACCESS_TOKEN(
      "Have an access token made and set it in the key's place (of Google's services: gcloud auth print-access-token): API keys"
          + " are not taken here, whichever it is.",
      Phrases.ACCESS_TOKEN),
  ACCOUNT(
      "Have the account put in order where it is billed and kept: it is closed for now, and neither another key of it nor"
          + " another request helps.",
      Phrases.ACCOUNT_CLOSED),
  LICENCE(
      "Have the server's own licence renewed where it runs; no key of yours helps.",
      Phrases.LICENCE),
  CHOICES(
      "Open the account's settings at that service and let a provider of this model in (allowed and ignored providers, what may"
          + " be done with data), or ask for a model that one of those serves; the model and the key are right.",
      Phrases.CHOICES),
  TERMS(
      "Accept the terms where the account of the key is kept; whoever runs the host can say where that is.",
      "(accept|agree)\\w{0,4} .{0,40}(terms|licen[sc]e|conditions|eula|agreement)"
          + "|(terms|licen[sc]e|conditions|eula|agreement)\\b.{0,60}(accept|agree)"),
  VERIFICATION(
      "Have the account verified where the words say; until then the key has no right to this model.",
      "must be verified|not (yet )?verified|verify your|verification (is )?required"),
  ADDRESS(
      "Have the address that this machine's requests come from put on the list of whoever refuses, or ask from one that"
          + " stands there; the key is not what is wrong.",
      Phrases.ADDRESS),
  PAUSED(
      "Start the deployment again where it is managed: it is there, and stopped.", Phrases.PAUSED),
  /** See https://vercel.com/docs/errors for one of them. */
  GONE(
      "Deploy it again, or take the address of the deployment that runs: the platform answers, and has none of that name.",
      "(deployment|app(lication)?|site|space|tunnel)\\b( \\w+)?"
          + " ((could|can)(not| not) be found|not found|has been (deleted|removed)|does(n't| not) exist|is (stopped|disabled))"
          + "|deployment_not_found|no such app|endpoint .{0,80} is offline|err_ngrok"),
  MEMORY(
      "Restart the model server with less in its memory (a shorter context, fewer sequences at once, a smaller share for the"
          + " cache), or give it more.",
      Phrases.OUT_OF_MEMORY),
  ENGINE(
      "Restart the model server, and look for its last words in its log: an engine that has died stays dead.",
      Phrases.ENGINE_DEAD),
  /** See https://www.envoyproxy.io/docs/envoy/latest/faq/debugging/common_tls_problems. */
  UPSTREAM_TLS(
      "Have both sides of the gateway's own connection agree: one speaks TLS and the other does not, or does not trust it.",
      "wrong_version_number|certificate_verify_failed|tls_error|ssl (routines|handshake)|tls handshake|x509:"),
  UPSTREAM_NAME(
      "Have the gateway resolve its server's name: it asks for one that nobody knows.",
      "name (resolution|or service)|no such host|enotfound|could not resolve|dns (resolution|error|failure)"),
  UPSTREAM_PORT(
      "Start the server behind the gateway, or correct the port at which the gateway looks for it: nothing listens there.",
      "connection refused|econnrefused|connect error: 111|delayed connect error");

  private final String step;
  private final Pattern says;

  Remedy(String step, String says) {
    this.step = step;
    this.says = Pattern.compile("(?i)(" + says + ")");
  }

  /** What to do about the first of these answers that says something known. */
  static Optional<String> of(List<Trial> shown) {
    return shown.stream()
        .filter(t -> !t.good())
        .flatMap(t -> of(words(t)).stream())
        .findFirst()
        .map(one -> one.step);
  }

  private static String words(Trial t) {
    return t.said() + " " + t.voice().told() + t.location().map(l -> " " + l).orElse("");
  }

  /** What such words ask for. */
  static Optional<Remedy> of(String said) {
    return Arrays.stream(values()).filter(one -> one.says.matcher(said).find()).findFirst();
  }
}
