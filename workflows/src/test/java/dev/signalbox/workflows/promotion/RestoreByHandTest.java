package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.RestoreStage.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.fixtures.RestoreStage;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code backup restore}: the database goes back, and the services with it or not. */
@Order(1)
class RestoreByHandTest extends RestoringHouse {
  private final RestoreStage restores = house.restores();

  private void begun() {
    live();
    house.restore(BACKUP, null);
    asked();
    house.approve(WholeHouse.RESTORE);
  }

  /** The engine keeps no result of a cancelled run; the run tells it all the same. */
  private PromotionResult cancelled() {
    house.cancel(WholeHouse.RESTORE);
    return told();
  }

  /** On a busy machine its work is behind the clock, which skips ahead. */
  private PromotionResult told() {
    PromotionResult result = null;
    for (int looks = 0; result == null && looks < 100; looks++) {
      house.pass(SOON);
      result = house.at(WholeHouse.RESTORE).result();
    }
    return result;
  }

  /** What was sent to Railway by the restore. */
  private List<String> atRailway() {
    return house.railway().deeds().stream().filter(deed -> !deed.startsWith("deploy")).toList();
  }

  @Test
  void stopsSavesRestoresSwapsAndStartsInOrder() {
    live();
    house.database().at("r1");

    RequestAnswer answer = house.restore(BACKUP, null);
    asked();
    house.approve(WholeHouse.RESTORE);
    DeployResult result = house.restored();

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.id()).isEqualTo(WholeHouse.RESTORE);
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.steps())
        .extracting(step -> step.name() + (step.service() == null ? "" : " " + step.service()))
        .containsExactly(
            "plan",
            "approval",
            "lease",
            "reread",
            "stop frontend",
            "stop backend",
            "hold",
            "backup",
            "restore",
            "swap",
            "start backend",
            "start frontend",
            "verify-start");
    assertThat(restores.deeds()).containsExactly("hold", "beside", "swap");
    assertThat(atRailway())
        .containsExactly(
            "remove frontend", "remove backend", "rollback backend", "rollback frontend");
    assertThat(result.detail())
        .startsWith(
            "backup "
                + BACKUP
                + " is in place, the services are back on the last good set, verified;")
        .contains("kept as app_before_20261127t201500, read-only, and was saved as production-")
        .endsWith(
            "12 rows are lost, written in the 34 minutes since 2026-11-20T12:00:00Z, and 3 former"
                + " rows come back");
  }

  @Test
  void saysInTheTemporalUiWhatItWaitsForAndHowItEnded() {
    live();
    house.restore(BACKUP, null);
    asked();

    assertThat(house.currentDetails(WholeHouse.RESTORE))
        .startsWith("- " + WholeHouse.RESTORE + " approval\n")
        .contains("\n- waits for approval-1: ", "\n- asks approval-1: ", "\n  - until ");

    house.approve(WholeHouse.RESTORE);
    house.restored();

    assertThat(house.currentDetails(WholeHouse.RESTORE)).contains("\n- ended live: backup ");
  }

  @Test
  void leavesInTheLedgerWhereTheDatabaseStandsAndWhatServesNow() {
    begun();
    house.restored();
    house.pass(SOON);

    assertThat(house.status().live().revision()).isEqualTo(REVISION);
    assertThat(house.status().live().schema()).containsExactly("r0");
    assertThat(house.status().live().deployments())
        .extracting(ServiceDeployment::id)
        .containsExactly("d-3", "d-4");
    assertThat(house.status().live().backup()).startsWith("production-");
    assertThat(house.status().holder()).isNull();
    assertThat(house.status().runs().get(1))
        .satisfies(
            entry -> {
              assertThat(entry.detail())
                  .startsWith("restore: backup " + BACKUP.substring(0, 12))
                  .contains(
                      "in the 34 minutes since 2026-11-20T12:00:00Z, and 3 former rows come back");
              assertThat(entry.schema().at()).containsExactly("r0");
            });
  }

  @Test
  void asksAlwaysAndSaysWhatIsLostAndWhatTheCodeNeeds() {
    live();
    house.database().at("r1");
    house.restore(BACKUP, null);

    Ask ask = asked();

    assertThat(ask.kind()).isEqualTo(Ask.Kind.APPROVAL);
    assertThat(ask.digest()).hasSize(64);
    assertThat(ask.text())
        .startsWith("May the database db:5432/app of production go back to the backup " + BACKUP)
        .contains("12 rows are lost, written in the 34 minutes since 2026-11-20T12:00:00Z")
        .contains("The schema goes from r1 to r0, which ")
        .contains("to restore a copy took 4s")
        .contains("kept beside");
    assertThat(restores.deeds()).isEmpty();
    house.say(WholeHouse.RESTORE, "reject");
    house.restored();
  }

  @Test
  void touchesNothingWhenAPersonSaysNo() {
    live();
    house.restore(BACKUP, null);
    asked();
    house.say(WholeHouse.RESTORE, "reject");

    DeployResult result = house.restored();

    assertThat(result.result()).isEqualTo(Result.REJECTED);
    assertThat(restores.deeds()).isEmpty();
    assertThat(atRailway()).isEmpty();
    house.pass(SOON);
    assertThat(house.status().live().revision()).isEqualTo(REVISION);
    assertThat(house.status().holder()).isNull();
  }

  @Test
  void touchesNothingWhenItIsCancelledWhileItAsks() {
    live();
    house.restore(BACKUP, null);
    asked();

    PromotionResult result = cancelled();

    assertThat(result.result()).isEqualTo(Result.CANCELLED);
    assertThat(result.detail()).isEqualTo("cancelled before anything was touched");
    assertThat(restores.deeds()).isEmpty();
    assertThat(atRailway()).isEmpty();
  }

  @Test
  void bringsEverythingBackWhenItIsCancelledBeforeTheSwap() {
    restores.fail("beside", FailureType.REJECTED);
    begun();
    assertThat(asked().text()).contains("the server says no to beside");

    PromotionResult result = cancelled();

    assertThat(result.result()).isEqualTo(Result.CANCELLED);
    assertThat(result.detail())
        .isEqualTo(
            "cancelled before the swap: the database is the one that it was; the services are back"
                + " on the last good set, verified");
    assertThat(restores.deeds()).containsExactly("hold", "undo");
    assertThat(atRailway())
        .containsExactly(
            "remove frontend", "remove backend", "rollback backend", "rollback frontend");
    house.pass(SOON);
    assertThat(house.status().live().deployments())
        .extracting(ServiceDeployment::id)
        .containsExactly("d-3", "d-4");
    assertThat(house.status().mixed()).isNull();
  }

  @Test
  void goesToItsEndWhenItIsCancelledAfterTheSwapBegan() {
    restores.fail("swap", FailureType.UNAVAILABLE);
    begun();
    asked();
    house.cancel(WholeHouse.RESTORE);
    house.pass(SOON);
    restores.mend("swap");
    house.resolve(WholeHouse.RESTORE, "retry");

    assertThat(told().result()).isEqualTo(Result.LIVE);
    assertThat(restores.deeds()).containsExactly("hold", "beside", "swap");
  }

  @Test
  void offersNobodyToGiveUpASwapOfWhichNoAnswerCameAndGoesOnOnceOneComes() {
    restores.fail("swap", FailureType.UNAVAILABLE);
    begun();

    assertThat(asked().answers()).containsExactly("retry");

    restores.mend("swap");
    assertThat(house.restored().result()).isEqualTo(Result.LIVE);
    assertThat(restores.deeds()).containsExactly("hold", "beside", "swap");
  }

  @Test
  void bringsEverythingBackWhenTheServerRefusesTheSwapAndAPersonGivesUp() {
    restores.fail("swap", FailureType.REJECTED);
    begun();

    assertThat(asked().answers()).containsExactly("retry", "abandon");
    house.resolve(WholeHouse.RESTORE, "abandon");
    DeployResult result = house.restored();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).startsWith("given up by a person: the server says no to swap");
    assertThat(restores.deeds()).containsExactly("hold", "beside", "undo");
  }

  @Test
  void goesOnWithoutSavingWhatIsThereOnlyIfAPersonWantsThat() {
    house.database().failingBackups("the disk is full");
    live();
    house.restore(BACKUP, null);
    asked();
    house.approve(WholeHouse.RESTORE);
    assertThat(asked().answers()).containsExactly("retry", "accept", "abandon");

    house.resolve(WholeHouse.RESTORE, "accept");
    DeployResult result = house.restored();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.detail()).contains("and was not saved: the disk is full");
  }

  @Test
  void saysThatWhatRunsIsNotWellOnTheRestoredDatabase() {
    house.health().sickOnTheNewSchema = true;
    begun();

    DeployResult result = house.restored();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("is in place").contains("not healthy");
    house.pass(SOON);
    assertThat(house.status().mixed()).isNotNull();
    assertThat(house.status().runs().get(1).schema().at()).containsExactly("r0");
  }

  @Test
  void triesAServiceThatCannotBeStoppedAgainOrGivesUp() {
    house.railway().refuse("remove");
    begun();
    assertThat(asked().text()).contains("Railway refuses to remove");

    house.resolve(WholeHouse.RESTORE, "abandon");

    assertThat(house.restored().result()).isEqualTo(Result.FAILED);
    assertThat(restores.deeds()).isEmpty();
    assertThat(atRailway()).isEmpty();
  }

  @Test
  void failsWithoutADeedWhereTheBackupCannotBeRestored() {
    restores.fail("plan", FailureType.REJECTED);
    live();
    house.restore(BACKUP, null);

    DeployResult result = house.restored();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).isEqualTo("the server says no to plan");
    assertThat(atRailway()).isEmpty();
  }
}
