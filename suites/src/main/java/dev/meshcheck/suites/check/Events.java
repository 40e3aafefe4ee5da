package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.reports.outcome.Reason;
import java.util.ArrayList;
import java.util.List;

/** The events of one streamed answer, in either framing: data-only or typed. */
public final class Events {

  private final Answered answered;

  Events(Answered answered) {
    this.answered = answered;
  }

  /** All events with their times, {@code [DONE]} included. */
  public List<Frame> frames() {
    return answered.answer().frames();
  }

  /** The exchange that they came in. */
  public Answered answered() {
    return answered;
  }

  /**
   * The JSON of each event but {@code [DONE]}, in order.
   *
   * @throws Failure when an event is no JSON
   */
  public List<Json> chunks() {
    List<Json> chunks = new ArrayList<>();
    int number = 0;
    for (Frame frame : frames()) {
      number++;
      if (!frame.event().isDone()) {
        Json chunk = chunk(number, frame);
        if (!isAboutThePrompt(chunk)) {
          chunks.add(chunk);
        }
      }
    }
    return chunks;
  }

  /**
   * What Azure sends ahead of a stream: how its filter judges the prompt, and nothing of an answer.
   *
   * @see <a
   *     href="https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter-streaming">Content
   *     streaming</a>
   */
  private static boolean isAboutThePrompt(Json chunk) {
    return chunk.at("/prompt_filter_results").present()
        && chunk.at("/choices").optionalItems().isEmpty()
        && !chunk.at("/usage").present();
  }

  private Json chunk(int number, Frame frame) {
    try {
      return answered.json("event " + number, frame.event().data());
    } catch (Failure e) {
      throw new Failure(
          Reason.STREAM_MALFORMED,
          answered.what() + ": " + e.getMessage(),
          "JSON or [DONE] in every event",
          e.actual());
    }
  }

  /**
   * Fails unless this is a stream that ended by itself, whose events are JSON and tell of no error.
   */
  public Events mustBeWellFormed() {
    answered.mustBe(200);
    Answer answer = answered.answer();
    if (!answer.mediaType().equals("text/event-stream")) {
      throw new Failure(
          Reason.WRONG_CONTENT_TYPE,
          answered.what() + " with stream: true is not answered with an event stream",
          "Content-Type: text/event-stream",
          answered.described());
    }
    if (answer.ending() != Ending.COMPLETE) {
      throw unfinished(answer.ending());
    }
    for (Json chunk : chunks()) {
      if (chunk.at("/error").present() || chunk.at("/type").toString().equals("\"error\"")) {
        throw new Failure(
            Reason.STREAM_ERROR,
            answered.what() + " tells of an error inside its 200 stream",
            "no error in the stream",
            chunk.toString());
      }
    }
    Expect.that(
        Reason.STREAM_MALFORMED,
        !chunks().isEmpty(),
        answered.what() + ": the stream holds no event",
        "at least one event",
        "none");
    return this;
  }

  /** Whether {@link #mustBeWellFormed} would not fail. */
  public boolean isWellFormed() {
    try {
      return mustBeWellFormed() == this;
    } catch (Failure e) {
      return false;
    }
  }

  /** What its head says of it, and its bytes do not bear out. */
  private String encoding() {
    return answered
        .answer()
        .headers()
        .first("Content-Encoding")
        .map(encoding -> " as Content-Encoding: " + encoding)
        .orElse("");
  }

  /** A stream that Meshcheck stopped reading has not broken off. */
  private Failure unfinished(Ending ending) {
    int read = frames().size();
    Reason reason =
        switch (ending) {
          case TIMED_OUT, IDLE -> Reason.TIMEOUT;
          case TOO_LARGE -> Reason.BODY_TOO_LARGE;
          case MALFORMED -> Reason.BODY_MALFORMED;
          case COMPLETE, CUT, HUNG_UP -> Reason.STREAM_TRUNCATED;
        };
    String what =
        switch (ending) {
          case TIMED_OUT -> " was not over when its time was up, after ";
          case IDLE -> " fell silent for too long after ";
          case MALFORMED -> " could not be decoded" + encoding() + " after ";
          case TOO_LARGE -> " was too large to be read on after ";
          case COMPLETE, CUT, HUNG_UP -> " broke off after ";
        };
    return new Failure(
        reason,
        answered.what() + ": the stream" + what + read + " events",
        "a stream that ends by itself",
        read + " events, then " + ending);
  }
}
