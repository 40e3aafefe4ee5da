package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What words of public reports ask for, and words that ask for nothing that is known. */
class RemedyTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      textBlock =
          """
          CHALLENGE => Just a moment... Server: cloudflare, cf-mitigated: challenge
          CHALLENGE => Attention Required! | Cloudflare
          FILTER => Web Filter Violation
          FILTER => This site is blocked: Artificial Intelligence
          HOST_NAME => Invalid host header
          HOST_NAME => Blocked request. This host ("llm.corp.test") is not allowed.
          HOST_NAME => Invalid HTTP_HOST header: 'llm:8000'. You may need to add 'llm' to ALLOWED_HOSTS.
          HEADER => Either x-portkey-config or x-portkey-provider header is required
          HEADER => Missing required header: x-gateway-model-name
          SIGNATURE => Missing Authentication Token
          SIGNATURE => 'abc' not a valid key=value pair (missing equal-sign) in Authorization header
          IDENTITY_PROXY => Invalid IAP credentials: Unable to parse JWT
          ACCOUNT => Your account has been suspended due to a failed payment.
          ACCOUNT => This workspace is suspended: invoice 2026-10 is overdue. Contact billing.
          ACCOUNT => The account associated with this API key has been deactivated.
          TERMS => user has not accepted the latest terms of service
          TERMS => You must agree to the license agreement of this model.
          VERIFICATION => Your organization must be verified to use the model `o3`.
          ADDRESS => Access from IP address 203.0.113.9 is not allowed for this API key.
          PAUSED => Bad Request: Endpoint is paused. Ask a maintainer to restart it
          PAUSED => Inference endpoint has been paused and needs a resume
          GONE => The deployment could not be found on Vercel. DEPLOYMENT_NOT_FOUND
          PAUSED => modal-http: app for invoked web endpoint is stopped
          MEMORY => CUDA out of memory. Tried to allocate 2.00 GiB
          ENGINE => EngineCore encountered an issue. See stack trace (above) for the root cause.
          ENGINE => Engine process (pid 76) died.
          UPSTREAM_TLS => TLS_error:|268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end
          UPSTREAM_TLS => x509: certificate signed by unknown authority
          UPSTREAM_NAME => dial tcp: lookup vllm on 10.0.0.2:53: no such host
          UPSTREAM_PORT => dial tcp 127.0.0.1:8000: connect: connection refused
          UPSTREAM_PORT => upstream connect error … delayed connect error: 111
          """)
  void isKnown(Remedy remedy, String said) {
    assertEquals(Optional.of(remedy), Remedy.of(said));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You do not have permission to use this model.",
        "Missing required header: X-User-Id",
        "x-api-key header is required",
        "The model `m` does not exist",
        "Incorrect API key provided: sk-q***fb.",
        "no healthy upstream",
        "Service Unavailable",
        "Rate limit reached for organization org_1: try again in 6 s",
        "This model's maximum context length is 8 tokens.",
        "Unsupported parameter: 'max_tokens' is not supported with this model.",
        "The server is overloaded or not ready yet.",
        "Not Found",
        "Internal server error",
        "shipping descriptions of tips",
        "Your request was blocked by our content policy.",
        "Function get_weather not found",
        "The project proj_1 does not exist",
        "Room 101 is full"
      })
  void isNotKnown(String said) {
    assertEquals(Optional.empty(), Remedy.of(said));
  }
}
