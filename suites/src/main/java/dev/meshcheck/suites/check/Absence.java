package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.surface.NotOffered;
import dev.meshcheck.fixtures.surface.Route;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a host lacks a route, told by what it answers to a route that nobody has. */
public final class Absence {

  private static final String NO_SUCH = "meshcheck-no-such-route";

  /** Servers that have the path say this where they do not take the method. */
  private static final Set<Integer> NOT_IN_THIS_FORM = Set.of(405, 501);

  private Absence() {}

  /** A path of the API that nobody has. */
  public static String madeUpPath(Probe probe) {
    return probe.target().surface().apiPath() + "/" + NO_SUCH;
  }

  /**
   * Whether a path is that of a route: it is answered otherwise than a made-up one, and not with
   * 404 or as nothing in this form.
   *
   * @param ask the request, whatever its path is
   */
  public static boolean isThere(Ask ask, Answered answered, String path) {
    int status = answered.status();
    if (status == 404 || NOT_IN_THIS_FORM.contains(status)) {
      return false;
    }
    String other = besides(path);
    Optional<String> madeUp = told(ask.path(other).send(), other);
    return madeUp.isEmpty() || !madeUp.equals(told(answered, path));
  }

  /**
   * Why the route is taken for absent, or nothing where it may be there. A refusal is that of the
   * route where a made-up route is refused otherwise: a 404 may be about the model, and a 400 about
   * the path. An error or a page in a success may be what every path gets.
   *
   * @param plain the plain request of the route
   */
  static Optional<String> of(Ask plain, Answered answered, Route route) {
    int status = answered.status();
    if (NOT_IN_THIS_FORM.contains(status)) {
      return Optional.of(String.valueOf(status));
    }
    boolean accepted = status < 400;
    if (status >= 500 || status == 401 || status == 403 || (accepted && !isNobodys(answered))) {
      return Optional.empty();
    }
    String path = besides(route.path());
    Optional<String> madeUp = told(plain.path(path).send(), path);
    boolean same = madeUp.isPresent() && madeUp.equals(told(answered, route.path()));
    if (same) {
      return Optional.of(status + ", as to a route that nobody has");
    }
    if (accepted) {
      return Optional.empty();
    }
    if (NotOffered.declines(answered.body())) {
      return Optional.of(status + ", in words that say so");
    }
    // What lists suggestions or a time says otherwise each time, and is no word about the model.
    boolean ofTheModel =
        madeUp.isPresent() && answered.body().toLowerCase(Locale.ROOT).contains("model");
    return status == 404 && !ofTheModel ? Optional.of("404") : Optional.empty();
  }

  /**
   * Whether no route of such an API answers like that: LM Studio says 200 and an error to every
   * path, and web applications their first page.
   *
   * @see <a href="https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/618">Returning 200
   *     anyway</a>
   */
  private static boolean isNobodys(Answered answered) {
    return answered.isWhole()
        && (JsonText.read(answered.body()).hasNonNull("error")
            || Answered.looksLikeHtml(answered.body()));
  }

  /** A path that nobody has in the same folder. */
  private static String besides(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1) + NO_SUCH;
  }

  /** Status and body without the path, ids and times, where there is an answer. */
  private static Optional<String> told(Answered answered, String path) {
    if (!answered.isWhole()) {
      return Optional.empty();
    }
    String body =
        answered
            .body()
            .replace(path, "PATH")
            .replace(path.substring(1), "PATH")
            .replaceAll("[0-9a-fA-F]{8}[0-9a-fA-F-]*|\\d+", "#");
    return Optional.of(answered.status() + " " + body);
  }
}
