package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.network.CertificatePicture;
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
            false);
    return TlsAdvice.of(tls, host);
  }

  private static CertificatePicture leaf(String subject, String issuer) {
    return new CertificatePicture(subject, issuer, List.of(), Instant.MIN, Instant.MAX);
  }
}
