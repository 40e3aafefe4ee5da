package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Target;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a diagnosis is about, and what is known of the settings. It holds no secret.
 *
 * @param name of the target
 * @param surface the kind of API that is expected
 * @param base the root of the host
 * @param other the root of the other host, where two are named: that of the other kind
 * @param key the form of the credential, where one is sent
 * @param keyIsOfOther whether the same text is configured as the credential of another surface
 * @param userGiven whether a user id is sent
 * @param model the model that is asked for
 * @param ownHeaders the names of the header fields that the user wants on every request
 * @param origins where key, user id, model and host came from, in words
 * @param fromConfig what came from config.toml
 * @param configAge how long ago config.toml was written, where it says so
 * @param troubles what is wrong with the settings
 */
public record Subject(
    String name,
    Surface surface,
    URI base,
    Optional<URI> other,
    Optional<KeyForm> key,
    boolean keyIsOfOther,
    boolean userGiven,
    Optional<String> model,
    List<String> ownHeaders,
    Map<Setting, String> origins,
    Set<Setting> fromConfig,
    Optional<Duration> configAge,
    List<Draft.Trouble> troubles) {

  /** The subject of a run, whose settings are in order. */
  public static Subject of(Target target, Collection<Target> all, Map<Setting, String> origins) {
    return of(target, all, origins, Set.of(), Optional.empty(), List.of());
  }

  /** The subject of a draft. */
  public static Subject of(Draft draft, Collection<Target> all, Optional<Duration> configAge) {
    Map<Setting, String> origins = new EnumMap<>(Setting.class);
    draft.from().forEach((setting, found) -> origins.put(setting, found.origin()));
    Set<Setting> config =
        draft.from().entrySet().stream()
            .filter(e -> e.getValue().layer() == Found.Layer.CONFIG)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Setting.class)));
    return of(draft.target(), all, origins, config, configAge, draft.troubles());
  }

  private static Subject of(
      Target target,
      Collection<Target> all,
      Map<Setting, String> origins,
      Set<Setting> config,
      Optional<Duration> configAge,
      List<Draft.Trouble> troubles) {
    boolean shared =
        target.key().isPresent()
            && all.stream()
                .filter(t -> t.surface().credential() != target.surface().credential())
                .anyMatch(t -> t.key().equals(target.key()));
    return new Subject(
        target.name(),
        target.surface(),
        target.base(),
        all.stream()
            .filter(t -> t.surface().credential() != target.surface().credential())
            .map(Target::base)
            .findFirst(),
        target.key().map(KeyForm::of),
        shared,
        target.userId().isPresent(),
        target.model(),
        target.extras().stream().map(Target.Extra::name).toList(),
        Map.copyOf(origins),
        config,
        configAge,
        List.copyOf(troubles));
  }

  /** Whether it is the control plane that is expected. */
  public boolean isControlPlane() {
    return surface.credential() == Credential.ACCESS_TOKEN;
  }

  /** Whether a Tensormesh surface is expected, rather than any OpenAI-compatible server. */
  public boolean isTensormesh() {
    return surface.isTensormesh();
  }

  /** The trouble of that kind. */
  public Optional<Draft.Trouble> trouble(Draft.Trouble.Kind kind) {
    return troubles.stream().filter(t -> t.kind() == kind).findFirst();
  }

  /** Which setting holds the credential. */
  public Setting keySetting() {
    return isControlPlane() ? Setting.CONTROL_PLANE_TOKEN : Setting.INFERENCE_KEY;
  }

  /** Host and port. */
  public String place() {
    return base.getHost() + ":" + port();
  }

  /** The port, named or not. */
  public int port() {
    return base.getPort() > 0 ? base.getPort() : base.getScheme().equals("https") ? 443 : 80;
  }
}
