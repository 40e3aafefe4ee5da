package dev.meshcheck.reports.outcome;

import java.util.Locale;

/** Why a check did not pass: a closed list that an alert can be written on. */
public enum Reason {
  WRONG_STATUS,
  SERVER_ERROR,
  UNAUTHORIZED,
  FORBIDDEN,
  ROUTE_NOT_FOUND,
  REDIRECTED,
  NOT_REFUSED,
  NOT_JSON,
  HTML_INSTEAD_OF_JSON,
  WRONG_CONTENT_TYPE,
  SCHEMA_MISMATCH,
  WRONG_VALUE,
  STREAM_MALFORMED,
  STREAM_TRUNCATED,
  STREAM_ERROR,
  STREAM_BUFFERED,
  SECRET_LEAKED,
  INTERNALS_LEAKED,
  BODY_CUT,
  BODY_TOO_LARGE,
  BODY_MALFORMED,
  HTTP_MALFORMED,
  HEADERS_TOO_LARGE,
  TIMEOUT,
  CONNECTION_CLOSED,
  NOT_HTTP,
  CONNECTION_REFUSED,
  CONNECT_TIMEOUT,
  NETWORK_UNREACHABLE,
  DNS_NOT_FOUND,
  TLS_EXPIRED,
  TLS_WRONG_HOST,
  TLS_UNTRUSTED,
  TLS_FAILED,
  PROXY_UNREACHABLE,
  PROXY_AUTHENTICATION,
  PROXY_REFUSED,
  RATE_LIMITED,
  UNAVAILABLE,
  PREREQUISITE_FAILED,
  BUDGET_SPENT,
  HOST_HANGS,
  RUN_TIMEOUT,
  NOT_SENT,
  /** The surface or the model lacks what the check is about. */
  NOT_OFFERED,
  /** Meshcheck itself broke. */
  MESHCHECK_ERROR;

  /** The kebab-case name, as in report.json. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
