package dev.meshcheck.suites.diagnose;

import dev.meshcheck.reports.cause.DiagnosisReport.State;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Layer;
import dev.meshcheck.reports.cause.Mark;
import dev.meshcheck.reports.cause.Trial;
import java.util.List;

/** How each layer was found, seen from all that is known at the end. */
final class LayerStates {

  private LayerStates() {}

  /** The state of that layer, of which these lines are told. */
  static State of(Layer layer, List<String> seen, List<Case> cases) {
    if (seen.isEmpty()) {
      return State.NOT_REACHED;
    }
    boolean silent =
        layer.compareTo(Layer.NETWORK) > 0
            && cases.stream().noneMatch(c -> c.evidence().any(t -> t.status().isPresent()));
    return silent || cases.stream().anyMatch(one -> isBroken(layer, one)) ? State.BROKEN : State.OK;
  }

  /** A layer is not called good above answers that are not, whichever layer the cause lies in. */
  private static boolean isBroken(Layer layer, Case one) {
    boolean caused =
        one.diagnosed().stream().anyMatch(d -> d.cause().layer() == layer && !d.cause().harmless());
    return caused
        || switch (layer) {
          case HOST -> isStrange(one.evidence());
          case ROUTING -> refusesAll(one.evidence());
          case SETTINGS, NETWORK, SERVICE -> false;
        };
  }

  private static boolean isStrange(Evidence evidence) {
    return evidence.any(t -> t.status().isPresent())
        && !evidence.apiAnswers()
        && !evidence.any(t -> t.good() || t.has(Mark.CONTROL_PLANE_ERROR));
  }

  private static boolean refusesAll(Evidence evidence) {
    List<Trial> plain = evidence.plain();
    return !plain.isEmpty() && plain.stream().allMatch(t -> t.refused() && !t.is(429));
  }
}
