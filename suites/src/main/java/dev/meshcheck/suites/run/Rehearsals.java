package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.RunContext;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Runs single checks against the embedded gateway, to show what they send. */
final class Rehearsals {

  private Rehearsals() {}

  /** What the check sends to the first surface that it is about. */
  static List<Exchange> of(String check) {
    List<Entry> mine =
        Suites.catalogue().stream().filter(entry -> entry.info().id().equals(check)).toList();
    try (Embedded embedded = Embedded.start()) {
      Optional<Target> target =
          Stream.concat(embedded.targets().stream(), anywhere(embedded).stream())
              .filter(t -> mine.stream().anyMatch(entry -> entry.isAbout(t.surface())))
              .findFirst();
      return target.map(t -> sent(check, mine, t)).orElse(List.of());
    }
  }

  /** The gateway as any server, for checks that are about those alone. */
  private static Optional<Target> anywhere(Embedded embedded) {
    Surface any = Surfaces.named("openai-compatible").orElseThrow();
    return embedded.targets().stream()
        .filter(t -> t.surface().name().equals("serverless"))
        .map(t -> new Target(any.name(), any, t.base(), t.key(), Optional.empty(), t.model()))
        .findFirst();
  }

  private static List<Exchange> sent(String check, List<Entry> entries, Target target) {
    List<Verdict> verdicts = Collections.synchronizedList(new ArrayList<>());
    try (Exchanger exchanger = new Exchanger(ExchangeLimits.DEFAULT, anyTls())) {
      List<RunContext.Planned> plan = List.of(new RunContext.Planned(check, target));
      Runner.run(entries, List.of(target), plan, exchanger, 1, verdicts::add, note -> {});
    }
    return verdicts.stream().flatMap(verdict -> verdict.exchanges().stream()).distinct().toList();
  }

  /** The embedded gateway speaks plain http, so that it never matters. */
  private static SSLContext anyTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }
}
