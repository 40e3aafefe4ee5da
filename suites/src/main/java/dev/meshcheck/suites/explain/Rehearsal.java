package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.exchange.Exchange;
import java.util.List;

/** Runs a check against the reference gateway, to show what it sends. */
@FunctionalInterface
public interface Rehearsal {

  /** What the check sent, in order; empty where it is about no surface that the gateway plays. */
  List<Exchange> of(String check);
}
