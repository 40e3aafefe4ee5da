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
  /** Without a stream, as long an answer is refused as well. */
  LONGER_IS_REFUSED,
  /** A stream came in pieces. */
  STREAMS_COME_IN_PIECES,
  /** The API answers at another path than the one that was sent. */
  PATH_CHANGED,
  /** Below which path it answers then. */
  API_LIES_AT,
  /** The API answers below another prefix. */
  PREFIX_ANSWERS,
  /** The addresses of the name answer differently. */
  ADDRESSES_DIFFER,
  /** What is refused in a burst is answered one by one. */
  SLOWLY_ANSWERED,
  /** The address of the other surface is here, and that of this one is there. */
  HOSTS_SWAPPED,
  /** What gets no answer over HTTP/1.1 gets one over HTTP/2. */
  ANSWERS_HTTP2,
  /** Something listens at another address of this machine. */
  LISTENS_ELSEWHERE,
  /** Who has none of the documented paths has those of another kind of inference server. */
  OTHER_PROTOCOL,
  /** What is at the root of a host that has none of the documented paths. */
  FRONT_PAGE,
  /** Without the header fields that the user wants on every request, the host answers better. */
  WITHOUT_OWN_HEADERS,
  /** Over HTTP/2, which the host chose in the TLS handshake, nothing is answered. */
  HTTP2_FAILS
}
