package dev.meshcheck.suites.e2e;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Body;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ways in which a host sends secrets back. */
@SuppressWarnings("ImmutableEnumChecker") // The forms are functions without state.
enum Echo {
  PLAIN(s -> s),
  CAPITALS(s -> s.toUpperCase(Locale.ROOT)),
  HEX(s -> HexFormat.of().formatHex(bytes(s))),
  HEX_IN_CAPITALS(s -> HexFormat.of().withUpperCase().formatHex(bytes(s))),
  BASE64(s -> Base64.getEncoder().encodeToString(bytes(s))),
  BASE64_SHIFTED(s -> Base64.getEncoder().encodeToString(bytes("a:" + s))),
  BASE64_SHIFTED_AGAIN(s -> Base64.getEncoder().encodeToString(bytes("Bearer " + s))),
  BASE64_OF_URLS(s -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes("?>" + s))),
  PERCENT(s -> each(s, c -> String.format(Locale.ROOT, "%%%02X", c))),
  PERCENT_TWICE(s -> each(s, c -> String.format(Locale.ROOT, "%%25%02x", c))),
  JSON_ESCAPES(s -> each(s, c -> String.format(Locale.ROOT, "\\u%04x", c))),
  HTML_NUMBERS(s -> each(s, c -> "&#" + c + ";")),
  HTML_HEX_NUMBERS(s -> each(s, c -> "&#x" + Integer.toHexString(c) + ";")),
  LINES(s -> s.replaceAll("(.{11})", "$1\\\\n")),
  CUT_BEGINNING(s -> s.substring(0, s.length() - 3)),
  CUT_END(s -> s.substring(3));

  private final UnaryOperator<String> form;

  Echo(UnaryOperator<String> form) {
    this.form = form;
  }

  /** The secret as this host writes it. */
  String of(String secret) {
    return form.apply(secret);
  }

  /** A fault that sends the credentials back with every answer, in each of these forms. */
  static Fault fault(Echo... forms) {
    Hooks hooks = Hooks.onReply((call, reply) -> echoed(call, reply, List.of(forms)));
    return new Fault(
        "echo", "Secrets come back", Fault.Kind.FAULT, Set.of(), Set.of(), false, () -> hooks);
  }

  private static Reply echoed(Call call, Reply reply, List<Echo> forms) {
    GatewayCredentials known = GatewayCredentials.REFERENCE;
    String all =
        Stream.of(known.inferenceKey(), known.userId(), known.controlPlaneToken())
            .flatMap(secret -> forms.stream().map(form -> form.of(secret)))
            .collect(Collectors.joining(" "));
    Reply marked = reply.header("X-Echo", all.replaceAll("\\\\.", " "));
    if (marked instanceof Reply.Stream stream) {
      return stream.withFrames(between(stream.frames(), all));
    }
    Reply.Whole whole = (Reply.Whole) marked;
    boolean page = whole.status() >= 400 && call.path().contains("completions");
    return whole.withBody(
        Body.of(
            page
                ? "<html><title>Error</title><p>" + all + "</p></html>"
                : inside(whole.body().text(), all)));
  }

  private static String inside(String body, String all) {
    // Long before it, so that cuts of excerpts fall into it.
    return body.startsWith("{")
        ? "{\"echo\":\""
            + "x".repeat(90)
            + all
            + "\""
            + (body.matches("\\{\\s*}") ? "" : ",")
            + body.substring(1)
        : body + " " + all;
  }

  /** In one event, and cut in two over two of them. */
  private static List<Frame> between(List<Frame> frames, String all) {
    List<Frame> more = new ArrayList<>(frames);
    int half = all.length() / 2;
    List<Frame> said =
        Stream.of(all, all.substring(0, half), all.substring(half))
            .map(
                text ->
                    Frame.data(
                        "{\"choices\":[],\"echo\":\"" + text.replaceAll("\\\\+$", "") + "\"}"))
            .toList();
    more.addAll(Math.min(1, more.size()), said);
    more.addAll(Math.min(4, more.size()), spelled());
    return more;
  }

  /** Each event has a few characters, as a model writes them, and so has the name of its type. */
  private static List<Frame> spelled() {
    return pieces()
        .flatMap(
            piece ->
                Stream.of(
                    Frame.data("{\"choices\":[],\"spelled\":\"" + piece + "\"}"),
                    Frame.data("{\"choices\":[]}").after("event: " + piece)))
        .toList();
  }

  private static Stream<String> pieces() {
    return secrets().flatMap(secret -> piecesOf(secret).stream());
  }

  private static Stream<String> secrets() {
    GatewayCredentials known = GatewayCredentials.REFERENCE;
    return Stream.of(known.inferenceKey(), known.userId(), known.controlPlaneToken());
  }

  private static List<String> piecesOf(String secret) {
    return List.of(secret.split("(?<=\\G.{5})"));
  }

  /**
   * The first two pieces in a row that both stand in the text, in capitals or not: one alone is
   * short enough to be told, and to stand in one of the thousands of ids of a long report.
   */
  static Optional<String> spelledIn(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    return secrets()
        .map(Echo::piecesOf)
        .flatMap(
            pieces ->
                IntStream.range(1, pieces.size())
                    .mapToObj(i -> pieces.subList(i - 1, i + 1))
                    .filter(two -> two.stream().allMatch(p -> isTelling(p) && folded.contains(p))))
        .map(two -> String.join(" and ", two))
        .findFirst();
  }

  /** Whether nobody writes that piece as a word or a number. */
  private static boolean isTelling(String piece) {
    return piece.matches(".*[0-9].*[0-9].*") && piece.matches(".*[a-z].*");
  }

  private static String each(String secret, IntFunction<String> form) {
    return secret.chars().mapToObj(form).collect(Collectors.joining());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What of a secret must stand nowhere, in any form. */
  static List<String> needles(String secret) {
    List<String> needles = new ArrayList<>();
    for (Echo form : values()) {
      if (form != LINES && form != CUT_BEGINNING && form != CUT_END) {
        needles.add(form.of(secret));
      }
    }
    // Seven characters of it are too many, unless they are words that anybody writes.
    for (int i = 0; i + 7 <= secret.length(); i++) {
      String piece = secret.substring(i, i + 7);
      if (piece.chars().filter(Character::isDigit).count() >= 2) {
        Stream.of(PLAIN, HEX, PERCENT, JSON_ESCAPES, HTML_NUMBERS)
            .map(form -> form.of(piece))
            .forEach(needles::add);
      }
    }
    return needles;
  }

  /** The first of these that stands in the text, in capitals or not. */
  static Optional<String> found(List<String> needles, String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    return needles.stream().filter(n -> folded.contains(n.toLowerCase(Locale.ROOT))).findFirst();
  }
}
