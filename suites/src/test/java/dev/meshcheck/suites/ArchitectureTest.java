package dev.meshcheck.suites;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What docs/decisions says about who may use whom. */
@AnalyzeClasses(packages = "dev.meshcheck", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final int CLASSES_AT_LEAST = 150;

  private static final String CLI = "dev.meshcheck.suites.cli..";
  private static final String CHECK = "dev.meshcheck.suites.check..";
  private static final String SUITE = "dev.meshcheck.suites.suite..";
  private static final String RUN = "dev.meshcheck.suites.run..";
  private static final String EXCHANGE = "dev.meshcheck.fixtures.exchange..";
  private static final String GATEWAY = "dev.meshcheck.fixtures.gateway..";

  @ArchTest
  static final ArchRule modulesPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("suites")
          .definedBy("dev.meshcheck.suites..")
          .layer("reports")
          .definedBy("dev.meshcheck.reports..")
          .layer("fixtures")
          .definedBy("dev.meshcheck.fixtures..")
          .whereLayer("suites")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("suites")
          .whereLayer("fixtures")
          .mayOnlyBeAccessedByLayers("reports", "suites");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.meshcheck.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsDoNotKnowEachOther =
      slices().matching("dev.meshcheck.suites.suite.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule roomsKnowOnlyCheck =
      noClasses()
          .that()
          .resideInAPackage(SUITE)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.meshcheck.suites..").and(resideOutsideOfPackages(CHECK, SUITE)))
          .because("a check is judged in the same way whoever runs it");

  @ArchTest
  static final ArchRule checksKnowNoGateway =
      noClasses()
          .that()
          .resideInAnyPackage(SUITE, CHECK)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(GATEWAY)
          .because("a check judges any host, and what it knows of ours would bend it");

  @ArchTest
  static final ArchRule onlyTheCommandLineExits =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .because("ExitRule decides and Main alone ends the process");

  @ArchTest
  static final ArchRule onlyTheCommandLineHasAConsole =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should(ACCESS_STANDARD_STREAMS)
          .because("everything else gets its writer, so that tests see what users see");

  @ArchTest static final ArchRule noJavaLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest static final ArchRule noFieldInjection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

  @ArchTest
  static final ArchRule onlyExchangesUseRestAssured =
      keeps(new String[] {EXCHANGE}, "io.restassured..", "org.apache.http..");

  @ArchTest
  static final ArchRule onlyTheGatewayUsesWireMock =
      keeps(new String[] {GATEWAY}, "com.github.tomakehurst..", "wiremock..");

  @ArchTest
  static final ArchRule onlyChecksAndTheirRunnerUseJunit =
      keeps(new String[] {CHECK, RUN}, "org.junit..");

  @ArchTest
  static final ArchRule onlyTheFleetAndItsExporterUsePrometheus =
      keeps(
          new String[] {"dev.meshcheck.reports.fleet..", "dev.meshcheck.suites.exporter.."},
          "io.prometheus..",
          "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule onlyTheCommandLineUsesPicocli = keeps(new String[] {CLI}, "picocli..");

  private static ArchRule keeps(String[] users, String... library) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .because("a library that one place uses can be replaced in one place");
  }

  /** Rules about nothing hold, so there has to be something. */
  @ArchTest
  static void allModulesAreLookedAt(JavaClasses classes) {
    assertTrue(classes.size() > CLASSES_AT_LEAST, "only " + classes.size() + " classes");
    for (String module : new String[] {"fixtures", "reports", "suites"}) {
      assertTrue(
          classes.stream().anyMatch(c -> c.getPackageName().startsWith("dev.meshcheck." + module)),
          "no class of " + module);
    }
  }
}
