package dev.meshcheck.suites.exporter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.reports.fleet.ExporterMetrics;
import dev.meshcheck.reports.fleet.ExporterPage;
import dev.meshcheck.reports.fleet.ProbeMetrics;
import dev.meshcheck.suites.fleet.Fleet;
import io.prometheus.metrics.config.ExporterHttpServerProperties;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.exporter.httpserver.HttpErrorHandlingPolicy;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Answers the landing page and probes; the server of the library answers the rest. */
final class Answers implements HttpHandler {

  /** Those that wait for probes; each has a thread, and some must be left for everything else. */
  static final int MOST_WAITING = 96;

  /** Seconds after which it is worth asking again. */
  private static final String RETRY_AFTER = "5";

  /** Longer, and the server would close the connection. */
  private static final Duration LONGEST = Duration.ofSeconds(590);

  /** Who hangs up early is no news. */
  static final HttpErrorHandlingPolicy QUIET =
      HttpErrorHandlingPolicy.builder().errorReporter(e -> {}).build();

  /**
   * Nothing from outside changes what is answered. Compressed answers to HEAD would make the server
   * of the JDK complain on the console.
   */
  static final PrometheusProperties PROPERTIES =
      PrometheusProperties.builder()
          .exporterHttpServerProperties(
              ExporterHttpServerProperties.builder().preferUncompressedResponse(true).build())
          .build();

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Probes probes;
  private final ExporterMetrics metrics;
  private final Redactor redactor;
  private final Consumer<String> problems;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /**
   * Answers.
   *
   * @param redactor knows every secret that a run has used
   * @param problems takes a line on what whoever runs the exporter has to put right
   */
  Answers(
      List<Entry> entries,
      Probes probes,
      ExporterMetrics metrics,
      Redactor redactor,
      Consumer<String> problems) {
    entries.forEach(entry -> this.entries.put(entry.name(), entry));
    this.probes = probes;
    this.metrics = metrics;
    this.redactor = redactor;
    this.problems = problems;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals(Gate.PROBE)) {
        probe(exchange);
      } else {
        send(exchange, 200, "text/html", page());
      }
    }
  }

  private String page() {
    return ExporterPage.render(entries.values().stream().map(Fleet::environment).toList());
  }

  private void probe(HttpExchange exchange) throws IOException {
    metrics.asked();
    Optional<ProbeMetrics> answer = Optional.empty();
    try {
      answer = Optional.of(probed(exchange));
    } catch (Refused e) {
      refuse(exchange, e.status(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(exchange, 503, "the exporter ends");
    } catch (RuntimeException e) {
      problems.accept("internal error: " + e);
      refuse(exchange, 500, "internal error; the exporter's own output tells more");
    }
    if (answer.isPresent()) {
      metrics.answered(200);
      send(exchange, answer.get());
    }
  }

  private ProbeMetrics probed(HttpExchange exchange) throws InterruptedException {
    Question question = Question.of(Optional.ofNullable(exchange.getRequestURI().getRawQuery()));
    Entry entry =
        Optional.ofNullable(entries.get(question.target()))
            .orElseThrow(() -> unknown(question.target()));
    List<String> said =
        exchange.getRequestHeaders().getOrDefault(Question.timeoutHeader(), List.of());
    Duration most = Question.patience(said, said.isEmpty() ? EnvironmentJudge.USUAL : LONGEST);
    if (!waiting.tryAcquire()) {
      throw Refused.busy(MOST_WAITING + " wait for probes already");
    }
    try {
      ProbeMetrics answer = probes.ask(entry, question.pack(), most);
      answer.why().ifPresent(why -> problems.accept(entry.name() + ": could not run: " + why));
      return answer;
    } finally {
      waiting.release();
    }
  }

  private Refused unknown(String name) {
    return Refused.unknown(
        "there is no environment '%s'; %sthe page at / has them all"
            .formatted(Question.shown(name), Question.hint(name, List.copyOf(entries.keySet()))));
  }

  private void refuse(HttpExchange exchange, int status, String message) throws IOException {
    metrics.answered(status);
    if (status == 503) {
      exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER);
    }
    send(exchange, status, "text/plain", redactor.text(message) + "\n");
  }

  /** In the format that whoever asks prefers; the library knows them. */
  private static void send(HttpExchange exchange, ProbeMetrics answer) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(answer::snapshots);
    new MetricsHandler(PROPERTIES, registry, QUIET).handle(exchange);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
