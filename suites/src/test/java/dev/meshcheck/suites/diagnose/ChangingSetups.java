package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.suites.diagnose.Setup.healthy;
import static dev.meshcheck.suites.diagnose.Setup.shows;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.reports.cause.DiagnosisReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Answers that change from one request to the next. */
final class ChangingSetups {

  private static final String KIND = "now and then";
  private static final String DIFFER = "answers-differ";

  private ChangingSetups() {}

  static List<Setup> all() {
    return List.of(
        shows(
            KIND,
            "nginx: one of two backends is broken",
            DIFFER,
            s ->
                nginx(
                    s,
                    s.onDemand(),
                    s.site(
                        c ->
                            Reply.Whole.text(
                                500,
                                "application/json",
                                "{\"error\": {\"message\": \"dead engine\"}}"))),
            "nginx"),
        shows(
            KIND,
            "nginx: one of two backends is another service",
            DIFFER,
            s ->
                nginx(
                    s,
                    s.onDemand(),
                    s.site(c -> Reply.Whole.text(200, "text/html", HostScenes.PAGE))),
            "nginx"),
        shows(
            KIND,
            "haproxy: one of two backends is down",
            DIFFER,
            s -> haproxy(s, "", s.onDemand(), URI.create("http://127.0.0.1:1")),
            "haproxy"),
        shows(
            KIND,
            "haproxy: one of two backends serves another model",
            DIFFER,
            s -> haproxy(s, "", s.onDemand(), s.onDemand(otherModel())),
            "haproxy"),
        shows(
            KIND,
            "haproxy: one of two backends knows another key",
            DIFFER,
            s -> haproxy(s, "", s.onDemand(), s.onDemand(refuses())),
            "haproxy"),
        shows(
            KIND,
            "Caddy: one of two backends is broken",
            DIFFER,
            s ->
                s.diagnose(
                    Fronts.caddyHttp(
                        s,
                        "reverse_proxy {\n to %s %s\n lb_policy round_robin\n}"
                            .formatted(
                                s.onDemand(),
                                s.site(c -> Reply.Whole.text(500, "text/plain", "panic"))))),
            "caddy"),
        shows(
            KIND,
            "every second answer is a 404",
            DIFFER,
            s -> s.diagnose(s.onDemand(everySecond(404)))),
        shows(
            KIND,
            "every third answer is a 502",
            DIFFER,
            s -> s.diagnose(s.onDemand(everyNth(3, 502)))),
        shows(
                KIND,
                "every second connection is reset",
                DIFFER + " connection-closed",
                s -> s.diagnose(resetting(s)))
            .saying("of"),
        shows(
            KIND,
            "haproxy takes one request of each connection",
            "used-connections-are-lost",
            s ->
                WaySetups.haproxy(s, s.onDemand(), "http-request reject unless { http_first_req }"),
            "haproxy"),
        healthy(
            KIND,
            "nginx takes one request of each connection, and says so",
            s ->
                s.diagnose(
                    Fronts.nginx(
                        s,
                        "keepalive_requests 1; ",
                        "location / { proxy_pass %s; }".formatted(s.onDemand()))),
            "nginx"),
        shows(
                KIND,
                "one name, two addresses, of which one is another service",
                DIFFER + " one-address-differs",
                s -> {
                  URI gateway = s.onDemand();
                  int port = twoAddresses(s, gateway);
                  s.resolver(
                      name ->
                          List.of(
                              InetAddress.getLoopbackAddress(),
                              InetAddress.getByName("127.0.0.2")));
                  return s.diagnose("http://two-addresses.localhost:" + port);
                })
            .saying("127.0.0.2"),
        shows(
            KIND,
            "nginx limits requests, and says 503",
            "rate-limited",
            s ->
                s.diagnose(
                    Fronts.nginx(
                        s,
                        "limit_req_zone $server_addr zone=z:1m rate=20r/s; ",
                        "limit_req zone=z burst=1 nodelay; location / { proxy_pass %s; }"
                            .formatted(s.onDemand()))),
            "nginx"),
        shows(
            KIND,
            "nginx limits connections, and says 503",
            "rate-limited",
            s ->
                s.diagnose(
                    Fronts.nginx(
                        s,
                        "limit_conn_zone $server_addr zone=z:1m; ",
                        "limit_conn z 1; location / { proxy_pass %s; }"
                            .formatted(
                                s.onDemand(
                                    Hooks.onReply(
                                        (c, r) ->
                                            r.deliver(
                                                d ->
                                                    d.beforeHeaders(
                                                        java.time.Duration.ofMillis(150)))))))),
            "nginx"),
        shows(
            KIND,
            "haproxy limits requests, and says 429",
            "rate-limited",
            s ->
                WaySetups.haproxy(
                    s,
                    s.onDemand(),
                    "stick-table type ip size 1k expire 30s store http_req_rate(10s)\n  http-request track-sc0 src\n  http-request deny deny_status 429 if { sc_http_req_rate(0) gt 4 }"),
            "haproxy"),
        healthy(
            KIND,
            "nginx: two backends that are alike",
            s -> nginx(s, s.onDemand(), s.onDemand()),
            "nginx"),
        healthy(
            KIND,
            "haproxy: two backends that are alike",
            s -> haproxy(s, "", s.onDemand(), s.onDemand()),
            "haproxy"),
        healthy(
            KIND,
            "each answer comes from a server of another name",
            s -> {
              AtomicInteger count = new AtomicInteger();
              return s.diagnose(
                  s.onDemand(
                      Hooks.onReply(
                          (c, r) -> r.header("X-Served-By", "pod-" + count.incrementAndGet()))));
            }),
        shows(
            KIND,
            "the backend is down, all of the time",
            "upstream-down",
            s -> haproxy(s, "", URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:1")),
            "haproxy"),
        healthy(KIND, "one chat is told to come later", s -> limited(s, 1, ChangingSetups::isPost)),
        healthy(KIND, "the first request is told to come later", s -> limited(s, 1, c -> true)),
        shows(
            KIND,
            "chat is told to come later, and again",
            "rate-limited",
            s -> limited(s, 2, c -> c.path().equals("/v1/chat/completions") && isMine(c))));
  }

  private static DiagnosisReport nginx(Stage stage, URI one, URI other) throws Exception {
    String http =
        "upstream both { server 127.0.0.1:%d; server 127.0.0.1:%d; } "
            .formatted(one.getPort(), other.getPort());
    return stage.diagnose(Fronts.nginx(stage, http, "location / { proxy_pass http://both; }"));
  }

  private static DiagnosisReport haproxy(Stage stage, String rule, URI one, URI other)
      throws Exception {
    stage.user("on-demand");
    return stage.diagnose(
        Fronts.haproxy(
            stage, "", rule + "\n  default_backend both", Fronts.backend("both", one, other)));
  }

  private static Hooks otherModel() {
    return Hooks.onReply(
        (call, reply) ->
            call.path().equals("/v1/models") && reply.status() == 200
                ? Reply.Whole.text(
                    200,
                    "application/json",
                    "{\"object\": \"list\", \"data\": [{\"id\": \"other/model\", \"object\": \"model\"}]}")
                : call.method().equals("POST") && reply.status() == 200
                    ? Reply.Whole.text(
                        404,
                        "application/json",
                        "{\"error\": {\"message\": \"The model does not exist.\"}}")
                    : reply);
  }

  private static Hooks refuses() {
    return Hooks.onReply(
        (call, reply) ->
            Reply.Whole.text(
                401, "application/json", "{\"error\": {\"message\": \"Invalid API key.\"}}"));
  }

  private static Hooks everySecond(int status) {
    return everyNth(2, status);
  }

  private static Hooks everyNth(int nth, int status) {
    AtomicInteger count = new AtomicInteger();
    return Hooks.onReply(
        (call, reply) ->
            count.incrementAndGet() % nth == 0
                ? Reply.Whole.text(
                    status, "application/json", "{\"error\": {\"message\": \"Not here.\"}}")
                : reply);
  }

  /** A way to the gateway that closes every second connection. */
  private static URI resetting(Stage stage) throws IOException {
    URI gateway = stage.onDemand();
    TlsFront good = stage.keep(new TlsFront(InetAddress.getLoopbackAddress(), gateway, 2));
    return URI.create("http://127.0.0.1:" + good.port());
  }

  /** One port: the gateway at 127.0.0.1, a web site at 127.0.0.2. */
  private static int twoAddresses(Stage stage, URI gateway) throws Exception {
    int port = stage.keep(new TlsFront(InetAddress.getLoopbackAddress(), gateway)).port();
    URI page = stage.site(c -> Reply.Whole.text(200, "text/html", HostScenes.PAGE));
    stage.keep(new TlsFront(new ServerSocket(port, 50, InetAddress.getByName("127.0.0.2")), page));
    return port;
  }

  private static boolean isPost(Call call) {
    return call.method().equals("POST");
  }

  private static boolean isMine(Call call) {
    return call.header("Authorization").orElse("").contains(Stage.KNOWN.inferenceKey());
  }

  /** So many of those calls are told to come in a second. */
  private static DiagnosisReport limited(Stage stage, int times, Predicate<Call> which) {
    AtomicInteger left = new AtomicInteger(times);
    return stage.diagnose(
        stage.onDemand(
            Hooks.onReply(
                (c, r) ->
                    which.test(c) && left.getAndDecrement() > 0
                        ? Reply.Whole.text(
                                429,
                                "application/json",
                                "{\"error\": {\"message\": \"Come later.\"}}")
                            .header("Retry-After", "1")
                        : r)));
  }
}
