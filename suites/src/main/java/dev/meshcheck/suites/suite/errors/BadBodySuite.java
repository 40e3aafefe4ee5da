package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;

/**
 * Every route that takes a body refuses a bad one: 4xx, never 5xx, never 2xx. The bodies are data,
 * see {@code bad-bodies.yaml}.
 */
public final class BadBodySuite {

  @Check(
      id = "errors.chat-truncated",
      title = "a chat request that breaks off is refused",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the gateway passes broken JSON on and the server fails"})
  void chatTruncated(Probe probe) {
    BadBodies.mustBeRefused(probe, CHAT, "truncated");
  }

  @Check(
      id = "errors.chat-not-an-object",
      title = "a chat request whose body is no JSON object is refused",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of a list or text: a known weakness of vLLM"})
  void chatNotAnObject(Probe probe) {
    BadBodies.mustBeRefused(probe, CHAT, "not-an-object");
  }

  @Check(
      id = "errors.chat-missing-field",
      title = "a chat request without a required field is refused",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "required fields are filled in by the gateway",
        "the gateway answers before it reads the body"
      })
  void chatMissingField(Probe probe) {
    BadBodies.mustBeRefused(probe, CHAT, "missing-field");
  }

  @Check(
      id = "errors.chat-wrong-type",
      title = "a chat request with a field of the wrong type is refused",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"bodies are not validated", "the gateway answers before it reads the body"},
      ifItBreaks = {"bodies are not validated"})
  void chatWrongType(Probe probe) {
    BadBodies.mustBeRefused(probe, CHAT, "wrong-type");
  }

  @Check(
      id = "errors.completions-truncated",
      title = "a completion request that breaks off is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the gateway passes broken JSON on and the server fails"})
  void completionsTruncated(Probe probe) {
    BadBodies.mustBeRefused(probe, COMPLETIONS, "truncated");
  }

  @Check(
      id = "errors.completions-not-an-object",
      title = "a completion request whose body is empty or null is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of nothing"})
  void completionsNotAnObject(Probe probe) {
    BadBodies.mustBeRefused(probe, COMPLETIONS, "not-an-object");
  }

  @Check(
      id = "errors.completions-list-or-text",
      title = "a completion request whose body is a list, a text or a number is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of a list or text: vLLM before 0.29 does"})
  void completionsListOrText(Probe probe) {
    BadBodies.mustBeRefused(probe, COMPLETIONS, "list-text-or-number");
  }

  @Check(
      id = "errors.completions-missing-field",
      title = "a completion request without a required field is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "required fields are filled in by the gateway",
        "the gateway answers before it reads the body"
      })
  void completionsMissingField(Probe probe) {
    BadBodies.mustBeRefused(probe, COMPLETIONS, "missing-field");
  }

  @Check(
      id = "errors.completions-wrong-type",
      title = "a completion request with a field of the wrong type is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"bodies are not validated", "the gateway answers before it reads the body"},
      ifItBreaks = {"bodies are not validated"})
  void completionsWrongType(Probe probe) {
    BadBodies.mustBeRefused(probe, COMPLETIONS, "wrong-type");
  }

  @Check(
      id = "errors.responses-truncated",
      title = "a responses request that breaks off is refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the gateway passes broken JSON on and the server fails"})
  void responsesTruncated(Probe probe) {
    BadBodies.mustBeRefused(probe, RESPONSES, "truncated");
  }

  @Check(
      id = "errors.responses-not-an-object",
      title = "a responses request whose body is empty or null is refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of nothing"})
  void responsesNotAnObject(Probe probe) {
    BadBodies.mustBeRefused(probe, RESPONSES, "not-an-object");
  }

  @Check(
      id = "errors.responses-list-or-text",
      title = "a responses request whose body is a list, a text or a number is refused",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of a list or text: vLLM before 0.29 does"})
  void responsesListOrText(Probe probe) {
    BadBodies.mustBeRefused(probe, RESPONSES, "list-text-or-number");
  }

  @Check(
      id = "errors.responses-missing-field",
      title = "a responses request without a required field is refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "required fields are filled in by the gateway",
        "the gateway answers before it reads the body"
      })
  void responsesMissingField(Probe probe) {
    BadBodies.mustBeRefused(probe, RESPONSES, "missing-field");
  }

  @Check(
      id = "errors.responses-wrong-type",
      title = "a responses request with a field of the wrong type is refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"bodies are not validated", "the gateway answers before it reads the body"},
      ifItBreaks = {"bodies are not validated"})
  void responsesWrongType(Probe probe) {
    BadBodies.mustBeRefused(probe, RESPONSES, "wrong-type");
  }

  @Check(
      id = "errors.tokenize-truncated",
      title = "a tokenize request that breaks off is refused",
      level = MUST,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the gateway passes broken JSON on and the server fails"})
  void tokenizeTruncated(Probe probe) {
    BadBodies.mustBeRefused(probe, TOKENIZE, "truncated");
  }

  @Check(
      id = "errors.tokenize-not-an-object",
      title = "a tokenize request whose body is empty or null is refused",
      level = MUST,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of nothing"})
  void tokenizeNotAnObject(Probe probe) {
    BadBodies.mustBeRefused(probe, TOKENIZE, "not-an-object");
  }

  @Check(
      id = "errors.tokenize-list-or-text",
      title = "a tokenize request whose body is a list, a text or a number is refused",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of a list or text: vLLM before 0.29 does"})
  void tokenizeListOrText(Probe probe) {
    BadBodies.mustBeRefused(probe, TOKENIZE, "list-text-or-number");
  }

  @Check(
      id = "errors.tokenize-missing-field",
      title = "a tokenize request without a required field is refused",
      level = MUST,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "required fields are filled in by the gateway",
        "the gateway answers before it reads the body"
      })
  void tokenizeMissingField(Probe probe) {
    BadBodies.mustBeRefused(probe, TOKENIZE, "missing-field");
  }

  @Check(
      id = "errors.tokenize-wrong-type",
      title = "a tokenize request with a field of the wrong type is refused",
      level = MUST,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"bodies are not validated", "the gateway answers before it reads the body"},
      ifItBreaks = {"bodies are not validated"})
  void tokenizeWrongType(Probe probe) {
    BadBodies.mustBeRefused(probe, TOKENIZE, "wrong-type");
  }

  @Check(
      id = "errors.detokenize-truncated",
      title = "a detokenize request that breaks off is refused",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the gateway passes broken JSON on and the server fails"})
  void detokenizeTruncated(Probe probe) {
    BadBodies.mustBeRefused(probe, DETOKENIZE, "truncated");
  }

  @Check(
      id = "errors.detokenize-not-an-object",
      title = "a detokenize request whose body is no JSON object is refused",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway answers before it reads the body"},
      ifItBreaks = {"the server reads fields of a list or text: a known weakness of vLLM"})
  void detokenizeNotAnObject(Probe probe) {
    BadBodies.mustBeRefused(probe, DETOKENIZE, "not-an-object");
  }

  @Check(
      id = "errors.detokenize-missing-field",
      title = "a detokenize request without a required field is refused",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "required fields are filled in by the gateway",
        "the gateway answers before it reads the body"
      })
  void detokenizeMissingField(Probe probe) {
    BadBodies.mustBeRefused(probe, DETOKENIZE, "missing-field");
  }

  @Check(
      id = "errors.detokenize-wrong-type",
      title = "a detokenize request with a field of the wrong type is refused",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"bodies are not validated", "the gateway answers before it reads the body"},
      ifItBreaks = {"bodies are not validated"})
  void detokenizeWrongType(Probe probe) {
    BadBodies.mustBeRefused(probe, DETOKENIZE, "wrong-type");
  }
}
