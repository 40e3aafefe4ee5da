package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.surface.NotOffered;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;

/**
 * The plain request of each route. One check judges it ({@link Check#first}); every other check of
 * the route builds on it, so that one broken route is one failure and no refusal is mistaken.
 */
public final class Basis {

  /** The prompt that shared exchanges send. */
  public static final String HELLO = "Say hello.";

  private Basis() {}

  /** The plain, documented request of that route. */
  public static Ask ask(Probe probe, RouteName route) {
    return switch (route) {
      case HEALTH, VERSION, MODELS, PROFILE -> probe.get(route);
      case CHAT -> probe.chat(HELLO);
      case COMPLETIONS -> probe.completions(HELLO);
      case RESPONSES -> probe.responses(HELLO);
      case TOKENIZE -> probe.tokenize(HELLO);
      case DETOKENIZE -> probe.detokenize(tokensOf(probe, HELLO));
    };
  }

  /** The tokens of a text as the host's own /tokenize gives them; any will do without it. */
  private static List<Long> tokensOf(Probe probe, String text) {
    List<Long> any = List.of(1L, 2L, 3L);
    if (probe.target().surface().route(RouteName.TOKENIZE).isEmpty()) {
      return any;
    }
    try {
      return probe.tokenize(text).send().mustBe(200).json().at("/tokens").items().stream()
          .map(Json::integer)
          .toList();
    } catch (Failure e) {
      return any;
    }
  }

  /** Judges the plain request: 200, whole, and JSON unless the route may be empty. */
  public static Answered judge(Probe probe, RouteName route) {
    Ask plain = ask(probe, route);
    Answered answered = plain.send();
    Route documented = probe.route(route);
    if (documented.optional()) {
      Absence.of(plain, answered, documented)
          .ifPresent(
              why -> {
                throw new Inapplicable(
                    "the host has no " + documented.path() + ", which is optional here: " + why);
              });
    }
    if (documented.optional() && wantsAnother(route, answered)) {
      throw new Inapplicable(
          documented.path()
              + " is that of another API here, such as that of Text Generation Inference");
    }
    answered.mustBe(200);
    if (documented.optional() && isAnotherApi(route, answered)) {
      throw new Inapplicable(
          documented.path() + " is that of another API here, such as llama.cpp's or SGLang's");
    }
    String body = answered.body();
    if (route == RouteName.HEALTH) {
      mustBeNoPage(answered, body);
    } else {
      answered.json().object();
    }
    return answered;
  }

  /** llama.cpp and SGLang have routes of the same names, with other fields. */
  private static boolean isAnotherApi(RouteName route, Answered answered) {
    return switch (route) {
      case TOKENIZE -> hasOnly(answered, "tokens");
      case DETOKENIZE -> hasOnly(answered, "content") || hasOnly(answered, "text");
      default -> false;
    };
  }

  /** Whether it asks for a field that the route of this API does not have. */
  private static boolean wantsAnother(RouteName route, Answered answered) {
    boolean tokens = route == RouteName.TOKENIZE || route == RouteName.DETOKENIZE;
    return tokens
        && answered.isWhole()
        && (answered.status() == 400 || answered.status() == 422)
        && NotOffered.asksForOtherTokens(answered.body());
  }

  private static boolean hasOnly(Answered answered, String field) {
    JsonNode body = answered.json().node();
    return body.size() == 1 && body.has(field);
  }

  private static void mustBeNoPage(Answered answered, String body) {
    Answer answer = answered.answer();
    Expect.that(
        Reason.HTML_INSTEAD_OF_JSON,
        !Answered.looksLikeHtml(body) && !answer.mediaType().equals("text/html"),
        answered.what() + " answered with a web page",
        "an empty body or JSON",
        answered.described());
  }

  /** Refuses to go on where the plain request does not stand. */
  static void require(Probe probe, RouteName route) {
    Given.that(() -> judge(probe, route));
  }
}
