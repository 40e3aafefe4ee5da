package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.outcome.CheckInfo;
import dev.meshcheck.reports.outcome.Level;
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
   * @param method what judges, of a suite
   */
  public record Entry(CheckInfo info, Check check, Method method) {

    /** The class that it stands in. */
    public Class<?> suite() {
      return method.getDeclaringClass();
    }

    /** How strongly the check speaks of that surface. */
    public Level levelOn(Surface surface) {
      Level[] elsewhere = check.elsewhere();
      boolean promised = surface.isTensormesh();
      return promised || elsewhere.length == 0 ? check.level() : elsewhere[0];
    }

    /** What is said about the check on that surface. */
    public CheckInfo infoOn(Surface surface) {
      return info.withLevel(levelOn(surface));
    }

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
        .map(Catalogue::entry)
        .sorted(
            Comparator.comparing((Entry e) -> !e.check().first())
                .thenComparing(e -> e.info().id()));
  }

  private static Entry entry(Method method) {
    Check check = method.getAnnotation(Check.class);
    return new Entry(info(check), check, method);
  }

  private static CheckInfo info(Check check) {
    return new CheckInfo(
        check.id(),
        check.title(),
        check.level(),
        check.route(),
        URI.create(check.source()),
        LikelyCauses.all(check));
  }
}
