package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.RunReport;
import java.time.Instant;
import java.util.List;

/**
 * The certificate of a target.
 *
 * @param target its name
 * @param notBefore the first moment of the certificate
 * @param notAfter the last moment of the certificate
 */
public record TargetCertificate(String target, Instant notBefore, Instant notAfter) {

  /** Those that a run saw. */
  static List<TargetCertificate> of(RunReport report) {
    return report.targets().stream()
        .flatMap(
            t ->
                t.certificate().stream()
                    .map(c -> new TargetCertificate(t.name(), c.notBefore(), c.notAfter())))
        .toList();
  }
}
