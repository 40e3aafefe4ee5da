package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.reports.text.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Causes that lie in where a setting came from. */
final class ConfigRules {

  /** Younger than that, config.toml is not called old. */
  private static final Duration STALE = Duration.ofDays(7);

  static final Map<String, Rule> ALL = Map.of("config-toml-stale", ConfigRules::stale);

  private ConfigRules() {}

  private static Finding stale(Evidence e) {
    Optional<Duration> age = e.subject().configAge().filter(a -> a.compareTo(STALE) > 0);
    if (age.isEmpty()) {
      return Finding.ruledOut("nothing was taken from an old config.toml");
    }
    Set<Setting> config = e.subject().fromConfig();
    Optional<Finding.Found> refused = Optional.empty();
    if (config.contains(Setting.INFERENCE_KEY)) {
      refused = asFound(KeyRules.invalid(e));
    }
    if (refused.isEmpty() && config.contains(Setting.USER_ID)) {
      refused = asFound(UserRules.userNotRouted(e));
    }
    if (refused.isEmpty() && config.contains(Setting.MODEL)) {
      refused = asFound(ModelRules.modelNotServed(e));
    }
    if (refused.isEmpty()) {
      return Finding.ruledOut("what came from config.toml is accepted");
    }
    List<String> lines = new ArrayList<>();
    lines.add("config.toml was written " + Counted.of(age.get().toDays(), "day") + " ago");
    lines.addAll(refused.get().evidence());
    return Finding.found(0.8, lines, refused.get().symptom());
  }

  private static Optional<Finding.Found> asFound(Finding finding) {
    return finding instanceof Finding.Found found ? Optional.of(found) : Optional.empty();
  }
}
