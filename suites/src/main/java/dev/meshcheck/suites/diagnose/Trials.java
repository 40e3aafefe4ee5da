package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.fixtures.surface.RouteName.HEALTH;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.fixtures.surface.RouteName.PROFILE;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.VERSION;

import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The requests of a diagnosis: each differs from the plain one in a single thing. */
final class Trials {

  /** Enough events, over a time that is long enough, to see whether they come one by one. */
  private static final int STREAMED_TOKENS = 48;

  private Trials() {}

  /** Who is there? No credential goes out before that is known. */
  static List<Ask> identity(Case asked) {
    Probe probe = asked.probe();
    if (isControlPlane(asked.target())) {
      return List.of(probe.get(PROFILE).noKey());
    }
    return Stream.of(MODELS, HEALTH, VERSION)
        .map(route -> probe.get(route).noKey().noUserId())
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
    List<Ask> asks = new ArrayList<>();
    Ask chat = target.model().isPresent() ? chat(asked) : chat(asked, Unknown.MODEL);
    asks.add(chat);
    if (key) {
      asks.add(chat.noKey());
      asks.add(chat.key(Unknown.KEY));
      asks.add(asked.probe().get(MODELS).key(Unknown.KEY));
    }
    if (user) {
      asks.add(chat.noUserId());
      asks.add(chat.userId("not-a-uuid"));
      asks.add(chat.userId(Unknown.USER_ID));
      asks.add(asked.probe().get(MODELS).noUserId());
    }
    if (target.model().isPresent()) {
      asks.add(chat(asked, Unknown.MODEL));
      asks.add(chat(asked, Unknown.MODEL_ID));
    }
    if (target.surface().keyNeeded() && target.surface().route(TOKENIZE).isPresent()) {
      Target named = target.withModel(target.model().orElse(Unknown.MODEL));
      asks.add(asked.probe(named).tokenize("Hi").noKey());
    }
    return asks;
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
    return asked.probe().responses("Hi").with("max_output_tokens", 16);
  }

  /** The shortest answer, to see how long the host takes for the first token. */
  static Ask oneToken(Case asked, int nth) {
    return chat(asked).again(nth);
  }

  /** The cheapest request that tells whether somebody else's credential is taken here. */
  static Ask withForeignKey(Case asked, String key) {
    return isControlPlane(asked.target())
        ? asked.probe().get(PROFILE).key(key)
        : chat(asked, Unknown.MODEL).key(key);
  }

  private static Ask chat(Case asked) {
    return asked.probe().chat("Hi").with("max_tokens", 1);
  }

  private static Ask chat(Case asked, String model) {
    return asked.probe(asked.target().withModel(model)).chat("Hi").with("max_tokens", 1);
  }

  static boolean isControlPlane(Target target) {
    return target.surface().credential() == Surface.Credential.ACCESS_TOKEN;
  }
}
