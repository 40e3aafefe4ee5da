package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.stream.LongStream;

/** Tool calls in the chunks of a stream. */
public final class ToolStreamSuite {

  private static final String COUNT = "Count from 1 to 5, each number on a line of its own.";

  private static CallFragments streamed(Probe probe) {
    Said.unlessRefused(Tools.ask(probe), "tools");
    for (int nth = 1; nth <= Tries.K; nth++) {
      List<Json> chunks = Given.stream(Tries.nth(Tools.ask(probe), nth)).chunks();
      CallFragments fragments = CallFragments.of(chunks);
      if (!fragments.none() && !Streams.finishReasons(chunks).contains("length")) {
        return fragments;
      }
    }
    throw new Inapplicable("the model called no tool in " + Tries.K + " streams");
  }

  @Check(
      id = "tools.streamed-call-begins-once",
      title = "a streamed call begins with its id and name, and no fragment changes them",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the first fragment of a call is lost", "each fragment gets an id of its own"})
  void streamedCallBegins(Probe probe) {
    streamed(probe).mustBeginOnce();
  }

  @Check(
      id = "tools.streamed-call-is-named-once",
      title = "the id, the name and the type of a streamed call come in its first fragment, once",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "each fragment is sent like a call of its own: SDKs that join fragments, such as OpenAI's"
            + " for Python, get the name many times over",
        "empty fields are not left out: clients that keep the last name have none"
      })
  void namedOnce(Probe probe) {
    CallFragments fragments = Given.that(() -> streamed(probe));
    Given.that(fragments::mustBeginOnce);
    fragments.mustNameOnce();
  }

  @Check(
      id = "tools.streamed-indexes-have-no-gaps",
      title = "the calls of a stream are numbered from 0 without gaps",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a call is lost", "calls are numbered from 1"})
  void streamedIndexes(Probe probe) {
    List<Long> indexes = streamed(probe).indexes();
    Expect.that(
        "the indexes of the calls",
        indexes,
        is(LongStream.range(0, indexes.size()).boxed().toList()));
  }

  @Check(
      id = "tools.streamed-call-equals-the-whole",
      title = "the fragments of a streamed call joined are the call of the same request whole",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a fragment is lost or doubled",
        "streams are parsed by another tool-call parser than whole answers"
      })
  void streamedEqualsTheWhole(Probe probe) {
    Tries.pairs(probe, nth -> mustEqualTheWhole(Tools.ask(probe).again(nth)));
  }

  @Check(
      id = "tools.streamed-next-turn-equals-the-whole",
      title = "a call and its content streamed behind the result of a tool are those of the whole",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a streaming parser takes up a call of the history, and sends arguments as content"
      })
  void streamedNextTurn(Probe probe) {
    ToolRounds.givenOne(probe);
    Tries.pairs(probe, nth -> mustEqualTheWhole(ToolRoundsSuite.secondTurn(probe).again(nth)));
  }

  private static void mustEqualTheWhole(Ask ask) {
    Json answer = Said.whole(ask.send(), "tools");
    List<Json> whole = Tools.callsOf(answer);
    String content = answer.at("/choices/0/message/content").optionalText().orElse("").strip();
    List<Json> chunks = Cut.isNot(Given.stream(ask).chunks());
    CallFragments fragments = CallFragments.of(chunks);
    if (whole.isEmpty() && fragments.none()) {
      throw new Inapplicable("the model called no tool");
    }
    Expect.that(
        "the content beside the streamed calls",
        Streams.contentOf(chunks, "/delta/content").strip(),
        is(content));
    Expect.that("the streamed calls", fragments.indexes(), hasSize(whole.size()));
    Expect.that(
        "the streamed names",
        fragments.names(),
        is(whole.stream().map(call -> call.at("/function/name").text()).toList()));
    Expect.that(
        "the streamed arguments",
        fragments.arguments().stream().map(Json::node).toList(),
        is(
            whole.stream()
                .map(call -> Tools.parsed(call.at("/function/arguments")).node())
                .toList()));
  }

  @Check(
      id = "tools.streamed-text-keeps-its-lines",
      title = "a streamed text has its line ends where a tool is offered, too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a streaming parser drops the white space that may stand before a call"})
  void keepsItsLines(Probe probe) {
    Ask ask = Tools.ask(probe).with("messages", Probe.messages("user", COUNT));
    Tries.pairs(probe, nth -> mustHaveTheLines(ask.again(nth)));
  }

  private static void mustHaveTheLines(Ask ask) {
    String whole = Said.content(Said.unlessRefused(ask, "tools"));
    List<Json> chunks = Cut.isNot(Given.stream(ask).chunks());
    if (whole.strip().lines().count() < 2) {
      throw new Inapplicable("the answer has no two lines");
    }
    String streamed = Streams.contentOf(chunks, "/delta/content");
    Expect.that(
        "the lines of the streamed text",
        streamed.strip().lines().toList(),
        is(whole.strip().lines().toList()));
  }

  @Check(
      id = "tools.streamed-finish-reason",
      title = "a stream that calls a tool ends with finish_reason tool_calls",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the stream says stop although a call came, so that clients miss it"})
  void streamedFinishReason(Probe probe) {
    Said.unlessRefused(Tools.ask(probe), "tools");
    List<Json> chunks = Cut.isNot(Given.stream(Tools.ask(probe)).chunks());
    if (CallFragments.of(chunks).none()) {
      throw new Inapplicable("the model called no tool");
    }
    List<String> reasons = Streams.finishReasons(chunks);
    Expect.that("the finish reasons", reasons, is(List.of("tool_calls")));
  }

  @Check(
      id = "tools.no-marks-beside-the-streamed-call",
      title = "the content beside a streamed call holds no mark of the call or of a thought",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a streaming parser sends the call's frame before it knows what it is"})
  void noMarks(Probe probe) {
    Said.unlessRefused(Tools.ask(probe), "tools");
    List<Json> chunks = Given.stream(Tools.ask(probe)).chunks();
    if (Given.that(() -> CallFragments.of(chunks)).none()) {
      throw new Inapplicable("the model called no tool");
    }
    String content = Streams.contentOf(chunks, "/delta/content");
    Marks.mustNotStandBesideACall("the streamed content", content);
  }
}
