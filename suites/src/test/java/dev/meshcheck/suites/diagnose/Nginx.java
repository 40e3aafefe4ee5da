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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's nginx in front of a server, in the foreground of a process of its own. */
final class Nginx implements AutoCloseable {

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where nginx is, if it is. */
  static Optional<Path> installed() {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param locations the location blocks of its one server
   */
  static Nginx start(Path folder, String locations) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String root = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
    Path config = folder.resolve("nginx.conf");
    Files.writeString(
        config,
        root
            + """
            daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
              uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
              server { listen 127.0.0.1:%2$d; proxy_http_version 1.1; %3$s }
            }
            """
                .formatted(folder, port, locations));
    Process process =
        new ProcessBuilder(
                installed().orElseThrow().toString(), "-p", folder.toString(), "-c", "" + config)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    nginx.awaitPort();
    return nginx;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private void awaitPort() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    close();
    throw new IOException("nginx does not listen on port " + port);
  }

  @Override
  public void close() {
    // Its worker goes with it, and takes its files away last.
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
  }
}
