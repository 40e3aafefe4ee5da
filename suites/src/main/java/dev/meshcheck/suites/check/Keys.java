package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Route.KeyRule;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;

/** Whether a host looks at keys at all, where that is up to whoever runs it. */
public final class Keys {

  private Keys() {}

  /** Fails where chat is answered without a key and with a wrong one. */
  public static void mustBeLookedAt(Probe probe) {
    if (probe.target().key().isEmpty()) {
      throw new Inapplicable("no key is configured that the host could look at");
    }
    Ask ask = Basis.ask(probe, RouteName.CHAT);
    Answered without = ask.noKey().send();
    Answered wrong = ask.key(Unknown.KEY).send();
    Expect.that(
        Reason.NOT_REFUSED,
        !(holdsAnAnswer(without) && holdsAnAnswer(wrong)),
        "this host does not look at keys: chat is answered without one, and with a wrong one",
        "a refusal of at least one of them",
        "200 without a key, and 200 with a wrong one");
  }

  /** An error body with status 200 is a refusal in the wrong dress, and no answer. */
  private static boolean holdsAnAnswer(Answered answered) {
    return answered.status() == 200
        && answered.isWhole()
        && Documents.of(answered).stream().anyMatch(body -> body.has("choices"));
  }

  /**
   * Refuses to judge how a route is guarded where nobody promised that it is, and no key is set or
   * looked at; that is told once.
   */
  static void requireThatTheyCount(Probe probe, Check check) {
    KeyRule rule = probe.route(check.route()).key();
    if (check.when() == Trait.GUARDED && rule == KeyRule.CONFIGURED) {
      try {
        mustBeLookedAt(probe);
      } catch (Failure e) {
        throw new Inapplicable(e.getMessage());
      }
    }
  }
}
