package dev.meshcheck.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What bash reads is what was meant; a try is a whole script, since bash takes time to start. */
class ShellFuzzTest {

  private static final Path BASH = Path.of("/bin/bash");
  private static final String SHOW = "printf '%s\\0'";
  private static final URI HOST = URI.create("https://on-demand.example/v1/chat/completions");

  @Property
  void bashReadsTheArgumentsBack(
      @ForAll @Size(min = 100, max = 100) List<@From("texts") String> arguments) {
    StringBuilder line = new StringBuilder(SHOW);
    arguments.forEach(a -> line.append(' ').append(ShellQuote.quote(a)));
    assertEquals(1, line.toString().lines().count());

    assertEquals(arguments, bash(line + "\n"));
  }

  @Property
  void bashReadsTheRequestBack(
      @ForAll @Size(min = 50, max = 50) List<@From("texts") String> bodies,
      @ForAll @Size(min = 50, max = 50) List<@From("values") String> values) {
    Curl curl = new Curl(new Redactor(List.of()), List.of());
    StringBuilder script = new StringBuilder("curl() { " + SHOW + " \"$@\"; }\n");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      Headers headers =
          new Headers(
              List.of(
                  new Headers.Field("Content-Type", "text/plain"),
                  new Headers.Field("X-Odd", values.get(i))));
      Request request = Request.of("POST", HOST, headers).withBody(bodies.get(i));
      String line = curl.line(request);
      assertEquals(1, line.lines().count(), line);
      script.append(line).append('\n');
      expected.addAll(
          List.of("-sS", "-X", "POST", HOST.toString(), "-H", "Content-Type: text/plain", "-H"));
      expected.add(values.get(i).isEmpty() ? "X-Odd;" : "X-Odd: " + values.get(i));
      expected.add(bodies.get(i).startsWith("@") ? "--data-raw" : "--data");
      expected.add(bodies.get(i));
    }

    assertEquals(expected, bash(script.toString()));
  }

  /** What a script prints, at each NUL a new one. */
  private static List<String> bash(String script) {
    assumeTrue(Files.isExecutable(BASH), "no bash here");
    try {
      Path file = Files.createTempFile("meshcheck-fuzz", ".sh");
      try {
        Files.writeString(file, script);
        Process bash =
            new ProcessBuilder(BASH.toString(), file.toString()).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.endsWith("\0"), said);
        return Arrays.asList(said.substring(0, said.length() - 1).split("\0", -1));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without NUL, which no shell can pass on. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "'", "\"", "\\", "$", "`", "!", "!!", "$(id)", "${HOME}", "~", "*", "?", "[a]", "{a,b}",
            "#", ";", "&", "|", "<", ">", "(", ")", " ", "  ", "\n", "\r", "\t", "\u0001", "\u001b",
            "\u007f", "\u0085", "\u009b", "0", "7", "a", "F", "-", "--", "@", "=", "%", "^", "é",
            "𝄞", "\u2028", "\u202e", "\\n", "\\x41", "\\'", "$'", "EOF", "curl")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  /** Those that a header can have. */
  @Provide
  Arbitrary<String> values() {
    return texts().filter(t -> t.chars().noneMatch(Character::isISOControl)).map(String::strip);
  }
}
