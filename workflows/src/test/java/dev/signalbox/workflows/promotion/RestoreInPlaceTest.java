package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.RestoreStage.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.fixtures.StagedReceipts;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import org.junit.jupiter.api.Test;

/** {@code backup restore --in-place}: nothing is kept but what was saved before. */
class RestoreInPlaceTest extends RestoringHouse {
  private Ask askedInPlace() {
    live();
    house.restoreInPlace(BACKUP);
    Ask ask = asked();
    house.approve(WholeHouse.RESTORE);
    return ask;
  }

  @Test
  void makesNoSecondDatabaseInPlaceAndSaysWhatIsGone() {
    Ask ask = askedInPlace();
    DeployResult result = house.restored();

    assertThat(ask.text())
        .contains("In place: the present database is saved before, and then emptied and restored")
        .contains("nothing of it is left but that backup");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(house.restores().deeds()).containsExactly("hold", "inPlace");
    assertThat(result.steps())
        .extracting(Step::name)
        .containsSubsequence("hold", "backup", "count", "restore", "start");
    assertThat(result.detail())
        .contains("the former database is gone, and was saved as production-")
        .endsWith("7 rows are lost, written in the 34 minutes since 2026-11-20T12:00:00Z");
  }

  @Test
  void reliesInPlaceOnASafetyDumpThatIsNotProvedOnlyIfAPersonDoes() {
    house.database().receipts(StagedReceipts::unproved);
    askedInPlace();
    Ask ask = asked();
    assertThat(ask.text()).contains("but not proved: the role may make no database");
    assertThat(ask.answers()).containsExactly("accept", "abandon");

    house.resolve(WholeHouse.RESTORE, "abandon");

    assertThat(house.restored().result()).isEqualTo(Result.FAILED);
    assertThat(house.restores().deeds()).containsExactly("hold", "undo");
  }

  @Test
  void doesNothingInPlaceWithoutASafetyDump() {
    house.database().failingBackups("the disk is full");
    askedInPlace();

    assertThat(asked().answers()).containsExactly("retry", "abandon");
    house.resolve(WholeHouse.RESTORE, "abandon");
    house.restored();
    assertThat(house.restores().deeds()).containsExactly("hold", "undo");
  }
}
