package dev.meshcheck.suites.diagnose;

import static dev.meshcheck.fixtures.surface.RouteName.MODELS;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Mark;
import dev.meshcheck.reports.cause.Trial;
import dev.meshcheck.suites.check.Ask;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who answers at each address. */
final class HostLayer {

  private HostLayer() {}

  /** Asks without a credential, for nobody knows yet who would get it. */
  static void ask(List<Case> cases, NetworkLayer network, Budget budget) {
    Round.of(cases.stream().filter(Case::canBeAsked).toList(), Trials::identity).send(budget);
    for (Case one : cases) {
      if (!one.canBeAsked()) {
        continue;
      }
      lookBehindTheDoor(one, budget);
      Evidence evidence = one.evidence();
      boolean lost = evidence.any(Trial::isNowhere);
      if (Trials.isControlPlane(one.target()) && lost) {
        one.add(budget.send(List.of(Trials.modelListOfControlPlane(one))));
      } else if (lost && evidence.trials().stream().allMatch(Trial::isNowhere)) {
        lookAtTheRoot(one, budget);
      }
      if (!Trials.isControlPlane(one.target())
          && evidence.any(t -> t.on(MODELS) && t.isNowhere())) {
        Paths.look(one, budget, false);
        if (one.evidence().trials().stream().allMatch(Trial::isNowhere)) {
          // What forwards single routes may forward none that is asked with GET.
          one.add(budget.send(List.of(Trials.unnamedChat(one))));
          lookForOthers(one, budget);
        }
      }
      if (isOneAnswerForAll(one.evidence())) {
        // Somebody may answer every GET like that, and pass the rest on.
        one.add(budget.send(List.of(Trials.unnamedChat(one))));
      }
      lookAtProtocols(one, network);
    }
    lookAcross(cases);
  }

  /**
   * Gates that hide the API from whoever shows no key, with a page, a redirect or nothing at all,
   * let a made-up one through to whoever judges it; it opens nothing, whoever gets it.
   */
  private static void lookBehindTheDoor(Case one, Budget budget) {
    boolean keyed = one.target().key().isPresent() && !Trials.isControlPlane(one.target());
    // Who asks for a key, or refuses, gets to see one anyway.
    boolean asksForOne = one.evidence().any(t -> t.is(401, 403));
    if (!keyed || asksForOne || one.evidence().apiAnswers()) {
      return;
    }
    for (Ask ask : Trials.forAStranger(one)) {
      List<Exchange> shown = budget.send(List.of(ask));
      if (shown.stream().map(one::trial).anyMatch(Evidence::isOfApi)) {
        one.add(shown);
        return;
      }
    }
  }

  private static boolean isOneAnswerForAll(Evidence evidence) {
    return evidence
        .first(t -> t.on(MODELS) && t.has(Mark.MISFIT) && !t.isPage())
        .filter(list -> evidence.trials().stream().allMatch(list::like))
        .isPresent();
  }

  /**
   * Where nothing comes back, another protocol than HTTP/1.1 may be spoken; where something does,
   * one may be offered that is not.
   */
  private static void lookAtProtocols(Case one, NetworkLayer network) {
    List<Trial> trials = one.evidence().trials();
    URI base = one.target().base();
    boolean closed = trials.stream().allMatch(HostLayer::isClosed);
    if (base.getScheme().equals("http")
        && trials.stream().allMatch(t -> isClosed(t) || t.is(400))
        && network.speaksTls(base)) {
      one.clue(Clue.PORT_SPEAKS_TLS, "http gets no answer, and a TLS handshake succeeds");
    }
    boolean chosen =
        one.network()
            .flatMap(NetworkPicture::tls)
            .filter(tls -> tls.alpn().equals("h2"))
            .isPresent();
    URI health = one.target().at("/health");
    if (closed && chosen) {
      network
          .overHttp2(health)
          .ifPresent(
              status ->
                  one.clue(
                      Clue.ANSWERS_HTTP2,
                      "GET /health with no key over HTTP/2 → %d".formatted(status)));
    } else if (chosen && network.failsOverHttp2(health)) {
      one.clue(
          Clue.HTTP2_FAILS,
          "the TLS handshake chooses h2 where it is offered, and GET /health over HTTP/2 gets no"
              + " answer, twice; over HTTP/1.1 there is one");
    }
  }

  /** Who has no documented path may be known by another one; what it says proves nothing else. */
  private static void lookForOthers(Case one, Budget budget) {
    if (one.evidence().apiAnswers()) {
      return;
    }
    List<Trial> found =
        budget.send(List.of(Trials.at(one, "/v2/health/ready"), Trials.at(one, "/"))).stream()
            .map(one::trial)
            .filter(t -> t.is(200) && !t.has(Mark.HIDDEN_ERROR))
            .toList();
    found.stream()
        .filter(t -> t.path().startsWith("/v2/") && !t.isPage())
        .findFirst()
        .ifPresent(
            t ->
                one.clue(
                    Clue.OTHER_PROTOCOL,
                    t + ": an inference server of KServe's protocol, such as Triton or MLServer"));
    found.stream()
        .filter(t -> t.path().equals("/") && !t.said().isEmpty())
        .findFirst()
        .ifPresent(t -> one.clue(Clue.FRONT_PAGE, t.toString()));
  }

  private static boolean isClosed(Trial trial) {
    return trial.noAnswer().stream()
        .anyMatch(k -> k == NoAnswer.Kind.CONNECTION_CLOSED || k == NoAnswer.Kind.NOT_HTTP);
  }

  /** Whether each of the two is what the other should be. */
  private static void lookAcross(List<Case> cases) {
    List<Case> hosts = cases.stream().filter(c -> is(c, "host-is-control-plane")).toList();
    List<Case> planes =
        cases.stream().filter(c -> is(c, "control-plane-is-inference-host")).toList();
    if (hosts.isEmpty() || planes.isEmpty()) {
      return;
    }
    URI host = hosts.get(0).target().base();
    URI plane = planes.get(0).target().base();
    String clue =
        "%s answers as the control plane does, and %s as an inference host".formatted(host, plane);
    hosts.forEach(c -> c.clue(Clue.HOSTS_SWAPPED, clue));
    planes.forEach(c -> c.clue(Clue.HOSTS_SWAPPED, clue));
  }

  private static boolean is(Case one, String cause) {
    return one.diagnosed().stream().anyMatch(d -> d.cause().slug().equals(cause));
  }

  /** With a path in the address, the API may be at the root all the same. */
  private static void lookAtTheRoot(Case one, Budget budget) {
    URI base = one.target().base();
    if (base.getRawPath() == null || base.getRawPath().isEmpty()) {
      return;
    }
    URI root = URI.create(base.getScheme() + "://" + base.getRawAuthority());
    Target above =
        new Target(
                one.target().name() + "-root",
                one.target().surface(),
                root,
                Optional.empty(),
                Optional.empty(),
                Optional.empty())
            .withExtras(one.target().extras());
    Case other = one.at(new Draft(above, List.of(), List.of(), Map.of()));
    Round.of(List.of(other), c -> Trials.identity(c).subList(0, 1)).send(budget);
    boolean api = other.evidence().any(t -> t.has(Mark.MODEL_LIST) || t.has(Mark.API_ERROR));
    if (api) {
      one.clue(
          Clue.ROOT_ANSWERS,
          "GET "
              + root
              + other.target().surface().apiPath()
              + "/models → "
              + other.evidence().trials().get(0).answered());
    }
  }
}
