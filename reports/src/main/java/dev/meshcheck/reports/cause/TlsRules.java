package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.fixtures.network.CertificatePicture;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.network.TlsPicture.Trouble;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.text.Counted;
import dev.meshcheck.reports.text.Plain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Causes that lie in TLS: the handshake, and the certificates of both sides. */
final class TlsRules {

  private static final int SOON_DAYS = 14;

  /** Renewal is due at a third of the life or before; with less than that left it has failed. */
  private static final double SOON_SHARE = 0.15;

  private static final int LONGEST_LINE = 160;

  static final Map<String, Rule> ALL =
      Map.ofEntries(
          Map.entry("port-speaks-no-tls", TlsRules::noTls),
          Map.entry("tls-expired", TlsRules::expired),
          Map.entry("tls-wrong-host", TlsRules::wrongHost),
          Map.entry("tls-untrusted", TlsRules::untrusted),
          Map.entry("tls-certificate-unsuitable", TlsRules::unsuitable),
          Map.entry("tls-client-certificate-needed", TlsRules::clientCertificate),
          Map.entry("tls-handshake-failed", TlsRules::handshakeFailed),
          Map.entry("tls-expires-soon", TlsRules::expiresSoon),
          Map.entry("tls-certificate-weak", TlsRules::weak));

  private TlsRules() {}

  private static Finding noTls(Evidence e) {
    return tls(
        e, Trouble.NO_TLS, Optional.empty(), t -> "the port answers with no TLS: " + t.message());
  }

  private static Finding handshakeFailed(Evidence e) {
    Finding finding =
        tls(
            e,
            Trouble.HANDSHAKE,
            Optional.of(Kind.TLS_FAILED),
            t -> "the handshake ends with: " + t.message());
    List<String> known =
        e.network()
            .map(n -> TlsAdvice.ofHandshake(n, e.subject().base().getHost()))
            .orElse(List.of());
    return finding instanceof Finding.Found found ? found.and(known) : finding;
  }

  private static Finding expired(Evidence e) {
    Optional<TlsPicture> tls = e.network().flatMap(NetworkPicture::tls);
    return tls.filter(t -> t.troubles().contains(Trouble.NOT_YET_VALID)).isPresent()
        ? tls(
            e,
            Trouble.NOT_YET_VALID,
            Optional.empty(),
            t -> "valid from " + t.chain().get(0).from())
        : tls(e, Trouble.EXPIRED, Optional.of(Kind.TLS_EXPIRED), TlsRules::since);
  }

  private static String since(TlsPicture tls) {
    Instant now = Instant.now();
    // That of the authority between may be over before its own.
    CertificatePicture over =
        tls.chain().stream()
            .filter(c -> c.until().isBefore(now))
            .findFirst()
            .orElse(tls.chain().get(0));
    long days = Duration.between(over.until(), now).toDays();
    return "the certificate of "
        + over.subject()
        + " expired at "
        + over.until()
        + ", "
        + Counted.of(days, "day")
        + " ago";
  }

  private static Finding wrongHost(Evidence e) {
    return tls(
        e,
        Trouble.WRONG_HOST,
        Optional.of(Kind.TLS_WRONG_HOST),
        t -> {
          CertificatePicture leaf = t.chain().get(0);
          return leaf.names().isEmpty()
              ? "the certificate of "
                  + leaf.subject()
                  + " names no host (subjectAltName); clients do not look for one in the subject"
              : "the certificate is for "
                  + String.join(", ", leaf.names())
                  + ", and not for "
                  + e.subject().base().getHost()
                  + pinned(e);
        });
  }

  /** What leads to that server is the user's own, and may be older than where the host is now. */
  private static String pinned(Evidence e) {
    return e.subject().origins().containsKey(Setting.RESOLVE)
        ? "; it was asked at the address that --resolve gives"
            + SettingsRules.from(e, Setting.RESOLVE)
        : "";
  }

  private static Finding untrusted(Evidence e) {
    Finding finding =
        tls(
            e,
            Trouble.UNTRUSTED,
            Optional.of(Kind.TLS_UNTRUSTED),
            t -> {
              CertificatePicture leaf = t.chain().get(0);
              boolean own = leaf.issuer().equals(leaf.subject());
              return "the certificate of "
                  + leaf.subject()
                  + " is signed by "
                  + (own ? "itself" : leaf.issuer())
                  + ", "
                  + t.chain().size()
                  + " in the chain; trusted are Java's authorities"
                  + bundle(e);
            });
    List<String> facts =
        e.network()
            .flatMap(NetworkPicture::tls)
            .map(t -> TlsAdvice.told(t.facts()))
            .orElse(List.of());
    List<String> elsewhere =
        e.subject().trouble(Draft.Trouble.Kind.AUTHORITIES_ELSEWHERE).stream()
            .map(Draft.Trouble::message)
            .toList();
    return finding instanceof Finding.Found found ? found.after(facts).and(elsewhere) : finding;
  }

  private static String bundle(Evidence e) {
    return e.subject().origins().containsKey(Setting.CA_BUNDLE)
        ? " and those of the bundle" + SettingsRules.from(e, Setting.CA_BUNDLE)
        : " alone";
  }

  /** See https://www.rfc-editor.org/rfc/rfc5280#section-4.2 for what certificates may restrict. */
  private static Finding unsuitable(Evidence e) {
    return tls(
        e,
        Trouble.UNSUITABLE,
        Optional.empty(),
        t -> "the certificate of " + t.chain().get(0).subject() + " is refused: " + t.message());
  }

  private static Finding tls(
      Evidence e, Trouble trouble, Optional<Kind> kind, Function<TlsPicture, String> words) {
    Optional<TlsPicture> tls = e.network().flatMap(NetworkPicture::tls);
    if (tls.filter(t -> t.troubles().contains(trouble)).isPresent()) {
      return Finding.found(1, List.of(words.apply(tls.get())), NetworkRules::unanswered);
    }
    if (kind.isPresent() && e.unreached().equals(kind)) {
      return Finding.found(
          1, List.of(e.subject().place() + ": " + kind.get()), NetworkRules::unanswered);
    }
    return tls.map(t -> Finding.ruledOut("TLS has no such trouble: " + summary(t)))
        .orElse(Finding.SILENT);
  }

  private static Finding expiresSoon(Evidence e) {
    Optional<TlsPicture> tls =
        e.network()
            .flatMap(NetworkPicture::tls)
            .filter(t -> !t.troubles().contains(Trouble.EXPIRED));
    Optional<Long> days = tls.flatMap(t -> t.daysLeft(Instant.now()));
    if (days.isEmpty()) {
      return Finding.SILENT;
    }
    double share = shareLeft(tls.get().chain().get(0));
    return days.get() < SOON_DAYS && share < SOON_SHARE
        ? Finding.found(
            1,
            List.of(
                "the certificate expires in "
                    + Counted.of(days.get(), "day")
                    + ", at "
                    + tls.get().chain().get(0).until()))
        : Finding.ruledOut("the certificate is valid for " + Counted.of(days.get(), "more day"));
  }

  /** Of a certificate that Java refuses, too, something else is said. */
  private static Finding weak(Evidence e) {
    Optional<TlsPicture> tls =
        e.network()
            .flatMap(NetworkPicture::tls)
            .filter(t -> t.leaf().isPresent() && t.troubles().isEmpty());
    List<String> weak = tls.map(t -> t.facts().weak()).orElse(List.of());
    if (weak.isEmpty()) {
      return tls.isPresent()
          ? Finding.ruledOut("no key and no signature of the certificates is weak")
          : Finding.SILENT;
    }
    return Finding.found(0.95, weak.stream().map(line -> Plain.line(line, LONGEST_LINE)).toList());
  }

  private static double shareLeft(CertificatePicture leaf) {
    double life = Duration.between(leaf.from(), leaf.until()).toSeconds();
    return Duration.between(Instant.now(), leaf.until()).toSeconds() / Math.max(1, life);
  }

  /**
   * A client certificate was asked for, and none of the requests was let through. What would refute
   * it: one answer of the API.
   */
  private static Finding clientCertificate(Evidence e) {
    Predicate<Trial> said = t -> t.has(Mark.NO_CERTIFICATE);
    Predicate<Trial> ended =
        t ->
            t.noAnswer().stream()
                .anyMatch(k -> k == Kind.CONNECTION_CLOSED || k == Kind.TLS_FAILED);
    Optional<TlsPicture> tls = e.network().flatMap(NetworkPicture::tls);
    if (e.any(said)) {
      List<String> lines = new ArrayList<>(e.lines(said));
      tls.filter(TlsPicture::showsCertificate)
          .ifPresent(
              t -> lines.add("the one that --client-cert names was shown, and is not taken"));
      return Finding.found(1, lines, said);
    }
    boolean asked = tls.filter(TlsPicture::asksForCertificate).isPresent();
    if (!asked) {
      return tls.isPresent()
          ? Finding.ruledOut("the handshake asks for no certificate of the client")
          : Finding.SILENT;
    }
    if (e.any(t -> t.status().isPresent())) {
      return Finding.ruledOut(
          tls.get().showsCertificate()
              ? "a certificate is asked for, and yours is taken"
              : "a certificate is asked for, and requests pass without one");
    }
    boolean failed = tls.get().troubles().contains(Trouble.HANDSHAKE);
    if (!failed && !e.any(ended)) {
      return Finding.SILENT;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "the handshake asks for a certificate of the client, and "
            + (tls.get().showsCertificate()
                ? "the one that --client-cert names is not taken"
                : "Meshcheck has none; --client-cert names one"));
    if (failed) {
      lines.add("the handshake ends with: " + tls.get().message());
    }
    lines.addAll(e.lines(ended));
    return Finding.found(0.95, lines, ended);
  }

  private static String summary(TlsPicture tls) {
    return tls.troubles().isEmpty()
        ? tls.protocol() + ", valid for " + tls.daysLeft(Instant.now()).orElse(0L) + " days"
        : String.join(", ", tls.troubles().stream().map(Trouble::toString).toList());
  }
}
