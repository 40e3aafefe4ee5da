package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.fixtures.network.CertificatePicture;
import dev.meshcheck.fixtures.network.Contact;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Passage;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Flow;
import dev.meshcheck.reports.cause.Layer;
import dev.meshcheck.reports.cause.Mark;
import dev.meshcheck.reports.cause.Sent;
import dev.meshcheck.reports.cause.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What was seen of one target in one layer, a line each; nothing where it was not reached. */
final class LayerLines {

  private LayerLines() {}

  static List<String> of(Layer layer, Case one) {
    return switch (layer) {
      case SETTINGS -> settings(one.draft());
      case NETWORK ->
          one.network().map(picture -> network(picture, one.passage())).orElse(List.of());
      case HOST -> host(one);
      case ROUTING -> routing(one);
      case SERVICE -> service(one.evidence());
    };
  }

  private static List<String> settings(Draft draft) {
    List<String> lines = new ArrayList<>();
    for (Setting setting :
        List.of(
            Setting.HOST,
            Setting.INFERENCE_KEY,
            Setting.CONTROL_PLANE_TOKEN,
            Setting.USER_ID,
            Setting.MODEL)) {
      Optional.ofNullable(draft.from().get(setting))
          .map((Found f) -> setting + " " + f)
          .ifPresent(lines::add);
    }
    lines.addAll(draft.notes());
    draft.troubles().stream()
        .map(Draft.Trouble::message)
        .filter(m -> !lines.contains(m))
        .forEach(lines::add);
    return lines;
  }

  private static List<String> network(NetworkPicture picture, Passage passage) {
    List<String> lines = new ArrayList<>();
    lines.add("way: " + passage.words());
    if (picture.through().isEmpty()) {
      lines.addAll(direct(picture));
    }
    picture.proxy().ifPresent(proxy -> lines.add("proxy " + proxy));
    picture.tls().ifPresent(tls -> lines.addAll(tls(tls)));
    return lines;
  }

  private static List<String> direct(NetworkPicture picture) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "dns "
            + picture.host()
            + ": "
            + (picture.contacts().isEmpty() ? "not found" : picture.contacts().size() + " found")
            + ms(picture.dnsMs()));
    for (Contact contact : picture.contacts()) {
      lines.add((contact.isV6() ? "tcp6 " : "tcp4 ") + contact + ", port " + picture.port());
    }
    return lines;
  }

  private static List<String> tls(TlsPicture tls) {
    if (tls.chain().isEmpty()) {
      return List.of("tls " + tls.message());
    }
    CertificatePicture leaf = tls.chain().get(0);
    String alpn = tls.alpn().isEmpty() ? "no ALPN" : "ALPN " + tls.alpn();
    String troubles =
        tls.troubles().isEmpty()
            ? ""
            : "; " + String.join(", ", tls.troubles().stream().map(Object::toString).toList());
    return List.of(
        "tls " + tls.protocol() + ", " + alpn + ms(tls.ms()),
        "certificate for "
            + String.join(", ", leaf.names().isEmpty() ? List.of(leaf.subject()) : leaf.names())
            + ", signed by "
            + leaf.issuer()
            + ", "
            + tls.chain().size()
            + " in the chain, "
            + tls.daysLeft(Instant.now()).orElse(0L)
            + " days left"
            + troubles);
  }

  private static List<String> host(Case one) {
    Evidence evidence = one.evidence();
    if (evidence.trials().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    evidence.trials().forEach(t -> lines.add(t.toString()));
    one.exchanges().stream()
        .findFirst()
        .map(Exchange::timings)
        .map(LayerLines::phases)
        .ifPresent(lines::add);
    if (evidence.apiAnswers()) {
      boolean vllm = evidence.any(t -> t.has(Mark.VLLM));
      lines.add(
          "speaks the API of inference hosts"
              + (vllm ? ", with a web server or model cards as vLLM has them" : ""));
    } else if (evidence.any(t -> t.has(Mark.CONTROL_PLANE_ERROR))) {
      lines.add("speaks as the control plane does");
    }
    return lines;
  }

  /** As {@code curl -w} gives them. */
  private static String phases(Timings timings) {
    return "first request: dns "
        + ms(timings.dns())
        + ", connect "
        + ms(timings.connect())
        + ", tls "
        + ms(timings.tls())
        + ", first byte "
        + ms(timings.firstByte())
        + ", total"
        + ms(timings.total()).replace(" in", "");
  }

  private static List<String> routing(Case one) {
    Stream<String> seen =
        one.evidence().trials().stream()
            .filter(t -> t.flow().isEmpty())
            .filter(t -> t.method().equals("POST") || t.key() != Sent.NONE)
            .map(Trial::toString)
            .distinct();
    boolean nameless = one.target().model().isEmpty() && !Trials.isControlPlane(one.target());
    Stream<String> unasked =
        nameless && one.evidence().apiAnswers()
            ? Stream.of("no model is known, so no text was asked for: name one with --model")
            : Stream.empty();
    return Stream.concat(seen, unasked).toList();
  }

  private static List<String> service(Evidence evidence) {
    List<String> lines = new ArrayList<>();
    Optional<Trial> chat =
        evidence.plain().stream()
            .filter(t -> t.on(RouteName.CHAT) && t.good() && t.flow().isEmpty())
            .findFirst();
    chat.ifPresent(t -> lines.add("one token in " + number(t.totalMs())));
    evidence.trials().stream()
        .flatMap(t -> t.flow().stream())
        .map(
            (Flow f) ->
                "stream of %d events: first after %s, last after %s%s"
                    .formatted(
                        f.events(),
                        number(f.firstMs()),
                        number(f.lastMs()),
                        f.done() ? ", then [DONE]" : ""))
        .forEach(lines::add);
    if (!lines.isEmpty()) {
      evidence.trials().stream()
          .flatMap(t -> t.skew().stream())
          .findFirst()
          .map((Duration d) -> "clock differs by " + Math.abs(d.toSeconds()) + " s at most")
          .ifPresent(lines::add);
      boolean limited = evidence.any(t -> t.is(429));
      boolean over = evidence.toldLaterOnce().filter(evidence::isOverSince).isPresent();
      lines.add(
          over
              ? "one request was answered 429, and otherwise when it was sent again"
              : limited ? "rate limited" : "no rate limit met");
    }
    return lines;
  }

  private static String ms(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "–";
  }

  private static String ms(double value) {
    return " in " + number(value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f ms", value);
  }
}
