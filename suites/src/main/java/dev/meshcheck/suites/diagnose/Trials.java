package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.HEALTH;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.fixtures.surface.RouteName.PROFILE;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.VERSION;

import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.cause.Sent;
import dev.meshcheck.reports.cause.Trial;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The requests of a diagnosis: each differs from the plain one in a single thing. */
final class Trials {

  /** Enough events, over a time that is long enough, to see whether they come one by one. */
  static final int STREAMED_TOKENS = 48;

  /** OpenAI takes no smaller number on /v1/responses; others do. */
  private static final int FEWEST = 16;

  private Trials() {}

  /** Who is there? No credential goes out before that is known. */
  static List<Ask> identity(Case asked) {
    Probe probe = asked.probe();
    if (isControlPlane(asked.target())) {
      return List.of(probe.get(PROFILE).noKey());
    }
    return Stream.of(MODELS, HEALTH).map(route -> probe.get(route).noKey().noUserId()).toList();
  }

  /** What whoever shows a key that nobody has gets to see, of models and of chat. */
  static List<Ask> forAStranger(Case asked) {
    return Stream.of(asked.probe().get(MODELS), chat(asked, Unknown.MODEL))
        .map(ask -> ask.key(Unknown.KEY).noUserId())
        .toList();
  }

  /** The route of the other kind of host, to tell which one it is. */
  static Ask modelListOfControlPlane(Case asked) {
    return asked.probe().get(PROFILE).noKey().path("/v1/models");
  }

  /** Which models are there, for these credentials? */
  static List<Ask> models(Case asked) {
    boolean plain = asked.target().key().isEmpty() && asked.target().userId().isEmpty();
    return isControlPlane(asked.target()) || plain ? List.of() : List.of(asked.probe().get(MODELS));
  }

  /** The version, and the health where it is told to nobody without a key. */
  private static List<Ask> status(Case asked) {
    boolean lost = asked.evidence().any(t -> t.on(HEALTH) && !t.good());
    boolean again = lost && asked.target().key().isPresent();
    return (again ? Stream.of(HEALTH, VERSION) : Stream.of(VERSION))
        .map(route -> asked.probe().get(route))
        .toList();
  }

  /** Key, user and model, each right and wrong in turn. */
  static List<Ask> routing(Case asked) {
    Target target = asked.target();
    if (isControlPlane(target)) {
      return target.key().isEmpty()
          ? List.of()
          : List.of(asked.probe().get(PROFILE), asked.probe().get(PROFILE).key(Unknown.KEY));
    }
    boolean key = target.key().isPresent();
    boolean user = target.userId().isPresent();
    List<Ask> asks = new ArrayList<>(status(asked));
    Ask chat = plain(asked);
    asks.add(chat);
    if (key) {
      asks.add(chat.noKey());
      asks.add(chat.key(Unknown.KEY));
    }
    if (user) {
      asks.add(chat.noUserId());
      asks.add(chat.userId(Unknown.USER_ID));
    }
    if (target.surface().keyNeeded() && target.surface().route(TOKENIZE).isPresent()) {
      Target named = target.withModel(target.model().orElse(Unknown.MODEL));
      asks.add(asked.probe(named).tokenize("Hi").noKey());
    }
    asks.addAll(others(asked));
    return asks;
  }

  /** A chat that carries just what is configured; where no model is known, a made-up one. */
  static Ask plain(Case asked) {
    return asked.target().model().isPresent() ? chat(asked) : chat(asked, Unknown.MODEL);
  }

  /** What was asked for with fewer tokens than the host gives. */
  static List<Ask> longer(Case asked) {
    return Stream.of(CHAT, COMPLETIONS)
        .filter(route -> asked.target().surface().route(route).isPresent())
        .map(route -> cheapest(asked, route))
        .toList();
  }

  /** The documented routes that nothing else asks, once each, as cheaply as they can be asked. */
  private static List<Ask> others(Case asked) {
    if (asked.target().model().isEmpty()) {
      return List.of();
    }
    return Stream.of(COMPLETIONS, RESPONSES, TOKENIZE, DETOKENIZE)
        .filter(route -> asked.target().surface().route(route).isPresent())
        .map(route -> cheapest(asked, route))
        .toList();
  }

  /** The plain request of a route that is asked with POST, at as few tokens as it takes. */
  static Ask cheapest(Case asked, RouteName route) {
    Probe probe = asked.probe();
    return switch (route) {
      case CHAT -> chat(asked);
      case COMPLETIONS -> probe.completions("Hi").with("max_tokens", asked.fewest());
      case RESPONSES -> probe.responses("Hi").with("max_output_tokens", fewest(asked));
      case TOKENIZE -> probe.tokenize("Hi");
      case DETOKENIZE -> probe.detokenize(List.of(1L));
      default -> throw new IllegalArgumentException(route + " is not asked with POST");
    };
  }

  private static int fewest(Case asked) {
    return asked.target().surface().keyNeeded() ? 1 : FEWEST;
  }

  /** What costs nothing, and is answered by whoever serves the API. */
  static Ask cheapest(Case asked) {
    return asked.probe().get(MODELS);
  }

  /** A chat on a connection that was used before, as clients send all but the first. */
  static Ask onUsedConnection(Case asked) {
    return chat(asked).behind(cheapest(asked));
  }

  /** Whether the route that is asked with POST is there, at a host where no GET is. */
  static Ask unnamedChat(Case asked) {
    return chat(asked, Unknown.MODEL).noKey().noUserId();
  }

  /** The same request once more, where it is one that can be told from what it was. */
  static Optional<Ask> again(Case asked, Trial trial) {
    Optional<RouteName> route = trial.route().map(Route::name);
    Optional<Ask> ask =
        route.flatMap(
            name ->
                trial.method().equals("GET")
                    ? Optional.of(asked.probe().get(name))
                    : Optional.of(name)
                        .filter(one -> asked.target().model().isPresent())
                        .map(one -> cheapest(asked, one)));
    return ask.map(
        a -> {
          Ask keyed =
              switch (trial.key()) {
                case NONE -> a.noKey();
                case CONFIGURED -> a;
                case MALFORMED, UNKNOWN -> a.key(Unknown.KEY);
              };
          return trial.user() == Sent.NONE ? keyed.noUserId() : keyed;
        });
  }

  /** Whatever is at that path, for anybody. */
  static Ask at(Case asked, String path) {
    return models(asked, path, false);
  }

  /** The model list at another path of the same host, with or without the credentials. */
  static Ask models(Case asked, String path, boolean credentials) {
    Ask ask = asked.probe().get(MODELS).path(path);
    return credentials ? ask : ask.noKey().noUserId();
  }

  /** A longer answer, as clients ask for it that take compressed ones. */
  static Ask stream(Case asked) {
    return asked
        .probe()
        .chat("Count from 1 to 40.")
        .with("max_tokens", STREAMED_TOKENS)
        .header("Accept-Encoding", "gzip");
  }

  /** The other route that streams, in a framing of its own. */
  static Ask responses(Case asked) {
    return asked.probe().responses("Hi").with("max_output_tokens", FEWEST);
  }

  /** The shortest answer, to see how long the host takes for the first token. */
  static Ask oneToken(Case asked) {
    return chat(asked).again(2);
  }

  /** The cheapest request that tells whether somebody else's credential is taken here. */
  static Ask withForeignKey(Case asked, String key) {
    return isControlPlane(asked.target())
        ? asked.probe().get(PROFILE).key(key)
        : chat(asked, Unknown.MODEL).key(key);
  }

  private static Ask chat(Case asked) {
    return asked.probe().chat("Hi").with("max_tokens", asked.fewest());
  }

  private static Ask chat(Case asked, String model) {
    return asked
        .probe(asked.target().withModel(model))
        .chat("Hi")
        .with("max_tokens", asked.fewest());
  }

  static boolean isControlPlane(Target target) {
    return target.surface().credential() == Surface.Credential.ACCESS_TOKEN;
  }
}
