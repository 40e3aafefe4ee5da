package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.LongTalk;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import java.util.List;

/** Requests as stock clients of Java, Go, Python and Node send them, and agents fill them. */
public final class ClientsSuite {

  static Ask chat(Probe probe) {
    return probe.chat(Basis.HELLO).with("max_tokens", 4);
  }

  @Check(
      id = "gateway.long-bodies-are-answered",
      title = "a request of 200 KB, as agents send it, is answered like a short one",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"a proxy has a limit for bodies (nginx: client_max_body_size)"},
      ifItBreaks = {"a proxy cannot write the file that it keeps long bodies in"})
  void longBodies(Probe probe) {
    Given.whereItFails(
        probe,
        () -> LongTalk.ask(probe).send().mustBe(200).json().object(),
        () -> LongTalk.brief(probe).send().mustBe(200));
  }

  @Check(
      id = "gateway.chunked-bodies-are-read",
      title = "a request whose body comes in chunks, without a length, is answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"a proxy asks for Content-Length (411)", "the body is taken for empty"})
  void chunkedBodies(Probe probe) {
    chat(probe).header("Transfer-Encoding", "chunked").send().mustBe(200).json().object();
  }

  @Check(
      id = "gateway.expect-continue-is-answered",
      title = "a client that waits for 100 Continue gets its answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"a proxy refuses Expect with 417", "nobody answers Expect"},
      about = {Reason.TIMEOUT})
  void expectContinue(Probe probe) {
    chat(probe).header("Expect", "100-continue").send().mustBe(200).json().object();
  }

  @Check(
      id = "gateway.upgrade-offers-are-declined",
      title = "a client that offers HTTP/2 over plain HTTP, as Java's does, is answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"the server drops the body of a request that offers an upgrade"})
  void upgradeOffers(Probe probe) {
    if (probe.target().base().getScheme().equals("https")) {
      throw new Inapplicable("over TLS the version is agreed on in the handshake");
    }
    Answered answered =
        chat(probe)
            .header("Connection", "Upgrade, HTTP2-Settings")
            .header("Upgrade", "h2c")
            .header("HTTP2-Settings", "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA")
            .send();
    if (answered.status() == 101) {
      throw new Inapplicable("the host takes the offer");
    }
    answered.mustBe(200).json().object();
  }

  @Check(
      id = "gateway.same-request-id-twice",
      title = "two requests at once with one X-Request-Id are both answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "the engine takes the header for its own id, and proxies and retries send one id several times"
      })
  void sameRequestId(Probe probe) {
    Ask named = chat(probe).header("X-Request-Id", "meshcheck-twice");
    Given.answered(chat(probe));
    for (Answered answered :
        probe.together(List.of(() -> named.again(1).send(), () -> named.again(2).send()))) {
      answered.mustBe(200).json().object();
    }
  }

  @Check(
      id = "gateway.stock-headers-are-answered",
      title = "the headers that Python, Node and Go send by default get an answer that can be read",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {
        "bodies are compressed in a way that was not offered, or not as it is declared",
        "a filter refuses clients by their headers"
      },
      about = {Reason.BODY_MALFORMED, Reason.BODY_CUT, Reason.FORBIDDEN})
  void stockHeaders(Probe probe) {
    Ask plain = chat(probe).header("Accept-Encoding", "gzip, deflate");
    for (Ask stock :
        List.of(
            plain.header("Connection", "keep-alive").header("User-Agent", "python-httpx/0.28.1"),
            plain.header("Sec-Fetch-Mode", "cors").header("User-Agent", "node"),
            openAi(plain),
            chat(probe)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "Go-http-client/1.1"))) {
      stock.send().mustBe(200).json().object();
    }
  }

  /** As the libraries of OpenAI send it, see github.com/openai/openai-python. */
  private static Ask openAi(Ask plain) {
    return plain
        .header("User-Agent", "OpenAI/Python 2.8.1")
        .header("X-Stainless-Lang", "python")
        .header("X-Stainless-Retry-Count", "0")
        .header("X-Stainless-Read-Timeout", "600")
        .header("OpenAI-Organization", "org-meshcheck")
        .header("OpenAI-Project", "proj_meshcheck");
  }

  @Check(
      id = "gateway.query-is-passed-over",
      title = "a request whose address has a query that nobody knows is answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      pack = Pack.FULL,
      ifItFails = {
        "routes are compared with the whole address; clients made for Azure add ?api-version=…"
      })
  void queryIsPassedOver(Probe probe) {
    String path = probe.route(CHAT).path() + "?api-version=2024-10-21";
    Given.answered(chat(probe));
    chat(probe).path(path).send().mustBe(200).json().object();
  }
}
