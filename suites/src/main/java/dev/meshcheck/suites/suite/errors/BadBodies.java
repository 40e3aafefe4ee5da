package dev.meshcheck.suites.suite.errors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bad bodies of {@code bad-bodies.yaml}, by route and kind. */
final class BadBodies {

  private static final String FILE = "/dev/meshcheck/suites/bad-bodies.yaml";

  private static final Map<String, Map<String, Map<String, String>>> TABLE = read();

  private BadBodies() {}

  /** Fails where the host accepts one of these bodies or breaks on it. */
  static void mustBeRefused(Probe probe, RouteName route, String kind) {
    Refusals.allMustBeRefusedAsBad(cases(probe, route, kind));
  }

  /** A request with the first of these bodies. */
  static Ask first(Probe probe, RouteName route, String kind) {
    return cases(probe, route, kind).values().iterator().next();
  }

  private static Map<String, Ask> cases(Probe probe, RouteName route, String kind) {
    Map<String, Ask> cases = new LinkedHashMap<>();
    TABLE
        .get(route.toString())
        .get(kind)
        .forEach(
            (wrong, body) ->
                cases.put(
                    wrong,
                    Basis.ask(probe, route).raw(body.replace("MODEL", escaped(probe.model())))));
    return cases;
  }

  private static String escaped(String model) {
    return model.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static Map<String, Map<String, Map<String, String>>> read() {
    try (InputStream file = BadBodies.class.getResourceAsStream(FILE)) {
      return new YAMLMapper().readValue(file, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " is broken", e);
    }
  }
}
