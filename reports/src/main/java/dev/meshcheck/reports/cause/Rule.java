package dev.meshcheck.reports.cause;

/** Tells from the evidence whether one cause is there. */
@FunctionalInterface
interface Rule {

  Finding judge(Evidence evidence);
}
