package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.network.Contact;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.cause.Trial;
import dev.meshcheck.suites.check.Probe;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The ways to a host whose name has several addresses, each on its own. */
final class Addresses {

  /** More addresses than that are those of a content network, and alike. */
  private static final int MOST = 3;

  private final Map<String, Exchanger> ways;

  private Addresses(Map<String, Exchanger> ways) {
    this.ways = ways;
  }

  /** The ways to the addresses that take connections, where there are several of them. */
  static Optional<Addresses> of(NetworkPicture picture, Function<Resolver, Exchanger> open) {
    List<String> alive =
        picture.contacts().stream()
            .filter(c -> c.failure().isEmpty())
            .map(Contact::address)
            .distinct()
            .limit(MOST)
            .toList();
    if (alive.size() < 2) {
      return Optional.empty();
    }
    Map<String, Exchanger> ways = new LinkedHashMap<>();
    alive.forEach(a -> ways.put(a, open.apply(name -> List.of(InetAddress.getAllByName(a)))));
    return Optional.of(new Addresses(ways));
  }

  /** Asks each for its models, without a key, and says how they differ, where they do. */
  Optional<String> differ(Case one, Budget budget, Redactor redactor) {
    List<String> told = new ArrayList<>();
    List<Trial> answers = new ArrayList<>();
    ways.forEach(
        (address, way) -> {
          Probe probe = new Probe(one.target(), List.of(), way);
          List<Exchange> sent =
              budget.send(List.of(probe.get(RouteName.MODELS).noKey().noUserId()));
          sent.stream()
              .map(e -> Trial.of(e, redactor))
              .forEach(
                  t -> {
                    answers.add(t);
                    String who = t.voice().told();
                    told.add(address + " → " + t.answered() + (who.isEmpty() ? "" : ", " + who));
                  });
        });
    boolean alike =
        answers.stream()
            .allMatch(
                t ->
                    t.status().equals(answers.get(0).status())
                        && t.isPage() == answers.get(0).isPage()
                        && t.models().equals(answers.get(0).models()));
    return alike
        ? Optional.empty()
        : Optional.of(
            one.target().surface().modelList()
                + " depends on the address: "
                + String.join("; ", told));
  }
}
