package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.util.List;

/** Hosts that say themselves why their model, or the keys for it, do not do what is asked. */
final class ModelSetups {

  private static final String KIND = "the model";
  private static final String ERROR = "{\"error\": {\"message\": \"%s\"}}";

  private ModelSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
                KIND,
                "it only embeds",
                "model-does-no-chat",
                s -> says(s, 400, "The model does not support Chat Completions API"))
            .saying("does not support Chat"),
        shows(
            KIND,
            "it has no chat template, and a wrong key is told the same",
            "model-does-no-chat",
            s ->
                says(
                    s,
                    400,
                    "default chat template is no longer allowed, so you must provide a chat template")),
        shows(
            KIND,
            "it does not generate, in the words of a local server",
            "model-does-no-chat",
            s -> says(s, 400, "\\\"bge-m3\\\" does not support generate")),
        shows(
            KIND,
            "its context is too small, which is nothing of its kind",
            "request-refused",
            s -> says(s, 400, "This model's maximum context length is 8 tokens.")),
        shows(
                KIND,
                "a gateway whose keys stand in a database that it has not",
                "key-invalid",
                s ->
                    s.diagnose(
                        s.serverless(
                            Hooks.onReply(
                                (c, r) ->
                                    c.path().startsWith("/v1/")
                                        ? said(400, "No connected db.")
                                        : r))))
            .saying("every key but its master key"));
  }

  private static DiagnosisReport says(Stage stage, int status, String message) {
    return stage.diagnose(
        stage.onDemand(
            Hooks.onReply(
                (c, r) -> c.path().equals("/v1/chat/completions") ? said(status, message) : r)));
  }

  private static Reply said(int status, String message) {
    return Reply.Whole.text(status, "application/json", ERROR.formatted(message));
  }
}
