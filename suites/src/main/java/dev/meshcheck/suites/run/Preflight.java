package dev.meshcheck.suites.run;

import static java.lang.Character.SURROGATE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.ModelNames;
import dev.meshcheck.suites.check.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first request to a target: is it there at all, and which model does it have. It is the plain
 * request of a route, so the checks of that route find it done.
 *
 * @param target the target, with a model where one was found
 * @param exchange what was sent and came back
 * @param decisions what was found, a sentence each
 */
record Preflight(Target target, Exchange exchange, List<String> decisions) {

  private static final int LONGEST_NAME = 512;

  static Preflight of(Target target, Exchanger exchanger) {
    return of(target, exchanger, Optional.empty());
  }

  /**
   * The same with a wish.
   *
   * @param wanted the model to take where it is listed and none is configured
   */
  static Preflight of(Target target, Exchanger exchanger, Optional<String> wanted) {
    RouteName first =
        target.surface().credential() == Credential.ACCESS_TOKEN
            ? RouteName.PROFILE
            : RouteName.MODELS;
    Probe probe = new Probe(target, List.of(), exchanger);
    Exchange exchange = Basis.ask(probe, first).send().exchange();
    List<String> decisions = new ArrayList<>();
    if (exchange.reply() instanceof NoAnswer none && none.kind().unreachable()) {
      exchanger.giveUp(target, none);
      decisions.add("not reached: " + none.message());
      return new Preflight(target, exchange, decisions);
    }
    if (first == RouteName.PROFILE || target.model().isPresent()) {
      target.model().ifPresent(model -> decisions.add("model " + model + ", as configured"));
      return new Preflight(target, exchange, decisions);
    }
    List<String> listed = listed(exchange);
    String list = target.surface().modelList();
    if (wanted.filter(listed::contains).isPresent()) {
      decisions.add("model " + wanted.get() + ", which " + list + " lists here too");
      return new Preflight(target.withModel(wanted.get()), exchange, decisions);
    }
    Optional<String> chosen = listed.stream().filter(id -> !ModelNames.sayNoChat(id)).findFirst();
    decisions.add(
        chosen
            .map(model -> "model " + model + ", the first that " + list + " lists" + of(listed))
            .orElse(
                "no model: none is configured, and "
                    + list
                    + " "
                    + noneBecause(exchange)
                    + "; say --model"));
    return new Preflight(chosen.map(target::withModel).orElse(target), exchange, decisions);
  }

  /** Who did not answer has listed nothing, and not an empty list. */
  private static String noneBecause(Exchange exchange) {
    if (exchange.reply() instanceof Answer answer) {
      return answer.status() == 200
          ? "lists none that a request could name"
          : "answered " + answer.status();
    }
    return "was not answered: " + ((NoAnswer) exchange.reply()).message();
  }

  private static String of(List<String> listed) {
    return listed.size() == 1 ? "" : " of " + listed.size() + "; say --model for another";
  }

  /** Whether requests can name it; what is longer, or no text, is no name of a model. */
  private static boolean isName(String id) {
    return !id.isBlank()
        && id.length() <= LONGEST_NAME
        && id.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == SURROGATE);
  }

  /** The models that the answer lists; none where it is no list. */
  static List<String> listed(Exchange exchange) {
    List<String> ids = new ArrayList<>();
    if (exchange.reply() instanceof Answer answer && answer.successful()) {
      // What is no list names no model; the checks of the route say what is wrong with it.
      JsonNode list = JsonText.read(answer.text());
      list.path("data").forEach(card -> ids.add(card.path("id").asText("")));
    }
    return ids.stream().filter(Preflight::isName).toList();
  }
}
