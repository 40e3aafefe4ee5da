package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real proxy in front of the gateway, set up as people set it up. */
class BehindNginxTest {

  private final Stage stage;

  BehindNginxTest() throws Exception {
    stage = new Stage();
  }

  @BeforeEach
  void needsNginx() {
    assumeTrue(
        Nginx.installed().isPresent(), "nginx is not installed: apt-get install nginx-light");
  }

  @AfterEach
  void clear() throws Exception {
    stage.close();
  }

  private URI nginx(String locations) throws Exception {
    return stage.keep(Nginx.start(stage.home(), locations)).url();
  }

  private static List<String> causes(DiagnosisReport report) {
    return report.causes().stream().map(CauseLine::cause).toList();
  }

  @Test
  void unbufferedItIsTransparent() throws Exception {
    URI host =
        nginx("location / { proxy_pass %s; proxy_buffering off; }".formatted(stage.onDemand()));
    DiagnosisReport report = stage.diagnose(host);

    assertEquals(List.of(), causes(report), report::json);
  }

  @Test
  void itBuffersStreamsUnlessToldOtherwise() throws Exception {
    // Slow enough that the wait shows even where a busy machine makes every answer slow.
    Hooks slow = Hooks.onReply((call, reply) -> reply.deliver(d -> d.gap(Duration.ofMillis(300))));
    URI host = nginx("location / { proxy_pass %s; }".formatted(stage.onDemand(slow)));
    DiagnosisReport report = stage.diagnose(host);

    assertEquals(List.of("proxy-buffers-streams"), causes(report), report::json);
  }

  @Test
  void aDeadUpstreamIsNamed() throws Exception {
    stage.user("on-demand");
    DiagnosisReport report = stage.diagnose(nginx("location / { proxy_pass http://127.0.0.1:1; }"));

    assertEquals(List.of("upstream-down"), causes(report), report::json);
  }

  @Test
  void aPathThatItDoesNotRouteIsNamed() throws Exception {
    URI gateway = stage.onDemand();
    String location = "location /inference/ { proxy_pass %s/; proxy_buffering off; }";
    URI host = nginx(location.formatted(gateway));

    assertEquals(List.of("host-is-ingress-default"), causes(stage.diagnose(host)));
    DiagnosisReport right = stage.diagnose(host + "/inference");
    assertEquals(List.of(), causes(right), right::json);
  }

  @Test
  void aPrefixThatItDoesNotTakeOffIsNamed() throws Exception {
    URI host =
        nginx("location / { proxy_pass %s; proxy_buffering off; }".formatted(stage.onDemand()));
    DiagnosisReport report = stage.diagnose(host + "/inference");

    assertEquals(List.of("base-url-wrong-prefix"), causes(report), report::json);
  }
}
