package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.targets.TargetsFile;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.exporter.ExporterCommand;
import dev.meshcheck.suites.fleet.NightlyCommand;
import dev.meshcheck.suites.run.GatewayCommand;
import dev.meshcheck.suites.run.ListCommand;
import dev.meshcheck.suites.run.ListFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/** Reads what the parser found into the words of Meshcheck. */
final class Arguments {

  private static final int LONGEST_LATENCY = 600_000;

  /** Somebody waits for each of them. */
  private static final int MOST_PROBES = 64;

  private static final List<String> ROUTES =
      Arrays.stream(RouteName.values()).map(RouteName::toString).toList();
  private static final List<String> LEVELS =
      Arrays.stream(Level.values()).map(l -> l.name().toLowerCase(Locale.ROOT)).toList();
  private static final List<String> PACKS =
      Arrays.stream(Pack.values()).map(Pack::toString).toList();

  private Arguments() {}

  /** The flags of {@code verify}; a switch is {@code true}, a list has commas. */
  static Map<Setting, String> flags(ParseResult parsed) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      // The value of a header may have commas.
      String between = setting.kind() == Setting.Kind.HEADERS ? "\n" : ",";
      setting
          .flag()
          .filter(parsed::hasMatchedOption)
          .ifPresent(
              flag -> flags.put(setting, text(parsed.matchedOptionValue(flag, ""), between)));
    }
    return flags;
  }

  private static String text(Object value, String between) {
    return value instanceof List<?> list
        ? String.join(between, list.stream().map(Object::toString).toList())
        : value.toString();
  }

  /** The options of {@code nightly} beside the settings. */
  static NightlyCommand nightly(ParseResult parsed) {
    return new NightlyCommand(
        targets(parsed),
        words(parsed, Commands.SELECT_TARGET),
        parsed.matchedOptionValue(Commands.LABEL, List.<String>of()),
        Optional.ofNullable(parsed.matchedOptionValue(Commands.SHARD, null)),
        from1(parsed, Commands.AT_ONCE, 256).orElse(NightlyCommand.AT_ONCE),
        from1(parsed, Commands.IN_FLIGHT, 1024).orElse(NightlyCommand.IN_FLIGHT),
        parsed.hasMatchedOption(Commands.SHOW_SETTINGS));
  }

  /** The options of {@code exporter} beside the settings. */
  static ExporterCommand exporter(ParseResult parsed) {
    return new ExporterCommand(
        targets(parsed),
        option(parsed, Commands.LISTEN).map(String::strip).orElse(ExporterCommand.LISTEN),
        number(parsed, Commands.PORT, 65535).orElse(ExporterCommand.PORT),
        from1(parsed, Commands.AT_ONCE, MOST_PROBES).orElse(ExporterCommand.AT_ONCE),
        from1(parsed, Commands.IN_FLIGHT, 1024).orElse(NightlyCommand.IN_FLIGHT));
  }

  /** The targets file that a command names. */
  static String targets(ParseResult parsed) {
    String named = parsed.matchedOptionValue(Commands.TARGETS, TargetsFile.USUAL);
    if (named.isBlank()) {
      throw new UsageException("--targets is empty; name a file, or leave it out");
    }
    return named;
  }

  private static OptionalInt from1(ParseResult parsed, String option, int highest) {
    OptionalInt number = number(parsed, option, highest);
    if (number.isPresent() && number.getAsInt() == 0) {
      throw new UsageException(
          "%s '0' is not a whole number from 1 to %d".formatted(option, highest));
    }
    return number;
  }

  /** The options of {@code gateway}. */
  static GatewayCommand gateway(ParseResult parsed, Path projectHome) {
    List<String> faults = parsed.matchedOptionValue(Commands.FAULT, List.of());
    return new GatewayCommand(
        number(parsed, Commands.PORT, 65535),
        option(parsed, Commands.SURFACE).map(Arguments::surface),
        option(parsed, Commands.PROFILE),
        faults.stream().flatMap(f -> Arrays.stream(f.split(",", -1))).toList(),
        Duration.ofMillis(number(parsed, Commands.LATENCY, LONGEST_LATENCY).orElse(0)),
        parsed.matchedOptionValue(Commands.LIST_FAULTS, false),
        projectHome);
  }

  /** The options of {@code list}. */
  static ListCommand list(ParseResult parsed) {
    Optional<Set<Pack>> packs =
        Optional.of(
                words(parsed, Commands.PACK).stream()
                    .map(w -> word(PACKS, w, Commands.PACK))
                    .toList())
            .filter(names -> !names.isEmpty())
            .map(Pack::named);
    return new ListCommand(
        format(parsed),
        words(parsed, Commands.SELECT),
        option(parsed, Commands.ROUTE)
            .map(w -> RouteName.valueOf(upper(word(ROUTES, w, Commands.ROUTE)))),
        option(parsed, Commands.LEVEL)
            .map(w -> Level.valueOf(upper(word(LEVELS, w, Commands.LEVEL)))),
        packs,
        option(parsed, Commands.SURFACE).map(Arguments::surface));
  }

  /** The values of an option that repeats, or has commas. */
  private static List<String> words(ParseResult parsed, String option) {
    List<String> values = parsed.matchedOptionValue(option, List.of());
    return values.stream()
        .flatMap(v -> Arrays.stream(v.split(",", -1)))
        .map(String::strip)
        .filter(v -> !v.isEmpty())
        .toList();
  }

  private static String word(List<String> known, String text, String option) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!known.contains(word)) {
      throw unknown(option, text, known);
    }
    return word;
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static ListFormat format(ParseResult parsed) {
    String word = option(parsed, Commands.FORMAT).orElse("text");
    List<String> known = Arrays.stream(ListFormat.values()).map(ListFormat::toString).toList();
    return Arrays.stream(ListFormat.values())
        .filter(f -> f.toString().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> unknown(Commands.FORMAT, word, known));
  }

  private static Surface surface(String word) {
    List<String> known = Surfaces.all().stream().map(Surface::name).toList();
    return Surfaces.named(word).orElseThrow(() -> unknown(Commands.SURFACE, word, known));
  }

  private static OptionalInt number(ParseResult parsed, String option, int highest) {
    Optional<String> text = option(parsed, option);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("\\d{1,6}") || Integer.parseInt(text.get()) > highest) {
      throw new UsageException(
          "%s '%s' is not a whole number from 0 to %d".formatted(option, text.get(), highest));
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  private static Optional<String> option(ParseResult parsed, String name) {
    return Optional.<String>ofNullable(parsed.matchedOptionValue(name, null))
        .filter(text -> !text.isBlank());
  }

  private static UsageException unknown(String option, String word, List<String> known) {
    return new UsageException(
        "%s '%s' is not known; %sit is one of %s"
            .formatted(option, word, DidYouMean.hint(word, known), String.join(", ", known)));
  }
}
