package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Who listens at the port, and who only seems to. */
final class PortSetups {

  private static final String KIND = "who listens";
  private static final String CLOSED = "connection-closed";

  private static final Duration SLOW = Duration.ofSeconds(4);

  private PortSetups() {}

  static List<Setup> all() {
    return List.of(
        // https://github.com/moby/moby/issues/31507: what maps a port takes connections by itself
        shows(
            KIND,
            "a port mapper with nothing behind it resets every connection",
            CLOSED,
            s -> resetting(s, "http")),
        shows(
                KIND,
                "the same, and TLS is spoken to it",
                "tls-handshake-failed",
                s -> resetting(s, "https"))
            .saying("without a word of TLS"),
        shows(
                KIND,
                "a server without TLS hangs up on what it cannot read, and is asked in TLS",
                "port-speaks-no-tls",
                s ->
                    s.user("serverless")
                        .diagnose("https://127.0.0.1:" + s.raw(PortSetups::plain).getPort()))
            .saying("in plain http is answered"),
        shows(
            KIND,
            "TLS is cut off, and whoever speaks without it is told to speak it",
            "tls-handshake-failed",
            s ->
                s.user("serverless")
                    .diagnose("https://127.0.0.1:" + s.raw(PortSetups::wantsTls).getPort())),
        shows(
            KIND,
            "a server without TLS waits for the end of a line that never comes",
            "port-speaks-no-tls",
            s -> {
              s.flag(Setting.TIMEOUT, "2");
              return s.user("serverless")
                  .diagnose("https://127.0.0.1:" + s.raw(PortSetups::patient).getPort());
            }),
        shows(
            KIND,
            "haproxy passes bytes on to a port that nobody listens on",
            CLOSED,
            s -> bytes(s, ""),
            "haproxy"),
        shows(
                KIND,
                "haproxy hands bytes on, and waits no longer than 1.5 s for any",
                "connection-closed",
                PortSetups::impatient,
                "haproxy")
            .saying("waits no longer for an answer"),
        shows(
            KIND,
            "haproxy rejects every connection",
            CLOSED,
            s -> bytes(s, "  tcp-request connection reject\n"),
            "haproxy"),
        healthy(
            KIND,
            "Caddy shows a web application on every path that is not the API's",
            PortSetups::beside,
            "caddy"));
  }

  private static DiagnosisReport resetting(Stage stage, String scheme) throws Exception {
    int port = stage.keep(RawServer.resetting()).port();
    return stage.user("serverless").diagnose(URI.create(scheme + "://127.0.0.1:" + port));
  }

  private static DiagnosisReport bytes(Stage stage, String rule) throws Exception {
    URI nobody = URI.create("http://127.0.0.1:1");
    return stage
        .user("serverless")
        .diagnose(
            Fronts.haproxy(
                stage,
                "",
                "  mode tcp\n" + rule + "  default_backend there",
                Fronts.backend("there", nobody) + "\n  mode tcp"));
  }

  /** Answers what begins as a request does, and says nothing to anybody else. */
  private static void plain(InputStream in, OutputStream out) throws IOException {
    if (in.read() == 'G') {
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void wantsTls(InputStream in, OutputStream out) throws IOException {
    if (in.read() == 'G') {
      out.write(
          "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Reads what begins with no method until whoever sends it has had enough. */
  private static void patient(InputStream in, OutputStream out) throws IOException {
    int first = in.read();
    if (first == 'G') {
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK".getBytes(StandardCharsets.US_ASCII));
    } else {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static DiagnosisReport impatient(Stage stage) throws Exception {
    URI slow = stage.serverless(ServiceScenes.delivered(d -> d.beforeHeaders(SLOW)));
    return stage.diagnose(
        Fronts.haproxy(
            stage,
            "",
            "  mode tcp\n  default_backend there",
            Fronts.backend("there", slow) + "\n  mode tcp\n  timeout server 1500ms"));
  }

  private static DiagnosisReport beside(Stage stage) throws Exception {
    URI host = stage.serverless();
    Path page = stage.home().resolve("index.html");
    Files.writeString(page, "<!doctype html><html><head><title>Chat</title></head></html>");
    URI front =
        Fronts.caddyHttp(
            stage,
            "handle /v1/* {\n reverse_proxy %s\n}\nhandle {\n root * %s\n try_files {path} /index.html\n file_server\n}"
                .formatted(host, stage.home()));
    return stage.flag(Setting.SURFACE, "openai-compatible").diagnose(front);
  }
}
