package dev.meshcheck.reports.guidance;

import java.util.Locale;

/** What is known beside the one answer that a result rests on. */
public enum Fact {
  /** The request carried the configured credential, as it should. */
  CONFIGURED_KEY_SENT,
  /** The target has no credential configured. */
  NO_KEY_CONFIGURED,
  /** The request carried the configured {@code X-User-Id}. */
  USER_ID_SENT,
  /** The same credential was accepted on another route that needs it. */
  KEY_ACCEPTED_ELSEWHERE,
  /** Every request with the configured credential to a route that is not public got 401 or 403. */
  ALL_REFUSED,
  /** {@code GET /v1/models} was answered. */
  MODELS_ANSWERED,
  /** The configured model is not in the answer of {@code GET /v1/models}. */
  MODEL_NOT_LISTED,
  /** The configured model is a bare UUID. */
  MODEL_IS_UUID,
  /** Another route answered 404 to the configured credentials, too. */
  OTHER_ROUTES_404,
  /** Another route answered the configured credentials with 2xx. */
  OTHER_ROUTES_ANSWERED,
  /** The answer said how long to wait. */
  RETRY_AFTER_SENT;

  /** The kebab-case name, as in guidance.yaml. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
