package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A commit that somebody puts into quarantine while its promotion waits. */
@Execution(ExecutionMode.CONCURRENT)
class QuarantinedMeanwhileTest {
  private static final Duration MOMENT = Duration.ofMinutes(1);
  private static final String ID = OnePromotion.id();

  private final WholeHouse house =
      new WholeHouse(aPipeline().approvedByReleasers(1).trusting("temporal-ui", "cli"));

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void endsTheWaitForApprovalAtOnceAndSaysByWhomAndWhatHelps() {
    house.promote();
    house.asked(ID, MOMENT);

    assertThat(house.quarantine(REVISION, "ana", "loses orders").counted()).isTrue();

    assertThat(house.promoted())
        .satisfies(
            ended -> {
              assertThat(ended.result()).isEqualTo(Result.FAILED);
              assertThat(ended.detail())
                  .startsWith("gate not-quarantined: quarantined by ana: loses orders; ")
                  .contains("promote a newer commit that mends it", "signalbox unquarantine");
            });
    assertThat(house.at(ID).asks()).as("nobody is asked for a yes that cannot count").isEmpty();
  }

  @Test
  void endsTheWaitOfAReleaseThatContainsItToo() {
    house.look(aLook().withLive(RailwayStage.GOOD).mergedBy("e".repeat(40), REVISION));
    house.promote();
    house.asked(ID, MOMENT);

    house.quarantine("a".repeat(40), "ana", "of another branch");
    house.quarantine("e".repeat(40), "ana", "loses orders");

    assertThat(house.promoted().detail())
        .startsWith("gate not-quarantined: contains eeeeeee, quarantined by ana: loses orders; ");
  }

  @Test
  void endsTheWaitForAFreezeTooThoughEverybodySaidYes() {
    house.order(Kind.FREEZE, "ana", "we look at the numbers");
    house.promote();
    house.asked(ID, MOMENT);
    house.approve(ID);
    house.inState(ID, "opening", MOMENT);

    house.quarantine(REVISION, "ana", "loses orders");

    assertThat(house.promoted().detail())
        .startsWith("gate not-quarantined: quarantined by ana: loses orders; ");
  }

  @Test
  void isNotMergedWhenItComesBetweenTheLeaseAndTheMerge() {
    OneTime second = new OneTime(2, () -> quarantineAndHear());
    house.meanwhile(what -> second.heard(what.equals("look")));
    house.policy(aPipeline().trusting("cli"));

    house.promote();

    assertThat(house.promoted().detail()).startsWith("gate not-quarantined: quarantined by ana: ");
    assertThat(house.promoted().steps()).extracting(Step::name).doesNotContain("merge");
  }

  @Test
  void isNotDeployedWhenItComesWhileTheMergeIsUnderWay() {
    OneTime first = new OneTime(1, () -> quarantineAndHear());
    house.meanwhile(what -> first.heard(what.equals("merge")));
    house.policy(aPipeline().trusting("cli"));

    house.promote();

    assertThat(house.promoted().detail())
        .startsWith("gate not-quarantined: quarantined by ana: ")
        .endsWith("; merged, and nothing was deployed");
  }

  @Test
  void isSaidAtTheEndWhenItComesWhileItIsDeployed() {
    house
        .railway()
        .nextWait(
            order -> {
              quarantineAndHear();
              return house.railway().active(order);
            });
    house.policy(aPipeline().trusting("cli"));

    house.promote();

    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    assertThat(house.promoted().detail())
        .startsWith("live and verified; but meanwhile quarantined by ana: loses orders; ")
        .endsWith("; `signalbox rollback production` goes back from it");
  }

  /** Until the answer came, the run has it in its history: a promotion that begins a step knows. */
  private void quarantineAndHear() {
    assertThat(house.quarantine(REVISION, "ana", "loses orders").message())
        .contains(ID + " is under way");
  }

  /** Something that happens once, when it is heard for the nth time. */
  private static final class OneTime {
    private final AtomicInteger left;
    private final Runnable what;

    OneTime(int nth, Runnable what) {
      this.left = new AtomicInteger(nth);
      this.what = what;
    }

    void heard(boolean meant) {
      if (meant && left.decrementAndGet() == 0) {
        what.run();
      }
    }
  }
}
