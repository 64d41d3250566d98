package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackListTest {
  @TempDir Path directory;

  @Test
  void listsTheSetsAndGoesBackToTheOneThatIsChosenAndConfirmed() {
    try (House house = House.at(directory).open()) {
      String first = promoted(house);
      String second = promoted(house);
      String third = promoted(house);

      // A number that is none, and a name that is not the environment's: nothing is sent.
      assertThat(house.terminal().typing("9\n").run("rollback", "production")).isEqualTo(2);
      Terminal wavering = house.terminal().typing("2\nprod\n");
      assertThat(wavering.run("rollback", "production")).isEqualTo(2);
      assertThat(wavering.err())
          .contains("live  " + third.substring(0, 7))
          .contains("1     " + second.substring(0, 7))
          .contains("2     " + first.substring(0, 7))
          .contains("images kept")
          .contains("nothing was sent");
      assertThat(house.effects(House.ROLLBACK)).isEmpty();

      // What ran before anything was recorded is as old as its deployments.
      assertThat(house.ledger(House.PRODUCTION).targets())
          .extracting(set -> set.since())
          .doesNotHaveDuplicates();

      String merge = house.ledger(House.PRODUCTION).live().mergeCommit();
      assertThat(merge).isNotNull();

      // Two sets back; then what was taken back is no set to go back to any more.
      Terminal sure = house.terminal().typing("2\nproduction\n");
      assertThat(sure.run("rollback", "production", "--wait", "--reason", "login"))
          .as(sure.out() + sure.err())
          .isZero();
      assertThat(house.ledger(House.PRODUCTION).live().revision()).isEqualTo(first);
      assertThat(house.ledger(House.PRODUCTION).targets())
          .extracting(set -> set.revision())
          .doesNotContain(second, third);
      // And who waits for one of them hears of the run that took it back.
      assertThat(sure.run("wait", third, "--env", "production")).isEqualTo(1);
      assertThat(sure.err())
          .contains("was replaced by another one")
          .contains("it was live until deploy/inspector/production made")
          .contains("reason: login");
      // So does who knows it by its merge, which is what a push to the branch names.
      assertThat(sure.run("wait", merge.substring(0, 9), "--env", "production")).isEqualTo(1);
      assertThat(sure.err()).contains("it was live until deploy/inspector/production made");

      // Where nobody can be asked the command says what to give.
      Terminal script = house.terminal();
      assertThat(script.run("rollback", "production")).isEqualTo(2);
      assertThat(script.err()).contains("--yes").contains("--to DEPLOYMENT");
    }
  }

  private static String promoted(House house) {
    String revision = house.releaseOnStaging();
    assertThat(house.promoteAndApprove(House.PRODUCTION).result()).isEqualTo(Result.LIVE);
    return revision;
  }
}
