package dev.meshcheck.bench;

import dev.meshcheck.fixtures.exchange.Redactor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Redaction of a body against its length: the time for ten times the text is ten times as long. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RedactionBenchmark {

  private static final String BODY =
      "{\"id\":\"chatcmpl-5f0c9a52\",\"object\":\"chat.completion\",\"created\":1764115200,\"model\":"
          + "\"openai/gpt-oss-20b\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
          + "\"A sentence with \\\"quotes\\\", a line\\nand an address: https://example.com/?page=2&x=y\"}}],"
          + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34,\"total_tokens\":46}}\n";

  /** Characters of the text. */
  @Param({"1000", "10000", "100000", "1000000"})
  public int length;

  private final Redactor redactor =
      new Redactor(
          List.of("ak-a-key-of-somebody-9f8e7d6c5b4a", "cp-a-token-of-somebody-1029384756"));

  private String text = "";

  /** Makes the text. */
  @Setup
  public void fill() {
    redactor.learnId("5f0c9a52-7d1e-4c2b-9a57-0d6c1f3b8e21");
    text = BODY.repeat(length / BODY.length() + 1).substring(0, length);
  }

  /** The text without secrets. */
  @Benchmark
  public String text() {
    return redactor.text(text);
  }
}
