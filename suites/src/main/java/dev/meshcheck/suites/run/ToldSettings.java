package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surface.Credential;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the reports tell of the settings: what counts, and where it came from; never a secret. */
final class ToldSettings {

  private static final List<Setting> OF_INFERENCE =
      List.of(Setting.HOST, Setting.INFERENCE_KEY, Setting.USER_ID, Setting.MODEL);

  private final Settings settings;

  ToldSettings(Settings settings) {
    this.settings = settings;
  }

  /** Every value that shapes the run. */
  List<dev.meshcheck.reports.model.Setting> settings() {
    return Arrays.stream(Setting.values())
        .flatMap(setting -> settings.inForce(setting).stream())
        .map(
            (Found f) ->
                new dev.meshcheck.reports.model.Setting(
                    f.setting().toString(), f.shown(), f.place()))
        .toList();
  }

  /** Where the parts of a target come from, for causes that lie in the settings. */
  Map<Setting, String> origins(Surface surface) {
    Map<Setting, String> origins = new EnumMap<>(Setting.class);
    if (surface.credential() == Credential.ACCESS_TOKEN) {
      put(origins, Setting.HOST, Setting.HOST, surface);
      put(origins, Setting.HOST, Setting.CONTROL_PLANE, surface);
      put(origins, Setting.CONTROL_PLANE_TOKEN, Setting.CONTROL_PLANE_TOKEN, surface);
    } else {
      OF_INFERENCE.forEach(part -> put(origins, part, part, surface));
    }
    return origins;
  }

  private void put(Map<Setting, String> origins, Setting part, Setting setting, Surface surface) {
    settings.value(setting, surface).ifPresent(found -> origins.put(part, found.origin()));
  }
}
