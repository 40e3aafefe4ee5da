package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Proxy;
import dev.meshcheck.fixtures.network.CertificatePicture;
import dev.meshcheck.fixtures.network.ChainFacts;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.ProxyPicture;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.network.TlsPicture.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of known kinds, and such as only look like them. */
class TlsAdviceTest {

  private String host = "llm.corp.test";
  private ChainFacts facts = ChainFacts.NONE;
  private Optional<String> older = Optional.empty();
  private Optional<ProxyPicture> through = Optional.empty();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TRAEFIK DEFAULT CERT | TRAEFIK DEFAULT CERT | default one
          Kubernetes Ingress Controller Fake Certificate | Kubernetes Ingress Controller Fake Certificate | default one
          localhost | localhost | default one
          llm.corp.test | Zscaler Intermediate Root CA (zscalerthree.net) | authority of Zscaler
          llm.corp.test | mitmproxy | authority of mitmproxy
          llm.corp.test | Corp Issuing CA 2 | certificate of Corp Issuing CA 2
          """)
  void isKnown(String subject, String issuer, String words) {
    String told = advice(Trouble.UNTRUSTED, "", leaf(subject, issuer)).orElse("nothing");
    assertTrue(told.contains(words), told);
  }

  @Test
  void saysNothingOfOthers() {
    CertificatePicture mine = leaf("llm.corp.test", "Corp Issuing CA 2");
    assertEquals(
        Optional.empty(),
        advice(Trouble.UNTRUSTED, "", mine, leaf("Corp Issuing CA 2", "Corp Root")));
    assertEquals(Optional.empty(), advice(Trouble.UNTRUSTED, "", leaf("gateway", "gateway")));
    assertEquals(Optional.empty(), advice(Trouble.WRONG_HOST, "", mine));
    assertEquals(Optional.empty(), advice(Trouble.EXPIRED, "", leaf("localhost", "localhost")));
    assertEquals(
        Optional.empty(), advice(Trouble.HANDSHAKE, "Received fatal alert: internal_error"));
  }

  @Test
  void aHostOfThatNameShowsItsOwn() {
    host = "localhost";
    assertEquals(Optional.empty(), advice(Trouble.UNTRUSTED, "", leaf("localhost", "localhost")));
  }

  @Test
  void aNameIsOneLine() {
    String told = advice(Trouble.UNTRUSTED, "", leaf("llm", "mitmproxy\nrm -rf /")).orElse("");
    assertEquals(1, told.lines().count(), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection reset by peer", "Remote host terminated the handshake"})
  void whoHangsUpMayBeNobody(String message) {
    assertTrue(
        advice(Trouble.HANDSHAKE, message).orElse("nothing").contains("without a word of TLS"));
  }

  @Test
  void aNameThatNobodyKnows() {
    assertTrue(
        advice(Trouble.HANDSHAKE, "Received fatal alert: unrecognized_name")
            .orElse("nothing")
            .contains("no certificate for llm.corp.test"));
  }

  @Test
  void anAddressNamesNoServer() {
    host = "10.0.0.7";
    String alert = "Received fatal alert: internal_error";
    assertTrue(advice(Trouble.HANDSHAKE, alert).orElse("nothing").contains("NAME:PORT:10.0.0.7"));
    assertEquals(
        Optional.empty(), advice(Trouble.HANDSHAKE, "Received fatal alert: protocol_version"));
  }

  @Test
  void aServerThatIsTooOld() {
    older = Optional.of("TLS 1.1");
    String alert = "Received fatal alert: protocol_version";
    assertTrue(
        advice(Trouble.HANDSHAKE, alert).orElse("nothing").contains("nothing newer than TLS 1.1"));
  }

  @Test
  void aProxyThatOpenedTheTunnelMayHaveCutIt() {
    Proxy proxy = Proxy.parse("http://proxy.corp.test:3128", "from HTTPS_PROXY");
    through =
        Optional.of(
            new ProxyPicture(
                proxy, true, false, true, true, Optional.of(200), List.of(), Optional.empty()));
    assertTrue(
        advice(Trouble.HANDSHAKE, "Connection reset")
            .orElse("nothing")
            .contains("whoever runs the proxy http://proxy.corp.test:3128"));
  }

  @Test
  void whatSignedIsToldBeforeWhatIsMissing() {
    CertificatePicture mine = leaf("llm.corp.test", "R11");
    facts = facts(Optional.of(new ChainFacts.Gap("llm.corp.test", "R11", "R10")), "", List.of());
    assertTrue(untrusted(mine).contains("certificate of R11 in place of that of R10"));
    facts = facts(Optional.of(new ChainFacts.Gap("llm.corp.test", "R11", "R11")), "", List.of());
    assertTrue(untrusted(mine).contains("in place of the one of that name"));
    facts = facts(Optional.empty(), "R11", List.of());
    assertTrue(untrusted(mine).contains("that name and another key"));
    facts = facts(Optional.empty(), "", List.of("old.corp.test"));
    assertTrue(untrusted(mine).contains("the bundle holds none"));
  }

  private String untrusted(CertificatePicture leaf) {
    return advice(Trouble.UNTRUSTED, "", leaf).orElse("nothing");
  }

  private static ChainFacts facts(
      Optional<ChainFacts.Gap> gap, String namesake, List<String> pinned) {
    return new ChainFacts(gap, Optional.of(namesake).filter(n -> !n.isEmpty()), pinned, List.of());
  }

  private Optional<String> advice(Trouble trouble, String message, CertificatePicture... chain) {
    TlsPicture tls =
        new TlsPicture(
            Set.of(trouble),
            "TLSv1.3",
            "",
            1,
            new ArrayList<>(List.of(chain)),
            Optional.empty(),
            message,
            false,
            false,
            facts,
            older);
    return TlsAdvice.of(
        new NetworkPicture(host, 443, 0, List.of(), Optional.of(tls), through), host);
  }

  private static CertificatePicture leaf(String subject, String issuer) {
    return new CertificatePicture(subject, issuer, List.of(), Instant.MIN, Instant.MAX);
  }
}
