package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.Route.KeyRule;
import dev.meshcheck.fixtures.surface.Route.StreamEnd;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What narrows a run: traits of a surface, and packs. */
class TraitTest {

  private static Set<Trait> traits(String name, KeyRule key, StreamEnd end) {
    Surface surface = Surfaces.named(name).orElseThrow();
    Route route = new Route(RouteName.CHAT, "POST", "/v1/x", key, false, end);
    return Arrays.stream(Trait.values())
        .filter(trait -> trait.holds(surface, route))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trait.class)));
  }

  @Test
  void eachSurfaceHasItsTraits() {
    assertEquals(
        EnumSet.of(
            Trait.ROUTE,
            Trait.GUARDED,
            Trait.USER_ID,
            Trait.STREAM_ENDS_WITH_DONE,
            Trait.TENSORMESH),
        traits("on-demand", KeyRule.REQUIRED, StreamEnd.DONE));
    assertEquals(
        EnumSet.of(
            Trait.ROUTE,
            Trait.PUBLIC,
            Trait.NO_USER_ID,
            Trait.STREAM_END_UNSTATED,
            Trait.TENSORMESH),
        traits("serverless", KeyRule.PUBLIC, StreamEnd.UNSTATED));
    assertEquals(
        EnumSet.of(Trait.ROUTE, Trait.UNSTATED_KEY, Trait.ELSEWHERE),
        traits("openai-compatible", KeyRule.UNSTATED, StreamEnd.NONE));
    assertEquals(
        EnumSet.of(Trait.ROUTE, Trait.GUARDED, Trait.KEY_CONFIGURED, Trait.ELSEWHERE),
        traits("openai-compatible", KeyRule.CONFIGURED, StreamEnd.NONE));
    assertEquals(
        EnumSet.of(Trait.ROUTE, Trait.GUARDED, Trait.TENSORMESH),
        traits("control-plane", KeyRule.REQUIRED, StreamEnd.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "smoke, smoke",
    "standard, smoke standard",
    "full, smoke standard full",
    "limits, smoke standard limits",
    "Quality, smoke standard quality",
    "performance, smoke standard performance",
    "limits smoke, smoke limits",
    "limits quality full, smoke standard full limits quality"
  })
  void packsHoldWhatIsBelowThem(String named, String held) {
    assertEquals(
        held,
        Pack.named(List.of(named.split(" "))).stream()
            .map(Pack::toString)
            .collect(Collectors.joining(" ")));
  }
}
