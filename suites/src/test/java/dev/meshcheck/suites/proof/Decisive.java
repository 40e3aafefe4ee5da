package dev.meshcheck.suites.proof;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.Curl;
import dev.meshcheck.reports.run.ExchangeRecorder;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.suites.explain.Replay;
import dev.meshcheck.suites.proof.Workshop.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether failures name the exchange that they rest on. It does where the request, sent again as a
 * replay sends it, shows the fault again; and where the check, given a clean answer to that one
 * request and the faulty answers to all others, no longer fails on it.
 */
final class Decisive {

  /** Of a longer body a report holds the beginning, and says that it cannot be sent again. */
  private static final int TOO_LONG_TO_TELL = 64 << 10;

  /** What these say is that two answers differ, and both are among their exchanges. */
  private static final Set<String> COMPARING =
      Set.of(
          "auth.refusals-of-keys-are-alike",
          "chat.n-2-gives-two-choices",
          "chat-stream.counts-the-answer-like-the-whole",
          "chat-stream.counts-the-prompt-like-the-whole",
          "chat-stream.equals-the-whole",
          "chat-stream.logprobs-equal-the-whole",
          "completions-stream.counts-the-prompt-like-the-whole",
          "completions-stream.equals-the-whole",
          "completions.prompts-count-like-tokenize",
          "detokenize.round-trip-is-exact",
          "detokenize.every-script-survives",
          "json.text-changes-nothing",
          "responses.same-input-costs-the-same",
          "tokenize.counts-like-chat",
          "tokenize.counts-like-completions",
          "tokenize.counts-tools",
          "tokenize.max-model-len-is-that-of-models",
          "tokenize.special-tokens-are-extra",
          "tools.count-in-the-prompt",
          "tools.streamed-call-equals-the-whole");

  /** A replay calls every made-up key wrong-key; that one is echoed, and no check looks for it. */
  private static final Set<String> ECHOING =
      Set.of("auth.refusal-does-not-echo-the-key", "profile.refusal-tells-nothing");

  private final Workshop workshop;
  private final Fault fault;
  private final GatewaySurface surface;
  private final List<String> wrong = new ArrayList<>();

  private Decisive(Workshop workshop, Fault fault, GatewaySurface surface) {
    this.workshop = workshop;
    this.fault = fault;
    this.surface = surface;
  }

  /** A line for each failure under that fault whose exchange shows nothing. */
  static List<String> wrong(Workshop workshop, Fault fault) {
    Decisive one = new Decisive(workshop, fault, Workshop.surfacesOf(fault).get(0));
    one.judge();
    return one.wrong;
  }

  private void judge() {
    Trial trial = workshop.trial(surface, fault);
    Map<Exchange, List<Verdict>> failures = new LinkedHashMap<>();
    for (Verdict verdict : trial.verdicts()) {
      if (failed(verdict)) {
        if (verdict.exchanges().isEmpty()) {
          say(verdict, "names no exchange");
        } else {
          failures.computeIfAbsent(last(verdict), e -> new ArrayList<>()).add(verdict);
        }
      }
    }
    Map<Exchange, Exchange> fresh = new LinkedHashMap<>();
    Map<Exchange, Exchange> clean = new LinkedHashMap<>();
    failures.forEach(
        (exchange, verdicts) -> {
          try {
            Request again = asReplayed(exchange);
            fresh.put(exchange, with(exchange, workshop.send(surface, List.of(fault), again)));
            Request same = exchange.request();
            clean.put(exchange, with(exchange, workshop.send(surface, List.of(), same)));
          } catch (UsageException e) {
            if (exchange.request().body().orElse("").length() < TOO_LONG_TO_TELL) {
              verdicts.forEach(verdict -> say(verdict, e.getMessage()));
            }
          }
        });
    failures.keySet().retainAll(fresh.keySet());
    if (!fault.remembers()) {
      // What depends on the calls before does not have to show again.
      showsAgain(trial, failures, fresh);
    }
    restsOnIt(trial, failures, clean);
  }

  private void showsAgain(
      Trial trial, Map<Exchange, List<Verdict>> failures, Map<Exchange, Exchange> fresh) {
    Map<String, Verdict> again = verdicts(replaced(trial, fresh), ids(failures.values()));
    failures.values().stream()
        .flatMap(List::stream)
        .forEach(
            verdict -> {
              Verdict now = again.get(verdict.check().id());
              if (ECHOING.contains(verdict.check().id())) {
                return;
              }
              if (!failed(now) || !now.reason().equals(verdict.reason())) {
                say(verdict, "sent again, it does not show: " + now.message());
              }
            });
  }

  private void restsOnIt(
      Trial trial, Map<Exchange, List<Verdict>> failures, Map<Exchange, Exchange> clean) {
    failures.forEach(
        (exchange, verdicts) -> {
          List<Exchange> known = replaced(trial, Map.of(exchange, clean.get(exchange)));
          Map<String, Verdict> now = verdicts(known, ids(List.of(verdicts)));
          for (Verdict verdict : verdicts) {
            Verdict then = now.get(verdict.check().id());
            if (stillFailsOn(exchange, verdict, then) && !rival(trial, verdict)) {
              say(verdict, "answered well, it fails all the same: " + then.message());
            }
          }
        });
  }

  /** Whether nothing has changed; a message that tells less of the fault is a change. */
  private static boolean stillFailsOn(Exchange exchange, Verdict verdict, Verdict then) {
    return failed(then)
        && then.message().equals(verdict.message())
        && last(then).request().equals(exchange.request());
  }

  /**
   * Whether this check compares two answers, and the other one is what differs: either shows it. Or
   * the request was made from a faulty answer, so that a clean host refuses it as well.
   */
  private boolean rival(Trial trial, Verdict verdict) {
    if (!workshop.isSentToAnyHost(surface, last(verdict).request())) {
      return true;
    }
    if (!COMPARING.contains(verdict.check().id())) {
      return false;
    }
    Map<Exchange, Exchange> all = new LinkedHashMap<>();
    for (Exchange one : verdict.exchanges()) {
      Exchange clean = with(one, workshop.send(surface, List.of(), one.request()));
      all.put(one, clean);
      if (clears(trial, verdict, Map.of(one, clean))) {
        return true;
      }
    }
    return clears(trial, verdict, all);
  }

  private boolean clears(Trial trial, Verdict verdict, Map<Exchange, Exchange> clean) {
    String id = verdict.check().id();
    Verdict then = verdicts(replaced(trial, clean), Set.of(id)).get(id);
    return !stillFailsOn(last(verdict), verdict, then);
  }

  private Map<String, Verdict> verdicts(List<Exchange> known, Set<String> ids) {
    return workshop.rejudge(surface, fault, known, ids::contains).stream()
        .collect(Collectors.toMap(verdict -> verdict.check().id(), verdict -> verdict));
  }

  private static List<Exchange> replaced(Trial trial, Map<Exchange, Exchange> others) {
    return trial.exchanges().stream().map(e -> others.getOrDefault(e, e)).toList();
  }

  private static Set<String> ids(Collection<List<Verdict>> verdicts) {
    return verdicts.stream()
        .flatMap(List::stream)
        .map(verdict -> verdict.check().id())
        .collect(Collectors.toSet());
  }

  private Request asReplayed(Exchange exchange) {
    Target target = exchange.target();
    Redactor redactor = new Redactor(List.of());
    List<Target> all = workshop.targets();
    all.forEach(redactor::learn);
    Curl curl = new Curl(redactor, all.stream().map(t -> new PlannedTarget(t, List.of())).toList());
    return Replay.request(
        new ExchangeRecorder(redactor, curl).record(exchange),
        target,
        key(all, Credential.INFERENCE_KEY),
        key(all, Credential.ACCESS_TOKEN));
  }

  private static Optional<String> key(List<Target> all, Credential credential) {
    return all.stream()
        .filter(t -> t.surface().credential() == credential)
        .findFirst()
        .flatMap(Target::key);
  }

  private static Exchange with(Exchange exchange, Reply reply) {
    return new Exchange(
        exchange.id(),
        exchange.target(),
        exchange.request(),
        reply,
        exchange.timings(),
        exchange.startedAt(),
        exchange.resent());
  }

  private static boolean failed(Verdict verdict) {
    return verdict.outcome() == Outcome.FAILED || verdict.outcome() == Outcome.WARNED;
  }

  private static Exchange last(Verdict verdict) {
    return verdict.exchanges().get(verdict.exchanges().size() - 1);
  }

  private void say(Verdict verdict, String what) {
    String named =
        Optional.of(verdict.exchanges())
            .filter(all -> !all.isEmpty())
            .map(all -> last(verdict).request())
            .map(request -> request.method() + " " + request.uri().getPath())
            .orElse("nothing");
    wrong.add(
        String.join("\t", fault.name(), verdict.check().id(), named, verdict.message(), what));
  }
}
