package dev.meshcheck.suites.hostile;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that a host may do to its clients, as far as somebody thought of it. */
final class Behaviours {

  static final List<Behaviour> ALL =
      Stream.of(
              HeadBehaviours.connections(),
              HeadBehaviours.sizes(),
              HeadBehaviours.noHttp(),
              HeadBehaviours.breaches(),
              BodyBehaviours.endings(),
              BodyBehaviours.sizes(),
              BodyBehaviours.codings(),
              BodyBehaviours.json(),
              BodyBehaviours.charsets(),
              TextBehaviours.aimedAtReaders(),
              TextBehaviours.aimedAtRequests(),
              TextBehaviours.aimedAtPatterns())
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Behaviour> BY_NAME =
      ALL.stream().collect(Collectors.toMap(Behaviour::name, Function.identity()));

  private Behaviours() {}

  static Behaviour named(String name) {
    return BY_NAME.get(name);
  }
}
