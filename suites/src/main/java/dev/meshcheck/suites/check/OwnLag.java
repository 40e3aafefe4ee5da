package dev.meshcheck.suites.check;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late this process gets to do what it is due to do. On a busy machine a stream is read late,
 * and looks as if the host had held it back for as long.
 */
public final class OwnLag implements AutoCloseable {

  private static final long TICK_MS = 5;

  private final AtomicLong worst = new AtomicLong();
  private final Thread ticker = new Thread(this::tick, "meshcheck-own-lag");

  private OwnLag() {
    ticker.setDaemon(true);
  }

  /** Watches from now on until it is closed. */
  public static OwnLag watch() {
    OwnLag lag = new OwnLag();
    lag.ticker.start();
    return lag;
  }

  private void tick() {
    long last = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(TICK_MS);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      worst.accumulateAndGet(now - last - TimeUnit.MILLISECONDS.toNanos(TICK_MS), Math::max);
      last = now;
    }
  }

  /** The worst delay so far, in milliseconds. */
  public double worstMs() {
    return Math.max(0, worst.get() / 1e6);
  }

  @Override
  public void close() {
    ticker.interrupt();
  }
}
