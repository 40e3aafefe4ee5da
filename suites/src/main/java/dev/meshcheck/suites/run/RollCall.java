package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.text.Counted;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.ModelNames;
import dev.meshcheck.suites.check.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models that a host lists beside the one that is judged: each is called by one chat, one
 * stream and one count of tokens. A model that is listed and answers nothing fails its chat.
 *
 * @param called a preflight for each model that answers, or should
 * @param notes whom nobody called, and why
 */
record RollCall(List<Preflight> called, List<String> notes) {

  /** How many models are called at most, the judged one included: their number is the cost. */
  static final int MOST = 20;

  /** What three exchanges show: the plain chat, the same as a stream, and its tokens. */
  static final Set<String> CHECKS =
      Set.of(
          "chat.answers",
          "chat.says-something",
          "chat.usage-adds-up",
          "chat-stream.is-well-formed",
          "chat-stream.has-text",
          "chat-stream.finishes-once",
          "tokenize.answers",
          "tokenize.count-matches-tokens");

  /** What a model without chat may still be for. */
  private static final List<OtherRoute> OTHER_ROUTES =
      List.of(
          new OtherRoute("/responses", "input"),
          new OtherRoute("/completions", "prompt"),
          new OtherRoute("/embeddings", "input"));

  /** A route, and the field of its body that takes a text. */
  private record OtherRoute(String path, String field) {}

  /** Keeps copies. */
  RollCall {
    called = List.copyOf(called);
    notes = List.copyOf(notes);
  }

  /** Calls the models that the list of this host names. */
  static RollCall of(Preflight judged, Exchanger exchanger) {
    List<String> notes = new ArrayList<>();
    List<String> others =
        Preflight.listed(judged.exchange()).stream()
            .distinct()
            .filter(model -> !judged.target().model().equals(Optional.of(model)))
            .toList();
    List<String> silent = others.stream().filter(ModelNames::sayNoChat).toList();
    if (!silent.isEmpty()) {
      notes.add("not called, since their names say that they do not chat: " + listed(silent));
    }
    List<String> chatting = others.stream().filter(model -> !ModelNames.sayNoChat(model)).toList();
    if (chatting.size() >= MOST) {
      notes.add(
          "%s %s; %d are called, and --models names others"
              .formatted(
                  judged.target(), "lists " + Counted.of(chatting.size() + 1L, "model"), MOST));
    }
    List<Preflight> called = new ArrayList<>();
    for (String model : chatting.subList(0, Math.min(MOST - 1, chatting.size()))) {
      call(judged.target(), model, exchanger, notes).ifPresent(called::add);
    }
    return new RollCall(called, notes);
  }

  /** Calls one model; nothing where it is no model for chat, which is noted. */
  private static Optional<Preflight> call(
      Target host, String model, Exchanger exchanger, List<String> notes) {
    Target target = host.withModel(model).withName(host.name() + ":" + model);
    Probe probe = new Probe(target, List.of(), exchanger);
    Exchange chat = Basis.ask(probe, RouteName.CHAT).send().exchange();
    if (declines(chat)) {
      Optional<OtherRoute> other =
          OTHER_ROUTES.stream().filter(route -> answers(probe, route)).findFirst();
      if (other.isPresent()) {
        notes.add(
            model + " is listed and does not chat; " + other.get().path() + " answers for it");
        return Optional.empty();
      }
    }
    return Optional.of(
        new Preflight(
            target,
            chat,
            List.of("model %s, which %s lists".formatted(model, target.surface().modelList()))));
  }

  private static boolean declines(Exchange chat) {
    return chat.reply() instanceof Answer answer
        && (answer.status() == 400 || answer.status() == 404 || answer.status() == 422);
  }

  private static boolean answers(Probe probe, OtherRoute route) {
    String chat = probe.route(RouteName.CHAT).path();
    Exchange exchange =
        probe
            .chat("")
            .path(chat.replaceFirst("/chat/completions$", route.path()))
            .without("messages")
            .without("max_tokens")
            .without("temperature")
            .with(route.field(), Basis.HELLO)
            .send()
            .exchange();
    return exchange.reply() instanceof Answer answer && answer.successful();
  }

  private static String listed(List<String> models) {
    return String.join(", ", models.subList(0, Math.min(MOST, models.size())));
  }

  /** Whether a model is called by that check. */
  static boolean asks(Entry entry) {
    return CHECKS.contains(entry.info().id());
  }
}
