package dev.meshcheck.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page taken apart, strictly: what is no tag of a known form must not hold a bracket. */
record Markup(String page) {

  private static final Pattern TAG =
      Pattern.compile(
          "<(!DOCTYPE html|/?[a-z][a-z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\\s*/?>");

  private static final Pattern ATTRIBUTE = Pattern.compile("\\s([a-zA-Z-]+)(?:=\"([^\"]*)\")?");

  /** The page without the text of its style sheet and its script, of which there is one each. */
  static Markup of(String html) {
    Assets assets = Assets.shipped();
    assertEquals(2, html.split(Pattern.quote(assets.style()), -1).length);
    assertEquals(2, html.split(Pattern.quote(assets.script()), -1).length);
    Markup markup = new Markup(html.replace(assets.style(), "").replace(assets.script(), ""));
    String text = TAG.matcher(markup.page()).replaceAll("");
    assertEquals(-1, text.indexOf('<'), () -> around(text));
    return markup;
  }

  private static String around(String text) {
    int at = text.indexOf('<');
    return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80));
  }

  /** The names of all elements. */
  Set<String> elements() {
    return TAG.matcher(page)
        .results()
        .map(tag -> tag.group(1))
        .filter(name -> !name.startsWith("/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of all attributes. */
  Set<String> attributes() {
    return TAG.matcher(page)
        .results()
        .flatMap(tag -> ATTRIBUTE.matcher(tag.group(2)).results())
        .map(attribute -> attribute.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The values of all attributes of that name, as written. */
  List<String> values(String attribute) {
    return TAG.matcher(page)
        .results()
        .flatMap(tag -> ATTRIBUTE.matcher(tag.group(2)).results())
        .filter(a -> a.group(1).equals(attribute) && a.group(2) != null)
        .map(a -> a.group(2))
        .toList();
  }
}
