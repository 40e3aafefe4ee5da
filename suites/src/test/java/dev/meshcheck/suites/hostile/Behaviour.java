package dev.meshcheck.suites.hostile;

import java.io.IOException;
import java.util.Set;

/**
 * One way in which a host misbehaves.
 *
 * @param name kebab-case
 * @param reasons one of these a run has to give; none where the texts alone are hostile
 * @param listens whether it reads the request before it misbehaves
 * @param heavy whether it may fill the memory, and so is tried in a process of its own
 * @param talk what it does with a connection before it closes it
 */
record Behaviour(String name, Set<String> reasons, boolean listens, boolean heavy, Talk talk) {

  /** What a host does with one request. */
  interface Talk {
    void with(Asked asked, Peer peer) throws IOException;
  }

  static Behaviour giving(String name, String reasons, Talk talk) {
    return new Behaviour(name, Set.of(reasons.split(" ", -1)), true, false, talk);
  }

  /** One that answers well-formed HTTP with hostile texts in it. */
  static Behaviour texts(String name, Talk talk) {
    return new Behaviour(name, Set.of(), true, false, talk);
  }

  Behaviour deaf() {
    return new Behaviour(name, reasons, false, heavy, talk);
  }

  Behaviour alone() {
    return new Behaviour(name, reasons, listens, true, talk);
  }
}
