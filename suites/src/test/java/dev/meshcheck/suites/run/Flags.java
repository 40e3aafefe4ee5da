package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import java.nio.file.Path;
import java.util.Map;

/** Settings of a user who has nothing but flags. */
final class Flags {

  private Flags() {}

  static Settings settings(Path folder, Map<Setting, String> flags) {
    return SettingsReader.read(new Sources(flags, Map.of(), Map.of(), folder, folder, folder));
  }
}
