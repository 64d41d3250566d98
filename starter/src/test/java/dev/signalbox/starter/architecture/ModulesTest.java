package dev.signalbox.starter.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house's directions (docs/design.md), over all modules at once. */
final class ModulesTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.signalbox");

  @Test
  void dependsInOneDirectionOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("workflows")
        .definedBy("dev.signalbox.workflows..")
        .layer("activities")
        .definedBy("dev.signalbox.activities..")
        .layer("workers")
        .definedBy("dev.signalbox.workers..")
        .layer("starter")
        .definedBy("dev.signalbox.starter..")
        .layer("sandbox")
        .definedBy("dev.signalbox.sandbox..")
        .whereLayer("workflows")
        .mayOnlyBeAccessedByLayers("activities", "workers", "starter")
        .whereLayer("activities")
        .mayOnlyBeAccessedByLayers("workers", "starter")
        .whereLayer("workers")
        .mayOnlyBeAccessedByLayers("starter")
        .whereLayer("starter")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("sandbox")
        .mayOnlyBeAccessedByLayers("starter")
        .check(OURS);
  }

  @Test
  void keepsTheSandboxALeaf() {
    noClasses()
        .that()
        .resideInAPackage("dev.signalbox.sandbox..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.signalbox.workflows..",
            "dev.signalbox.activities..",
            "dev.signalbox.workers..",
            "dev.signalbox.starter..",
            "io.temporal..")
        .check(OURS);
  }

  @Test
  void letsOnlyActivitiesAndTheFailureMappingKnowTemporal() {
    noClasses()
        .that()
        .resideInAPackage("dev.signalbox.activities..")
        .and()
        // AttendedWork: the signs of life that two activity classes of one package share.
        .haveNameNotMatching(".*(ActivitiesImpl|[.]AttendedWork)(\\$.*)?")
        .and()
        .resideOutsideOfPackages(
            "dev.signalbox.activities.http..",
            // Its outside system is Temporal itself.
            "dev.signalbox.activities.environment..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.temporal..")
        .check(OURS);
  }

  @Test
  void keepsTheDemoAndTheRecorderOutOfEverythingElse() {
    classes()
        .that()
        .resideInAnyPackage("dev.signalbox.starter.demo..", "dev.signalbox.starter.histories..")
        .should()
        .onlyBeAccessed()
        .byAnyPackage(
            "dev.signalbox.starter.demo..",
            "dev.signalbox.starter.histories..",
            "dev.signalbox.starter.cli..")
        .check(OURS);
  }

  /** Of these Error Prone's checks are switched off: {@code errorprone.absent} in the first pom. */
  @Test
  void namesNoLibraryThatIsNotChecked() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "android..",
            "com.google.auto..",
            "com.google.common.flogger..",
            "com.google.common.truth..",
            "com.google.inject..",
            "com.sun.source..",
            "dagger..",
            "io.reactivex..",
            "jakarta.inject..",
            "javax.inject..",
            "junit..",
            "org.joda..",
            "org.junit",
            "org.mockito..")
        .check(OURS);
  }
}
