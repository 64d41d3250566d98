package dev.signalbox.workflows.release;

import static dev.signalbox.workflows.fixtures.FactsFixture.BASE;
import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.TARGET_HEAD;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.migration.DatabaseIdentity;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.Pipeline;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseSetsTest {
  private static final String OTHER = "c".repeat(40);

  static Stream<Arguments> everythingThatIsCovered() {
    return Stream.of(
        Arguments.of("revision", aPipeline(), OTHER, aLook()),
        Arguments.of("base", aPipeline(), REVISION, aLook().withLive(OTHER)),
        Arguments.of("no base", aPipeline(), REVISION, aLook().withNothingLive()),
        Arguments.of("target head", aPipeline(), REVISION, aLook().withTargetHead(OTHER)),
        Arguments.of("project", aPipeline().ofProject("other"), REVISION, aLook()),
        Arguments.of("environment", aPipeline().forEnvironment("live"), REVISION, aLook()),
        Arguments.of("services", aPipeline().withoutFrontend(), REVISION, aLook()),
        Arguments.of("approvals", aPipeline().approvedByReleasers(2), REVISION, aLook()),
        Arguments.of("trust", aPipeline().trusting("cli", "slack"), REVISION, aLook()),
        Arguments.of("checks", aPipeline().requiring("build"), REVISION, aLook()),
        Arguments.of(
            "the source's policy",
            aPipeline().withSoakInSource(Duration.ofHours(1)),
            REVISION,
            aLook()),
        Arguments.of(
            "what is left as it is",
            aPipeline().skippingWhatIsUnchanged(),
            REVISION,
            aLook().withUnchanged("backend")),
        Arguments.of(
            "a service's policy", aPipeline().withHealthOfBackend("/up"), REVISION, aLook()));
  }

  // Another channel at Slack voided an approval, and nothing else shipped because of it.
  @Test
  void giveTheSameDigestWhereverPeopleAreTold() {
    assertThat(digest(aPipeline().tellingAtSlack("C024BE91L"))).isEqualTo(digest(aPipeline()));
    assertThat(digest(aPipeline().inAChainFrom("develop"))).isEqualTo(digest(aPipeline()));
  }

  private static String digest(PipelineFixture pipeline) {
    return ReleaseSets.of(pipeline.build(), REVISION, aLook().build(), false).digest();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everythingThatIsCovered")
  void giveAnotherDigestForAnotherWorld(
      String what, PipelineFixture pipeline, String revision, FactsFixture facts) {
    assertThat(ReleaseSets.of(pipeline.build(), revision, facts.build(), false).digest())
        .isNotEqualTo(digest(aLook()));
  }

  @Test
  void coverTheFilesOfTheMigrations() {
    SchemaFixture schema = aSchema().with("r1", EXPAND);

    assertThat(migrating(schema).digest())
        .isEqualTo(migrating(aSchema().with("r1", EXPAND)).digest())
        .isNotEqualTo(migrating(aSchema().written("2").with("r1", EXPAND)).digest())
        .isNotEqualTo(migrating(aSchema().with("r2", EXPAND)).digest())
        .isNotEqualTo(migrating(aSchema()).digest());
  }

  @Test
  void coverWhichDatabaseIsMigrated() {
    SchemaFixture there = aSchema().with("r1", EXPAND).of(new DatabaseIdentity("db:5432/app", "1"));
    SchemaFixture here = aSchema().with("r1", EXPAND).of(new DatabaseIdentity("db:5432/b", "1"));

    assertThat(migrating(there).digest()).isNotEqualTo(migrating(here).digest());
  }

  @Test
  void keepTheDigestOfWhatMigratesNothing() {
    // As it was before there were migrations: a waiting promotion keeps its approval.
    assertThat(digest(aLook()))
        .isEqualTo("1420afae16a6a43d9c3d6119cde7facac3a6dfcd7b1661ad66df16cb6b3e6681");
  }

  private static ReleaseSet migrating(SchemaFixture schema) {
    Pipeline pipeline = aPipeline().migrating(byDefault()).build();
    return ReleaseSets.of(
        pipeline,
        REVISION,
        aLook().build(),
        false,
        null,
        SchemaChange.of(schema.plan(), pipeline.migrations(), false).orElse(null));
  }

  @Test
  void giveTheSameDigestWhateverIsNotCovered() {
    FactsFixture laterLook =
        aLook().answering("backend", Reading.BAD).withCheck("build", "success");

    assertThat(digest(laterLook)).isEqualTo(digest(aLook()));
  }

  @Test
  void giveAnotherDigestWhenTheBaseRunsNoLongerAsAWhole() {
    ReleaseSet mixed = ReleaseSets.of(aPipeline().build(), REVISION, aLook().build(), true);

    assertThat(mixed.digest()).isNotEqualTo(digest(aLook()));
  }

  @Test
  void coverWhichServicesAreSkippedAndNotWhichAreUnchanged() {
    assertThat(skipping(aLook(), false).digest())
        .isNotEqualTo(skipping(aLook().withUnchanged("backend"), false).digest());
    assertThat(digest(aLook().withUnchanged("backend"))).isEqualTo(digest(aLook()));
  }

  @Test
  void skipNothingWhereWhatRunsIsNoSet() {
    FactsFixture facts = aLook().withUnchanged("backend");

    assertThat(skipping(facts, false).skipped()).containsExactly("backend");
    assertThat(skipping(facts, true).unchanged()).isEmpty();
    assertThat(skipping(facts, true).skipped()).isEmpty();
  }

  private static ReleaseSet skipping(FactsFixture facts, boolean mixed) {
    return ReleaseSets.of(
        aPipeline().skippingWhatIsUnchanged().build(), REVISION, facts.build(), mixed);
  }

  @Test
  void nameTheWholeRelease() {
    ReleaseSet release = ReleaseSets.of(aPipeline().build(), REVISION, aLook().build(), false);

    assertThat(release.revision()).isEqualTo(REVISION);
    assertThat(release.base()).isEqualTo(BASE);
    assertThat(release.targetHead()).isEqualTo(TARGET_HEAD);
    assertThat(release.services()).containsExactly("backend", "frontend");
    assertThat(release.digest()).matches("[0-9a-f]{64}").startsWith(release.shortDigest());
    assertThat(release.alias()).matches("[a-z]+-[a-z]+");
  }

  private static String digest(FactsFixture facts) {
    return ReleaseSets.of(aPipeline().build(), REVISION, facts.build(), false).digest();
  }
}
