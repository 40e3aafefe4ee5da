package dev.meshcheck.suites.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.gateway.wire.WireServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that echo what they were sent: nothing of a secret leaves the process. */
class SecretsTest {

  /** No hexadecimal, which the ids of results hold by chance. */
  private static final String KEY = "ak-9z8y7x6w5v4u3t2s1r0q9p8o7n6m5l4k3j2h1g";

  private static final int PIECE = 7;

  @TempDir Path scratch;

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {0, 120, 150, 165, 170, 180, 190, 365, 4060, 65_500})
  void thatAnExcerptOfAnyCheckCutsInTwo(int before) throws Exception {
    mustStayInside(before, "standard");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 170, 4060})
  void thatAnExcerptCutsInTwo(int before) throws Exception {
    mustStayInside(before, "smoke");
  }

  private void mustStayInside(int before, String pack) throws Exception {
    try (WireServer echo = echo("x".repeat(before), "y".repeat(600))) {
      Cli cli = Cli.in(scratch).with("TENSORMESH_INFERENCE_API_KEY", KEY);
      String host = echo.url().toString();

      Command.Ended verify = verify(cli, host, "--pack", pack);
      Command.Ended diagnose =
          cli.run("diagnose", "--host", host, "--surface", "openai-compatible", "--model", "m");

      assertEquals(1, verify.exit(), verify.err());
      assertClean("verify", verify.out() + verify.err());
      assertClean("diagnose", diagnose.out() + diagnose.err());
      for (Path file : written()) {
        assertClean(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {5, 33})
  void thatAGreetingToAnyCheckCutsInTwo(int before) throws Exception {
    mustStayInsideAGreeting(before, "standard");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 33})
  void thatAGreetingCutsInTwo(int before) throws Exception {
    mustStayInsideAGreeting(before, "smoke");
  }

  private void mustStayInsideAGreeting(int before, String pack) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread greeting = new Thread(() -> greet(server, "+".repeat(before)));
      greeting.setDaemon(true);
      greeting.start();
      Cli cli = Cli.in(scratch).with("TENSORMESH_INFERENCE_API_KEY", KEY);
      String host = "http://127.0.0.1:" + server.getLocalPort();

      Command.Ended verify = verify(cli, host, "--pack", pack);

      assertTrue((verify.out() + verify.err()).contains("instead of a status line"), verify.out());
      assertClean("verify", verify.out() + verify.err());
      for (Path file : written()) {
        assertClean(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  private static Command.Ended verify(Cli cli, String host, String... more) {
    List<String> words =
        List.of("verify", "--host", host, "--surface", "openai-compatible", "--model", "m");
    return cli.run(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
  }

  /** Says the key that it was shown, in no HTTP. */
  private static void greet(ServerSocket server, String before) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          Scanner lines = new Scanner(socket.getInputStream(), ISO_8859_1)) {
        String key = "";
        for (String line = "…"; !line.isEmpty() && lines.hasNextLine(); ) {
          line = lines.nextLine();
          key = line.startsWith("Authorization: Bearer ") ? line.substring(22) : key;
        }
        socket.getOutputStream().write((before + key + "\r\n").getBytes(ISO_8859_1));
      } catch (IOException e) {
        // The next connection may do better.
      }
    }
  }

  @Test
  void ofAnyLength() throws Exception {
    String token = "eyJ" + "aB3-".repeat(2_000);
    try (WireServer echo = echo("", "")) {
      Cli cli =
          Cli.in(scratch)
              .with("TENSORMESH_CONTROL_PLANE_TOKEN", token)
              .with("TENSORMESH_INFERENCE_API_KEY", "k".repeat(4_200));
      Command.Ended diagnose = cli.run("diagnose", "--control-plane", echo.url().toString());
      Command.Ended verify = verify(cli, echo.url().toString());

      assertEquals(1, diagnose.exit(), diagnose.out());
      assertEquals(1, verify.exit(), verify.out());
      for (Command.Ended ended : List.of(diagnose, verify)) {
        String said = ended.out() + ended.err();
        assertFalse(said.contains("aB3-aB3-"), said);
        assertFalse(said.contains("kkkkkkk"), said);
        assertFalse(said.contains("\tat "), said);
      }
      for (Path file : written()) {
        assertFalse(Files.readString(file).contains("kkkkkkk"), file::toString);
      }
    }
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(scratch)) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertTrue(written.size() > 5, written::toString);
      return written;
    }
  }

  private static void assertClean(String where, String text) {
    for (int i = 0; i + PIECE <= KEY.length(); i++) {
      String piece = KEY.substring(i, i + PIECE);
      int at = text.indexOf(piece);
      assertTrue(
          at < 0, () -> where + " has a piece of the key: " + text.substring(Math.max(0, at - 80)));
    }
  }

  /** Answers 400 and says what key it was given. */
  private static WireServer echo(String before, String after) {
    return WireServer.start(
        0,
        call -> {
          String key = call.header("Authorization").orElse("").replace("Bearer ", "");
          return Reply.Whole.text(400, "text/plain", before + key + after);
        });
  }
}
