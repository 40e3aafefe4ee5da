package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What refusals speak of, in words of public reports, and in such as only look like them. */
class ComplaintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ENGINE          | Engine loop is not running. Inspect the stacktrace to find the original error
          ENGINE          | RuntimeError('Engine process (pid 76) died.')
          ENGINE          | EngineCore encountered an issue. See stack trace (above) for the root cause.
          ENGINE          | Background loop has errored already.
          ENGINE          | The model has crashed without additional information. (Exit code: 1)
          ENGINE          | llama runner process has terminated: exit status 2
          ENGINE          | CUDA error: device-side assert triggered
          ENGINE          | model requires more system memory (164.8 GiB) than is available (13.4 GiB)
          LOADING         | Loading model
          LOADING         | The model is currently scaling. Please try again later.
          LOADING         | No models loaded. Please load a model in the developer page.
          LOADING         | Model sklearn-iris is not ready yet.
          LOADING         | Model meta-llama/Llama-2-13b-chat is currently loading
          KEY_SERVICE     | Jwks remote fetch is failed
          KEY_SERVICE     | The authentication service is temporarily unavailable
          KEY_OF_GATEWAY  | OpenAIException - Incorrect API key provided: sk-q***fb.
          KEY_OF_GATEWAY  | Chat upstream returned 403
          PARAMETER       | Unsupported parameter: 'max_tokens' is not supported with this model.
          PARAMETER       | Unsupported value: 'temperature' does not support 0.16 with this model.
          PARAMETER       | 'max_tokens' is deprecated for this model, use 'max_completion_tokens'
          PARAMETER       | Unknown parameter: 'service_tier'.
          PARAMETER       | Input validation error: `max_new_tokens` must be strictly positive
          PARAMETER       | 1 validation error for ChatCompletionRequest
          CONTEXT         | This model's maximum context length is 8 tokens.
          CONTEXT         | Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8. Given: 5 `inputs` tokens and 16 `max_new_tokens`
          CONTEXT         | Input validation error: `inputs` must have less than 4 tokens. Given: 5
          CONTEXT         | The input token count (9) exceeds the maximum number of tokens allowed (8).
          MODEL_WITHDRAWN | The model `gemma-7b-it` has been decommissioned and is no longer supported.
          MODEL_WITHDRAWN | Unable to access non-serverless model m. Start a dedicated endpoint.
          PERMISSION      | Missing scopes: model.request
          PERMISSION      | The model: 'gpt-4-32k' is not enabled on your account
          PERMISSION      | Subscription required: please activate a plan
          PERMISSION      | This model requires a paid plan. Please upgrade.
          PERMISSION      | Your organization must be verified to use this model.
          PERMISSION      | The account associated with this API key has been deactivated.
          CONTENT         | The response was filtered by our content management policy.
          """)
  void isOfThat(Complaint complaint, String said) {
    assertEquals(Optional.of(complaint), Complaint.of(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Model not found
          The model: `gpt-4` does not exist
          Model names are case-sensitive.
          Incorrect API key provided: sk-q***fb.
          API key required
          Rate limit reached in organization org_01 on tokens per day
          The plan of the query planner is empty
          I am a teapot.
          """)
  void isOfNothingKnown(String said) {
    assertEquals(Optional.empty(), Complaint.of(said));
  }
}
