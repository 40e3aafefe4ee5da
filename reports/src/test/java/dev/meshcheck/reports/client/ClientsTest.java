package dev.meshcheck.reports.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientsTest {

  @Test
  void idsAreSlugsAndNamedOnce() {
    Set<String> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Client client : Clients.all()) {
      assertTrue(client.id().matches("[a-z0-9]+(-[a-z0-9]+)*"), client.id());
      assertTrue(ids.add(client.id()), client.id());
      assertTrue(names.add(client.name()), client.name());
      assertTrue(client.builtOn().stream().allMatch(ids::contains), "built on what comes later");
    }
    assertTrue(ids.size() >= 15, ids::toString);
  }

  @Test
  void everyGroundTellsWhyAndFromWhere() {
    for (Client client : Clients.all()) {
      assertFalse(Clients.needsOf(client).isEmpty(), client.id() + " needs nothing");
      for (Ground ground : grounds(client).toList()) {
        assertFalse(ground.checks().isEmpty(), client.id());
        assertTrue(ground.because().length() > 15, ground.because());
        assertFalse(ground.because().endsWith("."), ground.because());
        assertEquals("https", ground.source().getScheme(), ground.source().toString());
        assertFalse(ground.date().isAfter(LocalDate.now(ZoneOffset.UTC).plusDays(1)));
        assertTrue(ground.date().isAfter(LocalDate.of(2023, 1, 1)));
      }
    }
  }

  @Test
  void noClientNamesACheckTwice() {
    for (Client client : Clients.all()) {
      List<String> checks = grounds(client).flatMap(ground -> ground.checks().stream()).toList();
      assertEquals(new HashSet<>(checks).size(), checks.size(), client.id() + ": " + checks);
    }
  }

  @Test
  void whatIsBuiltOnAnotherHasItsNeedsFirst() {
    Client basis = named("openai-python");
    Client middle = named("litellm");
    Client top = named("aider");
    assertEquals(basis.needs(), Clients.needsOf(basis));
    List<Ground> needs = Clients.needsOf(top);
    assertEquals(basis.needs(), needs.subList(0, basis.needs().size()));
    assertTrue(needs.containsAll(middle.needs()));
    assertTrue(Clients.limitsOf(top).containsAll(basis.limits()));
  }

  private static Client named(String id) {
    return Clients.all().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private static Stream<Ground> grounds(Client client) {
    return Stream.concat(client.needs().stream(), client.limits().stream());
  }
}
