package dev.meshcheck.suites.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.reports.outcome.CheckInfo;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.explain.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue in print. */
public final class Listing {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Listing() {}

  /** One line for each check. */
  public static String text(List<Entry> entries) {
    return entries.stream()
        .map(
            e ->
                String.format(
                    "%-6s %-45s %s%s%s%n",
                    level(e),
                    e.info().id(),
                    e.info().title(),
                    elsewhere(e),
                    Costs.of(e.info().id()).map(cost -> " · " + cost).orElse("")))
        .collect(Collectors.joining());
  }

  /** An array of objects. */
  public static String json(List<Entry> entries) {
    ArrayNode all = JSON.createArrayNode();
    for (Entry entry : entries) {
      CheckInfo info = entry.info();
      ObjectNode one = all.addObject();
      one.put("id", info.id()).put("title", info.title()).put("level", level(entry));
      one.put("route", info.route().toString()).put("source", info.source().toString());
      one.put("pack", entry.check().pack().name().toLowerCase(Locale.ROOT));
      Costs.of(info.id())
          .ifPresent(
              cost ->
                  one.putObject("cost")
                      .put("requests", cost.requests())
                      .put("tokens", cost.tokens()));
      ArrayNode surfaces = one.putArray("surfaces");
      surfaces(entry).forEach(surfaces::add);
      ObjectNode weaker = one.putObject("levelOn");
      weakerOn(entry).forEach(s -> weaker.put(s.name(), entry.levelOn(s).name()));
      ObjectNode levels = one.putObject("levels");
      Surfaces.all().stream()
          .filter(entry::isAbout)
          .forEach(s -> levels.put(s.name(), entry.levelOn(s).name()));
      ArrayNode sentences = one.putArray("sentences");
      Contract.sentences(info.id())
          .forEach(s -> sentences.addObject().put("text", s.text()).put("source", s.source()));
      ArrayNode faults = one.putArray("faults");
      Contract.faults(info.id()).forEach(faults::add);
      ArrayNode causes = one.putArray("likelyCauses");
      info.likelyCauses().forEach(causes::add);
    }
    try {
      return JSON.writeValueAsString(all) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page docs/catalogue.md. */
  public static String markdown(List<Entry> entries) {
    StringBuilder page = new StringBuilder();
    page.append("# The catalogue\n\n");
    page.append("Generated from the checks by `./run.sh list --format markdown`; a test keeps it ");
    page.append("current. ").append(entries.size()).append(" checks.\n\n");
    page.append("MUST: Tensormesh documents it, or every implementation agrees. ");
    page.append("SHOULD: implied, or varies by version. INFO: recorded, never judged. ");
    page.append("What Tensormesh alone promises is weaker on other surfaces, as said there.\n");
    String group = "";
    for (Entry entry : entries) {
      if (!entry.info().group().equals(group)) {
        group = entry.info().group();
        page.append("\n## ").append(group).append("\n");
      }
      describe(page, entry);
    }
    return page.toString();
  }

  private static void describe(StringBuilder page, Entry entry) {
    CheckInfo info = entry.info();
    page.append("\n### `").append(info.id()).append("`\n\n");
    page.append(levels(entry)).append(": ").append(info.title()).append(".\n\n");
    page.append("- route: ").append(info.route()).append("; surfaces: ");
    page.append(String.join(", ", surfaces(entry))).append("\n");
    page.append("- source: <").append(info.source()).append(">\n");
    line(page, "- if it fails: ", entry.check().ifItFails());
    line(page, "- if it breaks: ", entry.check().ifItBreaks());
  }

  private static void line(StringBuilder page, String what, String[] causes) {
    if (causes.length > 0) {
      page.append(what).append(String.join("; ", causes)).append("\n");
    }
  }

  private static List<String> surfaces(Entry entry) {
    return Surfaces.all().stream().filter(entry::isAbout).map(Surface::name).toList();
  }

  private static String levels(Entry entry) {
    return level(entry) + elsewhere(entry);
  }

  /** Where the level is another one. */
  private static String elsewhere(Entry entry) {
    return weakerOn(entry).stream()
        .map(surface -> " (" + entry.levelOn(surface).name() + " on " + surface + ")")
        .collect(Collectors.joining());
  }

  private static List<Surface> weakerOn(Entry entry) {
    return Surfaces.all().stream()
        .filter(entry::isAbout)
        .filter(surface -> entry.levelOn(surface) != entry.info().level())
        .toList();
  }

  private static String level(Entry entry) {
    return entry.info().level().name();
  }
}
