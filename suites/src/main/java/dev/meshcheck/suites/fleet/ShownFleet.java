package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.TargetResolver;
import dev.meshcheck.fixtures.settings.Targets;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.targets.Entry;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells what each environment is told, and where each value comes from. Nothing is sent. */
final class ShownFleet {

  private static final int WIDTH =
      Arrays.stream(Setting.values()).mapToInt(s -> s.toString().length()).max().orElse(0);

  private ShownFleet() {}

  static void print(Fleet fleet, PrintWriter out) {
    fleet.entries().forEach(entry -> print(fleet, entry, out));
    out.println(
        "%d of %d environments%s; every other option has its default, see %s verify --show-settings"
            .formatted(
                fleet.entries().size(),
                fleet.inFile(),
                fleet.shard().map(shard -> " in shard " + shard).orElse(""),
                Program.name()));
  }

  private static void print(Fleet fleet, Entry entry, PrintWriter out) {
    out.println(entry.name() + " at " + entry.place());
    if (!entry.labels().isEmpty()) {
      out.println(
          line(
              "labels",
              new TreeMap<>(entry.labels())
                  .entrySet().stream()
                      .map(one -> one.getKey() + "=" + one.getValue())
                      .collect(Collectors.joining(", "))));
    }
    Redactor redactor = new Redactor(fleet.whole().secrets());
    try {
      Settings settings = fleet.settings(entry, Optional.empty());
      settings.secrets().forEach(redactor::learn);
      for (Setting setting : Setting.values()) {
        settings.inForce(setting).stream()
            .filter(found -> !found.origin().equals("default"))
            .map(Found::toString)
            .forEach(text -> out.println(line(setting.toString(), text)));
      }
      Targets targets = TargetResolver.resolve(settings);
      targets.targets().forEach(t -> out.println("  target " + t.name() + " at " + t.base()));
      targets.notes().forEach(note -> out.println("  " + redactor.text(note)));
    } catch (UsageException e) {
      out.println("  could not run: " + redactor.text(e.getMessage()));
    }
    out.println();
  }

  private static String line(String name, String text) {
    return String.format(Locale.ROOT, "  %-" + (WIDTH + 2) + "s%s", name, text);
  }
}
