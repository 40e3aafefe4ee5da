package dev.meshcheck.suites.hostile;

import static dev.meshcheck.suites.hostile.Behaviour.giving;
import static dev.meshcheck.suites.hostile.Good.EVENTS;
import static dev.meshcheck.suites.hostile.Good.JSON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What a host does with the bytes of its bodies. */
final class BodyBehaviours {

  private static final String CLOSE = "Connection: close\r\n\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

  private BodyBehaviours() {}

  static List<Behaviour> endings() {
    return List.of(
        giving("resets-in-body", "body-cut", (asked, peer) -> half(asked, peer).reset()),
        giving("closes-in-body", "body-cut", BodyBehaviours::half),
        giving("silence-in-body", "timeout", (asked, peer) -> half(asked, peer).keepSilent()),
        giving(
            "trickles-body",
            "timeout",
            (asked, peer) -> peer.say(JSON + CLOSE).trickle("{\"a\": 1, ")),
        giving(
            "trickles-chunks",
            "timeout",
            (asked, peer) -> peer.say(JSON + CHUNKED).trickle("1\r\n \r\n")),
        stream(
            "resets-in-stream", "stream-truncated", peer -> peer.say("data: {}\n\ndata").reset()),
        stream("silence-in-stream", "timeout", peer -> peer.say("data: {}\n\n").keepSilent()),
        stream("trickles-stream", "timeout", peer -> peer.trickle("data: {}\n\n")),
        stream("trickles-comments", "timeout", peer -> peer.trickle(": ping\n\n")));
  }

  static List<Behaviour> sizes() {
    return List.of(
        tooLarge("endless-body", (asked, peer) -> peer.say(JSON + CLOSE).forEver("a")),
        tooLarge("endless-spaces", (asked, peer) -> peer.say(JSON + CLOSE).forEver(" ")),
        tooLarge(
            "endless-chunks", (asked, peer) -> peer.say(JSON + CHUNKED).forEver("4\r\naaaa\r\n")),
        tooLarge(
            "line-of-100-megabytes",
            (asked, peer) -> {
              peer.say(JSON + "Content-Length: 104857600\r\n\r\n");
              byte[] block = "a".repeat(1 << 20).getBytes(UTF_8);
              for (int i = 0; i < 100; i++) {
                peer.say(block);
              }
            }),
        tooLarge(
            "good-7-megabytes", (asked, peer) -> Good.answer(asked, peer, "a".repeat(7 << 20))),
        giving(
                "good-3-megabytes",
                "*",
                (asked, peer) -> Good.answer(asked, peer, "a ".repeat(3 << 19)))
            .alone(),
        giving(
                "many-values-but-not-too-many",
                "*",
                (asked, peer) -> {
                  String more = ",\"more\":[" + "{\"a\":1},".repeat(20_000) + "0]}";
                  String body = Good.body(asked, "a");
                  peer.answer(JSON, (body.substring(0, body.length() - 1) + more).getBytes(UTF_8));
                })
            .alone(),
        giving(
                "many-frames-but-not-too-many",
                "*",
                (asked, peer) -> {
                  if (asked.streamed()) {
                    String chunk = Good.stream("a").split("\n\n", -1)[0] + "\n\n";
                    peer.say(EVENTS + CLOSE).say(chunk.repeat(4_000).getBytes(UTF_8));
                    peer.say(Good.stream("a"));
                  } else {
                    Good.answer(asked, peer, "a");
                  }
                })
            .alone(),
        streamTooLarge("endless-stream", "data: {\"choices\":[]}\n\n"),
        streamTooLarge("million-tiny-frames", "data:a\n\n"),
        streamTooLarge("endless-line-of-a-stream", "data: aaaaaaaaaaaa"),
        streamTooLarge("endless-event-of-many-lines", "data: aaaaaaaaaaaa\n"),
        streamTooLarge("endless-comments", ": aaaaaaaaaa\n\n"),
        streamTooLarge("endless-blank-lines", "\n"),
        tooLarge("gzip-bomb", (asked, peer) -> packed(peer, "gzip", new byte[64 << 20])),
        tooLarge("deflate-bomb", (asked, peer) -> packed(peer, "deflate", new byte[64 << 20])));
  }

  static List<Behaviour> codings() {
    return List.of(
        giving(
            "gzip-broken",
            "body-malformed",
            (asked, peer) ->
                peer.answer(JSON + "Content-Encoding: gzip\r\n", "no gzip at all".getBytes(UTF_8))),
        giving(
            "gzip-cut",
            "body-cut",
            (asked, peer) -> {
              byte[] packed = pack("gzip", Good.body(asked, "a").getBytes(UTF_8));
              byte[] half = java.util.Arrays.copyOf(packed, packed.length / 2);
              peer.answer(JSON + "Content-Encoding: gzip\r\n", half);
            }),
        coding("coding-nobody-asked-for", "br"),
        coding("coding-nobody-knows", "nonsense"),
        coding("coding-twice", "gzip, gzip"),
        chunks("chunk-size-is-text", "zz\r\n{}\r\n0\r\n\r\n"),
        chunks("chunk-size-is-negative", "-2\r\n{}\r\n0\r\n\r\n"),
        chunks("chunk-size-is-impossible", "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        chunks("chunk-longer-than-told", "1\r\n{}\r\n0\r\n\r\n"),
        giving(
                "chunk-extension-without-end",
                "body-malformed",
                (asked, peer) -> peer.say(JSON + CHUNKED + "2;").forEver("a"))
            .alone(),
        giving(
                "trailers-without-end",
                "body-malformed",
                (asked, peer) -> peer.say(JSON + CHUNKED + "2\r\n{}\r\n0\r\n").forEver("A: b\r\n"))
            .alone());
  }

  static List<Behaviour> json() {
    return List.of(
        json("deep-lists", "body-too-large", "[".repeat(100_000)),
        json("deep-objects", "body-too-large", "{\"a\":".repeat(100_000)),
        json("a-million-values", "body-too-large", "[" + "1,".repeat(1_000_000) + "1]").alone(),
        json(
            "number-of-a-million-digits",
            "body-too-large",
            "{\"a\":" + "9".repeat(1_000_000) + "}"),
        json("name-of-a-megabyte", "body-too-large", "{\"" + "a".repeat(1 << 20) + "\":1}"),
        json("exponent-of-nine-digits", "*", "{\"created\":1e999999999,\"id\":-1e-999999999}"),
        giving("names-twice", "*", (asked, peer) -> twice(asked, peer)),
        json("null", "*", "null"),
        json("empty", "*", ""),
        json("half-an-escape", "*", "{\"id\":\"\\u00"),
        json("nan", "*", "{\"created\":NaN}"),
        json("many-documents", "*", "{}{}{}"));
  }

  static List<Behaviour> charsets() {
    return List.of(
        charset("utf-16", Good.body(new Asked("GET", "/v1/models", false), "é").getBytes(UTF_16)),
        charset("latin-1-as-utf-8", "{\"id\":\"é\"}".getBytes(ISO_8859_1)),
        charset("byte-order-mark", "\uFEFF{\"id\":\"a\"}".getBytes(UTF_8)),
        charset("overlong-utf-8", new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}),
        charset("half-a-character", new byte[] {'"', (byte) 0xF0, (byte) 0x9F, '"'}));
  }

  private interface OnStream {
    void say(Peer peer) throws IOException;
  }

  /** Good answers, and streams that end like this. */
  private static Behaviour stream(String name, String reason, OnStream talk) {
    return giving(
        name,
        reason,
        (asked, peer) -> {
          if (asked.streamed()) {
            talk.say(peer.say(EVENTS + CLOSE));
          } else {
            Good.answer(asked, peer, "a");
          }
        });
  }

  private static Behaviour streamTooLarge(String name, String again) {
    return stream(name, "body-too-large", peer -> peer.forEver(again)).alone();
  }

  private static Behaviour tooLarge(String name, Behaviour.Talk talk) {
    return giving(name, "body-too-large", talk).alone();
  }

  private static Behaviour coding(String name, String coding) {
    return giving(
        name,
        "body-malformed",
        (asked, peer) ->
            peer.answer(
                JSON + "Content-Encoding: " + coding + "\r\n",
                Good.body(asked, "a").getBytes(UTF_8)));
  }

  private static Behaviour chunks(String name, String chunks) {
    return giving(
        name, "body-malformed", (asked, peer) -> peer.say(JSON + CHUNKED + chunks).keepSilent());
  }

  private static Behaviour json(String name, String reason, String body) {
    return giving(name, reason, (asked, peer) -> peer.answer(JSON, body.getBytes(UTF_8)));
  }

  private static Behaviour charset(String name, byte[] body) {
    return giving(name, "*", (asked, peer) -> peer.answer(JSON, body));
  }

  private static void twice(Asked asked, Peer peer) throws IOException {
    String body = Good.body(asked, "a");
    String doubled =
        body.startsWith("{\"") ? "{\"id\":\"b\",\"id\":\"c\"," + body.substring(1) : body;
    peer.answer(JSON, doubled.getBytes(UTF_8));
  }

  private static Peer half(Asked asked, Peer peer) throws IOException {
    String body = Good.body(asked, "a");
    peer.say(JSON + "Content-Length: " + body.length() + "\r\n\r\n");
    return peer.say(body.substring(0, body.length() / 2));
  }

  private static void packed(Peer peer, String coding, byte[] bytes) throws IOException {
    peer.answer(JSON + "Content-Encoding: " + coding + "\r\n", pack(coding, bytes));
  }

  private static byte[] pack(String coding, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        coding.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
