package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Trait;
import java.util.List;

/** Tools and choices of POST /v1/chat/completions that make no sense. */
public final class ToolRefusalsSuite {

  private static Ask ask(Probe probe) {
    return Tools.ask(probe).with("max_tokens", 16);
  }

  /** Where tools are refused altogether, a refusal says nothing about what is wrong with them. */
  private static void mustBeRefused(Probe probe, Ask wrong, String because) {
    Said.unlessRefused(Tools.ask(probe), "tools");
    wrong.send().mustBeRefusedAsBad(because);
  }

  @Check(
      id = "tools.refuses-a-choice-without-tools",
      title = "tool_choice required without any tool is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops what it does not understand"})
  void choiceWithoutTools(Probe probe) {
    mustBeRefused(
        probe,
        ask(probe).without("tools").with("tool_choice", "required"),
        "tool_choice is required and there are no tools");
  }

  @Check(
      id = "tools.refuses-an-unknown-name",
      title = "a tool_choice that names a function that is not among the tools is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tool_choice"})
  void unknownName(Probe probe) {
    mustBeRefused(
        probe,
        ask(probe).with("tool_choice", Tools.named("meshcheck_no_such_function")),
        "tool_choice names no tool");
  }

  @Check(
      id = "tools.refuses-an-unknown-choice",
      title = "a tool_choice that is no known word is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tool_choice"})
  void unknownChoice(Probe probe) {
    mustBeRefused(
        probe, ask(probe).with("tool_choice", "sometimes"), "tool_choice is no known word");
  }

  @Check(
      id = "tools.refuses-an-empty-list",
      title = "an empty list of tools is refused",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"an empty list passes for none, as in vLLM up to 0.19"})
  void emptyList(Probe probe) {
    mustBeRefused(probe, ask(probe).with("tools", List.of()), "the list of tools is empty");
  }

  @Check(
      id = "tools.refuses-no-description",
      title = "whether a function without a description is refused is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.LITELLM,
      when = Trait.TENSORMESH,
      ifItFails = {"nothing is promised here: descriptions are optional in vLLM"})
  void noDescription(Probe probe) {
    Said.unlessRefused(ask(probe), "tools");
    int status = ask(probe).with("tools", Tools.described("")).send().status();
    probe.record("a function without a description: " + status);
  }
}
