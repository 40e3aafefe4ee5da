package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The calls of responses that are completed: what a client runs, and sends results back for. */
public final class FinishedCallsSuite {

  private static final String NO_CALL = "the model called no tool";

  @Check(
      id = "responses.finished-arguments-are-json",
      title = "the arguments of each call of a completed response are a whole JSON object",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the tool-call parser loses the end of the arguments",
        "the model writes JSON badly, and no grammar holds it"
      })
  void areJson(Probe probe) {
    eachKind(
        probe, ask -> Tries.untilGood(probe, ask, answered -> mustBeJson(calls(whole(answered)))));
  }

  @Check(
      id = "responses-stream.finished-arguments-are-json",
      title = "the arguments of each call of a completed stream are a whole JSON object",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {
        "the end of the arguments comes with the end of the stream, and is lost with it",
        "the model writes JSON badly, and no grammar holds it"
      })
  void areJsonInStreams(Probe probe) {
    eachKind(
        probe,
        ask ->
            Tries.untilGood(
                probe,
                ask.asStream(),
                answered -> {
                  List<Json> events = events(answered);
                  // The items that were streamed, and those of the final response.
                  List<Json> calls = new ArrayList<>(calls(lastOf(events)));
                  streamedCalls(events).stream()
                      // What was added and never done is told by whoever judges the events.
                      .filter(StreamedItem::isDone)
                      .forEach(item -> calls.add(item.finished()));
                  mustBeJson(calls);
                }));
  }

  /** One call, and two beside each other, which parsers take another way through. */
  private static void eachKind(Probe probe, Consumer<Ask> rule) {
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    Optional<Inapplicable> silent = Optional.empty();
    int judged = 0;
    for (Ask ask : List.of(ResponsesToolsSuite.ask(probe), ResponsesToolsSuite.two(probe))) {
      try {
        rule.accept(ask);
        judged++;
      } catch (Inapplicable e) {
        silent = Optional.of(e);
      }
    }
    if (judged == 0) {
      throw silent.orElseThrow();
    }
  }

  private static Json whole(Answered answered) {
    return Said.whole(answered, "tools");
  }

  private static List<Json> events(Answered answered) {
    return Given.chunks(Said.unlessRefused(answered, "tools"));
  }

  /** The final response of a stream that no limit cut. */
  private static Json lastOf(List<Json> events) {
    return Cut.isNot(Given.that(() -> ResponseStreams.last(events).object()));
  }

  private static List<Json> calls(Json response) {
    return Given.that(() -> Tools.callItems(response));
  }

  private static List<StreamedItem> streamedCalls(List<Json> events) {
    return Given.that(
        () ->
            StreamedItem.of(events).stream()
                .filter(item -> item.type().equals("function_call"))
                .toList());
  }

  /** That arguments come in a string is for the check of the shape. */
  private static void mustBeJson(List<Json> calls) {
    if (calls.isEmpty()) {
      throw new Inapplicable(NO_CALL);
    }
    for (Json call : calls) {
      Json arguments = call.at("/arguments");
      String text = Given.text(arguments);
      Json unused = Json.parse(arguments.place(), text).object();
    }
  }

  @Check(
      id = "responses-stream.final-calls-keep-their-call-id",
      title = "an item of the final response with the id of a streamed call has its call_id, too",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {
        "the final response gets ids of its own, so that a client which collects items sends the"
            + " result back under an id that the conversation does not have"
      })
  void finalCallIds(Probe probe) {
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    List<Json> one = Given.stream(ResponsesToolsSuite.ask(probe)).chunks();
    Map<String, String> streamed = new HashMap<>();
    for (StreamedItem call : streamedCalls(one)) {
      Optional<String> id = call.finished().at("/id").optionalText();
      Optional<String> callId = call.finished().at("/call_id").optionalText();
      id.ifPresent(known -> callId.ifPresent(of -> streamed.put(known, of)));
    }
    if (streamed.isEmpty()) {
      throw new Inapplicable(NO_CALL + ", or its items have no ids");
    }
    // vLLM builds the final response afresh, with other ids of items and of calls.
    List<Json> same =
        calls(Given.that(() -> ResponseStreams.last(one).object())).stream()
            .filter(item -> item.at("/id").optionalText().filter(streamed::containsKey).isPresent())
            .toList();
    if (same.isEmpty()) {
      throw new Inapplicable("the final response has other items than the stream, by their ids");
    }
    for (Json item : same) {
      Json callId = item.at("/call_id");
      Expect.that(callId.place(), callId.text(), is(streamed.get(item.at("/id").text())));
    }
  }
}
