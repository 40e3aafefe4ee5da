package dev.meshcheck.suites.suite.tokenize;

import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What POST /tokenize tells of the chat template. */
public final class TemplateSuite {

  /** How templates open the turn of the model. */
  private static final Pattern OPENS = Pattern.compile("assistant|<start_of_turn>model|chatbot");

  private static Ask with(Probe probe, boolean generationPrompt) {
    return probe
        .tokenize("")
        .without("prompt")
        .with("messages", Probe.messages("user", Basis.HELLO))
        .with("add_generation_prompt", generationPrompt);
  }

  private static Json answer(Ask ask) {
    return Given.that(() -> Said.unlessRefused(ask, "add_generation_prompt").json());
  }

  @Check(
      id = "tokenize.generation-prompt-is-left-out",
      title = "with add_generation_prompt false no turn of the assistant is opened",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the flag is dropped, so that counts of prompts are too high"})
  void generationPrompt(Probe probe) {
    long more = Given.integer(answer(with(probe, true)).at("/count"));
    if (Given.integer(answer(with(probe, false)).at("/count")) != more) {
      return;
    }
    // Some templates open no turn, so that the count alone does not tell.
    Json spelled = answer(with(probe, false).with("return_token_strs", true));
    String text =
        spelled.at("/token_strs").optionalItems().stream()
            .map(piece -> piece.optionalText().orElse(""))
            .collect(Collectors.joining());
    int said = text.lastIndexOf(lastWord());
    if (said < 0) {
      throw new Inapplicable("it cannot be told what comes behind the last message");
    }
    String behind = text.substring(said + lastWord().length());
    Expect.that(
        Reason.WRONG_VALUE,
        !OPENS.matcher(behind.toLowerCase(Locale.ROOT)).find(),
        "add_generation_prompt false opens a turn of the assistant",
        "an end behind the last message, and fewer than " + more + " tokens",
        behind);
  }

  private static String lastWord() {
    return Basis.HELLO.substring(Basis.HELLO.lastIndexOf(' ') + 1);
  }
}
