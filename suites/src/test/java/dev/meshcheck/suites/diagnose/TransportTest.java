package dev.meshcheck.suites.diagnose;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to a host through real programs: verify and diagnose go them alike, and say so. */
@Tag("long")
class TransportTest {

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
  void squidLeadsToAnHttpsHost() throws Exception {
    needs("squid");
    URI proxy = squid("http_access allow all");
    stage.env("HTTPS_PROXY", proxy.toString());

    Ran ran = Ran.of(stage, named());
    Ran.assertPassed(ran);
    ran.saysEverywhere("through the proxy " + proxy + " (from HTTPS_PROXY)");
    assertTrue(ran.curl().contains(" --proxy '" + proxy + "' --noproxy '' "), ran.curl());
    assertEquals(List.of(), causes(stage.diagnose(named())));
  }

  @Test
  void squidLeadsToAPlainHost() throws Exception {
    needs("squid");
    String host = "http://" + NAME + ":" + stage.onDemand().getPort();
    URI proxy = squid("http_access allow all");
    stage.flag(Setting.PROXY, proxy.toString()).flag(Setting.ALLOW_INSECURE, "true");

    Ran.assertPassed(Ran.of(stage, host));
    assertEquals(List.of(), causes(stage.diagnose(host)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void squidWantsALogin(boolean tls) throws Exception {
    needs("squid");
    URI proxy = squid(passwords() + "http_access allow known\nhttp_access deny all");
    String host = tls ? named() : "http://" + NAME + ":" + stage.onDemand().getPort();
    stage.flag(Setting.ALLOW_INSECURE, "true");
    String variable = tls ? "HTTPS_PROXY" : "HTTP_PROXY";
    for (String login : List.of("", "ann:wrong-Pa55-phrase@")) {
      stage.env(variable, "http://" + login + "127.0.0.1:" + proxy.getPort());
      Ran ran = Ran.of(stage, host);
      assertEquals(4, ran.report().run().exitCode().orElseThrow(), ran::console);
      assertEquals(List.of("proxy-authentication"), ran.reasons(), ran::console);
      assertTrue(ran.console().contains("takes Basic"), ran.console());
      DiagnosisReport report = stage.diagnose(host);
      assertEquals(List.of("proxy-wants-login"), causes(report), report::json);
      assertEquals(4, report.exitCode());
      Ran.assertNowhere("wrong-Pa55-phrase", ran, report);
    }
    stage.env(variable, "http://ann:" + PASSWORD + "@127.0.0.1:" + proxy.getPort());
    Ran ran = Ran.of(stage, host);
    Ran.assertPassed(ran);
    assertTrue(ran.curl().contains(" --proxy \"$" + variable + "\" "), ran.curl());
    DiagnosisReport report = stage.diagnose(host);
    assertEquals(List.of(), causes(report), report::json);
    Ran.assertNowhere(PASSWORD, ran, report);
  }

  @ParameterizedTest
  @CsvSource({"deny, it answers 403: its rules forbid", "allow, it answers 503: it cannot reach"})
  void squidOpensNoTunnel(String rule, String evidence) throws Exception {
    needs("squid");
    URI proxy = squid("http_access " + rule + " all");
    stage.user("on-demand").env("HTTPS_PROXY", proxy.toString());
    String host = "https://" + NAME + ":" + Program.freePort();

    Ran ran = Ran.of(stage, host);
    assertEquals(List.of("proxy-refused"), ran.reasons(), ran::console);
    assertEquals(4, ran.report().run().exitCode().orElseThrow());
    DiagnosisReport report = stage.diagnose(host);
    assertEquals(List.of("proxy-opens-no-tunnel"), causes(report), report::json);
    assertTrue(report.causes().get(0).evidence().get(0).contains(evidence), report::json);
  }

  @Test
  void behindTheProxyTlsIsLookedAtAsEver() throws Exception {
    needs("squid");
    URI host = stage.tls(Certificates.ELSEWHERE, stage.onDemand());
    stage.env("HTTPS_PROXY", squid("http_access allow all").toString());
    DiagnosisReport report = stage.diagnose("https://" + NAME + ":" + host.getPort());
    assertEquals("tls-wrong-host", causes(report).get(0), report::json);
    Ran ran = Ran.of(stage, "https://" + NAME + ":" + host.getPort());
    assertTrue(ran.reasons().get(0).startsWith("tls-"), ran::console);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkey", "rsa", "ec"})
  void nginxTakesTheCertificateOfTheClient(String form) throws Exception {
    needs("nginx");
    needs("openssl");
    Client client = client(form);
    URI host =
        Fronts.nginxTls(
            stage,
            "server { listen PORT ssl; ssl_certificate %1$s; ssl_certificate_key %1$s; ssl_verify_client on; ssl_client_certificate %2$s; location / { proxy_pass %3$s; } }"
                .formatted(pair(Certificates.GOOD), client.certificate(), stage.onDemand()));
    assertShown(client, host);
  }

  @Test
  void stunnelTakesTheCertificateOfTheClient() throws Exception {
    needs("stunnel4");
    needs("openssl");
    Client client = client("pkey");
    URI host =
        Fronts.stunnel(
            stage,
            stage.onDemand(),
            pair(Certificates.GOOD),
            "verifyPeer = yes\nCAfile = " + client.certificate());
    assertShown(client, host);
  }

  private void assertShown(Client client, URI host) throws Exception {
    stage.flag(Setting.CA_BUNDLE, Certificates.GOOD.pem(stage.home()).toString());
    DiagnosisReport without = stage.diagnose(host);
    assertEquals("tls-client-certificate-needed", causes(without).get(0), without::json);
    String again =
        without.causes().get(0).next().stream()
            .filter(step -> step.contains("--client-cert CLIENT.pem"))
            .findFirst()
            .orElseGet(without::json);
    // What was typed for the way has to be typed again.
    assertThat(again, containsString(" --ca-bundle '"));

    stage.flag(Setting.CLIENT_CERT, client.certificate().toString());
    stage.flag(Setting.CLIENT_KEY, client.key().toString());
    Ran ran = Ran.of(stage, host.toString());
    Ran.assertPassed(ran);
    ran.saysEverywhere("with a client certificate");
    assertTrue(ran.curl().contains(" --cert '" + client.certificate() + "' --key '"), ran.curl());
    assertEquals(List.of(), causes(stage.diagnose(host)));

    Path other = pair(Certificates.ELSEWHERE);
    stage.flag(Setting.CLIENT_CERT, other.toString()).noFlag(Setting.CLIENT_KEY);
    DiagnosisReport wrong = stage.diagnose(host);
    assertEquals("tls-client-certificate-needed", causes(wrong).get(0), wrong::json);
  }

  @Test
  void aGivenAddressKeepsNameAndCertificate() throws Exception {
    needs("haproxy");
    Path named = pair(Certificates.NAMED);
    Path good = pair(Certificates.GOOD);
    // A name without a dot picks its certificate by SNI, or the handshake is for another host.
    URI front =
        Fronts.haproxy(
            stage,
            "ssl crt " + good + " crt " + named + " strict-sni",
            "  default_backend there",
            Fronts.backend("there", stage.onDemand()));
    String place = "gateway:" + front.getPort();
    stage.flag(Setting.CA_BUNDLE, Certificates.NAMED.pem(stage.home()).toString());
    stage.flag(Setting.RESOLVE, "other:1:127.0.0.9," + place + ":127.0.0.1");
    Ran ran = Ran.of(stage, "https://" + place);
    Ran.assertPassed(ran);
    ran.saysEverywhere("at the address that --resolve gives");
    assertTrue(ran.curl().contains(" --resolve '" + place + ":127.0.0.1' "), ran.curl());
    assertEquals(List.of(), causes(stage.diagnose("https://" + place)));
  }

  // ---- how ----

  private static void needs(String program) {
    assumeTrue(Program.installed(program).isPresent(), program + " is not installed");
  }

  /** An https host whose name only a proxy knows. */
  private String named() throws Exception {
    URI host = stage.tls(Certificates.NAMED, stage.onDemand());
    stage.flag(Setting.CA_BUNDLE, Certificates.NAMED.pem(stage.home()).toString());
    return "https://" + NAME + ":" + host.getPort();
  }

  private URI squid(String rules) throws Exception {
    stage.resolver(NetworkScenes::nobodyKnows);
    return Fronts.squid(stage, "127.0.0.1 " + NAME + "\n", rules);
  }

  private String passwords() throws Exception {
    needs("openssl");
    Path helper = Path.of("/usr/lib/squid/basic_ncsa_auth");
    assumeTrue(Files.isExecutable(helper), helper + " is not installed");
    String hash = run("openssl", "passwd", "-apr1", PASSWORD).strip();
    Path file = stage.file("passwords", "ann:" + hash + "\n");
    return "auth_param basic program %s %s\nacl known proxy_auth REQUIRED\n"
        .formatted(helper, file);
  }

  private Path pair(Certificates certificate) throws Exception {
    return certificate.pair(stage.home());
  }

  private record Client(Path certificate, Path key) {}

  /** A certificate of a client, with its key as OpenSSL writes it in that form. */
  private Client client(String form) throws Exception {
    Path key = stage.home().resolve("client.key");
    Path certificate = stage.home().resolve("client.crt");
    switch (form) {
      case "rsa" -> run("openssl", "genrsa", "-traditional", "-out", key.toString(), "2048");
      case "ec" ->
          run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-out", key.toString());
      default -> run("openssl", "genpkey", "-algorithm", "RSA", "-out", key.toString());
    }
    run(
        "openssl",
        "req",
        "-new",
        "-x509",
        "-key",
        key.toString(),
        "-subj",
        "/CN=client.example",
        "-days",
        "2",
        "-out",
        certificate.toString());
    return new Client(certificate, key);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, said);
    return said;
  }

  private static List<String> causes(DiagnosisReport report) {
    return report.causes().stream().map(CauseLine::cause).toList();
  }
}
