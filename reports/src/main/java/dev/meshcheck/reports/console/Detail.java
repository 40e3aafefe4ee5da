package dev.meshcheck.reports.console;

/** How much of a run is told on the console. */
public enum Detail {
  /** What failed, and the verdict. */
  QUIET,
  /** Each failure in a few lines, and where the rest stands. */
  NORMAL,
  /** Each failure whole, its curl line included. */
  VERBOSE
}
