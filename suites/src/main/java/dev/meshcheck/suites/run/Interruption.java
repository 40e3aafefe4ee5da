package dev.meshcheck.suites.run;

/** What is done when the process is told to end. */
public final class Interruption implements Interruptions.Heeded {

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** Does that when the process is told to end, until it is to be ignored. */
  public static Interruption heed(Runnable ending) {
    Thread hook = new Thread(ending, "meshcheck-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  @Override
  public void ignore() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook tells the run.
    }
  }
}
