package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.Route;
import dev.meshcheck.fixtures.gateway.Rule;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Delivery;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What is wrong behind the gateway, or between it and the model. */
final class ServiceScenes {

  private static final String BAD_GATEWAY =
      "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>";

  private ServiceScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "rate-limited",
            "Retry-After asks for 7 seconds",
            "Wait as long as Retry-After says (",
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        chat(429, "Server is overloaded.")
                            .andReply((c, r) -> r.header("Retry-After", "7")))),
            stage -> stage.diagnose(stage.onDemand(chat(429, "insufficient_quota")))),
        new Scenario(
            "model-not-loaded",
            "→ 503 (The model is currently scaling.",
            "Wait a minute, then run again.",
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        chat(503, "The model is currently scaling. Please try again later."))),
            stage -> stage.diagnose(stage.onDemand(chat(503, "no healthy upstream")))),
        new Scenario(
            "upstream-down",
            "GET /v1/models with no key → 502 (a web page: 502 Bad Gateway)",
            "Check that the model server runs",
            stage ->
                stage
                    .user("serverless")
                    .diagnose(stage.site(call -> Reply.Whole.text(502, "text/html", BAD_GATEWAY))),
            stage -> stage.diagnose(stage.onDemand(chat(503, "The model is loading.")))),
        new Scenario(
            "timeout-before-headers",
            "POST /v1/chat/completions with your key, your user id → no answer: timeout",
            "--timeout 300",
            stage -> {
              URI host = stage.onDemand(delivered(d -> d.beforeHeaders(Duration.ofSeconds(9))));
              return stage.flag(Setting.TIMEOUT, "3").diagnose(host);
            },
            stage ->
                stage.diagnose(
                    stage.onDemand(delivered(d -> d.beforeHeaders(Duration.ofMillis(200)))))),
        new Scenario(
            "answer-does-not-end",
            "and no end after 3.",
            "--timeout 300",
            stage -> {
              URI host = stage.onDemand(delivered(d -> d.beforeBody(Duration.ofSeconds(9))));
              return stage.flag(Setting.TIMEOUT, "3").diagnose(host);
            },
            stage ->
                stage.diagnose(
                    stage.onDemand(delivered(d -> d.beforeBody(Duration.ofMillis(200)))))),
        new Scenario(
            "gateway-fails",
            "→ 500 (a web page: 500 Internal Server Error)",
            "whether what it asks itself runs",
            stage -> stage.diagnose(stage.onDemand(page500("<center>nginx/1.22.1</center>"))),
            stage -> stage.diagnose(stage.onDemand(page500("Traceback")))),
        new Scenario(
            "cache-answers",
            "→ 503 (The model is loading.), Age: 5400",
            "Empty the cache",
            stage -> stage.diagnose(stage.onDemand(aged("5400"))),
            stage -> stage.diagnose(stage.onDemand(aged("0")))),
        new Scenario(
            "connection-closed",
            "no answer: connection-closed",
            "where it breaks off",
            stage ->
                stage.user("serverless").diagnose(stage.raw((in, out) -> in.read(new byte[4096]))),
            stage -> stage.diagnose(stage.serverless())),
        new Scenario(
            "heads-break-the-rules",
            "white space stands between the name of a header field and its colon",
            "no space stands before a colon",
            stage ->
                stage.diagnose(
                    stage.onDemand(all(d -> d.framing(Delivery.Framing.SPACE_BEFORE_COLON)))),
            stage -> stage.diagnose(stage.onDemand(all(d -> d.framing(Delivery.Framing.ROOMY))))),
        new Scenario(
            "used-connections-are-lost",
            "on a connection that was used before → no answer: connection-closed",
            "--next -sv",
            stage ->
                stage
                    .user("on-demand")
                    .diagnose(stage.keep(new ForgetfulFront(stage.onDemand())).url()),
            stage -> stage.diagnose(stage.onDemand(all(Delivery::closedUntold)))),
        new Scenario(
            "not-http",
            "no answer: not-http",
            "who listens on port",
            stage -> stage.user("serverless").diagnose(stage.raw(ServiceScenes::greets)),
            stage ->
                stage.user("serverless").diagnose(stage.raw((in, out) -> in.read(new byte[4096])))),
        new Scenario(
            "one-answer-for-all",
            "got the answer with the id",
            "Let no proxy cache POST",
            stage -> stage.diagnose(stage.serverless(cached())),
            stage ->
                stage.diagnose(
                    stage.serverless(
                        Hooks.onRules(r -> r.breaking(Rule.KEY, Set.of(Route.CHAT)))))),
        new Scenario(
            "server-fails",
            "X-Request-Id: ",
            "Search the server's log",
            stage -> stage.diagnose(stage.onDemand(chat(500, "list index out of range"))),
            stage -> stage.diagnose(stage.onDemand(chat(502, "bad gateway")))),
        new Scenario(
            "clock-skewed",
            "the host's Date is ",
            "timedatectl set-ntp true",
            stage -> stage.diagnose(stage.onDemand(dated(600))),
            stage -> stage.diagnose(stage.onDemand(dated(20)))),
        new Scenario(
            "answers-name-another-model",
            "each names another model than was asked for",
            "model: who answered",
            stage -> stage.diagnose(stage.serverless(naming("tinyllama-1.1b-chat"))),
            stage -> stage.diagnose(stage.serverless(naming("meshcheck/reference-1-2026-04-14")))),
        new Scenario(
            "answers-are-slow",
            "the fastest of ",
            "where the time goes",
            stage ->
                stage.diagnose(
                    stage.serverless(all(d -> d.beforeHeaders(Duration.ofMillis(3100))))),
            stage ->
                stage.diagnose(
                    stage.serverless(delivered(d -> d.beforeHeaders(Duration.ofMillis(900)))))),
        new Scenario(
            "unknown",
            "POST /v1/chat/completions with your key, your user id → 507 (I am full.)",
            "./run.sh verify --host",
            stage -> stage.diagnose(stage.onDemand(chat(507, "I am full."))),
            stage -> stage.diagnose(stage.onDemand())));
  }

  /** Chats are answered with a page that holds this. */
  private static Hooks page500(String inside) {
    String page = "<html><head><title>500 Internal Server Error</title></head><body>%s</body>";
    return Hooks.onReply(
        (call, reply) ->
            reply.status() < 400 && call.method().equals("POST")
                ? Reply.Whole.text(500, "text/html", page.formatted(inside))
                : reply);
  }

  private static Hooks aged(String age) {
    return chat(503, "The model is loading.")
        .andReply((call, reply) -> reply.status() == 503 ? reply.header("Age", age) : reply);
  }

  private static void greets(InputStream in, OutputStream out) throws IOException {
    in.read(new byte[4096]);
    out.write("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Every chat, whoever asks, is answered with what the first got. */
  private static Hooks cached() {
    AtomicReference<Reply> first = new AtomicReference<>();
    return Hooks.onReply(
        (call, reply) -> {
          if (!call.path().equals("/v1/chat/completions")) {
            return reply;
          }
          if (reply.status() < 400) {
            first.compareAndSet(null, reply);
          }
          return Optional.ofNullable(first.get()).orElse(reply);
        });
  }

  /** Chat requests that would be answered are answered with an error instead. */
  static Hooks chat(int status, String message) {
    return Hooks.onReply(
        (call, reply) ->
            reply.status() < 400 && call.path().equals("/v1/chat/completions")
                ? Reply.Whole.text(
                        status,
                        "application/json",
                        "{\"error\": {\"message\": \"" + message + "\"}}")
                    .header("X-Request-Id", "req-1")
                : reply);
  }

  /** Good answers to a POST, delivered like that. */
  static Hooks delivered(UnaryOperator<Delivery> edit) {
    return Hooks.onReply(
        (call, reply) ->
            reply.status() < 400 && call.method().equals("POST") ? reply.deliver(edit) : reply);
  }

  /** Every answer, delivered like that. */
  static Hooks all(UnaryOperator<Delivery> edit) {
    return Hooks.onReply((call, reply) -> reply.deliver(edit));
  }

  private static Hooks dated(int seconds) {
    return Hooks.onReply(
        (call, reply) ->
            reply.header(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds))));
  }

  private static Hooks naming(String model) {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Whole whole
                ? whole.withBody(
                    Body.of(whole.body().text().replaceAll("\"model\":\"[^\"]*\"", told(model))))
                : reply);
  }

  private static String told(String model) {
    return "\"model\":\"" + model + "\"";
  }
}
