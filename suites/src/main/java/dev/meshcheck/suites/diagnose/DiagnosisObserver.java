package dev.meshcheck.suites.diagnose;

import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.TargetLine;
import dev.meshcheck.reports.cause.Layer;
import java.util.List;

/** Is told of a diagnosis while it goes on. */
public interface DiagnosisObserver {

  /** Nobody listens. */
  DiagnosisObserver SILENT = new DiagnosisObserver() {};

  /** It begins. */
  default void began(List<TargetLine> targets) {}

  /** A layer is done. */
  default void looked(Layer layer) {}

  /** It has ended. */
  default void ended(DiagnosisReport report) {}
}
