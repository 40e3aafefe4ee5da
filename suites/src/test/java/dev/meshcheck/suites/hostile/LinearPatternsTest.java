package dev.meshcheck.suites.hostile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.suites.CountedText;
import dev.meshcheck.suites.ProjectFiles;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No pattern of ours takes more than a bounded number of steps for each character, whatever text a
 * host sends. Steps are characters that the engine looks at; no clock is asked.
 */
@Tag("long")
class LinearPatternsTest {

  /** Longer than any bound in a pattern, so that those bounds are not taken for growth. */
  private static final int SHORT = 1500;

  /** Steps may double with the text, and some more for chance. */
  private static final double GROWTH = 2.2;

  /** So many steps say nothing of growth. */
  private static final int FEW = 10_000;

  /** Looks at each character; more is a pattern that costs seconds on a body. */
  private static final int STEPS_EACH = 1000;

  /** What patterns begin with and repeat: each is repeated, and ended by what fits none. */
  private static final List<String> UNITS =
      List.of(
          String.join(
                  "|",
                  "a|A|0|f| |\n|\t|\r|\\|<|>|\"|'|`|/|.|-|_|@|:|;|,|(|[|{|#|§|é|*|?|a.|a/|/a",
                  "/@|a-|-a|a_|0.|a0|..|a@|{a|a=|x-|\n | \n|a b|at |at a.|at /|at a(|at a`<|\"a|\\\"",
                  "\\u|a://|http://|1.|10.1.|token |\"token\" |?key=|&key=|key |File \"|in /|in a",
                  "charset |#1 |<a|<title>|model |user |GET /|C:\\|##[|%41")
              .split("\\|"));

  private static final List<String> ENDS = List.of("", "!", "\u0001", "\"", "x");

  /** A character written by its number; which one it is makes no difference here. */
  private static final Pattern UNICODE = Pattern.compile("(?<!\\\\)\\\\u[0-9a-fA-F]{4}");

  private static final Pattern INLINE =
      Pattern.compile(
          "\\.(?:(?:matches|split)\\(|replace(?:All|First)\\((?=\\s*\"(?:[^\"\\\\]|\\\\.)*+\"\\s*+,))"
              + "\\s*+\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*+[,)]");

  @Test
  void everyPatternIsLinear() throws Exception {
    Map<String, Pattern> patterns = new TreeMap<>(inline());
    patterns.putAll(fields());
    assertThat("patterns found", patterns.size(), greaterThan(60));
    Map<String, String> slow = new ConcurrentSkipListMap<>();
    patterns.entrySet().parallelStream()
        .forEach(one -> worst(one.getValue()).ifPresent(w -> slow.put(one.getKey(), w)));
    assertEquals(Map.of(), slow);
  }

  private static Optional<String> worst(Pattern pattern) {
    for (String unit : UNITS) {
      for (String end : ENDS) {
        long twice = steps(pattern, text(unit, 2 * SHORT) + end);
        if (twice <= FEW) {
          continue;
        }
        long once = steps(pattern, text(unit, SHORT) + end);
        boolean grows = twice > GROWTH * once + FEW;
        boolean costs = twice > (long) STEPS_EACH * 2 * SHORT;
        if (grows || costs) {
          return Optional.of(
              "%s of %d times \"%s\": %d steps, twice as long %d"
                  .formatted(pattern, SHORT, unit + end, once, twice));
        }
      }
    }
    return Optional.empty();
  }

  private static String text(String unit, int length) {
    return unit.repeat(length / unit.length() + 1).substring(0, length);
  }

  /** What both ways to use a pattern cost: all that is found, and whether it is the whole text. */
  private static long steps(Pattern pattern, String text) {
    CountedText found = new CountedText(text);
    Matcher matcher = pattern.matcher(found);
    while (matcher.find()) {
      // Counting is all.
    }
    CountedText whole = new CountedText(text);
    pattern.matcher(whole).matches();
    return Math.max(found.reads(), whole.reads());
  }

  /** The patterns that stand as literals in the code; the reference gateway reads no host. */
  private static Map<String, Pattern> inline() throws IOException {
    Map<String, Pattern> patterns = new TreeMap<>();
    for (Path file : sources()) {
      Matcher literal = INLINE.matcher(Files.readString(file));
      while (literal.find()) {
        String regex = UNICODE.matcher(literal.group(1)).replaceAll("§").translateEscapes();
        patterns.put(file.getFileName() + " \"" + regex + "\"", Pattern.compile(regex));
      }
    }
    return patterns;
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : List.of("fixtures", "reports", "suites")) {
      Path root = ProjectFiles.root().resolve(module).resolve("src/main/java");
      try (Stream<Path> found = Files.walk(root)) {
        found
            .filter(path -> path.toString().endsWith(".java"))
            .filter(path -> !path.toString().contains("/fixtures/gateway/"))
            .forEach(files::add);
      }
    }
    return files;
  }

  /** The patterns that classes keep, put together from pieces or not. */
  private static Map<String, Pattern> fields() throws Exception {
    Map<String, Pattern> patterns = new TreeMap<>();
    for (Path file : sources()) {
      String path = file.toString();
      String name =
          path.substring(path.lastIndexOf("/java/") + 6, path.length() - 5).replace('/', '.');
      if (!Files.readString(file).contains("Pattern")) {
        continue;
      }
      for (Field field : Class.forName(name).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          collect(file.getFileName() + " " + field.getName(), field.get(null), patterns);
        }
      }
    }
    return patterns;
  }

  private static void collect(String where, Object value, Map<String, Pattern> patterns)
      throws ReflectiveOperationException {
    if (value instanceof Pattern pattern) {
      patterns.put(where, pattern);
    } else if (value instanceof Collection<?> many) {
      int number = 0;
      for (Object one : many) {
        collect(where + " " + number++, one, patterns);
      }
    } else if (value instanceof Record) {
      for (RecordComponent part : value.getClass().getRecordComponents()) {
        if (part.getType() == Pattern.class) {
          part.getAccessor().setAccessible(true);
          collect(where + " " + part.getName(), part.getAccessor().invoke(value), patterns);
        }
      }
    }
  }
}
