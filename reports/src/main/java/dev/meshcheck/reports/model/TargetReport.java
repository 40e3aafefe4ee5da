package dev.meshcheck.reports.model;

import java.util.List;
import java.util.Optional;

/**
 * One target and what the run spent on it.
 *
 * @param name unique in a run
 * @param environment what it is a part of: the user's name for it, else host and port; absent in
 *     reports of older versions
 * @param surface the kind of API
 * @param host the base address
 * @param model the model that was asked for
 * @param way how requests got to the host, in words; unknown in reports of 0.1
 * @param serverVersion what {@code GET /version} answered
 * @param requests how many requests were sent, those sent again included
 * @param tokens the sum of the usage that the target reported
 * @param firstTokenMs median over its streams, in milliseconds
 * @param certificate that it showed; absent without TLS, and in reports of older versions
 * @param decisions how the surface and the model were chosen, one sentence each
 */
public record TargetReport(
    String name,
    Optional<String> environment,
    String surface,
    String host,
    Optional<String> model,
    Optional<String> way,
    Optional<String> serverVersion,
    int requests,
    long tokens,
    Optional<Double> firstTokenMs,
    Optional<CertificateReport> certificate,
    List<String> decisions) {

  /** Who was judged: in every run, the same key means the same target of the same environment. */
  public String key() {
    return key(name, environment.orElse(host));
  }

  /** The key of a target of that name in that environment. */
  public static String key(String name, String environment) {
    return name + " " + environment;
  }
}
