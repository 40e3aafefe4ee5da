package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.FrameReport;
import dev.meshcheck.reports.text.PrettyBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One event of a stream in its timeline.
 *
 * @param at when it was complete, after sending
 * @param gap how long the stream had been silent
 * @param event its type
 * @param data its data
 */
public record FrameView(String at, String gap, Optional<String> event, String data) {

  private static final int MOST = 200;
  private static final int LONGEST = 500;

  /** The first events of a stream. */
  static List<FrameView> of(List<FrameReport> frames) {
    List<FrameView> views = new ArrayList<>();
    double before = 0;
    for (FrameReport frame : frames.subList(0, Math.min(MOST, frames.size()))) {
      views.add(
          new FrameView(
              Numbers.duration(frame.atMs()),
              "+" + Numbers.duration(frame.atMs() - before),
              frame.event(),
              PrettyBody.line(frame.data(), LONGEST)));
      before = frame.atMs();
    }
    return List.copyOf(views);
  }
}
