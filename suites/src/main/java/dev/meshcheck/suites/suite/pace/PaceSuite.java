package dev.meshcheck.suites.suite.pace;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import java.util.Map;

/** When the events of a stream arrive; judged while nothing else is in flight. */
@Alone
public final class PaceSuite {

  private static final Map<String, Boolean> WITH_USAGE = Map.of("include_usage", true);

  /** An answer that goes on for as long as its limit lets it. */
  private static final String TEDIOUS = "Count from 1 to 200.";

  @Check(
      id = "chat-stream.arrives-in-pieces",
      title = "the events arrive as they are generated, not all at once",
      level = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      ifItFails = {
        "a proxy buffers answers (nginx: proxy_buffering off)",
        "compression on the way"
      })
  void chatArrivesInPieces(Probe probe) {
    Streams.mustArriveInPieces(
        probe.chat(Basis.HELLO).with("stream_options", WITH_USAGE),
        tokens -> probe.chat(TEDIOUS).with("max_tokens", tokens),
        probe.chat(Basis.HELLO).with("max_tokens", 1));
  }

  @Check(
      id = "completions-stream.arrives-in-pieces",
      title = "the events arrive as they are generated, not all at once",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      ifItFails = {"a proxy buffers answers (nginx: proxy_buffering off)"})
  void completionsArriveInPieces(Probe probe) {
    Streams.mustArriveInPieces(
        probe.completions(Basis.HELLO).with("stream_options", WITH_USAGE),
        tokens -> probe.completions(TEDIOUS).with("max_tokens", tokens),
        probe.completions(Basis.HELLO).with("max_tokens", 1));
  }

  @Check(
      id = "responses-stream.arrives-in-pieces",
      title = "the events arrive as they are generated, not all at once",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      pack = Pack.STANDARD,
      ifItFails = {"a proxy buffers answers (nginx: proxy_buffering off)"})
  void responsesArriveInPieces(Probe probe) {
    // The least that some servers take for max_output_tokens.
    Streams.mustArriveInPieces(
        probe.responses(Basis.HELLO),
        tokens -> probe.responses(TEDIOUS).with("max_output_tokens", tokens),
        probe.responses(Basis.HELLO).with("max_output_tokens", 16));
  }

  @Check(
      id = "gateway.gzip-streams-arrive-in-pieces",
      title = "a client that accepts gzip gets the events of a stream as they are generated",
      level = SHOULD,
      route = CHAT,
      source = Sources.SSE,
      ifItFails = {
        "a proxy compresses text/event-stream and holds it back until its buffer is full"
            + " (nginx: gzip_types without it; Apache: SetEnv no-gzip)"
      })
  void gzipStreamsArriveInPieces(Probe probe) {
    Streams.mustArriveInPieces(
        probe.chat(Basis.HELLO).header("Accept-Encoding", "gzip"),
        tokens -> probe.chat(TEDIOUS).with("max_tokens", tokens).header("Accept-Encoding", "gzip"),
        probe.chat(Basis.HELLO).with("max_tokens", 1));
  }
}
