package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Order(House.MIDDLING)
class RedeployTest {
  private static final String RESTART = "deploymentRestart";

  @TempDir Path directory;

  @Test
  void doesAgainWhatIsLiveOnceForEachRequest() {
    try (House house = House.at(directory).open()) {
      String revision = house.releaseOnStaging();
      assertThat(house.promoteAndApprove(House.PRODUCTION).result()).isEqualTo(Result.LIVE);
      LiveSet before = house.ledger(House.PRODUCTION).live();
      LiveSet former = house.ledger(House.PRODUCTION).former();
      Terminal terminal = house.terminal();

      // Built again: one deployment for each service, also where the answer was lost.
      house.sandbox().faults().add(Rule.of(House.DEPLOY, Fault.RESET_AFTER).times(1));
      assertThat(terminal.run("redeploy", "production", "--wait", "--reason", "new variables"))
          .as(terminal.out() + terminal.err())
          .isZero();
      assertThat(house.effectsByService(House.DEPLOY, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 2L, "frontend", 2L));
      LiveSet after = house.ledger(House.PRODUCTION).live();
      assertThat(after.revision()).isEqualTo(revision);
      assertThat(after.mergeCommit()).isEqualTo(before.mergeCommit());
      assertThat(after.deployments()).doesNotContainAnyElementsOf(before.deployments());
      assertThat(house.ledger(House.PRODUCTION).former()).isEqualTo(former);

      // Restarted, one service: the same deployment serves.
      assertThat(
              terminal.run("redeploy", "production", "--restart", "--service", "backend", "--wait"))
          .as(terminal.out() + terminal.err())
          .isZero();
      assertThat(house.effectsByService(RESTART, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 1L));
      assertThat(house.ledger(House.PRODUCTION).live()).isEqualTo(after);

      // A restart whose answer was lost is not sent again: a person is asked.
      house.sandbox().faults().add(Rule.of(RESTART, Fault.RESET_AFTER).times(1));
      assertThat(terminal.run("redeploy", "production", "--restart")).isZero();
      String id = house.deployId(House.PRODUCTION);
      Ask question = house.awaitQuestion(id);
      assertThat(question.text()).contains("Did Railway carry out \"restart\" of backend?");
      assertThat(terminal.run("status", "production")).isZero();
      assertThat(terminal.out())
          .contains("held by " + id, "Did Railway carry out \"restart\" of backend?")
          .contains("signalbox resolve " + id + " --question", "--as not-done --reason")
          .doesNotContain("repeated by itself");
      assertThat(terminal.run("resolve", "production", "--as", "done", "--reason", "seen"))
          .as(terminal.out() + terminal.err())
          .isZero();
      Eventually.that(
          "the lease is given back", () -> house.ledger(House.PRODUCTION).holder() == null);
      assertThat(house.effectsByService(RESTART, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 2L, "frontend", 1L));
      assertThat(terminal.run("history", "production", "-n", "1")).isZero();
      assertThat(terminal.out())
          .contains("live")
          .contains("by ana: restart: restarted and healthy");
    }
  }

  @Test
  void disturbsNobodyAndRecordsNothingNew() {
    try (House house = House.at(directory).soaking(House.PRODUCTION, "60s").open()) {
      house.releaseOnStaging();
      String id = house.promote();
      house.approve(id);
      house.awaitDeploy(House.PRODUCTION, "verifying");

      // Who holds the environment is not disturbed.
      Terminal terminal = house.terminal();
      assertThat(terminal.run("redeploy", "production")).isEqualTo(1);
      assertThat(terminal.out()).contains("busy with " + id);
      house.client().cancel(id);
      house.end(id);

      // Staging was never promoted by us: what runs there is done again, and nothing is recorded.
      assertThat(terminal.run("redeploy", "staging", "--service", "frontend", "--wait"))
          .as(terminal.out() + terminal.err())
          .isZero();
      assertThat(house.effectsByService(House.DEPLOY, House.STAGING)).hasSize(1);
      assertThat(house.ledger(House.STAGING).live()).isNull();

      assertThat(terminal.run("redeploy", "staging", "--service", "nobody")).isEqualTo(2);
    }
  }
}
