package dev.meshcheck.bench;

import dev.meshcheck.fixtures.sse.SseParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import okhttp3.sse.internal.ServerSentEventReader;
import okio.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One MB of a chat stream, as it comes from a socket, read into events: ours and OkHttp's. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SseBenchmark {

  private static final int PIECE = 16 << 10;

  private static final String EVENT =
      "data: {\"id\":\"chatcmpl-5f0c9a52\",\"object\":\"chat.completion.chunk\",\"created\":1764115200,"
          + "\"model\":\"openai/gpt-oss-20b\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},"
          + "\"logprobs\":null,\"finish_reason\":null}]}\n\n";

  private final byte[] stream =
      EVENT.repeat((1 << 20) / EVENT.length()).getBytes(StandardCharsets.UTF_8);

  /** Meshcheck's. */
  @Benchmark
  public void ours(Blackhole sink) {
    SseParser parser = new SseParser(sink::consume);
    for (int from = 0; from < stream.length; from += PIECE) {
      parser.feed(stream, from, Math.min(PIECE, stream.length - from));
    }
  }

  /** OkHttp's, from its buffer, which is filled piece by piece as from a socket. */
  @Benchmark
  public void okHttps(Blackhole sink) throws IOException {
    Buffer buffer = new Buffer();
    for (int from = 0; from < stream.length; from += PIECE) {
      buffer.write(stream, from, Math.min(PIECE, stream.length - from));
    }
    ServerSentEventReader reader =
        new ServerSentEventReader(
            buffer,
            new ServerSentEventReader.Callback() {
              @Override
              public void onEvent(String id, String type, String data) {
                sink.consume(data);
              }

              @Override
              public void onRetryChange(long timeMs) {
                sink.consume(timeMs);
              }
            });
    while (reader.processNextEvent()) {
      // Its callback has the event.
    }
  }
}
