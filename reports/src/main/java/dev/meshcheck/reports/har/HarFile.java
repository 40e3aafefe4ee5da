package dev.meshcheck.reports.har;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.HeaderReport;
import dev.meshcheck.reports.model.RequestReport;
import dev.meshcheck.reports.model.ResponseReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TimingsReport;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.PlainJson;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Renders exchanges.har: all that went over the wire, redacted, for the network panel of a browser.
 * The format is HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/.
 */
public final class HarFile {

  private static final ObjectMapper JSON = JsonMapper.builder(PlainJson.factory()).build();

  /** What HAR says where something is not known. */
  private static final int UNKNOWN = -1;

  private final Map<String, StringBuilder> judged = new HashMap<>();
  private final RunReport report;

  private HarFile(RunReport report) {
    this.report = report;
    for (CheckResult result : report.results()) {
      result.exchanges().stream()
          .distinct()
          .forEach(
              id ->
                  judged
                      .computeIfAbsent(id, i -> new StringBuilder(id))
                      .append(", ")
                      .append(Story.name(result))
                      .append(' ')
                      .append(result.outcome()));
    }
  }

  /** The text of exchanges.har. */
  public static String render(RunReport report) {
    try {
      return JSON.writeValueAsString(new HarFile(report).har()) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an exchange cannot be written as HAR", e);
    }
  }

  private ObjectNode har() {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode log = root.putObject("log");
    log.put("version", "1.2");
    log.putObject("creator")
        .put("name", report.tool().name())
        .put("version", report.tool().version());
    log.put("comment", "run " + report.run().id());
    ArrayNode entries = log.putArray("entries");
    report.exchanges().forEach((id, exchange) -> entries.add(entry(id, exchange)));
    return root;
  }

  private ObjectNode entry(String id, ExchangeReport exchange) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("startedDateTime", exchange.startedAt().toString());
    entry.put("time", exchange.timings().total());
    entry.set("request", request(exchange.request()));
    entry.set("response", response(exchange));
    entry.putObject("cache");
    entry.set("timings", timings(exchange.timings()));
    exchange.connection().ifPresent(c -> entry.put("connection", c.name()));
    entry.put("comment", Optional.ofNullable(judged.get(id)).map(Object::toString).orElse(id));
    return entry;
  }

  private static ObjectNode request(RequestReport request) {
    ObjectNode node = JSON.createObjectNode();
    node.put("method", request.method()).put("url", request.url());
    message(node, request.headers());
    ArrayNode query = node.putArray("queryString");
    query(request.url()).forEach(pair -> field(query, pair[0], pair.length > 1 ? pair[1] : ""));
    request
        .body()
        .ifPresent(
            body ->
                node.putObject("postData")
                    .put("mimeType", header(request.headers(), "content-type").orElse(""))
                    .put("text", body));
    node.put("bodySize", request.truncated() ? UNKNOWN : size(request.body().orElse("")));
    return node;
  }

  /** What has no status line is told with status 0, as browsers do. */
  private static ObjectNode response(ExchangeReport exchange) {
    Optional<ResponseReport> response = exchange.response();
    List<HeaderReport> headers = response.map(ResponseReport::headers).orElse(List.of());
    String body = response.map(ResponseReport::body).orElse("");
    ObjectNode node = JSON.createObjectNode();
    node.put("status", response.map(ResponseReport::status).orElse(0)).put("statusText", "");
    message(node, headers);
    node.putObject("content")
        .put("size", size(body))
        .put("mimeType", header(headers, "content-type").orElse("x-unknown"))
        .put("text", body);
    node.put("redirectURL", header(headers, "location").orElse(""));
    // Decompressed and redacted: how many bytes came over the wire is not known any more.
    node.put("bodySize", UNKNOWN);
    exchange.noAnswer().ifPresent(none -> node.put("_error", none.kind() + ": " + none.message()));
    return node;
  }

  private static void message(ObjectNode node, List<HeaderReport> headers) {
    node.put("httpVersion", "HTTP/1.1").putArray("cookies");
    ArrayNode fields = node.putArray("headers");
    headers.forEach(h -> field(fields, h.name(), h.value()));
    node.put("headersSize", UNKNOWN);
  }

  /** The phases; what HAR calls connect includes the TLS handshake. */
  private static ObjectNode timings(TimingsReport timings) {
    double tls = timings.tls().orElse(0.0);
    double connect = timings.connect().orElse(0.0) + tls;
    double before = timings.dns().orElse(0.0) + connect;
    double firstByte = Math.min(timings.total(), timings.firstByte().orElse(timings.total()));
    ObjectNode node = JSON.createObjectNode();
    node.put("blocked", UNKNOWN);
    node.put("dns", timings.dns().orElse((double) UNKNOWN));
    node.put("connect", timings.connect().isPresent() ? connect : UNKNOWN);
    node.put("ssl", timings.tls().orElse((double) UNKNOWN));
    node.put("send", 0);
    node.put("wait", Math.max(0, firstByte - before));
    node.put("receive", timings.total() - firstByte);
    return node;
  }

  private static List<String[]> query(String url) {
    try {
      String query = URI.create(url).getQuery();
      return query == null || query.isEmpty()
          ? List.of()
          : List.of(query.split("&")).stream().map(pair -> pair.split("=", 2)).toList();
    } catch (IllegalArgumentException e) {
      // A redacted address need not be one.
      return List.of();
    }
  }

  private static Optional<String> header(List<HeaderReport> headers, String name) {
    return headers.stream()
        .filter(h -> h.name().toLowerCase(Locale.ROOT).equals(name))
        .map(HeaderReport::value)
        .findFirst();
  }

  private static void field(ArrayNode fields, String name, String value) {
    fields.addObject().put("name", name).put("value", value);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
