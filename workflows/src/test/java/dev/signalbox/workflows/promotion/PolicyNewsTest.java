package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.RestoreStage.BACKUP;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Digest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run that waits while {@code signalbox.toml} changes. */
@Execution(ExecutionMode.CONCURRENT)
class PolicyNewsTest {
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final String ID = OnePromotion.id();

  private final WholeHouse house = new WholeHouse(rule());

  private static PipelineFixture rule() {
    return aPipeline().trusting("cli", "temporal-ui").approvedByReleasers(2);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void voidsWhatWasGivenAndAsksAgainAsSoonAsAPersonIsInTheFileNoMore() {
    house.promote();
    Ask first = house.asked(ID, STEP);
    house.approve(ID);

    house.policyChanges(rule().without("ana"));

    Ask second = house.asked(ID, STEP, first.id());
    assertThat(second.from()).containsExactly("ben");
    assertThat(second.digest()).isNotEqualTo(first.digest());
    assertThat(house.at(ID).steps())
        .anySatisfy(
            step -> {
              assertThat(step.name()).isEqualTo("approval-void");
              assertThat(step.detail()).isEqualTo("people.release.ana was there, is absent");
            });
    assertThat(house.at(ID).decisions())
        .singleElement()
        .extracting(WhyText::decided)
        .asString()
        .startsWith("ana said approve to approval-1 (digest " + Digest.brief(first.digest()) + ")")
        .endsWith(", void since: people.release.ana was there, is absent");
    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.APPROVAL_WANTED)
        .extracting(Notice::markdown)
        .satisfiesExactly(
            card -> assertThat(card).doesNotContain("changed since"),
            card -> assertThat(card).contains("people.release.ana was there, is absent"));
  }

  @Test
  void asksOnWhereNothingThatAnApprovalCoversHasChangedOrTheFileIsFaulty() {
    house.promote();
    Ask first = house.asked(ID, STEP);

    house.policyChanges(rule().tellingAtSlack("C1"));
    house.policyChanges(null);
    house.policyChanges(rule().without("ana"));

    assertThat(house.asked(ID, STEP, first.id()).id()).isEqualTo("approval-2");
  }

  @Test
  void voidsAYesThatWaitsForTheEnvironmentToOpen() {
    house.policy(rule().approvedByReleasers(1));
    house.order(Kind.FREEZE, "ana", "we look at the numbers");
    house.promote();
    Ask first = house.asked(ID, STEP);
    house.approve(ID);
    house.inState(ID, "opening", STEP);

    house.policyChanges(rule().approvedByReleasers(1).without("ana"));

    assertThat(house.asked(ID, STEP, first.id()).from()).containsExactly("ben");
  }

  @Test
  void waitsNoMoreForACheckThatTheFileNoLongerWants() {
    house.policy(rule().requiring("ci"));
    house.look(aLook().withLive(RailwayStage.GOOD).withRunningCheck("ci"));
    house.promote();
    house.inState(ID, "gates", STEP);

    house.policyChanges(rule());

    assertThat(house.asked(ID, STEP).id()).isEqualTo("approval-1");
  }

  @Test
  void asksAgainForAMigrationByHand() {
    PipelineFixture migrating = liveWithMigrations();
    house.database().with(aSchema().with("r1", CONTRACT));
    house.migrate(null);
    Ask first = house.asked(WholeHouse.MIGRATION, STEP);

    house.policyChanges(migrating.without("ana"));

    Ask second = house.asked(WholeHouse.MIGRATION, STEP, first.id());
    assertThat(second.from()).containsExactly("ben");
    house.signal(WholeHouse.MIGRATION, "approve", vote(first));
    house.signal(WholeHouse.MIGRATION, "approve", vote(second));
    assertThat(house.migrated().result()).isEqualTo(Result.LIVE);
    assertThat(house.at(WholeHouse.MIGRATION).decisions())
        .extracting(decision -> decision.counted())
        .containsExactly(false, true);
  }

  @Test
  void endsARestoreThatIsAskedAboutAndTouchesNothing() {
    PipelineFixture migrating = liveWithMigrations();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);

    house.policyChanges(migrating.without("ana"));

    assertThat(house.restored().detail())
        .isEqualTo(
            "signalbox.toml says something else since it was asked: nothing was touched; ask"
                + " again");
  }

  private PipelineFixture liveWithMigrations() {
    PipelineFixture migrating = aPipeline().migrating(byDefault()).trusting("cli", "temporal-ui");
    house.policy(migrating);
    house.promote();
    house.promoted();
    house.look(aLook().withLive(REVISION));
    return migrating.approvedByReleasers(1);
  }

  private static ApprovalMessage vote(Ask ask) {
    return new ApprovalMessage(ask.digest(), "ben", "because", ask.id(), "cli", null, null);
  }
}
