package dev.meshcheck.suites.check;

/** The public pages that the checks come from. */
public final class Sources {

  public static final String QUICKSTART = "https://docs.tensormesh.ai/api-quickstart";
  public static final String REFERENCE = "https://docs.tensormesh.ai/api-reference";
  public static final String CHAT = "https://docs.tensormesh.ai/api-reference/on-demand";
  public static final String COMPLETIONS =
      "https://docs.tensormesh.ai/api-reference/on-demand/completions";
  public static final String RESPONSES =
      "https://docs.tensormesh.ai/api-reference/on-demand/responses";
  public static final String TOKENIZE =
      "https://docs.tensormesh.ai/api-reference/on-demand/tokenize";
  public static final String DETOKENIZE =
      "https://docs.tensormesh.ai/api-reference/serverless/detokenize";
  public static final String PROFILE =
      "https://docs.tensormesh.ai/tensormesh-api/user/v1/user_service";

  /** Tensormesh's own notes in the documentation of a library. */
  public static final String LITELLM = "https://docs.litellm.ai/docs/providers/tensormesh";

  public static final String OPENAI_MODELS =
      "https://platform.openai.com/docs/api-reference/models";
  public static final String OPENAI_CHAT = "https://platform.openai.com/docs/api-reference/chat";
  public static final String OPENAI_CHAT_STREAM =
      "https://platform.openai.com/docs/api-reference/chat-streaming";
  public static final String OPENAI_COMPLETIONS =
      "https://platform.openai.com/docs/api-reference/completions";
  public static final String OPENAI_RESPONSES =
      "https://platform.openai.com/docs/api-reference/responses";
  public static final String OPENAI_RESPONSES_STREAM =
      "https://platform.openai.com/docs/api-reference/responses-streaming";
  public static final String OPENAI_REASONING = "https://platform.openai.com/docs/guides/reasoning";
  public static final String OPENAI_ERRORS = "https://platform.openai.com/docs/guides/error-codes";
  public static final String OPENAI_STRUCTURED =
      "https://platform.openai.com/docs/guides/structured-outputs";
  public static final String OPENAI_TOOLS =
      "https://platform.openai.com/docs/guides/function-calling";
  public static final String OPENAI_RATE_LIMITS =
      "https://platform.openai.com/docs/guides/rate-limits";
  public static final String OPEN_RESPONSES = "https://www.openresponses.org/specification";

  public static final String VLLM_SERVER =
      "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html";
  public static final String VLLM_PREFIX_CACHE =
      "https://docs.vllm.ai/en/latest/design/prefix_caching/";
  public static final String OPENAI_CACHE =
      "https://platform.openai.com/docs/guides/prompt-caching";
  public static final String VLLM_SECURITY = "https://docs.vllm.ai/en/latest/usage/security.html";

  public static final String MINIMAX_VERIFIER =
      "https://github.com/MiniMax-AI/MiniMax-Provider-Verifier";
  public static final String KIMI_VERIFIER = "https://github.com/MoonshotAI/K2-Vendor-Verifier";

  /** What a time to the first token is, and tokens per second. */
  public static final String LLM_METRICS =
      "https://docs.nvidia.com/nim/benchmarking/llm/latest/metrics.html";

  public static final String CACHING = "https://docs.tensormesh.ai/billing-and-savings";

  public static final String SSE = "https://html.spec.whatwg.org/multipage/server-sent-events.html";
  public static final String CORS = "https://fetch.spec.whatwg.org/#http-cors-protocol";
  public static final String HTTP = "https://www.rfc-editor.org/rfc/rfc9110";
  public static final String HTTP_1_1 = "https://www.rfc-editor.org/rfc/rfc9112";
  public static final String JSON = "https://www.rfc-editor.org/rfc/rfc8259";
  public static final String JSON_NUMBERS = "https://www.rfc-editor.org/rfc/rfc8259#section-6";

  public static final String BEARER = "https://www.rfc-editor.org/rfc/rfc6750";

  private Sources() {}
}
