package dev.meshcheck.suites.exporter;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Tells what somebody has to put right, once: a probe a minute would fill a log with it. */
final class Problems implements Consumer<String> {

  /** What was told before the last so many is told again. */
  private static final int MEMORY = 1000;

  private final PrintWriter out;
  private final Redactor redactor;
  private final Set<String> told =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MEMORY;
            }
          });

  Problems(PrintWriter out, Redactor redactor) {
    this.out = out;
    this.redactor = redactor;
  }

  @Override
  public synchronized void accept(String line) {
    if (told.add(line)) {
      out.println("meshcheck: " + Plain.line(redactor.text(line), 1000));
      out.flush();
    }
  }
}
