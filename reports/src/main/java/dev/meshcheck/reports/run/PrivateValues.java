package dev.meshcheck.reports.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonLimits;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The values of answers with personal data, so that no verdict quotes one. */
final class PrivateValues {

  /** Words and small numbers, such as a role or a status: everybody has them. */
  private static final Pattern COMMON = Pattern.compile("[a-z_-]{0,12}|[A-Z_]{0,12}|\\d{0,4}|..?");

  private static final ObjectMapper JSON = JsonLimits.mapper().build();

  private final List<String> values;

  /** The values in the answers of these exchanges, where their surface has private bodies. */
  PrivateValues(List<Exchange> exchanges) {
    Set<String> found = new LinkedHashSet<>();
    exchanges.stream()
        .filter(e -> e.target().surface().privateBodies())
        .forEach(e -> collect(e, found));
    this.values =
        found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The text without any of them. */
  String blank(String text) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, "‹private›");
    }
    return clean;
  }

  private static void collect(Exchange exchange, Set<String> found) {
    if (!(exchange.reply() instanceof Answer answer) || !answer.successful()) {
      return;
    }
    try {
      collect(JSON.readTree(answer.body()), found);
    } catch (IOException e) {
      // No JSON: the whole text is private.
      add(answer.text().strip(), found);
    }
  }

  private static void collect(JsonNode node, Set<String> found) {
    if (node.isContainerNode()) {
      node.forEach(child -> collect(child, found));
    } else if (node.isTextual() || node.isNumber()) {
      add(node.asText(), found);
    }
  }

  private static void add(String value, Set<String> found) {
    if (!COMMON.matcher(value).matches()) {
      found.add(value);
    }
  }
}
