package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TogetherTest {

  private final Canned host = new Canned("on-demand");
  private final Probe probe = host.probe();

  @AfterEach
  void close() {
    host.close();
  }

  private void together(int status) {
    host.answers("/v1/models", "", 1, answer(status, JSON, "{}"));
  }

  private void alone(int status) {
    host.answers("/v1/models", "", 2, answer(status, JSON, "{}"));
  }

  private void judge() {
    Ask all = probe.get(RouteName.MODELS);
    Together.judge(all, all.again(2), answered -> answered.mustBe(200));
  }

  @Test
  void onePassForAllIsEnough() {
    together(200);
    judge();
    assertEquals(1, probe.used().size());
  }

  @Test
  void whatPassesAloneDoesNotFailWithTheOthers() {
    together(400);
    alone(200);
    judge();
    assertEquals(2, probe.used().size());
  }

  @Test
  void whatFailsAloneFails() {
    together(400);
    alone(500);
    assertEquals(Reason.SERVER_ERROR, failure(this::judge).reason());
  }

  @Test
  void whoWasTooBusyForAllIsAskedForTheOne() {
    together(503);
    alone(404);
    assertEquals(Reason.ROUTE_NOT_FOUND, failure(this::judge).reason());
  }
}
