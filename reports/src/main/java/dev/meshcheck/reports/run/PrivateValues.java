package dev.meshcheck.reports.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonLimits;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What stands in answers with personal data, whatever their status and form, so that no verdict
 * quotes any of it: values, names of fields that nobody documents, and pieces of both.
 */
final class PrivateValues {

  /** Short words and small numbers, such as a role or a status: everybody has them. */
  private static final Pattern COMMON = Pattern.compile("[a-z_-]{0,6}|[A-Z_]{0,6}|\\d{0,4}|..?");

  /** What stands between the words of a body that is no JSON, or broken JSON. */
  private static final Pattern BETWEEN = Pattern.compile("[\\s\"'{}\\[\\]<>,;:=&]+");

  /** Shorter pieces give nobody away. */
  private static final int PIECE = 7;

  private static final String BLANK = "‹private›";

  private static final ObjectMapper JSON = JsonLimits.mapper().build();

  private final List<String> values;
  private final Set<String> pieces = new HashSet<>();

  /** What stands in the answers of these exchanges, where their surface has private bodies. */
  PrivateValues(List<Exchange> exchanges) {
    Set<String> found = new LinkedHashSet<>();
    exchanges.stream()
        .filter(e -> e.target().surface().privateBodies())
        .forEach(e -> collect(e, found));
    this.values =
        found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    values.forEach(value -> pieces(value).forEach(pieces::add));
    exchanges.forEach(e -> pieces(e.request().uri().getPath()).forEach(pieces::remove));
  }

  private static Stream<String> pieces(String text) {
    return IntStream.rangeClosed(0, text.length() - PIECE)
        .mapToObj(i -> text.substring(i, i + PIECE));
  }

  /** The text without any of it. */
  String blank(String text) {
    if (values.isEmpty()) {
      return text;
    }
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, BLANK);
    }
    return withoutPieces(clean);
  }

  /** A value may have been cut before it got into the text. */
  private String withoutPieces(String text) {
    BitSet found = new BitSet();
    for (int i = 0; i + PIECE <= text.length(); i++) {
      if (pieces.contains(text.substring(i, i + PIECE))) {
        found.set(i, i + PIECE);
      }
    }
    StringBuilder clean = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (!found.get(i)) {
        clean.append(text.charAt(i));
      } else if (i == 0 || !found.get(i - 1)) {
        clean.append(BLANK);
      }
    }
    return clean.toString();
  }

  private static void collect(Exchange exchange, Set<String> found) {
    if (!(exchange.reply() instanceof Answer answer)) {
      return;
    }
    Set<String> documented = exchange.target().surface().privateFields();
    try {
      collect(JSON.readTree(answer.body()), documented, found);
    } catch (IOException e) {
      Arrays.stream(BETWEEN.split(answer.text(), -1))
          .filter(word -> !documented.contains(word))
          .forEach(word -> add(word, found));
    }
  }

  private static void collect(JsonNode node, Set<String> documented, Set<String> found) {
    if (node.isObject()) {
      node.properties().stream()
          .map(field -> field.getKey())
          .filter(name -> !documented.contains(name))
          .forEach(name -> add(name, found));
    }
    if (node.isContainerNode()) {
      node.forEach(child -> collect(child, documented, found));
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
