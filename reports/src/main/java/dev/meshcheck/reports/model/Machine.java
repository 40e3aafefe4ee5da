package dev.meshcheck.reports.model;

/** Where a run happened; nothing that names the machine or its user. */
public record Machine(String os, String arch, String java, int processors) {

  /** This machine. */
  public static Machine current() {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
  }
}
