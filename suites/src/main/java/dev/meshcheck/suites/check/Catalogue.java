package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.outcome.CheckInfo;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All checks, in the order in which they are told. */
public final class Catalogue {

  private Catalogue() {}

  /**
   * One check of the catalogue.
   *
   * @param info what is said about it
   * @param check its annotation
   * @param suite the class that it stands in
   */
  public record Entry(CheckInfo info, Check check, Class<?> suite) {

    /** Whether the check is about that surface. */
    public boolean isAbout(Surface surface) {
      return surface
          .route(info.route())
          .filter(route -> check.when().holds(surface, route))
          .isPresent();
    }
  }

  /**
   * The checks of these suites: suites as given, checks by id, what judges a route's basis first.
   */
  public static List<Entry> of(List<Class<?>> suites) {
    return suites.stream().flatMap(Catalogue::entries).toList();
  }

  private static Stream<Entry> entries(Class<?> suite) {
    return Arrays.stream(suite.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Check.class))
        .map((Method method) -> method.getAnnotation(Check.class))
        .map(check -> new Entry(info(check), check, suite))
        .sorted(
            Comparator.comparing((Entry e) -> !e.check().first())
                .thenComparing(e -> e.info().id()));
  }

  static CheckInfo info(Check check) {
    return new CheckInfo(
        check.id(),
        check.title(),
        check.level(),
        check.route(),
        URI.create(check.source()),
        List.of(check.ifItFails()));
  }
}
