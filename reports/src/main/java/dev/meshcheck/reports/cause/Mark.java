package dev.meshcheck.reports.cause;

/** What an answer gives away about who wrote it and why. */
public enum Mark {
  /** A list of models, as every OpenAI-compatible host has it. */
  MODEL_LIST,
  /** A list of models with no card in it. */
  NO_MODELS,
  /** An error in one of the dialects of inference hosts. */
  API_ERROR,
  /** An error as the control plane words it: code and message at the top. */
  CONTROL_PLANE_ERROR,
  /** The status is a success, and the body says that there is no such path. */
  UNKNOWN_PATH,
  /** What a web framework says to a path that it does not have, and nothing else says. */
  FRAMEWORK_404,
  /** What an ingress, a router or a bare web server says when nothing is behind it. */
  DEFAULT_404,
  /** HTTP 511, see RFC 6585, section 6. */
  PORTAL,
  /** The name or a header of a forward proxy. */
  PROXY,
  /** A complaint that http was spoken to a TLS port. */
  PLAIN_HTTP_TO_TLS,
  /** The proxy in front found nobody behind it. */
  NO_UPSTREAM,
  /** An error of 500 in words of a gateway's own. */
  GATEWAY_500,
  /** A quota or a balance is spent. */
  QUOTA,
  /** The service has more to do than it can. */
  BUSY,
  /** Headers of another provider. */
  OTHER_PROVIDER,
  /** The version of a Kubernetes API server, or a refusal of its own. */
  KUBERNETES,
  /** vLLM's own web server or model cards. */
  VLLM,
  /** The error speaks of the user or of X-User-Id. */
  ABOUT_USER,
  /** The error speaks of the model. */
  ABOUT_MODEL,
  /** The error names a header that the user's settings add, or repeats its value. */
  NAMES_OWN_HEADER,
  /** The answer names another model than the request, and no version of it. */
  OTHER_MODEL,
  /** A stream of lines of data, of which no blank line makes events. */
  UNSEPARATED,
  /** A limit is told, and nothing is left of it. */
  NONE_LEFT,
  /** The error speaks of the key. */
  ABOUT_KEY,
  /** The error quotes a key in part, and it is none that was sent. */
  ABOUT_OTHER_KEY,
  /** The error says that there is no body, or none that can be read. */
  ABOUT_BODY,
  /** 405, and Allow names the method that was sent. */
  ALLOWED,
  /** The error says that whoever asks does so too often, whatever its status is. */
  LIMITED,
  /** The error says that something is missing, and not that it is wrong. */
  MISSING,
  /** The error says that something is missing or wrong, and leaves open which of the two. */
  MISSING_OR_WRONG,
  /** The status is a success, and the body or a stream's event is an error. */
  HIDDEN_ERROR,
  /** The status is a success, and there is no body where the route has one. */
  NO_BODY,
  /** The status is a success, and among its choices is none. */
  NO_CHOICES,
  /** The status is a success, and the model ended before it had said anything. */
  NO_TEXT,
  /** The status is a success, and a chat's text is where only completions have theirs. */
  HIDDEN_TEXT,
  /** The status is a success, and the text is one character over and over, or none. */
  NONSENSE,
  /** The status is a success, and the body breaks off. */
  CUT,
  /** Cut, and yet as long as was announced: the JSON in it stops before its end. */
  STOPS_EARLY,
  /** The status is a success, and the body had not come to its end when the time was up. */
  UNENDED,
  /** The status is a success, and the body is not framed or coded as the head says. */
  UNREADABLE,
  /** The status is a success, and the body is one that the route never has. */
  MISFIT,
  /** The status is a success, and around the JSON of the route, or of events, stands something. */
  WRAPPED,
  /** The status is a success, and the body is meant for JSON, and is none. */
  BROKEN_JSON,
  /** The head says that a browser has to prove itself. */
  CHALLENGED,
  /** Wrapped in Base64, all of it. */
  BASE64,
  /** A complaint that the client showed no certificate. */
  NO_CERTIFICATE
}
