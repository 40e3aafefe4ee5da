package dev.meshcheck.suites.exporter;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.SharedInFlight;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.fleet.ExporterMetrics;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Counted;
import dev.meshcheck.reports.text.Plain;
import dev.meshcheck.suites.fleet.Fleet;
import dev.meshcheck.suites.run.Interruption;
import io.prometheus.metrics.exporter.httpserver.HealthyHandler;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Judges the environments of a targets file whenever Prometheus asks, as the blackbox exporter
 * does: https://github.com/prometheus/blackbox_exporter.
 */
public final class Exporter implements AutoCloseable {

  private static final long LAST_ANSWERS_MS = 1_500;

  /** Connections that the system keeps until the server accepts them. */
  private static final int BACKLOG = 1_024;

  /** For those that wait, and for everything else. */
  private static final int THREADS = Answers.MOST_WAITING + 32;

  /** A client that does not get done with its request keeps a thread so long, in seconds. */
  private static final String SLOWEST_REQUEST = "10";

  private final SharedInFlight inFlight;
  private final Probes probes;
  private final HttpServer server;
  private final ExecutorService threads;

  private Exporter(
      SharedInFlight inFlight, Probes probes, HttpServer server, ExecutorService threads) {
    this.inFlight = inFlight;
    this.probes = probes;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Answers until the process is told to end.
   *
   * @param halt ends the process with a code at once
   * @throws UsageException where the targets file, a flag or the address is wrong
   */
  public static ExitCode serve(
      ExporterCommand command, Sources process, PrintWriter out, IntConsumer halt)
      throws InterruptedException {
    Exporter exporter = start(command, process, out);
    Interruption unused =
        Interruption.heed(
            () -> {
              try {
                exporter.close();
              } finally {
                halt.accept(ExitCode.PASSED.code());
              }
            });
    new CountDownLatch(1).await();
    return ExitCode.PASSED;
  }

  /**
   * Starts to answer.
   *
   * @throws UsageException where the targets file, a flag or the address is wrong
   */
  static Exporter start(ExporterCommand command, Sources process, PrintWriter out) {
    Fleet fleet = EnvironmentJudge.fleet(command, process);
    InetAddress address = address(command.listen());
    Redactor redactor = new Redactor(fleet.whole().secrets());
    Problems problems = new Problems(out, redactor);
    ExporterMetrics metrics = new ExporterMetrics(fleet.entries().size());
    SharedInFlight inFlight = new SharedInFlight(command.inFlight(), SharedInFlight.PER_HOST);
    Probes probes =
        new Probes(
            new EnvironmentJudge(fleet, command.atOnce(), inFlight, redactor, problems),
            command.atOnce(),
            metrics);
    Answers answers = new Answers(fleet.entries(), probes, metrics, redactor, problems);
    ExecutorService threads = threads();
    try {
      HttpServer server = server(new InetSocketAddress(address, command.port()), answers, metrics);
      server.setExecutor(threads);
      server.start();
      Exporter exporter = new Exporter(inFlight, probes, server, threads);
      out.println(
          "Meshcheck %s: exporter, %s of %s at %s, %d probes at once"
              .formatted(
                  Tool.current().version(),
                  Counted.of(fleet.entries().size(), "environment"),
                  Plain.line(command.targets(), 300),
                  exporter.url(address),
                  command.atOnce()));
      out.println("Ctrl-C ends it.");
      out.flush();
      return exporter;
    } catch (IOException e) {
      probes.close();
      inFlight.close();
      threads.shutdownNow();
      throw new UsageException(
          "the exporter cannot listen on port %d of %s: %s; name another with --port or --listen"
              .formatted(command.port(), command.listen(), e.getMessage()));
    }
  }

  /**
   * The handlers of the Prometheus client on the server of the JDK, as its own server has them;
   * that one lets no more than 3 connections wait, and the system has all others come again a
   * second later: https://github.com/prometheus/client_java, {@code HTTPServer.Builder}.
   *
   * @throws IOException where it cannot listen there
   */
  private static HttpServer server(
      InetSocketAddress address, Answers answers, ExporterMetrics metrics) throws IOException {
    // The server of the JDK reads it once; by itself it waits for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", SLOWEST_REQUEST);
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(metrics::snapshots);
    HttpServer server = HttpServer.create(address, BACKLOG);
    Map<String, HttpHandler> handlers =
        Map.of(
            Gate.LANDING,
            answers,
            Gate.METRICS,
            new MetricsHandler(Answers.PROPERTIES, registry, Answers.QUIET),
            Gate.HEALTHY,
            new HealthyHandler());
    handlers.forEach(
        (path, handler) -> server.createContext(path, handler).setAuthenticator(new Gate()));
    return server;
  }

  /** Who finds no thread free waits for one, and never holds up who accepts connections. */
  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "meshcheck-answers");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new UsageException(
          "--listen '%s' is no address of this machine; such as 127.0.0.1, or 0.0.0.0 for all"
              .formatted(Plain.line(text, 100)));
    }
  }

  private String url(InetAddress address) {
    String host = address.getHostAddress();
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port());
  }

  /** The port that it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  /** Takes no more probes, ends those that run, and returns within some seconds. */
  @Override
  public void close() {
    probes.close();
    letAnswersOut();
    server.stop(0);
    threads.shutdownNow();
    inFlight.close();
  }

  /** The server would cut what is still being written. */
  private void letAnswersOut() {
    threads.shutdown();
    try {
      boolean unused = threads.awaitTermination(LAST_ANSWERS_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
