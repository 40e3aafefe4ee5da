package dev.meshcheck.suites.hostile;

import static dev.meshcheck.suites.hostile.Behaviour.giving;

import java.io.IOException;
import java.util.List;

/** What a host does with its connections, its status line and its header fields. */
final class HeadBehaviours {

  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private HeadBehaviours() {}

  static List<Behaviour> connections() {
    return List.of(
        giving("closes-at-once", "connection-closed", (asked, peer) -> {}).deaf(),
        giving("resets-at-once", "connection-closed", (asked, peer) -> peer.reset()).deaf(),
        giving("accepts-then-silence", "timeout", (asked, peer) -> peer.keepSilent()),
        giving("never-reads", "timeout", (asked, peer) -> sleep()).deaf(),
        giving("resets-after-request", "connection-closed", (asked, peer) -> peer.reset()),
        giving(
            "resets-in-status-line",
            "connection-closed",
            (asked, peer) -> peer.say("HTTP/1.1 2").reset()),
        giving(
            "resets-in-header",
            "connection-closed",
            (asked, peer) -> peer.say(OK + "Content-Ty").reset()),
        giving(
            "closes-in-header", "connection-closed", (asked, peer) -> peer.say(OK + "Content-Ty")),
        giving(
            "silence-in-status-line", "timeout", (asked, peer) -> peer.say("HTTP/1").keepSilent()),
        giving(
            "silence-in-header",
            "timeout",
            (asked, peer) -> peer.say(OK + "A: b\r\n").keepSilent()),
        giving(
            "trickles-status-line",
            "timeout",
            (asked, peer) -> peer.say("HTTP/1.1 200 ").trickle("a")),
        giving("trickles-header", "timeout", (asked, peer) -> peer.say(OK).trickle("A: b\r\n")),
        giving(
            "trickles-interim",
            "timeout",
            (asked, peer) -> peer.trickle("HTTP/1.1 102 P\r\n\r\n")));
  }

  static List<Behaviour> sizes() {
    return List.of(
        giving(
                "endless-status-line",
                "headers-too-large",
                (asked, peer) -> peer.say("HTTP/1.1 200 ").forEver("a"))
            .alone(),
        giving(
                "endless-header-line",
                "headers-too-large",
                (asked, peer) -> peer.say(OK + "A: ").forEver("a"))
            .alone(),
        giving(
                "endless-headers",
                "headers-too-large",
                (asked, peer) -> peer.say(OK).forEver("A: b\r\n"))
            .alone(),
        giving(
                "large-headers-but-not-too-large",
                "*",
                (asked, peer) ->
                    whole(asked, peer, "\r\n", ("A: " + "b".repeat(15_000) + "\r\n").repeat(4)))
            .alone(),
        giving(
            "endless-folded-header",
            "headers-too-large",
            (asked, peer) -> peer.say(OK + "A: b\r\n").forEver(" b\r\n")),
        giving(
            "three-hundred-headers",
            "headers-too-large",
            (asked, peer) -> peer.say(OK + "A: b\r\n".repeat(300) + "\r\n")),
        giving(
            "endless-interim",
            "headers-too-large",
            (asked, peer) -> peer.forEver("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")));
  }

  static List<Behaviour> noHttp() {
    return List.of(
        head("garbage-first", "garbage\r\n" + OK),
        head("empty-lines-first", "\r\n\r\n" + OK),
        head("status-of-two-digits", "HTTP/1.1 99 Odd\r\n"),
        head("status-of-four-digits", "HTTP/1.1 1000 Odd\r\n"),
        head("status-is-text", "HTTP/1.1 OK\r\n"),
        head("status-is-negative", "HTTP/1.1 -200 OK\r\n"),
        head("switches-protocols-unasked", "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n"),
        head("version-2-in-text", "HTTP/2 200\r\n"),
        head("version-1-9-9", "HTTP/1.9.9 200 OK\r\n"),
        head("header-without-colon", OK + "no colon here\r\n"),
        head("header-with-empty-name", OK + ": value\r\n"),
        head("header-name-with-controls", OK + "A\u001b[31m: b\r\n"),
        head("white-space-after-status", OK + " folded: nothing\r\n"),
        giving(
            "http-0-9", "not-http", (asked, peer) -> peer.say("<html><body>Welcome</body></html>")),
        giving(
            "http-2-frames",
            "not-http",
            (asked, peer) -> peer.say("\0\0\u0012\u0004\0\0\0\0\0").keepSilent()),
        giving(
            "tls-alert",
            "not-http",
            (asked, peer) -> peer.say("\u0015\u0003\u0001\0\u0002\u0002F").keepSilent()),
        giving(
            "ssh-banner", "not-http", (asked, peer) -> peer.say("SSH-2.0-OpenSSH_9").keepSilent()),
        giving(
            "smtp-banner",
            "not-http",
            (asked, peer) -> peer.say("220 mail ESMTP\r\n").keepSilent()),
        giving("endless-garbage", "not-http", (asked, peer) -> peer.forEver("\u0001")),
        length("length-is-negative", "Content-Length: -5\r\n"),
        length("length-is-impossible", "Content-Length: 99999999999999999999999\r\n"),
        length("length-is-text", "Content-Length: many\r\n"),
        length("length-is-hexadecimal", "Content-Length: 0x10\r\n"),
        length("length-is-empty", "Content-Length:\r\n"),
        length("lengths-differ", "Content-Length: 2\r\nContent-Length: 3\r\n"),
        length("lengths-differ-in-a-list", "Content-Length: 2, 3\r\n"),
        length("coding-is-unknown", "Transfer-Encoding: nonsense\r\n"),
        length("coding-is-doubled", "Transfer-Encoding: chunked, chunked\r\n"));
  }

  static List<Behaviour> breaches() {
    return List.of(
        breach("bare-line-feeds", (asked, peer) -> whole(asked, peer, "\n", "")),
        breach(
            "lengths-repeated",
            (asked, peer) -> whole(asked, peer, "\r\n", "Content-Length: %d\r\n")),
        breach(
            "length-beside-chunks",
            (asked, peer) -> {
              String body = Good.body(asked, "a");
              peer.say(
                  Good.JSON
                      + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                      + Integer.toHexString(body.length())
                      + "\r\n"
                      + body
                      + "\r\n0\r\n\r\n");
            }),
        breach("folded-header", (asked, peer) -> whole(asked, peer, "\r\n", "A: b\r\n c\r\n")),
        breach("nul-in-header", (asked, peer) -> whole(asked, peer, "\r\n", "A: b\0c\r\n")),
        breach("cr-in-header", (asked, peer) -> whole(asked, peer, "\r\n", "A: b\rc\r\n")),
        breach(
            "escapes-in-header",
            (asked, peer) -> whole(asked, peer, "\r\n", "A: \u001b]0;title\u0007\u001b[2J\r\n")),
        breach("space-before-colon", (asked, peer) -> whole(asked, peer, "\r\n", "A : b\r\n")));
  }

  private static Behaviour breach(String name, Behaviour.Talk talk) {
    return giving(name, "http-malformed", talk);
  }

  /** A good answer but for its line ends, or for one more line in its head. */
  private static void whole(Asked asked, Peer peer, String lineEnd, String more)
      throws IOException {
    String body = Good.body(asked, "a");
    String head =
        Good.JSON
            + more.formatted(body.length())
            + "Content-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n";
    peer.say(head.replace("\r\n", lineEnd) + body);
  }

  private static Behaviour head(String name, String head) {
    return giving(
        name,
        "not-http",
        (asked, peer) -> peer.answer(head, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static Behaviour length(String name, String fields) {
    return giving(
        name,
        "not-http",
        (asked, peer) -> peer.say(OK + "Content-Type: application/json\r\n" + fields + "\r\n{}"));
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
