package dev.signalbox.workflows.promotion;

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
import dev.signalbox.workflows.migration.DatabaseIdentity;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSets;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final String OTHER = "c".repeat(40);

  @Test
  void isNoneWhenTheWorldIsAsItWas() {
    Change change = fromTheApproved(aPipeline(), aLook());

    assertThat(change.none()).isTrue();
  }

  @Test
  void isNoneWherePeopleAreToldInAnotherChannel() {
    assertThat(fromTheApproved(aPipeline().tellingAtSlack("C024BE91L"), aLook()).none()).isTrue();
  }

  @Test
  void namesTheLiveRevision() {
    Change change = fromTheApproved(aPipeline(), aLook().withLive(OTHER));

    assertThat(change.lines()).containsExactly("live revision was " + BASE + ", is " + OTHER);
  }

  @Test
  void namesTheHeadOfTheTargetBranch() {
    Change change = fromTheApproved(aPipeline(), aLook().withTargetHead(OTHER));

    assertThat(change.sentence())
        .isEqualTo("head of the target branch was " + TARGET_HEAD + ", is " + OTHER);
  }

  @Test
  void saysThatNothingIsLiveAnyMore() {
    Change change = fromTheApproved(aPipeline(), aLook().withNothingLive());

    assertThat(change.sentence()).endsWith(", is absent");
  }

  @Test
  void namesTheKeyOfThePolicyThatChanged() {
    Change change = fromTheApproved(aPipeline().withSoakInSource(Duration.ofHours(2)), aLook());

    assertThat(change.lines()).containsExactly("source.soak was 0s, is 2h");
  }

  @Test
  void namesTheElementOfAListThatWasAdded() {
    Change change = fromTheApproved(aPipeline().trusting("cli", "slack"), aLook());

    assertThat(change.lines())
        .containsExactly(
            "environment.trust[1] was absent, is slack", "source.trust[1] was absent, is slack");
  }

  @Test
  void namesThePersonWhoIsGone() {
    Change change = fromTheApproved(aPipeline().without("ana"), aLook());

    assertThat(change.lines()).containsExactly("people.release.ana was there, is absent");
  }

  @Test
  void namesWhatIsOtherwiseOfAPerson() {
    LocalDate day = LocalDate.of(2026, 12, 31);

    Change change = fromTheApproved(aPipeline().withAnaReplacedByCarlUntil(day), aLook());

    assertThat(change.lines())
        .containsExactly(
            "people.release.ana.delegate.to was absent, is carl",
            "people.release.ana.delegate.until was absent, is 2026-12-31");
  }

  @Test
  void namesEverythingThatChangedTheWorldFirst() {
    Change change =
        fromTheApproved(aPipeline().atRailwayProject("rw-other"), aLook().withLive(OTHER));

    assertThat(change.lines())
        .containsExactly(
            "live revision was " + BASE + ", is " + OTHER,
            "project.railway was rw-project, is rw-other");
  }

  @Test
  void voidsAnApprovalOfWhatRanAsAWholeWhenItIsMixedNowAndTheOtherWayRound() {
    Pipeline pipeline = aPipeline().build();
    ReleaseSet whole = ReleaseSets.of(pipeline, REVISION, aLook().build(), false);
    ReleaseSet mixed = ReleaseSets.of(pipeline, REVISION, aLook().build(), true);

    Change broken = Change.between(whole, pipeline, mixed, pipeline);
    Change mended = Change.between(mixed, pipeline, whole, pipeline);

    assertThat(broken.voidsApproval()).isTrue();
    assertThat(broken.lines()).containsExactly("what runs was one verified set, is mixed");
    assertThat(mended.lines()).containsExactly("what runs was mixed, is one verified set");
  }

  @Test
  void saysThatAServiceThatWasLeftAsItIsIsDeployedNow() {
    Pipeline pipeline = aPipeline().skippingWhatIsUnchanged().build();
    ReleaseSet left =
        ReleaseSets.of(pipeline, REVISION, aLook().withUnchanged("backend").build(), false);
    ReleaseSet deployed = ReleaseSets.of(pipeline, REVISION, aLook().build(), false);

    assertThat(Change.between(left, pipeline, deployed, pipeline).lines())
        .containsExactly("what is not deployed was backend, is absent");
  }

  @Test
  void namesTheMigrationsThatAreOtherOnesNow() {
    assertThat(migrating(aSchema().with("r1", EXPAND), aSchema().with("r1", EXPAND)).none())
        .isTrue();
    assertThat(
            migrating(aSchema().with("r1", EXPAND), aSchema().written("2").with("r1", EXPAND))
                .lines())
        .containsExactly("what is migrated was r1 (file 1111111), is r1 (file 2222222)");
    assertThat(migrating(aSchema().with("r1", EXPAND), aSchema()).lines())
        .containsExactly("what is migrated was r1 (file 1111111), is absent");
  }

  @Test
  void namesADatabaseThatIsAnotherOneNow() {
    SchemaFixture there = aSchema().with("r1", EXPAND).of(new DatabaseIdentity("db:5432/app", "1"));
    SchemaFixture here = aSchema().with("r1", EXPAND).of(new DatabaseIdentity("db:5432/b", "1"));

    assertThat(migrating(there, there).none()).isTrue();
    assertThat(migrating(there, here).lines())
        .containsExactly(
            "this was planned for the database db:5432/app, and its variable names db:5432/b now");
  }

  private static Change migrating(SchemaFixture then, SchemaFixture now) {
    Pipeline pipeline = aPipeline().migrating(byDefault()).build();
    return Change.between(release(pipeline, then), pipeline, release(pipeline, now), pipeline);
  }

  private static ReleaseSet release(Pipeline pipeline, SchemaFixture schema) {
    return ReleaseSets.of(
        pipeline,
        REVISION,
        aLook().build(),
        false,
        null,
        SchemaChange.of(schema.plan(), pipeline.migrations(), false).orElse(null));
  }

  private static Change fromTheApproved(PipelineFixture now, FactsFixture facts) {
    Pipeline approved = aPipeline().build();
    Pipeline reread = now.build();
    return Change.between(
        ReleaseSets.of(approved, REVISION, aLook().build(), false),
        approved,
        ReleaseSets.of(reread, REVISION, facts.build(), false),
        reread);
  }
}
