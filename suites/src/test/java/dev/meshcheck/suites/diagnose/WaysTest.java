package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leads to a host, and that nothing on the way gets what is for somebody else. */
class WaysTest {

  private static final String NAME = "inference.corp.example";
  private static final String PASSWORD = "pr0xy-Pa55-phrase";

  private Stage stage;

  @BeforeEach
  void setUp() throws IOException {
    stage = new Stage();
    stage.flag(Setting.SELECT, "health.*,models.*").flag(Setting.MAX_RETRIES, "0");
  }

  @AfterEach
  void tearDown() throws IOException {
    stage.close();
  }

  @Test
  void aProxyGetsItsLoginAndNothingOfTheHost() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    URI proxy = recorder(heard, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    stage.user("on-demand").flag(Setting.HEADER, "X-Tenant: tenant-Kvqx-9931");
    stage.env("HTTPS_PROXY", "http://ann:" + PASSWORD + "@127.0.0.1:" + proxy.getPort());
    Ran.of(stage, "https://" + NAME);
    stage.diagnose("https://" + NAME);
    String all = String.join("\n", heard);
    assertTrue(all.contains("CONNECT " + NAME + ":443 HTTP/1.1"), all);
    assertTrue(all.contains("Proxy-Authorization: Basic "), all);
    for (String secret :
        List.of(Stage.KNOWN.inferenceKey(), Stage.KNOWN.userId(), "tenant-Kvqx-9931")) {
      assertFalse(all.contains(secret), all);
    }
  }

  @Test
  void aHostGetsNothingOfTheProxy() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    URI host = recorder(heard, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    // With a login for a proxy that is not for this host.
    stage.user("on-demand").env("HTTP_PROXY", "http://ann:" + PASSWORD + "@proxy.example:3128");
    Ran.of(stage, host.toString());
    stage.diagnose(host);
    String all = String.join("\n", heard);
    assertTrue(all.contains("GET /health HTTP/1.1"), all);
    assertFalse(all.contains("Proxy-"), all);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectTakesNoCredentialElsewhere(int status) throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    URI other = recorder(heard, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    URI host =
        recorder(
            new CopyOnWriteArrayList<>(),
            "HTTP/1.1 "
                + status
                + " Go\r\nLocation: "
                + other
                + "/health\r\nContent-Length: 0\r\n\r\n");
    stage.user("on-demand").flag(Setting.HEADER, "X-Tenant: tenant-Kvqx-9931");
    Ran.of(stage, host.toString());
    stage.diagnose(host);
    assertEquals(List.of(), heard);
  }

  @Test
  void insecureTakesEveryCertificateAndSaysSo() throws Exception {
    URI host = stage.tls(Certificates.EXPIRED, stage.onDemand());
    String name = "https://" + NAME + ":" + host.getPort();
    stage.flag(Setting.RESOLVE, NAME + ":" + host.getPort() + ":127.0.0.1");
    stage.flag(Setting.INSECURE, "true");
    Ran ran = Ran.of(stage, name);
    Ran.assertPassed(ran);
    ran.saysEverywhere("WITHOUT CHECKING CERTIFICATES (--insecure)");
    assertTrue(ran.curl().contains(" --insecure "), ran.curl());
    DiagnosisReport report = stage.diagnose(name);
    assertTrue(causes(report).containsAll(List.of("tls-expired", "tls-wrong-host")), report::json);
    assertTrue(report.requests() > 5, report::json);
    assertTrue(report.json().contains("WITHOUT CHECKING CERTIFICATES"), report::json);
    assertEquals(1, report.exitCode(), "the host was reached");
  }

  /** Among friends the key goes on, so that more can be told; with a bundle, friends are named. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noKeyGoesPastACertificateThatTheBundleDoesNotVouchFor(boolean bundle) throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    URI behind = recorder(heard, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    int port = stage.tls(Certificates.NAMED, behind).getPort();
    stage.user("on-demand").flag(Setting.RESOLVE, "gateway:" + port + ":127.0.0.1");
    if (bundle) {
      stage.flag(Setting.CA_BUNDLE, Certificates.GOOD.pem(stage.home()).toString());
    }
    DiagnosisReport report = stage.diagnose("https://gateway:" + port);
    assertTrue(causes(report).get(0).startsWith("tls-"), report::json);
    String all = String.join("\n", heard);
    assertEquals(!bundle, all.contains(Stage.KNOWN.inferenceKey()), all);
    assertEquals(!bundle, all.contains(Stage.KNOWN.userId()), all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k%zz-9f8e7d6c", "k{9f8e}|7d6c^", "k<9f8e>7d6c", "k\\9f8e7d#?&"})
  void aKeyMayHaveAnyCharacters(String key) throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    URI host = recorder(heard, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}");
    stage.user("on-demand").key(key);
    Ran ran = Ran.of(stage, host.toString());
    String sent = "Bearer " + key + "\r\n";
    assertTrue(heard.stream().anyMatch(h -> h.contains(sent)), heard::toString);
    Ran.assertNowhere(key, ran, stage.diagnose(host));
  }

  @Test
  void aHeaderOfTheUsersOwnGoesAlong() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    URI host = recorder(heard, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    stage.user("on-demand").flag(Setting.HEADER, "X-Tenant: acme\nX-Secret: tenant-Kvqx-9931");
    Ran ran = Ran.of(stage, host.toString());
    assertTrue(heard.stream().allMatch(h -> h.contains("X-Tenant: acme\r\n")), heard::toString);
    assertTrue(
        ran.curl().contains(" -H \"X-Tenant: $X_TENANT\" -H \"X-Secret: $X_SECRET\""), ran.curl());
    Ran.assertNowhere("tenant-Kvqx", ran, stage.diagnose(host));
    Ran.assertNowhere("acme", ran, stage.diagnose(host));
  }

  @Test
  void anAddressOfIpv6IsAHost() throws Exception {
    URI upstream = stage.onDemand();
    InetAddress[] six = InetAddress.getAllByName("::1");
    try (ServerSocket probe = new ServerSocket(0, 1, six[0])) {
      assumeTrue(probe.isBound());
    } catch (IOException e) {
      assumeTrue(false, "this machine has no IPv6");
    }
    int port = stage.keep(new TlsFront(six[0], upstream)).port();
    String host = "http://[::1]:" + port;
    Ran.assertPassed(Ran.of(stage, host));
    DiagnosisReport report = stage.diagnose(host);
    assertEquals(List.of(), causes(report), report::json);
  }

  /** Remembers what each connection begins with, and answers all alike. */
  private URI recorder(List<String> heard, String answer) throws IOException {
    return stage.raw(
        (in, out) -> {
          byte[] first = new byte[16 * 1024];
          int length = Math.max(0, in.read(first));
          heard.add(new String(first, 0, length, StandardCharsets.ISO_8859_1));
          out.write(answer.getBytes(StandardCharsets.US_ASCII));
        });
  }

  private static List<String> causes(DiagnosisReport report) {
    return report.causes().stream().map(CauseLine::cause).toList();
  }
}
