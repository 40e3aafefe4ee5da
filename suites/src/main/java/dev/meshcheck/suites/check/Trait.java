package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.Route.KeyRule;
import dev.meshcheck.fixtures.surface.Route.StreamEnd;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surface.Credential;

/** What a surface documents, as far as checks depend on it. */
public enum Trait {
  /** The surface documents the route. */
  ROUTE,
  /** The route refuses a request without the credential: as documented, or where one is set. */
  GUARDED,
  /** A key may be set for the route, which is up to whoever runs the host. */
  KEY_CONFIGURED,
  /** It documents that the route answers without a credential. */
  PUBLIC,
  /** It does not say what the route does without a credential. */
  UNSTATED_KEY,
  /** It documents {@code X-User-Id} as required. */
  USER_ID,
  /** It documents that {@code X-User-Id} is not sent. */
  NO_USER_ID,
  /** It documents that streams of the route are data-only and end with {@code [DONE]}. */
  STREAM_ENDS_WITH_DONE,
  /** It does not say how streams of the route are framed. */
  STREAM_END_UNSTATED,
  /** Tensormesh documents the surface. */
  TENSORMESH,
  /** Somebody else documents it. */
  ELSEWHERE;

  /** Whether the surface has this trait on that route. */
  public boolean holds(Surface surface, Route route) {
    return switch (this) {
      case ROUTE -> true;
      case GUARDED -> route.key() == KeyRule.REQUIRED || route.key() == KeyRule.CONFIGURED;
      case KEY_CONFIGURED -> route.key() == KeyRule.CONFIGURED;
      case PUBLIC -> route.key() == KeyRule.PUBLIC;
      case UNSTATED_KEY -> route.key() == KeyRule.UNSTATED;
      case USER_ID -> surface.userIdNeeded();
      case NO_USER_ID ->
          !surface.userIdNeeded()
              && surface.isTensormesh()
              && surface.credential() == Credential.INFERENCE_KEY;
      case STREAM_ENDS_WITH_DONE -> route.streamEnd() == StreamEnd.DONE;
      case STREAM_END_UNSTATED -> route.streamEnd() == StreamEnd.UNSTATED;
      case TENSORMESH -> surface.isTensormesh();
      case ELSEWHERE -> !surface.isTensormesh();
    };
  }
}
