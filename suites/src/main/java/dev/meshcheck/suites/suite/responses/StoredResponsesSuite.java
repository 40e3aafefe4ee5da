package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.PathSegments;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Unknown;
import java.util.List;

/** Responses that are kept, to be fetched again or to be done in the background. */
public final class StoredResponsesSuite {

  private static Ask fetching(Probe probe, String id) {
    String path = probe.route(RESPONSES).path() + "/" + PathSegments.one("the response", id);
    return probe.responses("").method("GET").path(path);
  }

  private static Answered fetch(Probe probe, String id) {
    return fetching(probe, id).send();
  }

  @Check(
      id = "responses.stored",
      title = "whether a response can be fetched again is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"nothing is promised here: storing is off by default in vLLM"})
  void isStored(Probe probe) {
    Answered fetched = fetch(probe, ResponsesSuite.plain(probe).at("/id").text());
    mustHaveTheRoute(fetched);
    int status = fetched.status();
    if (status >= 400 && status < 500) {
      throw new Inapplicable("the host keeps no responses: GET of one is answered with " + status);
    }
    probe.record("GET of the response: " + status);
  }

  @Check(
      id = "responses.stored-is-the-same",
      title = "a response is fetched again as it was, or not found",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway answers GET with another response", "the route breaks"})
  void stored(Probe probe) {
    Json plain = Given.that(() -> Basis.judge(probe, RESPONSES).json());
    String id = Given.text(plain.at("/id"));
    Answered fetched = fetch(probe, id);
    mustHaveTheRoute(fetched);
    if (fetched.status() != 200) {
      fetched.mustBeRefused("the response is not stored");
      return;
    }
    Expect.that("the id of what was fetched", fetched.json().at("/id").text(), is(id));
    Expect.that(
        "the text of what was fetched",
        Said.responseText(fetched.json()),
        is(Said.responseText(plain)));
  }

  @Check(
      id = "responses.unknown-id-is-refused",
      title = "a response that nobody has is not found",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the route answers whatever id it is asked for"})
  void unknownId(Probe probe) {
    Answered fetched = fetch(probe, "resp_meshcheck_does_not_exist");
    mustHaveTheRoute(fetched);
    fetched.mustBeRefused("nobody has this response");
  }

  /** LM Studio says 200 and an error that names the path to whatever it does not have. */
  private static void mustHaveTheRoute(Answered fetched) {
    String path = fetched.exchange().request().uri().getPath();
    String error = JsonText.read(fetched.body()).path("error").asText("");
    if (fetched.status() == 200 && error.contains(path)) {
      throw new Inapplicable("the host has no route that fetches responses: 200, " + error);
    }
  }

  /** What a host does with a response that is to be stored. */
  private record Kept(Json response, boolean fetched, boolean continued) {

    static Kept of(Probe probe) {
      Json response = Said.unlessRefused(CodeWord.first(probe), "store").json();
      String id = CodeWord.id(response);
      Kept kept = new Kept(response, isFetched(probe, id), isContinued(probe, id));
      if (!kept.fetched && !kept.continued) {
        throw new Inapplicable("the host keeps no responses");
      }
      return kept;
    }

    private static boolean isFetched(Probe probe, String id) {
      Answered fetched = fetch(probe, id);
      return Given.that(fetched::status) == 200
          && Given.that(() -> fetched.json()).at("/id").node().asText().equals(id);
    }

    /** Who takes an id that nobody has ignores it, and continues nothing. */
    private static boolean isContinued(Probe probe, String id) {
      return Given.that(() -> CodeWord.second(probe, id).send().status()) == 200
          && Given.that(() -> ContinuedResponsesSuite.unknown(probe).status()) != 200;
    }
  }

  @Check(
      id = "responses.store-false-is-not-kept",
      title = "with store false a response is neither fetched nor continued, where others are",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"store is dropped, so that conversations are kept that were not to be kept"})
  void storeFalse(Probe probe) {
    Kept kept = Kept.of(probe);
    Ask forgotten = CodeWord.first(probe).with("store", false);
    String whole = CodeWord.id(Given.answered(forgotten).json());
    mustBeUnknown(probe, kept, whole, "a response");
    Answered streamed = AgentToolsSuite.codex(probe).stream();
    if (streamed.status() == 200) {
      Json last = ResponseStreams.last(Given.chunks(streamed));
      mustBeUnknown(probe, kept, CodeWord.id(last), "a streamed response");
    }
  }

  private static void mustBeUnknown(Probe probe, Kept kept, String id, String what) {
    if (kept.fetched()) {
      fetch(probe, id).mustBeRefused("it was " + what + " with store false");
    }
    if (kept.continued()) {
      CodeWord.second(probe, id).send().mustBeRefused("it continues " + what + " with store false");
    }
  }

  @Check(
      id = "responses-stream.is-stored-like-a-whole-one",
      title = "a streamed response can be fetched again and continued where a whole one can",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"streams are passed on and not stored, so that a conversation breaks off"})
  void streamIsStored(Probe probe) {
    Kept kept = Kept.of(probe);
    Json last = ResponseStreams.last(Given.stream(CodeWord.first(probe)).chunks());
    String id = CodeWord.id(last);
    if (kept.fetched()) {
      // What is stored behind the last event may come a moment later.
      Tries.untilGood(probe, nth -> mustBeThere(fetching(probe, id).again(nth).send(), last));
    }
    if (kept.continued()) {
      Tries.untilGood(probe, nth -> CodeWord.second(probe, id).again(nth).send().mustBe(200));
    }
  }

  private static void mustBeThere(Answered fetched, Json response) {
    Json there = fetched.mustBe(200).json();
    Expect.that("the id of what was fetched", there.at("/id").text(), is(CodeWord.id(response)));
    Expect.that(
        "the text of what was fetched", Said.responseText(there), is(Said.responseText(response)));
  }

  @Check(
      id = "auth.stored-responses-refuse-no-key",
      title = "a stored response is not told without the key, nor with a wrong one",
      level = MUST,
      elsewhere = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      when = Trait.GUARDED,
      ifItFails = {"the gateway guards what is posted, and everybody can read what was answered"})
  void storedIsGuarded(Probe probe) {
    Kept kept = Kept.of(probe);
    if (!kept.fetched()) {
      throw new Inapplicable("the host tells no stored response");
    }
    Ask fetching = fetching(probe, CodeWord.id(kept.response()));
    fetching.noKey().send().mustBeRefused("no key was sent");
    fetching.key(Unknown.KEY).send().mustBeRefused("the key is wrong");
  }

  private static Ask inTheBackground(Probe probe) {
    return probe.responses(Basis.HELLO).with("background", true);
  }

  @Check(
      id = "responses.background",
      title = "whether a response can be had in the background is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"nothing is promised here: it needs storing, which is off by default in vLLM"})
  void canBeInTheBackground(Probe probe) {
    Json answer = Said.unlessRefused(inTheBackground(probe), "background").json();
    String status = answer.at("/status").text();
    if (!answer.at("/background").node().asBoolean() && status.equals("completed")) {
      throw new Inapplicable("background is taken and not honoured: the answer is there at once");
    }
    probe.record("background is taken, and the first status is " + status);
  }

  @Check(
      id = "responses.background-is-told",
      title = "background is taken and told in status, or refused, never a 5xx",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the server fails on responses that it cannot store"},
      about = {Reason.SERVER_ERROR})
  void background(Probe probe) {
    Answered answered = inTheBackground(probe).send();
    Refusals.mustNotBeServerError(answered);
    if (answered.status() == 200) {
      Expect.that(
          "status",
          answered.json().at("/status").text(),
          is(in(List.of("queued", "in_progress", "completed", "incomplete"))));
    } else {
      answered.mustBeRefused("background is true");
    }
  }
}
