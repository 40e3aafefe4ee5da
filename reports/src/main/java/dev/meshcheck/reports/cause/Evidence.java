package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.surface.RouteName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything that is known about one target: settings, network and exchanges. Rules ask it.
 *
 * @param subject whom it is about
 * @param network the way to the host, where it was looked at
 * @param trials one for each exchange with the target, in the order of sending
 * @param clues what other probes found out, each with a sentence
 */
public record Evidence(
    Subject subject,
    Optional<NetworkPicture> network,
    List<Trial> trials,
    Map<Clue, String> clues) {

  /** Whoever asks for a longer wait means it. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** Keeps copies. */
  public Evidence {
    trials = List.copyOf(trials);
    clues = Map.copyOf(clues);
  }

  /** The trials that fit. */
  public List<Trial> where(Predicate<Trial> predicate) {
    return trials.stream().filter(predicate).toList();
  }

  /** The first trial that fits. */
  public Optional<Trial> first(Predicate<Trial> predicate) {
    return trials.stream().filter(predicate).findFirst();
  }

  /** Whether any trial fits. */
  public boolean any(Predicate<Trial> predicate) {
    return trials.stream().anyMatch(predicate);
  }

  /** Whether a request carried just what is configured, with no model or the configured one. */
  public boolean asConfigured(Trial trial) {
    Sent key = subject.key().isPresent() ? Sent.CONFIGURED : Sent.NONE;
    Sent user = subject.userGiven() ? Sent.CONFIGURED : Sent.NONE;
    return trial.key() == key
        && trial.user() == user
        && (trial.model() == Sent.NONE || trial.model() == Sent.CONFIGURED);
  }

  /** Whether a made-up model stands for the one that nobody tells. */
  boolean standsForConfigured(Trial trial) {
    return modelList().isEmpty()
        && subject.model().isEmpty()
        && trial.key() == Sent.CONFIGURED
        && trial.model() == Sent.UNKNOWN;
  }

  /** The plain requests to routes that need a key. */
  public List<Trial> plain() {
    return where(t -> t.guarded() && asConfigured(t));
  }

  /** The plain request of GET /v1/models. */
  public Optional<Trial> modelList() {
    return first(t -> t.on(RouteName.MODELS) && t.has(Mark.MODEL_LIST));
  }

  /** Whether anything answered as an inference host does. */
  public boolean apiAnswers() {
    return any(Evidence::isOfApi);
  }

  /** Whether an inference host answers like that. */
  public static boolean isOfApi(Trial t) {
    return t.has(Mark.API_ERROR) || isAnsweredByApi(t);
  }

  /** Whether an inference host answers like that, and gives what it was asked for. */
  public static boolean isAnsweredByApi(Trial t) {
    return t.has(Mark.MODEL_LIST) || (t.method().equals("POST") && t.good());
  }

  /** Whether a plain chat, or the profile, was answered as it should be. */
  public boolean accepted() {
    return plain().stream()
        .anyMatch(t -> (t.on(RouteName.CHAT) || t.on(RouteName.PROFILE)) && t.good());
  }

  /**
   * The first guarded request with that key, and the rest as configured; where no model is known,
   * one that names a made-up model.
   */
  public Optional<Trial> withKey(Sent key) {
    return withKey(key, t -> t.model() == Sent.CONFIGURED || t.model() == Sent.NONE)
        .or(() -> withKey(key, t -> t.model() == Sent.UNKNOWN));
  }

  private Optional<Trial> withKey(Sent key, Predicate<Trial> model) {
    Sent user = subject.userGiven() ? Sent.CONFIGURED : Sent.NONE;
    return Stream.of(RouteName.CHAT, RouteName.PROFILE)
        .flatMap(
            route ->
                trials.stream()
                    .filter(t -> t.on(route) && t.key() == key && t.user() == user)
                    .filter(model))
        .findFirst();
  }

  /** The same answer to no key at all, where others are asked for one. */
  Optional<Trial> keyless(Trial mine) {
    boolean guarded = any(t -> t.key() == Sent.NONE && t.is(401));
    return first(t -> t.key() == Sent.NONE && t.path().equals(mine.path()) && t.like(mine))
        .filter(t -> guarded && mine.key() == Sent.CONFIGURED);
  }

  /** The request that was told to come later, where it was one alone and soon. */
  public Optional<Trial> toldLaterOnce() {
    List<Trial> told = where(Trial::isToldLater);
    return told.size() == 1
        ? told.stream()
            .filter(t -> t.retryAfter().stream().allMatch(d -> d.compareTo(SOON) <= 0))
            .findAny()
        : Optional.empty();
  }

  /** Whether that request, asked again, was answered, so that it was a moment and no limit. */
  public boolean isOverSince(Trial told) {
    return network.isPresent()
        && toldLaterOnce().filter(told::equals).isPresent()
        && trials.subList(trials.indexOf(told) + 1, trials.size()).stream()
            .filter(t -> t.method().equals(told.method()) && t.path().equals(told.path()))
            .filter(t -> t.key() == told.key() && t.status().isPresent())
            .anyMatch(t -> t.good() || t.asksAs(told));
  }

  /** How far the host's clock is ahead, negative when behind, by the middle of its answers. */
  public Optional<Duration> skew() {
    List<Duration> skews = trials.stream().flatMap(t -> t.skew().stream()).sorted().toList();
    return skews.isEmpty() ? Optional.empty() : Optional.of(skews.get(skews.size() / 2));
  }

  /** Why nobody was spoken to, where nobody was. */
  public Optional<NoAnswer.Kind> unreached() {
    Optional<NoAnswer.Kind> seen = network.flatMap(NetworkPicture::failure);
    if (seen.isPresent() || trials.isEmpty()) {
      return seen;
    }
    return trials.stream().allMatch(t -> t.noAnswer().stream().anyMatch(NoAnswer.Kind::unreachable))
        ? trials.get(0).noAnswer()
        : Optional.empty();
  }

  /** The answers of the trials that fit, in one line each. */
  public List<String> lines(Predicate<Trial> predicate) {
    return trials.stream().filter(predicate).map(Trial::toString).distinct().limit(4).toList();
  }

  /** The lines of those trials that are there. */
  static List<String> told(List<Optional<Trial>> trials) {
    return trials.stream().flatMap(Optional::stream).map(Trial::toString).distinct().toList();
  }
}
