package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.cause.Diagnosed;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Layer;
import dev.meshcheck.reports.cause.Mark;
import dev.meshcheck.reports.cause.Sent;
import dev.meshcheck.reports.cause.Trial;
import dev.meshcheck.suites.check.ModelNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What each host makes of the key, the user and the model. */
final class RoutingLayer {

  /** Found without a key; with one there may be more to see. */
  private static final Set<String> LOOK_ON = Set.of("refused-in-front");

  /** How hosts say that fewer tokens are asked for than they give. */
  private static final Pattern LEAST =
      Pattern.compile(
          "(?i)max_(?:completion_|output_)?tokens.{0,120}?(?:>=|at least|minimum (?:value )?(?:of|is)|greater than or equal to) ?(\\d{1,3})\\b");

  /** No host is asked for more. */
  private static final int MOST = 64;

  private RoutingLayer() {}

  /** Asks for each key, user and model, right and wrong, where there is an API to ask. */
  static void ask(List<Case> cases, Budget budget) {
    List<Case> open = cases.stream().filter(RoutingLayer::isApi).toList();
    boolean unnamed = open.stream().anyMatch(c -> c.target().model().isEmpty() && !choose(c));
    if (unnamed) {
      // One more round trip, for a request that names a model is worth more than one that cannot.
      Round.of(open, Trials::models).send(budget);
      open.forEach(RoutingLayer::choose);
      Round.of(open, Trials::routing).send(budget);
    } else {
      Round.of(open, c -> concat(Trials.models(c), Trials.routing(c))).send(budget);
    }
    open.forEach(one -> askForMore(one, budget));
    open.forEach(one -> tryElsewhere(one, open, budget));
    open.forEach(one -> tryWithoutOwnHeaders(one, budget));
    open.stream().filter(RoutingLayer::isLost).forEach(one -> Paths.look(one, budget, true));
  }

  /** One token is what a diagnosis asks for, and not what anybody else wants. */
  private static void askForMore(Case one, Budget budget) {
    if (one.target().model().isEmpty() || one.evidence().accepted()) {
      return;
    }
    one.evidence().plain().stream()
        .filter(t -> t.on(RouteName.CHAT) && t.is(400, 422))
        .map(t -> LEAST.matcher(t.said()))
        .filter(Matcher::find)
        .map(found -> Integer.parseInt(found.group(1)))
        .filter(least -> least > one.fewest() && least <= MOST)
        .findFirst()
        .ifPresent(
            least -> {
              one.forget(t -> t.is(400, 422) && LEAST.matcher(t.said()).find());
              one.atLeast(least);
              Round.of(List.of(one), Trials::longer).send(budget);
            });
  }

  /** With the right credentials the model list is not there, or they are refused everywhere. */
  private static boolean isLost(Case one) {
    Evidence evidence = one.evidence();
    boolean asked = one.target().key().isPresent() && !Trials.isControlPlane(one.target());
    boolean nothing = evidence.trials().stream().noneMatch(Trial::good);
    boolean elsewhere = evidence.any(t -> t.on(RouteName.CHAT) && t.isNowhere());
    return asked
        && evidence.clues().isEmpty()
        && evidence.modelList().isEmpty()
        && evidence.any(
            t ->
                t.on(RouteName.MODELS)
                    && evidence.asConfigured(t)
                    && (t.is(404)
                        || (nothing && t.is(401))
                        || (elsewhere && Paths.isOtherList(t))));
  }

  private static <T> List<T> concat(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** Whether it is worth showing a key to: it answers, and not as a page or as somebody else. */
  private static boolean isApi(Case one) {
    return one.canBeAsked() && one.evidence().any(RoutingLayer::isWorthAKey) && !isClosed(one);
  }

  /** A page that refuses may be that of a gate which looks at keys; a login is none. */
  private static boolean isWorthAKey(Trial trial) {
    boolean answered = trial.status().filter(s -> s < 500).isPresent();
    boolean page = trial.isPage() && !trial.is(401, 403);
    return answered && !page && !trial.voice().asksForLogin();
  }

  /** A broken certificate behind which the diagnosis looks on does not close a layer. */
  private static boolean isClosed(Case one) {
    return one.diagnosed().stream()
        .map(Diagnosed::cause)
        .anyMatch(
            c ->
                c.breaksRequests()
                    && !LOOK_ON.contains(c.slug())
                    && (c.layer() == Layer.HOST || c.slug().equals("http-instead-of-https")));
  }

  /** Takes the first model that the host lists and may talk, where none is configured. */
  private static boolean choose(Case one) {
    if (one.target().model().isPresent() || Trials.isControlPlane(one.target())) {
      return true;
    }
    List<String> listed =
        one.evidence().modelList().stream().flatMap((Trial t) -> t.models().stream()).toList();
    Optional<String> first =
        listed.stream()
            .filter(model -> !ModelNames.sayNoChat(model))
            .findFirst()
            .or(() -> listed.stream().findFirst());
    first.ifPresent(one::choose);
    return first.isPresent();
  }

  /** Whether a refused credential is one of the other surface of this diagnosis. */
  private static void tryElsewhere(Case one, List<Case> open, Budget budget) {
    boolean refused =
        one.diagnosed().stream()
            .map(d -> d.cause().slug())
            .anyMatch(s -> s.equals("key-invalid") || s.equals("control-plane-token-expired"));
    if (!refused) {
      return;
    }
    open.stream()
        .filter(o -> Trials.isControlPlane(o.target()) != Trials.isControlPlane(one.target()))
        .findFirst()
        .ifPresent(
            other -> {
              String key = one.target().key().orElseThrow();
              budget.urgent(List.of(Trials.withForeignKey(other, key))).stream()
                  .filter(RoutingLayer::isTaken)
                  .findFirst()
                  .ifPresent(
                      e ->
                          one.clue(
                              Clue.KEY_WORKS_ELSEWHERE,
                              other.target().surface().title() + " accepts this credential"));
            });
  }

  /** Whether it is a header of the user's own that is refused: it may be wanted as well. */
  private static void tryWithoutOwnHeaders(Case one, Budget budget) {
    Optional<Trial> refused =
        one.evidence()
            .withKey(one.target().key().isPresent() ? Sent.CONFIGURED : Sent.NONE)
            .filter(Trial::refused);
    if (one.target().extras().isEmpty() || one.evidence().accepted() || refused.isEmpty()) {
      return;
    }
    Case bare =
        one.at(new Draft(one.target().withExtras(List.of()), List.of(), List.of(), Map.of()));
    bare.add(budget.send(List.of(Trials.plain(bare))));
    bare.evidence().trials().stream()
        .filter(t -> t.good() || (t.is(400, 404) && t.has(Mark.ABOUT_MODEL)))
        .filter(t -> !t.like(refused.get()))
        .findFirst()
        .ifPresent(
            t ->
                one.clue(
                    Clue.WITHOUT_OWN_HEADERS,
                    "without the headers of your own (%s): %s"
                        .formatted(
                            one.target().extras().stream()
                                .map(Target.Extra::name)
                                .collect(Collectors.joining(", ")),
                            t)));
  }

  private static boolean isTaken(Exchange exchange) {
    return exchange.reply() instanceof Answer answer
        && answer.status() != 401
        && answer.status() != 403
        && answer.status() < 429;
  }
}
