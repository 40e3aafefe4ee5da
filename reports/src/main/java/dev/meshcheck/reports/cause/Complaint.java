package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a refusal in the API's own form speaks of, by its words. The first that fits is meant, for
 * words such as "not available" stand in most of them.
 */
public enum Complaint {
  /** The model server broke over the request. */
  ENGINE(
      "the model server, which broke over the request",
      Phrases.OUT_OF_MEMORY
          + "|\\bcuda\\b|\\bnccl\\b|\\bcublas|\\brocm\\b|hip error"
          + "|"
          + Phrases.ENGINE_DEAD
          + "|traceback \\(most|failed during generation|segmentation fault|device side assert"),
  /** The model, which is there and not ready. */
  LOADING(
      "a model that is not ready yet",
      "(is|still|currently|being|model|server) (loading|starting|warming|initiali[sz]ing)|not (yet )?ready"
          + "|\\bloading (the )?(model|weights)|(is|still|currently) scaling"
          + "|(warming|starting|spinning|scaling) up|cold start|no (ready|running|available) (replica|worker|instance)|\\bactivator\\b.{0,30}time(d )?out"
          + "|no (models?|engine) (is |are )?(currently )?(loaded|running)|load a model|"
          + Phrases.PAUSED),
  /** Who knows the keys, and does not answer the gateway. */
  KEY_SERVICE(
      "whoever knows the keys, and whom the gateway does not reach",
      "jwks.{0,40}(fetch|fail|unavailable|error)|(fetch|retriev|load|download)\\w{0,4} .{0,30}(jwks|(public|signing) keys?)"
          + "|introspection.{0,40}(fail|error|unavailable|timed? ?out)"
          + "|(auth|authentication|authorization|identity|key|token) ?(service|server|provider|backend|database)"
          + ".{0,30}(unavailable|unreachable|\\bdown\\b|failed|timed? ?out|not (available|reachable|respond))"),
  /** The key that the gateway itself shows to whoever is behind it. */
  KEY_OF_GATEWAY(
      "a key that is not yours: the gateway's own for the provider behind it",
      "\\w{2,40}exception {1,3}.{0,80}(api ?key|credential|unauthori[sz]ed|authenticat|access token)"
          + "|litellm\\.authenticationerror"
          + "|(provider|upstream|backend|channel)('s)? .{0,40}(api ?key|credential|unauthori[sz]ed|\\b40[13]\\b)"),
  /** What the account itself has excluded. */
  CHOICES(
      "what your account chose there of providers and of data, which leaves nobody to serve the model",
      Phrases.CHOICES),
  /** A parameter of the request; what is said of models and rights beside it is about it. */
  PARAMETER(
      "a parameter of the request",
      "(unsupported|unknown|unrecogni[sz]ed|unexpected|invalid|deprecated|extra|missing|required) "
          + "(request )?(parameter|argument|field|value|property|properties|inputs?)"
          + "|(parameter|argument|field)s? .{0,60}(not (supported|permitted|allowed|recogni[sz]ed)|required|missing)"
          + "|extra (inputs|fields) (are )?not|max completion tokens"
          // TGI says of its context what others say of a parameter.
          + "|validation error(?!.{0,8}inputs.{0,3}(tokens|must have (less|fewer)))"),
  /** The size of the context. */
  CONTEXT(
      "the length of the context",
      "context (length|window|size)|max(imum)? (model len|context|sequence|input|prompt|total tokens)"
          + "|(prompt|input|request) (is )?too (long|large)|too many tokens|maximum number of tokens"
          + "|inputs.{0,3}(tokens.{0,30}must be|must have (less|fewer))"),
  /** The model was there, or is there for others. */
  MODEL_WITHDRAWN(
      "a model that is not offered, or no longer",
      "(model|deployment|version)\\b.{0,100} (is|are|was|has been|have been) (now )?"
          + "(decommissioned|deprecated|retired|sunset|discontinued|shut ?down|disabled|paused|removed)"
          + "|(model|deployment|version)\\b.{0,100}(end of life|no longer (available|supported|served|offered|active))"
          + "|non serverless|dedicated (endpoint|deployment|instance)"
          + "|not (available|offered|supported) (as|on|for|in|via) (a )?(serverless|this (region|surface|tier|endpoint))"),
  /** The right to it: a scope, a plan, terms that are not accepted yet. */
  PERMISSION(
      "a right that the key or its account does not have",
      "permission|\\bscopes?\\b|privilege|\\bentitle"
          + "|not (be )?(allowed|permitted|authori[sz]ed|approved|granted|enabled|available|activated)"
          + " (to|access|(for|on|in) (this |your |the )?(account|organi[sz]ation|project|team|workspace|key))"
          + "|(no|not have|without|denied|restricted|request|lacks?) access|can only access|access (to .{0,80})?(is |was |has been )?(denied|restricted|limited)"
          + "|(your|current|paid|free|higher|different) (usage )?(plan|tier|subscription)\\b|\\bsubscribers?\\b"
          + "|subscription (is )?(required|needed|expired|inactive)|(requires?|needs?) (a|an active|your) subscription|activate (a|your) (plan|subscription)"
          + "|upgrade (your|to a)|\\bgated\\b|must be verified|not verified|verify your|verification required"
          + "|"
          + Phrases.ACCOUNT_CLOSED
          + "|(accept|agree to|agreed to|accepted) (the |these |its |our )?(terms|licen[sc]e|conditions)|model access"),
  /** What is said in it. */
  CONTENT(
      "the content of the request, which a filter keeps back",
      "content (policy|filter|management)|moderat|guardrail|\\bunsafe\\b|safety (system|filter|polic)"
          + "|prompt injection|jailbreak|flagged|sensitive (content|information|words?)");

  /** Codes are words that are joined. */
  private static final Pattern JOINTS = Pattern.compile("[-_]");

  private final String words;
  private final Pattern says;

  Complaint(String words, String says) {
    this.words = words;
    this.says = Pattern.compile("(?i)(" + says + ")");
  }

  /** What a refusal says, in these words and in the type and code that its body has beside them. */
  static Optional<Complaint> of(String said, JsonNode body) {
    return of(
        said
            + List.of("/error/type", "/error/code", "/error_type", "/type", "/code").stream()
                .map(body::at)
                .filter(JsonNode::isTextual)
                .map(node -> " " + node.asText())
                .collect(Collectors.joining()));
  }

  /** What such words speak of. */
  static Optional<Complaint> of(String said) {
    String spaced = JOINTS.matcher(said).replaceAll(" ");
    return Arrays.stream(values()).filter(one -> one.says.matcher(spaced).find()).findFirst();
  }

  /** Whether that refusal speaks of this. */
  boolean isOf(Trial t) {
    return t.complaint().filter(this::equals).isPresent();
  }

  /** For people. */
  @Override
  public String toString() {
    return words;
  }
}
