package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.reports.client.Client;
import dev.meshcheck.reports.client.Clients;
import dev.meshcheck.reports.client.Ground;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients stand on is judged: every id is that of a check, and none is only recorded. */
class ClientsTest {

  @Test
  void everyCheckOfAClientIsJudged() {
    Map<String, Level> levels = new HashMap<>();
    for (Entry entry : Suites.catalogue()) {
      levels.put(entry.info().id(), entry.info().level());
    }
    List<String> wrong = new ArrayList<>();
    for (Client client : Clients.all()) {
      List<Ground> grounds = new ArrayList<>(Clients.needsOf(client));
      grounds.addAll(Clients.limitsOf(client));
      for (Ground ground : grounds) {
        ground.checks().stream()
            .filter(check -> levels.getOrDefault(check, Level.INFO) == Level.INFO)
            .forEach(check -> wrong.add(client.id() + ": " + check));
      }
    }
    assertEquals(List.of(), wrong, "clients.yaml names what no check judges");
  }
}
