package dev.meshcheck.suites.suite.chat;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads bytes as strictly as RFC 8259 wants them to be. */
final class Utf8 {

  private Utf8() {}

  /** Fails where the bytes of the body are no UTF-8. */
  static void mustBeValid(Answered answered) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answered.answer().body()));
    } catch (CharacterCodingException e) {
      throw new Failure(
          Reason.NOT_JSON,
          answered.what() + " answered with bytes that are no UTF-8",
          "UTF-8",
          answered.described());
    }
  }
}
