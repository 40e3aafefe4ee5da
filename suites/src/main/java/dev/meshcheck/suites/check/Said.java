package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a model said, as far as checks of its behaviour look at it. */
public final class Said {

  private static final String GPT_OSS = "gpt-oss";

  private static final Pattern OF_THE_MODEL =
      Pattern.compile(
          "(?i)(?:not supported|does not support .{1,60}) (?:with|by|for) this model|\\bmodel \\S{1,80} does not support parameter");

  private static final Pattern DATE = Pattern.compile("-20\\d{2}-?\\d{2}-?\\d{2}");

  private Said() {}

  /**
   * The content of a chat answer that stopped by itself.
   *
   * @throws Inapplicable where the limit was reached, or the model only reasoned
   */
  public static String content(Answered answered) {
    Json answer = Cut.isNot(given(answered));
    Optional<String> content = answer.at("/choices/0/message/content").optionalText();
    return content
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new Inapplicable("the model answered without content"));
  }

  /**
   * The JSON that a chat answer to a {@code response_format} holds.
   *
   * @throws Failure where it is no JSON, and where the limit cut what can never become any
   * @throws Inapplicable as of {@link #content}
   */
  public static Json jsonContent(Answered answered) {
    Json answer = given(answered);
    if (Cut.is(answer)) {
      answer
          .at("/choices/0/message/content")
          .optionalText()
          .ifPresent(text -> JsonText.mustBeABeginning("the content", text));
    }
    return Json.parse("the content", content(answered));
  }

  /**
   * The content of a chat answer, even where its limit cut it; to be set beside an answer to the
   * same question that came to its end. What garbles an answer often keeps it from ending.
   *
   * @throws Inapplicable where the limit was reached before there was any content
   */
  public static String contentSoFar(Answered answered) {
    Json answer = given(answered);
    String content = answer.at("/choices/0/message/content").optionalText().orElse("");
    if (content.isBlank()) {
      Cut.isNot(answer);
    }
    return content;
  }

  /** Everything that the message of a chat answer says, reasoning included. */
  public static String everything(Answered answered) {
    Json message = given(answered).at("/choices/0/message");
    return List.of("/content", "/reasoning", "/reasoning_content").stream()
        .map(pointer -> message.at(pointer).optionalText().orElse(""))
        .collect(Collectors.joining(" "));
  }

  /** The text of a response that was not cut, its messages joined. */
  public static String text(Answered answered) {
    String text = responseText(Cut.isNot(given(answered)));
    if (text.isBlank()) {
      throw new Inapplicable("the model answered without a message");
    }
    return text;
  }

  /**
   * The 200 answer to a request that is documented, so that a refusal of it fails. A host that
   * breaks instead is another check's business, see {@code server-errors}.
   */
  public static Answered taken(Answered answered) {
    if (Given.that(answered::status) >= 500) {
      Given.that(() -> answered.mustBe(200));
    }
    return answered.mustBe(200);
  }

  /**
   * The answer, unless the host says that the model cannot do what was asked, which is legal
   * outside Tensormesh: OpenAI's reasoning models take neither stop strings nor a temperature.
   *
   * @see <a href="https://platform.openai.com/docs/guides/reasoning">OpenAI: reasoning models</a>
   */
  public static Answered unlessTheModelCannot(Probe probe, Answered answered) {
    if (isBeyondTheModel(probe, answered)) {
      throw new Inapplicable("the model does not take it, as the host says: 400");
    }
    return answered;
  }

  /** Whether the host says, where it may, that the model cannot do what was asked. */
  public static boolean isBeyondTheModel(Probe probe, Answered answered) {
    return !probe.target().surface().isTensormesh()
        && answered.isWhole()
        && answered.status() == 400
        && OF_THE_MODEL.matcher(answered.body()).find();
  }

  private static Json given(Answered answered) {
    return Given.that(() -> answered.mustBe(200).json());
  }

  /** The text of one output item, under all the names in use. */
  public static String itemText(Json item) {
    StringBuilder text = new StringBuilder();
    for (Json part : item.at("/content").optionalItems()) {
      text.append(part.at("/text").optionalText().orElse(""));
      text.append(part.at("/refusal").optionalText().orElse(""));
    }
    for (Json part : item.at("/summary").optionalItems()) {
      text.append(part.at("/text").optionalText().orElse(""));
    }
    return text.toString();
  }

  /** The text of all messages of a response. */
  public static String responseText(Json response) {
    return itemsOf(response, "message").stream().map(Said::itemText).reduce("", String::concat);
  }

  /** The output items of that type, where the response has the shape of one. */
  static List<Json> itemsOf(Json response, String type) {
    return Given.that(
        () ->
            response.at("/output").items().stream()
                .filter(item -> item.at("/type").text().equals(type))
                .toList());
  }

  /** Fails where the text lacks the word, in whatever case. */
  public static void mustHold(String what, String text, String word) {
    Expect.that(
        Reason.WRONG_VALUE,
        text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)),
        what + " does not hold " + word,
        "a text with " + word,
        text.isEmpty() ? "no text" : text);
  }

  /** The answer, unless the host refuses what the request asks for as something it cannot do. */
  public static Answered unlessRefused(Ask ask, String ability) {
    return unlessRefused(ask.send(), ability);
  }

  /**
   * The answer, unless it says that the host cannot do what was asked. A host that breaks instead
   * is another check's business, see {@code server-errors}.
   */
  public static Answered unlessRefused(Answered answered, String ability) {
    int status = Given.that(answered::status);
    if (answered.isRefusedForAnotherReason()) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED,
          "a refusal with " + status + " tells nothing about whether the host takes " + ability);
    }
    if (status >= 400 && status < 500) {
      throw new Inapplicable("the host does not take " + ability + ": " + status);
    }
    return Given.that(() -> answered.mustBe(200));
  }

  /** The answer in full, unless the host cannot do what was asked, or its limit cut it. */
  public static Json whole(Answered answered, String ability) {
    return Cut.isNot(unlessRefused(answered, ability).json());
  }

  /**
   * Fails unless an answer names the model that was asked for, or a dated version of it, as OpenAI
   * does.
   *
   * @see <a href="https://platform.openai.com/docs/models">OpenAI: aliases and snapshots</a>
   */
  public static void mustNameTheModel(Probe probe, String told) {
    String date = told.startsWith(probe.model()) ? told.substring(probe.model().length()) : told;
    if (!DATE.matcher(date).matches()) {
      Expect.that("model", told, is(probe.model()));
    }
  }

  /** Those models take tool_choice auto alone, as their vendor's notes say. */
  public static void mustTakeEveryToolChoice(Probe probe) {
    mustNotBeGptOss(probe, "gpt-oss models take tool_choice auto alone");
  }

  /** Says nothing about models of that family, which vLLM serves on a path of their own. */
  public static void mustNotBeGptOss(Probe probe, String because) {
    if (probe.model().toLowerCase(Locale.ROOT).contains(GPT_OSS)) {
      throw new Inapplicable(because);
    }
  }
}
