package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.surface.RouteName;
import org.junit.jupiter.api.Test;

class GivenTest {

  @Test
  void whatIsGivenIsHandedOn() {
    assertEquals("x", Given.that(() -> "x"));
    try (Canned host = new Canned("on-demand")) {
      host.answers("/v1/models", "", 1, answer(200, JSON, "{}"));
      assertEquals(200, Given.answered(host.probe().get(RouteName.MODELS)).status());
    }
  }

  @Test
  void whatIsNotGivenIsNoVerdict() {
    try (Canned host = new Canned("on-demand")) {
      host.answers("/v1/models", "", 1, answer(404, JSON, "{}"));
      Probe probe = host.probe();
      assertThrows(CouldNotRun.class, () -> Given.answered(probe.get(RouteName.MODELS)));
    }
  }

  @Test
  void aControlIsLookedAtOnlyWhereTheRuleFails() {
    try (Canned host = new Canned("on-demand")) {
      host.answers("/v1/models", "", 1, answer(404, JSON, "{}"));
      host.answers("/v1/models", "", 2, answer(200, JSON, "{}"));
      Probe probe = host.probe();
      Ask bad = probe.get(RouteName.MODELS);
      Ask good = bad.again(2);
      Given.whereItFails(probe, () -> good.send().mustBe(200), () -> bad.send().mustBe(200));
      assertEquals(1, probe.used().size());
      Failure failure =
          assertThrows(
              Failure.class,
              () ->
                  Given.whereItFails(
                      probe, () -> bad.send().mustBe(200), () -> good.send().mustBe(200)));
      assertEquals("GET /v1/models answered 404 instead of 200", failure.getMessage());
      assertEquals(1, probe.failedOn().get(1).request().attempt());
      assertThrows(
          CouldNotRun.class,
          () ->
              Given.whereItFails(
                  probe, () -> bad.send().mustBe(200), () -> bad.send().mustBe(200)));
    }
  }
}
