package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * What a check has of one target: it asks, and remembers what it asked. Each invocation of a check
 * has a probe of its own; the exchanges behind it are shared by the run.
 */
public final class Probe {

  /** Enough for a greeting to end by itself, and for some reasoning before it. */
  public static final int ENOUGH_TOKENS = 320;

  /** Six digits each. */
  private static final int FIRST_NONCE = 100_000;

  private static final int NONCES = 900_000;

  private final Target target;
  private final List<Target> others;
  private final Exchanger exchanger;
  private final Turns turns;
  private final boolean tellsRates;
  private final Dialect dialect;
  private final List<Exchange> used = new ArrayList<>();
  private Optional<Exchange> decisive = Optional.empty();
  private Optional<String> recorded = Optional.empty();

  /**
   * A probe of that target.
   *
   * @param others the other targets of the run, for checks about credentials that must not mix
   */
  public Probe(Target target, List<Target> others, Exchanger exchanger) {
    this(target, others, exchanger, new Dialect());
  }

  /** A probe of a target the dialect of which may be known. */
  public Probe(Target target, List<Target> others, Exchanger exchanger, Dialect dialect) {
    this(target, others, exchanger, dialect, new Turns(), false);
  }

  Probe(
      Target target,
      List<Target> others,
      Exchanger exchanger,
      Dialect dialect,
      Turns turns,
      boolean tellsRates) {
    this.dialect = dialect;
    this.turns = turns;
    this.tellsRates = tellsRates;
    this.target = target;
    this.others = List.copyOf(others);
    this.exchanger = exchanger;
  }

  /** The target. */
  public Target target() {
    return target;
  }

  /** The other targets of the run. */
  public List<Target> others() {
    return others;
  }

  /**
   * Whether the run wants to know how often a model obeys, and not only whether it does: that costs
   * up to three times the requests.
   */
  boolean tellsRates() {
    return tellsRates;
  }

  /** The exchanges that this check sent, the one of them that it looked at last in the end. */
  public List<Exchange> used() {
    synchronized (used) {
      return decisive.filter(used::contains).map(this::endingWith).orElse(List.copyOf(used));
    }
  }

  /** The same for a failure, which may rest on what another check sent. */
  List<Exchange> failedOn() {
    synchronized (used) {
      return decisive.map(this::endingWith).orElse(List.copyOf(used));
    }
  }

  private List<Exchange> endingWith(Exchange last) {
    List<Exchange> exchanges = new ArrayList<>(used);
    exchanges.remove(last);
    exchanges.add(last);
    return List.copyOf(exchanges);
  }

  /** What an INFO check saw. */
  public Optional<String> recorded() {
    return recorded;
  }

  /** Notes what was seen, for checks that judge nothing. */
  public void record(String seen) {
    recorded = Optional.of(seen);
  }

  Answered send(Request request) {
    return looksAt(turns.waiting(() -> exchange(request)));
  }

  /** Once more where the target did not take how it was said, rather than what. */
  private Exchange exchange(Request request) {
    Request spoken = dialect.spoken(target, request);
    Exchange exchange = exchanger.send(target, spoken);
    boolean misheard = dialect.hear(target, spoken, exchange);
    Request better = dialect.spoken(target, spoken);
    return misheard && !better.equals(spoken) ? exchange(better) : exchange;
  }

  /** How the target wants to be asked. */
  public Dialect dialect() {
    return dialect;
  }

  private Answered looksAt(Exchange exchange) {
    // Requests of one check may go out together.
    synchronized (used) {
      if (!used.contains(exchange)) {
        used.add(exchange);
      }
    }
    restsOn(exchange);
    return answered(exchange);
  }

  private Answered answered(Exchange exchange) {
    return new Answered(exchange, () -> restsOn(exchange));
  }

  /** What a check read last before it failed is what shows the fault. */
  private void restsOn(Exchange exchange) {
    synchronized (used) {
      decisive = Optional.of(exchange);
    }
  }

  /** The exchange that this check looked at last, to say later that the verdict rests on it. */
  Optional<Exchange> decisive() {
    synchronized (used) {
      return decisive;
    }
  }

  /** Says what the verdict rests on, where it is not what was looked at last. */
  void decidedBy(Optional<Exchange> exchange) {
    exchange.ifPresent(this::restsOn);
  }

  /** Sends all of these at the same time, and waits for the last answer; in the order given. */
  public List<Answered> together(List<Supplier<Answered>> sendings) {
    ExecutorService threads = Executors.newFixedThreadPool(sendings.size());
    try {
      List<Future<Answered>> pending =
          sendings.stream().map(sending -> threads.submit(sending::get)).toList();
      List<Answered> answers = new ArrayList<>();
      for (Future<Answered> answer : pending) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for answers", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  /** Every exchange of the run with this target that has ended, whoever asked for it. */
  public List<Answered> everything() {
    return exchanger.soFar(target).stream().map(this::answered).toList();
  }

  /** Says which of several answers the verdict rests on, where another was looked at last. */
  public void restsOn(Answered answered) {
    restsOn(answered.exchange());
  }

  /** The documented route, which every planned check has. */
  public Route route(RouteName name) {
    return target
        .surface()
        .route(name)
        .orElseThrow(() -> new Inapplicable(target.surface().title() + " has no route " + name));
  }

  /** The model that requests name. */
  public String model() {
    return target.model().orElseThrow(this::noModel);
  }

  private CouldNotRun noModel() {
    return exchanger
        .givenUp(target)
        .map(why -> new CouldNotRun(Reason.valueOf(why.kind().name()), why.message()))
        .orElseGet(
            () ->
                new CouldNotRun(
                    Reason.PREREQUISITE_FAILED,
                    "no model to ask for: none is configured and %s named none"
                        .formatted(target.surface().modelList())));
  }

  /** A word that nobody said to this target before this run, such as {@code zebra-447193}. */
  public String nonce(String word) {
    int own = Objects.hash(exchanger.nonce(), target.name(), word);
    return word + "-" + (FIRST_NONCE + Math.floorMod(own, NONCES));
  }

  /** A GET of that route. */
  public Ask get(RouteName route) {
    return Ask.of(this, route(route));
  }

  /** A chat request with one user message, few tokens and no randomness. */
  public Ask chat(String text) {
    ObjectNode body = body();
    body.putArray("messages").addObject().put("role", "user").put("content", text);
    body.put("max_tokens", ENOUGH_TOKENS).put("temperature", 0);
    return Ask.of(this, route(RouteName.CHAT)).body(body);
  }

  /** A chat request with these messages, role and content by turns. */
  public Ask conversation(String... rolesAndContents) {
    return chat("").with("messages", messages(rolesAndContents));
  }

  /** Messages from roles and contents by turns. */
  public static ArrayNode messages(String... rolesAndContents) {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < rolesAndContents.length; i += 2) {
      messages.addObject().put("role", rolesAndContents[i]).put("content", rolesAndContents[i + 1]);
    }
    return messages;
  }

  /** A completions request with few tokens and no randomness. */
  public Ask completions(String prompt) {
    ObjectNode body = body().put("prompt", prompt).put("max_tokens", ENOUGH_TOKENS);
    return Ask.of(this, route(RouteName.COMPLETIONS)).body(body.put("temperature", 0));
  }

  /** A responses request with few tokens. */
  public Ask responses(String input) {
    ObjectNode body = body().put("input", input).put("max_output_tokens", ENOUGH_TOKENS);
    return Ask.of(this, route(RouteName.RESPONSES)).body(body);
  }

  /** A tokenize request. */
  public Ask tokenize(String prompt) {
    return Ask.of(this, route(RouteName.TOKENIZE)).body(body().put("prompt", prompt));
  }

  /** A detokenize request. */
  public Ask detokenize(List<Long> tokens) {
    ObjectNode body = body();
    ArrayNode array = body.putArray("tokens");
    tokens.forEach(array::add);
    return Ask.of(this, route(RouteName.DETOKENIZE)).body(body);
  }

  private ObjectNode body() {
    return JsonNodeFactory.instance.objectNode().put("model", model());
  }
}
