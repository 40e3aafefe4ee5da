package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What several suites ask of an answer that is no success, or of the headers of any answer. */
public final class Refusals {

  private static final Pattern UTF_8 = Pattern.compile("(?i)charset\\s*=\\s*\"?utf-?8\"?");

  private Refusals() {}

  /** Fails where the media type is not JSON. */
  public static void mustDeclareJson(Answered answered) {
    String type = answered.answer().mediaType();
    Expect.that(
        Reason.WRONG_CONTENT_TYPE,
        type.equals("application/json") || type.endsWith("+json"),
        answered.what() + " does not declare JSON",
        "Content-Type: application/json",
        type.isEmpty() ? "no Content-Type" : type);
    String whole = answered.answer().headers().first("Content-Type").orElse("");
    Expect.that(
        Reason.WRONG_CONTENT_TYPE,
        !whole.toLowerCase(Locale.ROOT).contains("charset") || UTF_8.matcher(whole).find(),
        answered.what() + " declares another charset than UTF-8, which JSON always is",
        "charset=utf-8 or none",
        whole);
  }

  /** Fails where the host broke: whatever was sent, the fault must not be the server's. */
  public static void mustNotBeServerError(Answered answered) {
    Expect.that(
        Reason.SERVER_ERROR,
        answered.status() < 500,
        answered.what() + " broke: " + answered.status(),
        "any status below 500",
        answered.described());
  }

  /**
   * Fails where one of several requests is not refused, and tells of all of them at once.
   *
   * @param cases what is wrong with each request, and the request
   */
  public static void allMustBeRefused(Map<String, Ask> cases) {
    all(cases, Answered::mustBeRefused);
  }

  /** The same, where each request must be refused as a bad one and for no other reason. */
  public static void allMustBeRefusedAsBad(Map<String, Ask> cases) {
    all(cases, Answered::mustBeRefusedAsBad);
  }

  private static void all(Map<String, Ask> cases, BiConsumer<Answered, String> rule) {
    Map<Ask, Failure> failures = new LinkedHashMap<>();
    List<CouldNotRun> unknown = new ArrayList<>();
    cases.forEach(
        (wrong, ask) -> {
          try {
            rule.accept(ask.send(), wrong);
          } catch (Failure e) {
            failures.put(ask, e);
          } catch (CouldNotRun e) {
            unknown.add(e);
          }
        });
    if (!failures.isEmpty()) {
      Map.Entry<Ask, Failure> first = failures.entrySet().iterator().next();
      // Looked at last, so that it is the one to be shown.
      first.getKey().send();
      String said = String.join("; ", failures.values().stream().map(Failure::getMessage).toList());
      Failure shown = first.getValue();
      throw new Failure(shown.reason(), said, shown.expected(), shown.actual());
    }
    if (!unknown.isEmpty()) {
      throw unknown.get(0);
    }
  }
}
