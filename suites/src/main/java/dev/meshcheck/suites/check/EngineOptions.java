package dev.meshcheck.suites.check;

import static dev.meshcheck.fixtures.surface.RouteName.MODELS;

import java.util.Set;

/**
 * Options of vLLM and SGLang that OpenAI does not have. Tensormesh documents them; any other host
 * has to know them only where it shows that it is such an engine.
 *
 * @see <a href="https://docs.vllm.ai/en/latest/serving/openai_compatible_server/">vLLM's extra
 *     parameters</a>
 */
public final class EngineOptions {

  private static final Set<String> NAMES =
      Set.of("top_k", "min_p", "repetition_penalty", "ignore_eos", "min_tokens");

  private EngineOptions() {}

  /** Ends a check of an option that this host does not have to know. */
  public static void mustBeExpected(Probe probe, String option) {
    if (NAMES.contains(option) && !areExpected(probe)) {
      throw new Inapplicable(
          option
              + " is no option of OpenAI's, and the list of models tells no max_model_len, as vLLM's does");
    }
  }

  /** Whether Tensormesh documents the surface, or the cards of the models are those of vLLM. */
  public static boolean areExpected(Probe probe) {
    return Trait.TENSORMESH.holds(probe.target().surface(), probe.route(MODELS))
        || Given.that(() -> Basis.judge(probe, MODELS)).json().at("/data").optionalItems().stream()
            .anyMatch(card -> card.at("/max_model_len").present());
  }
}
