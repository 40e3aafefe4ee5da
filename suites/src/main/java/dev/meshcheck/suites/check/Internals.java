package dev.meshcheck.suites.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What tells outsiders about the inside of a host. Every pattern begins where a word begins and
 * repeats a bounded number of times, so that a long text costs no more than its length.
 */
final class Internals {

  /**
   * One kind of thing that outsiders need not know.
   *
   * @param what its name, with an article
   * @param pattern how it looks
   */
  private record Kind(String what, Pattern pattern) {

    static Kind of(String what, String... alternatives) {
      return new Kind(what, Pattern.compile(String.join("|", alternatives)));
    }
  }

  /**
   * What was found.
   *
   * @param what what it is, with an article
   * @param told the piece of the text
   */
  record Told(String what, String told) {}

  /** Characters of an answer that are looked through: what is longer is no error message. */
  private static final int LONGEST = 256 << 10;

  private static final String START = "(?<![\\w./\\\\:@-])";
  private static final String FILE = START + "[\\w./\\\\@:+-]{1,300}";

  private static final Kind TRACE =
      Kind.of(
          "a stack trace",
          // Python
          "Traceback \\(most recent",
          "\\bFile \"[^\"\\n]{1,300}\", line \\d+",
          // Java, Kotlin, Scala, with or without a module or class loader
          "\\bat [\\w.$<>@/-]{1,300}\\([\\w$-]{1,100}\\.(java|kt|kts|scala|groovy|clj):\\d+\\)",
          "\\bat [\\w.$<>@/-]{1,300}\\((Native Method|Unknown Source)\\)",
          // JavaScript in V8
          "\\bat [^\\n()]{0,150}\\(?(file://|node:|[A-Za-z]:\\\\|/)[^\\s()]{1,300}:\\d+:\\d+",
          // .NET
          "\\bat [\\w.`<>+,\\[\\]]{1,300}\\([^()\\n]{0,200}\\) in [^\\n]{1,300}:line \\d+",
          "\\bat (System|Microsoft)\\.[\\w.`<>+,\\[\\]]{1,300}\\(",
          "--- End of [\\w ]{0,40}stack trace",
          // Ruby, Rust, Go, Elixir: a file and its line
          FILE
              + "(?=:\\d)((?<=\\.rb):\\d+:in [`'\u2018]|(?<=\\.rs):\\d+:\\d+"
              + "|(?<=\\.go):\\d+|(?<=\\.exs?):\\d+: )",
          // PHP
          "\\bin " + FILE + "(?<=\\.php)(:| on line )\\d+",
          "#\\d{1,3} " + FILE + "(?<=\\.php)\\(\\d+\\)",
          // Rust
          "\\bpanicked at ",
          // Go
          "\\bgoroutine \\d{1,9} \\[");

  private static final String ROOTS =
      "home|usr|opt|root|app|apps|workspace|workspaces|vllm-workspace|var|srv|etc|mnt|tmp|proc|nix"
          + "|lib|lib64|run|snap|Users|Library|Volumes|private|code|data|build|src|project|models"
          + "|weights|cache|local|scratch|gpfs|lustre|nfs|shared";

  private static final String SOURCES =
      "pyc?|pyx|so|m?js|cjs|tsx?|java|jar|class|kts?|scala|go|rs|rb|php|cs|dll|cpp|cc|cu|hpp|exs?"
          + "|ya?ml|toml|ini|conf|cfg|env|pem|key|crt|sock|log|db|sqlite|sh|safetensors|gguf|pt|bin";

  private static final String SEGMENT = "[\\w.@+-]{1,100}";

  /** A path of the API behind its method is no path of a file. */
  private static final String NO_ROUTE = "(?<!(?:GET|POST|PUT|HEAD|PATCH|DELETE|OPTIONS) )";

  private static final Kind PATH =
      Kind.of(
          "a file path",
          NO_ROUTE + "(?<![\\w:/.~%?&=-])/(" + ROOTS + ")/" + SEGMENT + "(/" + SEGMENT + "){1,30}",
          NO_ROUTE
              + "(?<![\\w:/.~%?&=-])(/"
              + SEGMENT
              + "){1,30}(?<=\\.("
              + SOURCES
              + "))(?![\\w/])",
          "\\bfile:///" + SEGMENT,
          "(?<![\\w/:.-])[A-Za-z]:\\\\[\\w.@ +-]{1,100}\\\\[\\w.@+-]{1,100}",
          "\\b(site-packages|dist-packages|node_modules)/" + SEGMENT);

  private static final List<Kind> ELSE =
      List.of(
          Kind.of("a memory address", "\\b0x[0-9a-fA-F]{8,16}\\b"),
          Kind.of(
              "an internal address",
              "\\blocalhost:\\d{1,5}\\b",
              "(?<![\\w.])(127\\.\\d{1,3}|10\\.\\d{1,3}|192\\.168|169\\.254"
                  + "|172\\.(1[6-9]|2\\d|3[01]))\\.\\d{1,3}\\.\\d{1,3}(?![\\w.]*\\w)",
              "\\[(::1|f[cd][0-9a-f]{2}:[0-9a-f:]{1,35})\\]",
              "(?<![\\w.-])[\\w-]{1,63}(\\.[\\w-]{1,63}){0,5}(?<=\\.svc)(\\.cluster\\.local)?\\b",
              "(?<![\\w.-])[\\w-]{1,63}(\\.[\\w-]{1,63}){0,5}(?<=\\.(local|internal|lan|corp)):\\d+"),
          Kind.of(
              "a pod name",
              "(?<![\\w-])[a-z][a-z0-9-]{1,60}-[a-f0-9]{8,10}-[a-z0-9]{5}(?![\\w-])"));

  private Internals() {}

  /** Whatever a text tells but bare paths, where the client does not know it already. */
  static Optional<Told> in(CharSequence text, Predicate<String> isKnown) {
    List<Kind> kinds = new ArrayList<>(List.of(TRACE));
    kinds.addAll(ELSE);
    return first(kinds, text, isKnown);
  }

  /** A path of a file that a text tells, where the client does not know it already. */
  static Optional<Told> pathIn(CharSequence text, Predicate<String> isKnown) {
    return first(List.of(PATH), text, isKnown);
  }

  private static Optional<Told> first(
      List<Kind> kinds, CharSequence whole, Predicate<String> isKnown) {
    CharSequence text = whole.subSequence(0, Math.min(whole.length(), LONGEST));
    return kinds.stream()
        .flatMap(
            kind ->
                kind.pattern()
                    .matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .filter(told -> !isKnown.test(told))
                    .map(told -> new Told(kind.what(), told)))
        .findFirst();
  }
}
