package dev.meshcheck.reports.cause;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back in words: an error's message, a page's title, or the text itself.
 *
 * @param all of them, which may hold secrets
 */
record Words(String all) {

  private static final Pattern TITLE = Pattern.compile("(?is)<title>([^<]{1,200})");

  private static final Pattern HEADING =
      Pattern.compile("(?is)<h[12]\\b[^<>]{0,200}>([^<]{1,200})");

  /** Characters of a text or page in which its title is looked for. */
  private static final int LONGEST_HEAD = 4000;

  /** Characters that rules look at. */
  private static final int LONGEST_WORDS = 400;

  /** Characters of a value that stands in no text by chance. */
  private static final int SHORTEST_VALUE = 4;

  /** What makes a value more than a word, such as the name of a provider, which texts hold. */
  private static final Pattern NO_LETTER = Pattern.compile("[^a-zA-Z]");

  /** A header that is wanted, and did not arrive, is not what is refused. */
  private static final Pattern WANTED = Pattern.compile("(?i)" + Phrases.WANTED);

  /** Characters that people are told: what Envoy says of a failed handshake has 230. */
  private static final int LONGEST = 240;

  /** The words of an answer whose body is this JSON, or a missing node. */
  static Words of(Answer answer, JsonNode body) {
    return new Words(said(answer, body));
  }

  /** The same, and of a success that is none what it holds. */
  Words of(Answer answer, JsonNode body, Set<Mark> marks) {
    Optional<AnswerText> one =
        marks.contains(Mark.NONSENSE) ? AnswerText.of(answer, body) : Optional.empty();
    if (marks.contains(Mark.BROKEN_JSON)) {
      String text = BodyMarks.brokenEvent(answer).orElseGet(() -> answer.text().strip());
      byte[] bytes = answer.frames().isEmpty() ? answer.body() : text.getBytes(UTF_8);
      return new Words("no JSON, " + JsonText.problem(bytes).orElse("") + ": " + text);
    }
    boolean foreign = marks.contains(Mark.MISFIT) && all.isEmpty();
    return one.map(text -> new Words("the text is " + text.beginning()))
        .orElse(foreign ? new Words(answer.text().strip()) : this);
  }

  /** Why what came back is no answer, where something came back. */
  static Words ofNone(Exchange exchange) {
    return new Words(
        exchange.reply() instanceof NoAnswer none && none.kind().unreadable()
            ? none.message()
            : "");
  }

  /** As much as rules look at. */
  String head() {
    return all.substring(0, Math.min(all.length(), LONGEST_WORDS));
  }

  /** Whether they speak of that header as of one that came, or repeat its value. */
  boolean name(Target.Extra header) {
    boolean named =
        head().toLowerCase(Locale.ROOT).contains(header.name().toLowerCase(Locale.ROOT));
    boolean distinct =
        header.value().length() >= SHORTEST_VALUE && NO_LETTER.matcher(header.value()).find();
    return (named && !WANTED.matcher(head()).find())
        || (distinct && head().contains(header.value()));
  }

  /** As much as is told, redacted with what follows it, so that no cut leaves half a secret. */
  String told(Redactor redactor) {
    int length = Math.min(all.length(), LONGEST + redactor.margin());
    return Plain.line(redactor.text(all.substring(0, length)), LONGEST);
  }

  private static String said(Answer answer, JsonNode body) {
    if (NoText.is(answer.body())) {
      return NoText.told(answer);
    }
    if (body.isContainerNode()) {
      // A refusal in no known form is told as it is.
      return message(body).orElseGet(() -> answer.successful() ? "" : answer.text().strip());
    }
    if (!answer.frames().isEmpty()) {
      return ofEvents(answer);
    }
    String text = answer.text().strip();
    String head = text.substring(0, Math.min(text.length(), LONGEST_HEAD));
    Matcher title = TITLE.matcher(head);
    return title.find() ? titled(title.group(1).strip(), head) : text;
  }

  /** The title, and the first heading that says more than it. */
  private static String titled(String title, String head) {
    return HEADING
        .matcher(head)
        .results()
        .map(found -> found.group(1).strip())
        .filter(heading -> !heading.isEmpty() && !title.contains(heading))
        .findFirst()
        .map(heading -> heading.contains(title) ? heading : title + ": " + heading)
        .orElse(title);
  }

  private static String ofEvents(Answer answer) {
    String first = answer.frames().get(0).event().data();
    return answer.frames().stream()
        .map(f -> f.event().data())
        .filter(data -> data.contains("\"error\""))
        .limit(4)
        .flatMap(data -> message(JsonText.read(data)).stream())
        .findFirst()
        .orElse(first.startsWith("{") ? "" : first);
  }

  private static Optional<String> message(JsonNode body) {
    return List.of(
            "/error/message",
            "/error_description",
            "/error",
            "/message",
            "/detail",
            "/errors/0/message")
        .stream()
        .map(body::at)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank())
        .findFirst()
        .or(() -> Envelope.ofError(body).map(Envelope::words))
        .or(() -> ofValidation(body))
        .or(() -> ofFastApi(body.path("detail").path(0)));
  }

  /**
   * What ASP.NET and others say of a body: the fields that are amiss, and why.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">Problem details</a>
   */
  private static Optional<String> ofValidation(JsonNode body) {
    return body.path("errors").properties().stream()
        .filter(field -> field.getValue().path(0).isTextual())
        .findFirst()
        .map(field -> field.getKey() + ": " + field.getValue().get(0).asText());
  }

  /**
   * What FastAPI says of a body: where something is amiss, and what.
   *
   * @see <a href="https://fastapi.tiangolo.com/tutorial/handling-errors/">Handling errors</a>
   */
  private static Optional<String> ofFastApi(JsonNode first) {
    List<String> place = new ArrayList<>();
    first.path("loc").forEach(part -> place.add(part.asText()));
    String what = first.path("msg").asText("");
    return what.isEmpty() || place.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(".", place) + ": " + what);
  }
}
