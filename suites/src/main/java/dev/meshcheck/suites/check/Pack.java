package dev.meshcheck.suites.check;

/** How much a run is worth: each pack holds the ones above it. */
public enum Pack {
  /** At most 20 exchanges for each target, for nightly runs over many environments. */
  SMOKE,
  /** What every run does unless it is told otherwise. */
  STANDARD,
  /** Everything that costs more time or tokens. */
  FULL
}
