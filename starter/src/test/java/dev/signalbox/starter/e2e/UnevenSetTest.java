package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One service is deployed alone, the others follow, and one that did not change is left. */
@Order(House.MIDDLING)
final class UnevenSetTest {
  @Test
  void becomesOfOneCommitAgainWhenTheOthersFollow(@TempDir Path directory) {
    try (House house =
        House.at(directory)
            .configured(
                toml ->
                    toml.replace(
                        "[environments.production]\n",
                        "[environments.production]\nunchanged = \"skip\"\npartial = true\n"))
            .configured(
                toml ->
                    toml.replace(
                        "[services.backend]", "[services.backend]\npaths = [\"backend/**\"]"))
            .open()) {
      PromotionResult first = house.promoteAndApprove(House.PRODUCTION);
      assertThat(first.result()).as(first.report()).isEqualTo(Result.LIVE);
      Map<String, String> before = running(house);
      String revision = house.releaseOnStaging(Map.of("frontend/new.txt", "new"));

      Terminal terminal = house.terminal();
      assertThat(terminal.run("plan", House.PRODUCTION, "--service", "frontend")).isZero();
      PromotionStatus asked = promote(house, "frontend");
      PromotionResult alone = house.end(asked.id());

      assertThat(alone.result()).as(alone.report()).isEqualTo(Result.LIVE);
      assertThat(asked.card()).contains("- **only frontend** is deployed");
      assertThat(terminal.out())
          .contains("digest " + asked.digest().substring(0, 12))
          .contains("partial  only frontend is deployed, the others stay")
          .contains("would: leave backend as it is: only frontend is deployed")
          .contains("would: deploy frontend");
      assertThat(alone.detail()).contains("the set is no longer of one commit (backend left");
      assertThat(running(house))
          .isEqualTo(Map.of("backend", before.get("backend"), "frontend", revision));
      assertThat(house.ledger(House.PRODUCTION).live().apart()).containsExactly("backend");

      assertThat(
              terminal.run(
                  "wait",
                  revision,
                  "--env",
                  House.PRODUCTION,
                  "--service",
                  "frontend",
                  "--timeout",
                  "1m"))
          .as(terminal.err())
          .isZero();
      assertThat(terminal.err()).contains("production: live and verified");

      PromotionStatus others = promote(house, null);
      PromotionResult whole = house.end(others.id());

      assertThat(whole.result()).as(whole.report()).isEqualTo(Result.LIVE);
      assertThat(others.card()).contains("- *unchanged*: backend", "not deployed");
      assertThat(running(house).get("backend")).isEqualTo(before.get("backend"));
      assertThat(house.ledger(House.PRODUCTION).live().whole()).isTrue();
      assertThat(terminal.run("wait", revision, "--env", House.PRODUCTION, "--timeout", "20s"))
          .as("the backend that did not change counts: " + terminal.err())
          .isZero();

      assertThat(house.rollBack(House.PRODUCTION)).isEqualTo(Result.LIVE);
      assertThat(running(house)).isEqualTo(before);
      assertThat(house.ledger(House.PRODUCTION).live().revision()).isEqualTo(first.revision());
    }
  }

  private static PromotionStatus promote(House house, String service) {
    RequestAnswer answer = house.client().promote(House.PRODUCTION, null, service, "bob", "a test");
    assertThat(answer.outcome()).as(answer.message()).isEqualTo(Outcome.STARTED);
    PromotionStatus asked = house.await(answer.id(), status -> !status.asks().isEmpty());
    house.approve(answer.id(), asked.asks().get(0));
    return asked;
  }

  private static Map<String, String> running(House house) {
    LedgerStatus ledger = house.ledger(House.PRODUCTION);
    return ledger.live().deployments().stream()
        .collect(Collectors.toMap(ServiceDeployment::service, ServiceDeployment::revision));
  }
}
