package dev.meshcheck.reports.cause;

/** What a request carried of one thing that requests differ in: a key, a user id, a model. */
public enum Sent {
  /** Nothing. */
  NONE,
  /** What is configured. */
  CONFIGURED,
  /** Something in a form that it cannot have, or, of a model, the form of a modelId. */
  MALFORMED,
  /** Something in the right form that nobody has. */
  UNKNOWN
}
