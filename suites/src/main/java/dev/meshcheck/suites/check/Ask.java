package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A request in the making. Immutable: each word gives a changed copy. It starts as the documented
 * request of a route with the target's credentials; checks change what they are about.
 */
public final class Ask {

  /** Sendings from this number on are meant to be too many for the host. */
  public static final int FIRST_OF_A_BURST = 1000;

  private static final String AUTHORIZATION = "Authorization";
  private static final String USER_ID = "X-User-Id";
  private static final String CONTENT_TYPE = "Content-Type";

  private final Probe probe;
  private final Request request;

  private Ask(Probe probe, Request request) {
    this.probe = probe;
    this.request = request;
  }

  static Ask of(Probe probe, Route route) {
    Target target = probe.target();
    Headers headers = Headers.NONE.with("User-Agent", "meshcheck").with("Accept", "*/*");
    if (target.key().isPresent()) {
      headers = headers.with(AUTHORIZATION, "Bearer " + target.key().get());
    }
    if (target.userId().isPresent() && target.surface().userIdNeeded()) {
      headers = headers.with(USER_ID, target.userId().get());
    }
    List<Headers.Field> all = new ArrayList<>(headers.fields());
    for (Target.Extra extra : target.extras()) {
      all.removeIf(field -> field.name().equalsIgnoreCase(extra.name()));
      all.add(new Headers.Field(extra.name(), extra.value()));
    }
    return new Ask(probe, Request.of(route.method(), target.at(route.path()), new Headers(all)));
  }

  /** Sends it, unless an equal request was sent before in this run, and waits for the end. */
  public Answered send() {
    return probe.send(request);
  }

  /** Sends it with {@code "stream": true} and reads the answer as it comes. */
  public Answered stream() {
    return asStream().send();
  }

  /** The same request for a stream, which {@link #send} reads as it comes. */
  public Ask asStream() {
    Ask streaming = with("stream", true).header("Accept", "text/event-stream");
    return new Ask(probe, streaming.request.asStream());
  }

  /** Streams it as clients do that do not ask for an event stream in {@code Accept}. */
  public Answered streamAccepting(String mediaType) {
    return probe.send(with("stream", true).header("Accept", mediaType).request.asStream());
  }

  /** Streams it and hangs up after that many events. */
  public Answered streamAndHangUpAfter(int events) {
    Ask streaming = with("stream", true).header("Accept", "text/event-stream");
    return probe.send(streaming.request.hangingUpAfter(events));
  }

  /** The same request apart from the shared one: sent anew for each number above 1. */
  public Ask again(int nth) {
    return new Ask(probe, request.again(nth));
  }

  /** With this JSON body. */
  public Ask body(JsonNode body) {
    return raw(body.toString());
  }

  /** With this body, whatever it is. */
  public Ask raw(String body) {
    Request changed = request.withBody(body);
    boolean named = request.headers().first(CONTENT_TYPE).isPresent();
    return new Ask(
        probe,
        named
            ? changed
            : changed.withHeaders(changed.headers().with(CONTENT_TYPE, "application/json")));
  }

  /** With the same body, written in another way. */
  public Ask editRaw(UnaryOperator<String> change) {
    return raw(change.apply(request.body().orElse("")));
  }

  /** With so many spaces between its fields, which cost bytes and no tokens. */
  public Ask padded(int bytes) {
    return editRaw(body -> "{" + " ".repeat(bytes) + body.substring(1));
  }

  /** Sent on the connection of another request, as soon as that one is answered. */
  public Ask behind(Ask first) {
    return new Ask(probe, request.behind(first.request));
  }

  /** How many requests go out: 2 where it is sent behind another. */
  public int requests() {
    return request.count();
  }

  /** With one field of the body set to a text, number, boolean, node or null value. */
  public Ask with(String field, Object value) {
    return edit(body -> body.set(field, Json.MAPPER.valueToTree(value)));
  }

  /** Without one field of the body. */
  public Ask without(String field) {
    return edit(body -> body.without(field));
  }

  /** Changes a copy of the fields; what they hold is shared with the request that it is made of. */
  private Ask edit(UnaryOperator<ObjectNode> change) {
    if (JsonText.whole(request.body().orElse("{}")) instanceof ObjectNode body) {
      return body(change.apply(Json.MAPPER.createObjectNode().setAll(body)));
    }
    throw new IllegalStateException("only a JSON body has fields");
  }

  /** Without any credential. */
  public Ask noKey() {
    return headers(headers -> headers.without(AUTHORIZATION));
  }

  /** With another key in the documented form. */
  public Ask key(String key) {
    return authorization("Bearer " + key);
  }

  /** With that value of {@code Authorization}. */
  public Ask authorization(String value) {
    return header(AUTHORIZATION, value);
  }

  /** Without {@code X-User-Id}. */
  public Ask noUserId() {
    return headers(headers -> headers.without(USER_ID));
  }

  /** With that {@code X-User-Id}. */
  public Ask userId(String value) {
    return header(USER_ID, value);
  }

  /** With that header. */
  public Ask header(String name, String value) {
    return headers(headers -> headers.with(name, value));
  }

  private Ask headers(UnaryOperator<Headers> change) {
    return new Ask(probe, request.withHeaders(change.apply(request.headers())));
  }

  /** With another method and without a body where it is GET. */
  public Ask method(String method) {
    return new Ask(
        probe,
        new Request(
            method,
            request.uri(),
            method.equals("GET") ? request.headers().without(CONTENT_TYPE) : request.headers(),
            method.equals("GET") ? Optional.empty() : request.body(),
            request.streamed(),
            request.attempt(),
            request.disconnectAfter(),
            request.deadline(),
            request.first()));
  }

  /** To another path below the host's root. */
  public Ask path(String path) {
    return new Ask(
        probe,
        new Request(
            request.method(),
            probe.target().at(path),
            request.headers(),
            request.body(),
            request.streamed(),
            request.attempt(),
            request.disconnectAfter(),
            request.deadline(),
            request.first()));
  }
}
