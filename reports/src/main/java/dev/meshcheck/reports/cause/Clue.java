package dev.meshcheck.reports.cause;

/** What a probe beside the usual ones found out. */
public enum Clue {
  /** The credential is accepted by the other surface of this diagnosis. */
  KEY_WORKS_ELSEWHERE,
  /** The port speaks TLS, although the address says http. */
  PORT_SPEAKS_TLS,
  /** The API answers at the root of the host, without the path in the address. */
  ROOT_ANSWERS,
  /** Streams came late and all at once, every time, with nothing else in flight. */
  STREAMS_HELD_BACK,
  /** A stream came in pieces. */
  STREAMS_COME_IN_PIECES
}
