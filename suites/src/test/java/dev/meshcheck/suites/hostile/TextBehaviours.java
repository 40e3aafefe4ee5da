package dev.meshcheck.suites.hostile;

import static dev.meshcheck.suites.hostile.Behaviour.giving;
import static dev.meshcheck.suites.hostile.Behaviour.texts;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Well-formed answers whose texts are aimed at whoever shows, stores or sends them on. */
final class TextBehaviours {

  /** What must never reach a report as it is. */
  static final String SCRIPT = "</script><script>alert(1)</script>";

  private static final int LONG = 64 << 10;

  private TextBehaviours() {}

  static List<Behaviour> aimedAtReaders() {
    return List.of(
        everywhere("escapes", "\\u001b[31m\\u001b[2J\\u001b]0;title\\u0007\\u009b5n"),
        everywhere(
            "links-of-terminals", "\\u001b]8;;http://evil.example\\u0007x\\u001b]8;;\\u0007"),
        everywhere("carriage-returns", "all is well\\rPASSED\\b\\b\\b\\u007f"),
        everywhere("scripts", SCRIPT.replace("/", "\\/") + "<img src=x onerror=alert(1)>"),
        everywhere("templates", "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> @if(true) {% raw %}"),
        everywhere(
            "tables", "a | b | c\\n| --- | --- |\\n\\n# title\\n```\\n`code` **bold** [x](y)"),
        everywhere("markup-of-junit", "]]><failure/><![CDATA[ --> <!-- &amp; &#0; &nbsp;"),
        everywhere("line-separators", "a\\u2028b\\u2029c\\u0085d\\u202eevil\\u2066x"),
        everywhere("lone-surrogates", "a\\ud800b\\udc00c\\udbff"),
        everywhere("not-for-xml", "\\u0000\\u0001\\u0008\\u000b\\u001f\\ufffe\\uffff"),
        everywhere("commands-of-ci", "\\n::error::x\\n##vso[task.complete]\\n##teamcity[x]\\n"),
        everywhere("formulas", "=cmd|' /C calc'!A0"),
        everywhere("formats", "%s %n %d %99999999d {0} \\\\u0000"));
  }

  static List<Behaviour> aimedAtRequests() {
    return List.of(
        everywhere("ids-with-spaces", "a b;c?d=e&f#g"),
        everywhere("ids-of-other-paths", "/../../auth/profile"),
        everywhere("ids-of-two-dots", ".."),
        everywhere("ids-with-line-ends", "a\\r\\nX-Injected: 1\\r\\n\\r\\nGET / HTTP/1.1"),
        everywhere("ids-with-percents", "%2e%2e%2f%00%zz"),
        everywhere("ids-that-are-empty", ""),
        everywhere("ids-of-64-kilobytes", "i".repeat(LONG)),
        everywhere("quotes", "' \\\" $(id) `id` ; rm -rf / \\\\"),
        giving("numbers-without-sense", "*", (asked, peer) -> numbers(asked, peer)),
        redirect("redirects-in-a-circle", "/v1/models"),
        redirect("redirects-nowhere", "::not a url \\u0000"),
        redirect("redirects-to-a-file", "file:///etc/passwd"),
        redirect("redirects-to-another-host", "http://127.0.0.1:1/v1/models"),
        giving(
            "not-modified",
            "wrong-status",
            (asked, peer) -> peer.say("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")),
        head("waits-for-ever", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 99999999999999\r\n"),
        head("waits-for-nothing", "HTTP/1.1 503 Busy\r\nRetry-After: -1\r\n"),
        head(
            "waits-till-never", "HTTP/1.1 503 Busy\r\nRetry-After: Fri, 99 Foo 99999 99:99:99\r\n"),
        head("status-999", "HTTP/1.1 999 Odd\r\n"),
        head("status-600", "HTTP/1.1 600 \u001b[31mred\r\n"),
        head("dates-of-no-calendar", "HTTP/1.1 200 OK\r\nDate: Mon, 99 Foo 0000 99:99:99 GMT\r\n"),
        head("cookies", "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Domain=.; Max-Age=-1; \u0001\r\n"),
        head("types-without-sense", "HTTP/1.1 200 OK\r\nContent-Type: ;;;/;charset=\"\r\n"));
  }

  static List<Behaviour> aimedAtPatterns() {
    return List.of(
        slow("one-word", "a"),
        slow("one-number", "1"),
        slow("hexadecimal", "f"),
        slow("spaces", " "),
        slow("line-ends", "\\n"),
        slow("backslashes", "\\\\"),
        slow("angle-brackets", "<"),
        slow("quotation-marks", "\\\""),
        slow("slashes", "/"),
        slow("slashes-and-ats", "/@"),
        slow("stack-frames", "at a.b("),
        slow("addresses", "a://"),
        slow("names-of-secrets", "\\\"api_key\\\" "),
        slow("replacement-characters", "\\ufffd"),
        slow("dots", "a."),
        slow("dashes", "a-"));
  }

  private static Behaviour everywhere(String name, String escaped) {
    return texts(name, (asked, peer) -> Good.answer(asked, peer, escaped));
  }

  /** In good answers, and in refusals of everything else than the plain requests of GET. */
  private static Behaviour slow(String name, String unit) {
    String text = unit.repeat(LONG / unit.length());
    return texts(
        "slow-" + name,
        (asked, peer) -> {
          if (asked.method().equals("POST") && !asked.streamed()) {
            String error = Good.body(new Asked("POST", "/error", false), text);
            peer.answer(
                "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n",
                error.getBytes(UTF_8));
          } else {
            Good.answer(asked, peer, asked.path().equals("/v1/models") ? "model" : text);
          }
        });
  }

  private static Behaviour redirect(String name, String location) {
    return giving(
        name,
        "redirected",
        (asked, peer) ->
            peer.answer("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n", new byte[0]));
  }

  private static Behaviour head(String name, String head) {
    return giving(name, "*", (asked, peer) -> peer.answer(head, "{}".getBytes(UTF_8)));
  }

  private static void numbers(Asked asked, Peer peer) throws java.io.IOException {
    String body =
        Good.body(asked, "a")
            .replace("4096", "19999999")
            .replace("1764000000", "9223372036854775807")
            .replace("_tokens\":3", "_tokens\":1e308")
            .replace("_tokens\":5", "_tokens\":-99999999999999999999")
            .replace("\"count\":2", "\"count\":1e-300")
            .replace("[1,2]", "[-1,1e400,9223372036854775808]");
    peer.answer(Good.JSON, body.getBytes(UTF_8));
  }
}
