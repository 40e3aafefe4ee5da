package dev.meshcheck.reports.console;

import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one line of a terminal that says how far a run is. It is there from the first second, and its
 * clock goes on while nothing else happens. Thread-safe.
 */
public final class ProgressLine {

  /** Goes back to the start of the line and clears it. */
  private static final String CLEAR = "\r\u001b[K";

  private static final int LONGEST = 79;

  private final PrintWriter out;
  private final ConsoleStyle style;
  private final long from = System.nanoTime();
  private Optional<ScheduledExecutorService> clock = Optional.empty();
  private String text = "";

  /** A line for that output. */
  public ProgressLine(PrintWriter out, ConsoleStyle style) {
    this.out = out;
    this.style = style;
  }

  /** Shows that; nothing where the output is no terminal. */
  public synchronized void show(String now) {
    if (!style.progress()) {
      return;
    }
    text = now;
    if (clock.isEmpty()) {
      clock = Optional.of(start());
    }
    draw();
  }

  /** Takes the line away, so that others can be written; the next one brings it back. */
  synchronized void clear() {
    if (style.progress()) {
      out.print(CLEAR);
    }
  }

  /** Takes the line away for good. */
  public synchronized void end() {
    clock.ifPresent(ScheduledExecutorService::shutdownNow);
    clock = Optional.empty();
    text = "";
    clear();
  }

  private ScheduledExecutorService start() {
    ScheduledExecutorService ticking =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "meshcheck-progress");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused = ticking.scheduleAtFixedRate(this::draw, 1, 1, TimeUnit.SECONDS);
    return ticking;
  }

  private synchronized void draw() {
    if (!text.isEmpty()) {
      long seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds();
      String line = Plain.line(seconds + " s  " + text, Integer.MAX_VALUE);
      int room = Math.min(LONGEST, style.width().orElse(LONGEST + 1) - 1);
      out.print(CLEAR + (line.length() <= room ? line : line.substring(0, room - 1) + "…"));
      out.flush();
    }
  }
}
