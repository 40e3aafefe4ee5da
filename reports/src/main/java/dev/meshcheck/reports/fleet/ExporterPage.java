package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.html.Templates;
import dev.meshcheck.reports.model.Tool;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The landing page of an exporter: a link for each environment that can be probed.
 *
 * @param version of Meshcheck
 * @param environments in the order of the file
 */
public record ExporterPage(String version, List<Environment> environments) {

  /** Keeps a copy. */
  public ExporterPage {
    environments = List.copyOf(environments);
  }

  /** The HTML of the page. */
  public static String render(List<Environment> environments) {
    return Templates.render(
        "exporter.jte", new ExporterPage(Tool.current().version(), environments));
  }

  /** The labels of an environment as {@code key=value}. */
  public String labels(Environment one) {
    return new TreeMap<>(one.labels())
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", "));
  }
}
