package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of causes fits together, and to the rules. */
class CausesTest {

  private static final Set<String> SURFACES =
      Set.of("any", "on-demand", "serverless", "control-plane", "openai-compatible");

  private static Set<String> slugs() {
    return Causes.all().stream().map(Cause::slug).collect(Collectors.toSet());
  }

  @Test
  void slugsAreUniqueAndStable() {
    assertEquals(Causes.all().size(), slugs().size());
    assertTrue(slugs().stream().allMatch(s -> s.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")));
    // The names of the issue that asked for them; scripts and alerts rely on them.
    assertTrue(
        slugs()
            .containsAll(
                List.of(
                    "missing-user-id",
                    "user-id-not-routed",
                    "model-is-control-plane-id",
                    "model-not-served",
                    "key-invalid",
                    "key-of-other-surface",
                    "key-malformed",
                    "control-plane-token-expired",
                    "host-is-control-plane",
                    "host-is-web-page",
                    "base-url-has-doubled-v1",
                    "proxy-answers-instead",
                    "proxy-buffers-streams",
                    "upstream-down",
                    "model-not-loaded",
                    "rate-limited",
                    "tls-expired",
                    "tls-wrong-host",
                    "tls-untrusted",
                    "dns-not-found",
                    "connection-refused",
                    "timeout-before-headers",
                    "tokenize-unguarded",
                    "clock-skewed",
                    "quota-exhausted")));
  }

  @Test
  void everyCauseButTheUnknownHasARule() {
    Set<String> ruled = new HashSet<>(Rules.slugs());
    ruled.add(Causes.UNKNOWN);
    assertEquals(slugs(), ruled);
  }

  @Test
  void otherCausesAreNamedByTheirSlugs() {
    for (Cause cause : Causes.all()) {
      assertTrue(slugs().containsAll(cause.rivals()), cause.slug());
      assertTrue(slugs().containsAll(cause.supersedes()), cause.slug());
      assertFalse(cause.rivals().contains(cause.slug()), cause.slug());
      assertFalse(cause.supersedes().contains(cause.slug()), cause.slug());
    }
  }

  @Test
  void everyCauseSaysWhatToDoOnEverySurface() {
    for (Cause cause : Causes.all()) {
      assertTrue(SURFACES.containsAll(cause.next().keySet()), cause.slug());
      for (String surface : SURFACES) {
        assertFalse(cause.next(surface).isEmpty(), cause.slug() + " on " + surface);
      }
    }
  }

  @Test
  void causesComeInTheOrderOfTheirLayers() {
    List<Layer> layers = Causes.all().stream().map(Cause::layer).toList();
    assertEquals(layers.stream().sorted().toList(), layers);
  }
}
