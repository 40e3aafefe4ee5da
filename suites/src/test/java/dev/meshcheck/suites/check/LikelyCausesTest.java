package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LikelyCausesTest {

  private static final String ANSWER = "stop is dropped";
  private static final String BREAKS = "the engine fails on stop";

  static final class Some {
    @Check(
        id = "some.check",
        title = "it holds",
        level = Level.MUST,
        route = RouteName.CHAT,
        source = Sources.HTTP,
        ifItFails = ANSWER,
        ifItBreaks = BREAKS,
        about = Reason.FORBIDDEN)
    void check(Probe probe) {}
  }

  private static Failure failure(Reason reason) {
    return new Failure(reason, "it does not hold", "this", "that");
  }

  private static Check check() {
    return Catalogue.of(List.of(Some.class)).get(0).check();
  }

  private static List<String> told(Reason reason) {
    return LikelyCauses.of(check(), failure(reason));
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_VALUE", "NOT_JSON", "NOT_REFUSED", "STREAM_TRUNCATED"})
  void ofAnAnswerThatIsNotAsItShouldBe(Reason reason) {
    assertEquals(List.of(ANSWER), told(reason));
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "TIMEOUT", "BODY_CUT", "CONNECTION_CLOSED"})
  void ofAHostThatBreaks(Reason reason) {
    assertEquals(List.of(BREAKS), told(reason));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNAUTHORIZED", "ROUTE_NOT_FOUND", "REDIRECTED", "NOT_HTTP", "SCHEMA_MISMATCH"})
  void whereThereIsNothingToLookAtNoneIsTold(Reason reason) {
    assertEquals(List.of(), told(reason));
  }

  @Test
  void unlessTheCheckIsAboutThat() {
    assertEquals(List.of(ANSWER), told(Reason.FORBIDDEN));
  }

  @Test
  void aFailureThatShowsMoreKnowsBetter() {
    Failure kept = failure(Reason.WRONG_VALUE).likely("the limit is kept");
    assertEquals(List.of("the limit is kept"), LikelyCauses.of(check(), kept));
    assertEquals(List.of("the limit is kept"), kept.told("in other words").likely());
  }

  @Test
  void ofAHostThatMayHaveNoGatewayItIsNotSaidThatItHasOne() {
    List<String> causes = List.of("the gateway drops n", "the gateway passes it on to the server");
    assertEquals(
        List.of(
            "the server, or a gateway in front of it, drops n",
            "the gateway passes it on to the server"),
        LikelyCauses.at(Surfaces.named("openai-compatible").orElseThrow(), causes));
    assertEquals(causes, LikelyCauses.at(Surfaces.named("on-demand").orElseThrow(), causes));
  }

  @Test
  void theCatalogueHasAllOfThem() {
    assertEquals(
        List.of(ANSWER, BREAKS), Catalogue.of(List.of(Some.class)).get(0).info().likelyCauses());
  }
}
