package dev.meshcheck.reports.outcome;

import dev.meshcheck.fixtures.surface.RouteName;
import java.net.URI;
import java.util.List;

/**
 * What the catalogue says about a check.
 *
 * @param id the slug, group first, never reused and never renamed, such as {@code
 *     chat.usage-adds-up}
 * @param title one sentence of the contract, in the present tense
 * @param level how strongly it speaks
 * @param route the route it is about
 * @param source the public page that the rule comes from
 * @param likelyCauses what is probably wrong when it fails, most likely first
 */
public record CheckInfo(
    String id, String title, Level level, RouteName route, URI source, List<String> likelyCauses) {

  /** The same check, as strong as it is on some surface. */
  public CheckInfo withLevel(Level other) {
    return new CheckInfo(id, title, other, route, source, likelyCauses);
  }

  /** The same check, with those of its likely causes that a failure allows to be told. */
  public CheckInfo withLikelyCauses(List<String> allowed) {
    return new CheckInfo(id, title, level, route, source, List.copyOf(allowed));
  }

  /** The part of the id before the dot. */
  public String group() {
    return id.substring(0, id.indexOf('.'));
  }
}
