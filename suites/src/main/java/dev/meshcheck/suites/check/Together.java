package dev.meshcheck.suites.check;

import java.util.function.Consumer;

/** What goes well together is asked for together, by all checks of its parts in one request. */
public final class Together {

  private Together() {}

  /**
   * Judges a request that holds all parts and, only where that does not pass, the one part alone:
   * what is wrong with one part is no failure of the others.
   *
   * @param all the same request for each of the checks, so that it is sent once
   * @param alone the part that this check is about
   * @throws Failure when the part alone does not pass either
   */
  public static void judge(Ask all, Ask alone, Consumer<Answered> rule) {
    try {
      rule.accept(all.send());
    } catch (Failure | CouldNotRun e) {
      rule.accept(alone.send());
    }
  }
}
