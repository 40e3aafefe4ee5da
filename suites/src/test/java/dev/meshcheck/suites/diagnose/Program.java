package dev.meshcheck.suites.diagnose;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server from Debian, in the foreground of a process of its own. */
final class Program implements AutoCloseable {

  private final Process process;
  private final int port;

  private Program(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where that program is, if it is. */
  static Optional<Path> installed(String name) {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Starts it, and waits until it listens on that port. */
  static Program start(Path folder, int port, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(installed(name).orElseThrow().toString()), Arrays.stream(arguments))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_DATA_HOME", folder.toString());
    Path said = folder.resolve(name + ".out");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    Program program = new Program(process, port);
    if (!program.listens()) {
      program.close();
      throw new IOException(name + " does not listen on " + port + ": " + Files.readString(said));
    }
    return program;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private boolean listens() throws InterruptedException {
    for (int attempt = 0; attempt < 300 && process.isAlive(); attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        // A loopback connection to a free port may end up with itself.
        if (socket.getLocalPort() != port) {
          return true;
        }
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    return false;
  }

  @Override
  public void close() {
    // What it started goes with it.
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
