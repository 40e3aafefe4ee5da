package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;

/** What is so at one moment only: an engine dies over a request, or breaks while it starts. */
final class DyingSetups {

  private static final String KIND = "at one moment";
  private static final String CUDA =
      "{\"error\":{\"message\":\"CUDA error: an illegal memory access was encountered\",\"type\":\"InternalServerError\"}}";
  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\",\"owned_by\":\"vllm\"}]}";

  private DyingSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            KIND,
            "an engine dies over the first chat, and with it the server",
            "server-fails",
            DyingSetups::forGood),
        shows(
            KIND,
            "an engine dies over the first chat, and whatever comes is a 503 of the front",
            "server-fails upstream-down",
            s -> {
              AtomicInteger asked = new AtomicInteger();
              return s.diagnose(
                  s.serverless(Hooks.onReply((call, reply) -> behindAFront(asked, call, reply))));
            }),
        shows(
            KIND,
            "a limit that is met before the stream is asked for",
            "rate-limited",
            s ->
                s.diagnose(
                    s.serverless(
                        goodChats(nth -> nth > 1, RefusalSetups.error(429, "Too many requests"))))),
        shows(
            KIND,
            "whatever is asked for breaks, the health included",
            "server-fails",
            s ->
                s.user("serverless")
                    .diagnose(
                        s.site(c -> Reply.Whole.text(500, "text/plain", "Internal Server Error")))),
        shows(
            KIND,
            "one 502 while the server starts, and a wrong key",
            "key-invalid",
            s -> {
              AtomicInteger asked = new AtomicInteger();
              URI host =
                  s.serverless(
                      Hooks.onReply(
                          (call, reply) ->
                              asked.incrementAndGet() == 1
                                  ? Reply.Whole.text(502, "text/html", "<h1>502 Bad Gateway</h1>")
                                  : reply));
              return s.key(Stage.WRONG_KEY).diagnose(host);
            }),
        shows(
            KIND,
            "one 500 of a cold start",
            "answers-differ",
            s ->
                s.diagnose(
                    s.serverless(
                        goodChats(
                            nth -> nth == 1, RefusalSetups.error(500, "worker is not up"))))));
  }

  /** Those of the chats that would be answered are answered like that. */
  private static Hooks goodChats(IntPredicate which, Reply other) {
    AtomicInteger asked = new AtomicInteger();
    return Hooks.onReply(
        (call, reply) ->
            call.path().endsWith("/chat/completions")
                    && reply.status() == 200
                    && which.test(asked.incrementAndGet())
                ? other
                : reply);
  }

  private static Reply behindAFront(AtomicInteger asked, Call call, Reply reply) {
    boolean chat = call.path().endsWith("/chat/completions") && reply.status() == 200;
    int nth = chat || asked.get() > 0 ? asked.incrementAndGet() : 0;
    return nth == 0
        ? reply
        : nth == 1
            ? Reply.Whole.text(500, "application/json", CUDA)
            : Reply.Whole.text(503, "text/plain", "no healthy upstream").header("Server", "envoy");
  }

  private static DiagnosisReport forGood(Stage stage) throws Exception {
    AtomicReference<RawServer> server = new AtomicReference<>();
    server.set(stage.keep(new RawServer((in, out) -> dying(server, in, out))));
    return stage
        .flag(Setting.SURFACE, "openai-compatible")
        .key(Stage.KNOWN.inferenceKey())
        .diagnose("http://127.0.0.1:" + server.get().port());
  }

  private static void dying(AtomicReference<RawServer> server, InputStream in, OutputStream out)
      throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String first = String.valueOf(reader.readLine());
    for (String line = first; line != null && !line.isEmpty(); ) {
      line = reader.readLine();
    }
    boolean chat = first.startsWith("POST");
    if (chat) {
      server.get().close();
    }
    String body = chat ? CUDA : MODELS;
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(chat ? "500 Internal Server Error" : "200 OK", body.length(), body)
            .getBytes(StandardCharsets.UTF_8));
  }
}
