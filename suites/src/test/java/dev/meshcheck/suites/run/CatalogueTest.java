package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.LikelyCauses;
import dev.meshcheck.suites.check.Probe;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of every check there is. */
class CatalogueTest {

  private static final int LONGEST_TITLE = 110;

  private static final List<Entry> ALL = Suites.catalogue();

  private static void all(Predicate<Entry> rule) {
    assertEquals(
        List.of(), ALL.stream().filter(rule.negate()).map(entry -> entry.info().id()).toList());
  }

  private static Stream<Method> methods() {
    return ALL.stream()
        .map(Entry::suite)
        .distinct()
        .flatMap(suite -> Arrays.stream(suite.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Check.class));
  }

  @Test
  void theCatalogueIsNotEmpty() {
    assertTrue(ALL.size() > 300, () -> ALL.size() + " checks");
  }

  @Test
  void idsAreUnique() {
    Set<String> seen = new HashSet<>();
    all(entry -> seen.add(entry.info().id()));
  }

  @Test
  void idsAreSlugsWithTheirGroupFirst() {
    all(
        entry ->
            entry.info().id().matches("[a-z]+(-[a-z]+)*\\.[a-z0-9]+(-[a-z0-9]+)*")
                && entry.info().id().length() <= 60);
  }

  @Test
  void titlesAreShortSentencesWithoutAFullStop() {
    all(
        entry ->
            !entry.info().title().isBlank()
                && entry.info().title().length() <= LONGEST_TITLE
                && !entry.info().title().endsWith("."));
  }

  @Test
  void noTwoChecksOfARouteSayTheSame() {
    Set<String> seen = new HashSet<>();
    all(entry -> seen.add(entry.info().route() + " " + entry.info().title() + level(entry)));
  }

  private static String level(Entry entry) {
    return " of " + entry.info().group();
  }

  @Test
  void sourcesArePublicPages() {
    all(
        entry ->
            entry.info().source().getScheme().equals("https")
                && entry.info().source().getHost().contains("."));
  }

  @Test
  void everyCheckSaysWhatIsProbablyWrong() {
    all(
        entry ->
            !entry.info().likelyCauses().isEmpty()
                && entry.info().likelyCauses().stream()
                    .noneMatch(cause -> cause.isBlank() || cause.endsWith(".")));
  }

  /** What is said of an answer must not be said where a host broke, or somebody else answered. */
  @Test
  void noCheckAccusesAnOptionOrAnAddressWhereTheHostBreaks() {
    Failure broke = new Failure(Reason.SERVER_ERROR, "it broke: 502", "200", "502");
    all(
        entry ->
            LikelyCauses.of(entry.check(), broke).stream()
                .noneMatch(
                    cause ->
                        cause.matches(
                            ".*(base URL|dropped on the way|gateway drops|not passed on).*")));
  }

  @Test
  void everyCheckIsAboutASurface() {
    all(entry -> Surfaces.all().stream().anyMatch(entry::isAbout));
  }

  @Test
  void eachRouteHasOneCheckThatJudgesItsPlainRequest() {
    List<String> routes =
        ALL.stream()
            .filter(entry -> entry.check().first())
            .map(entry -> entry.info().route().toString())
            .toList();
    assertEquals(new HashSet<>(routes).size(), routes.size());
    Set<String> used =
        ALL.stream().map(entry -> entry.info().route().toString()).collect(Collectors.toSet());
    assertEquals(used, new HashSet<>(routes));
  }

  @Test
  void whereTensormeshPromisesNothingACheckIsWeakerIfOther() {
    all(
        entry ->
            entry.check().elsewhere().length == 0
                || (entry.check().elsewhere().length == 1
                    && entry.check().elsewhere()[0].compareTo(entry.info().level()) > 0));
    Entry entry =
        ALL.stream()
            .filter(e -> e.info().id().equals("errors.chat-unknown-model"))
            .findFirst()
            .orElseThrow();
    assertEquals(Level.MUST, entry.infoOn(Surfaces.named("on-demand").orElseThrow()).level());
    assertEquals(
        Level.SHOULD, entry.infoOn(Surfaces.named("openai-compatible").orElseThrow()).level());
    String told = "MUST   errors.chat-unknown-model";
    assertTrue(
        Listing.text(List.of(entry)).startsWith(told)
            && Listing.text(List.of(entry)).contains("(SHOULD on openai-compatible)"),
        () -> Listing.text(List.of(entry)));
  }

  @Test
  void checksArePackagePrivateAndTakeAProbe() {
    List<String> others =
        methods()
            .filter(
                method ->
                    (method.getModifiers()
                                & (Modifier.PUBLIC
                                    | Modifier.PROTECTED
                                    | Modifier.PRIVATE
                                    | Modifier.STATIC))
                            != 0
                        || method.getReturnType() != void.class
                        || !List.of(method.getParameterTypes()).equals(List.of(Probe.class)))
            .map(Method::toString)
            .toList();
    assertEquals(List.of(), others);
  }

  @Test
  void noSuiteIsForgotten() throws Exception {
    Set<String> told = ALL.stream().map(e -> e.suite().getSimpleName()).collect(Collectors.toSet());
    var folder =
        Path.of(
            Suites.class.getResource("/dev/meshcheck/suites/suite/chat/ChatSuite.class").toURI());
    try (var files = Files.walk(folder.getParent().getParent())) {
      Set<String> there =
          files
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(name -> name.endsWith("Suite"))
              .collect(Collectors.toSet());
      assertEquals(there, told);
    }
  }
}
