package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;

import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import java.util.List;

/** What the Open Responses specification asks for beyond the common ground. */
public final class OpenResponsesSuite {

  /** Every key that the Open Responses specification wants in a response. */
  private static final List<String> STRICT_KEYS =
      List.of(
          "id",
          "object",
          "created_at",
          "completed_at",
          "status",
          "incomplete_details",
          "model",
          "previous_response_id",
          "instructions",
          "output",
          "error",
          "tools",
          "tool_choice",
          "truncation",
          "parallel_tool_calls",
          "text",
          "top_p",
          "presence_penalty",
          "frequency_penalty",
          "top_logprobs",
          "temperature",
          "reasoning",
          "usage",
          "max_output_tokens",
          "max_tool_calls",
          "store",
          "background",
          "service_tier",
          "metadata",
          "safety_identifier",
          "prompt_cache_key");

  @Check(
      id = "responses.strict-profile",
      title = "which keys of the Open Responses specification are missing is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.OPEN_RESPONSES,
      ifItFails = {"nothing is promised here: plain vLLM leaves out five of them"})
  void strictProfile(Probe probe) {
    Json response = ResponsesSuite.plain(probe);
    List<String> missing = STRICT_KEYS.stream().filter(key -> !response.node().has(key)).toList();
    probe.record(missing.isEmpty() ? "no key is missing" : "missing: " + missing);
  }
}
