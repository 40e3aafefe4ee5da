package dev.meshcheck.suites.check;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets checks judge in turn and wait for answers all at once. What a check reads out of an answer
 * takes many times its bytes, so only as many judge at a time as the heap has room for.
 * Thread-safe.
 */
final class Turns {

  /** Of the heap, for what one check has parsed. */
  private static final long ROOM = 128L << 20;

  private static final int FEWEST = 2;

  private static final int MOST = 48;

  private final Semaphore free;
  private final ThreadLocal<Boolean> mine = ThreadLocal.withInitial(() -> false);

  /** As many turns as this process has room for. */
  Turns() {
    long room = Runtime.getRuntime().maxMemory() / ROOM;
    this.free = new Semaphore((int) Math.max(FEWEST, Math.min(MOST, room)), true);
  }

  /** Waits for a turn, which this thread has until {@link #end}. */
  void begin() {
    free.acquireUninterruptibly();
    mine.set(true);
  }

  /** Ends the turn of this thread. */
  void end() {
    mine.set(false);
    free.release();
  }

  /** Lets others have their turn meanwhile; a thread without a turn just goes on. */
  <T> T waiting(Supplier<T> answer) {
    if (!mine.get()) {
      return answer.get();
    }
    end();
    try {
      return answer.get();
    } finally {
      begin();
    }
  }
}
