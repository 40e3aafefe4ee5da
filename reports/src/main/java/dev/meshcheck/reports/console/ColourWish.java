package dev.meshcheck.reports.console;

/** When a user wants colours. */
public enum ColourWish {
  AUTO,
  ALWAYS,
  NEVER
}
