package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a target wants to be told what nearly every request carries: OpenAI's reasoning models take
 * {@code max_completion_tokens} alone, and no {@code temperature}. Learned from its first refusal,
 * and spoken from then on, outside Tensormesh, which documents both. Thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/guides/reasoning">OpenAI: reasoning models</a>
 */
public final class Dialect {

  private static final Pattern LIMIT = Pattern.compile("\"max_tokens\":");

  /** None for what is to be repeated, some for another try; other values are a check's subject. */
  private static final Pattern USUAL_TEMPERATURE =
      Pattern.compile(",\"temperature\":0(?:\\.[078])?(?=[,}])|\"temperature\":0(?:\\.[078])?,");

  private static final String NOT_TAKEN =
      "(?:unsupported|not supported|n[o']t support|only the default)";

  private static final Pattern UNSUPPORTED = Pattern.compile("(?i)" + NOT_TAKEN);

  /** In one breath: servers in Python repeat the request behind their message. */
  private static final Pattern NO_TEMPERATURE =
      Pattern.compile(
          "(?i)temperature[^{}]{0,80}" + NOT_TAKEN + "|" + NOT_TAKEN + "[^{}]{0,80}temperature");

  /** Some take a temperature that is above 0, and no other. */
  private static final Pattern ABOVE_ZERO =
      Pattern.compile("(?i)temperature.{0,60}(?:positive|(?:greater|larger|more) than 0|> ?0)");

  // Both are only ever set to true, so that no thread undoes what another has heard.
  private volatile boolean completionLimit;
  private volatile boolean withoutTemperature;

  /** The request as the target wants it, so far as that is known. */
  Request spoken(Target target, Request request) {
    if (request.body().isEmpty() || !(completionLimit || withoutTemperature)) {
      return request;
    }
    String body = request.body().get();
    if (completionLimit && isChat(target, request)) {
      body = withCompletionLimit(body);
    }
    if (withoutTemperature) {
      body = USUAL_TEMPERATURE.matcher(body).replaceFirst("");
    }
    return body.equals(request.body().get()) ? request : request.withBody(body);
  }

  /**
   * Learns of a refusal of that request, of what it carries as nearly every one does.
   *
   * @return whether it was refused for how it was said, so that {@link #spoken} may say it better
   */
  boolean hear(Target target, Request request, Exchange exchange) {
    if (target.surface().isTensormesh()
        || !(exchange.reply() instanceof Answer answer)
        || (answer.status() != 400 && answer.status() != 422)) {
      return false;
    }
    String sent = request.body().orElse("");
    String said = said(JsonText.read(answer.text()));
    boolean unsupported = UNSUPPORTED.matcher(said).find();
    boolean limit =
        unsupported
            && said.contains("max_tokens")
            && said.contains("max_completion_tokens")
            && LIMIT.matcher(sent).find();
    boolean temperature =
        (ABOVE_ZERO.matcher(said).find() || NO_TEMPERATURE.matcher(said).find())
            && USUAL_TEMPERATURE.matcher(sent).find();
    if (limit) {
      completionLimit = true;
    }
    if (temperature) {
      withoutTemperature = true;
    }
    return limit || temperature;
  }

  /** The message of an error, which some give as a sentence, and some without an envelope. */
  private static String said(JsonNode body) {
    JsonNode error = body.path("error");
    return error.isTextual()
        ? error.asText()
        : (error.isObject() ? error : body).path("message").asText("");
  }

  /** What it does not take, in words; empty where it takes what is usual. */
  public Optional<String> told() {
    return Stream.of(
            completionLimit
                ? "max_tokens is refused, and max_completion_tokens sent in its place"
                : "",
            withoutTemperature ? "temperature is refused, and left out" : "")
        .filter(words -> !words.isEmpty())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining("; "),
                words -> words.isEmpty() ? Optional.empty() : Optional.of(words)));
  }

  /** Not where both are there, which is what a check is about. */
  private static String withCompletionLimit(String body) {
    return body.contains("\"max_completion_tokens\":")
        ? body
        : LIMIT.matcher(body).replaceFirst("\"max_completion_tokens\":");
  }

  private static boolean isChat(Target target, Request request) {
    return target
        .surface()
        .route(RouteName.CHAT)
        .filter(chat -> request.uri().getPath().endsWith(chat.path()))
        .isPresent();
  }
}
