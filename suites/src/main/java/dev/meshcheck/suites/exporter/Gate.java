package dev.meshcheck.suites.exporter;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.util.List;

/**
 * Lets through what there is to ask: the server of the library would answer any method, and any
 * path that begins like one of its own. It is asked before every handler; nobody's name matters
 * here.
 */
final class Gate extends Authenticator {

  static final String LANDING = "/";
  static final String PROBE = "/probe";
  static final String METRICS = "/metrics";
  static final String HEALTHY = "/-/healthy";

  private static final List<String> METHODS = List.of("GET", "HEAD");
  private static final List<String> PATHS = List.of(LANDING, PROBE, METRICS, HEALTHY);

  @Override
  public Result authenticate(HttpExchange exchange) {
    if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", String.join(", ", METHODS));
      return new Failure(405);
    }
    return PATHS.contains(exchange.getRequestURI().getPath())
        ? new Success(new HttpPrincipal("anybody", "meshcheck"))
        : new Failure(404);
  }
}
