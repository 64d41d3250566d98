package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.Target;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Nothing of a release that was given up may go live afterwards, and no rescue ends in silence. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@Order(House.LONG)
final class RescueTest {
  private static final String LATE = "late";
  private static final String ENDLESS = "endless";
  private static final String ACCEPTED = "accepted";
  private static final String BUILDS =
      """
      checks = { python-ci = "success" }
      [environments.late]
      build = "7s"
      [environments.endless]
      build = "10m"
      [environments.accepted]
      build = "10m"
      """;

  private House house;
  private String before;

  @BeforeAll
  void open(@TempDir Path directory) {
    house =
        House.at(directory)
            .environments(List.of(LATE, ENDLESS, ACCEPTED))
            .configured(toml -> deployingWithin(toml, LATE, "5s"))
            .configured(toml -> deployingWithin(toml, ENDLESS, "1s"))
            .configured(toml -> deployingWithin(toml, ACCEPTED, "1s"))
            .open();
    before = house.sandbox().railway().active(LATE, "backend").orElseThrow().commit();
    house.releaseOnStaging(Map.of("backend/sandbox.toml", BUILDS));
  }

  private static String deployingWithin(String toml, String environment, String limit) {
    String table = "[environments." + environment + ".limits]\n";
    return toml.replace(table, table + "deploy = \"" + limit + "\"\n");
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void goesBackAfterADeploymentThatTimedOutHasGoneLiveAllTheSame() {
    PromotionResult result = house.promoteAndApprove(LATE);

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.effectsByService(House.ROLLBACK, LATE)).isEqualTo(Map.of("backend", 1L));
    assertThat(house.serves(LATE, before)).isTrue();
  }

  @Test
  void asksWhenADeploymentThatTimedOutDoesNotEnd() {
    String id = house.promote(ENDLESS);
    house.approve(id);
    Ask question = house.awaitQuestion(id);

    assertThat(question.text()).contains("is still BUILDING and may go live at any time");
    assertThat(house.ledger(ENDLESS).holder()).isNotNull();
    house.resolve(id, question, "abandon");
    PromotionResult result = house.end(id);
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("backend was given up", "still BUILDING");
  }

  @Test
  void doesNotCallBackWhatAPersonAcceptedAsItIs() {
    String id = house.promote(ACCEPTED);
    house.approve(id);

    house.resolve(id, house.awaitQuestion(id), "accept");

    PromotionResult result = house.end(id);
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail())
        .contains("not back on the last good set: backend stays as it is, accepted by a person")
        .doesNotContain("verified");
  }

  @Test
  void asksAndKeepsTheLeaseWhenItsReadsAreRefused(@TempDir Path directory) {
    try (House revoked = House.at(directory).soaking(House.PRODUCTION, "60s").open()) {
      String id = revoked.promote();
      revoked.approve(id);
      revoked.awaitSoak(House.PRODUCTION);
      revoked
          .sandbox()
          .faults()
          .add(Rule.of("*", Fault.ERRORS).at("railway").times(0).saying("Not Authorized"));
      revoked.sicken(House.PRODUCTION, "backend");

      Ask question = revoked.awaitQuestion(id);
      assertThat(question.text()).contains("what runs cannot be read", "Not Authorized");
      assertThat(question.answers()).containsExactly("retry", "accept", "abandon");
      assertThat(revoked.ledger(House.PRODUCTION).holder()).isNotNull();
      revoked.sandbox().faults().clear();
      revoked.resolve(id, question, "retry");

      assertThat(revoked.end(id).result()).isEqualTo(Result.ROLLED_BACK);
      assertThat(revoked.effectsByService(House.ROLLBACK, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 1L, "frontend", 1L));
    }
  }

  @Test
  void saysThatNothingWasPutBackWhenAPersonAbandonsAReadThatIsRefused(@TempDir Path directory) {
    try (House revoked = House.at(directory).soaking(House.PRODUCTION, "60s").open()) {
      String id = revoked.promote();
      revoked.approve(id);
      revoked.awaitSoak(House.PRODUCTION);
      revoked
          .sandbox()
          .faults()
          .add(Rule.of("*", Fault.ERRORS).at("railway").times(0).saying("Not Authorized"));
      revoked.sicken(House.PRODUCTION, "backend");

      revoked.resolve(id, revoked.awaitQuestion(id), "abandon");

      PromotionResult result = revoked.end(id);
      assertThat(result.result()).isEqualTo(Result.FAILED);
      assertThat(result.detail()).contains("what runs cannot be read", "a person stopped here");
    }
  }

  @Test
  void putsTheLastGoodSetBackByHandWhenItsOwnRescueFailed(@TempDir Path directory) {
    try (House revoked = House.at(directory).open()) {
      assertThat(revoked.promoteAndApprove(House.PRODUCTION).result()).isEqualTo(Result.LIVE);
      String good = revoked.ledger(House.PRODUCTION).live().revision();
      String bad = revoked.releaseOnStaging();
      revoked.configure(toml -> PolicyText.with(toml, House.PRODUCTION, "soak", "\"60s\""));
      String id = revoked.promote();
      revoked.approve(id);
      revoked.await(revoked.deployId(House.PRODUCTION), deploy -> bad.equals(deploy.revision()));
      revoked.awaitSoak(House.PRODUCTION);
      revoked
          .sandbox()
          .faults()
          .add(Rule.of("*", Fault.ERRORS).at("railway").times(0).saying("Not Authorized"));
      revoked.sicken(House.PRODUCTION, "backend");
      revoked.resolve(id, revoked.awaitQuestion(id), "abandon");
      assertThat(revoked.end(id).result()).isEqualTo(Result.FAILED);
      LedgerStatus mixed = revoked.ledger(House.PRODUCTION);
      revoked.sandbox().faults().clear();

      Result rollback = revoked.rollBack(House.PRODUCTION);

      assertThat(mixed.live()).isNull();
      assertThat(mixed.mixed().by()).isEqualTo(id);
      assertThat(mixed.lastGood().revision()).isEqualTo(good);
      assertThat(rollback).isEqualTo(Result.LIVE);
      assertThat(revoked.serves(House.PRODUCTION, good)).isTrue();
      assertThat(revoked.ledger(House.PRODUCTION).live().revision()).isEqualTo(good);
      assertThat(revoked.ledger(House.PRODUCTION).mixed()).isNull();
    }
  }

  @Test
  void asksBeforeItLeavesOutAServiceThatTheFileNoLongerNames(@TempDir Path directory) {
    try (House changed = House.at(directory).open()) {
      changed.promoteAndApprove(House.PRODUCTION);
      changed.configure(
          toml -> toml.replaceFirst("(?s)\\[services\\.frontend\\].*?\\n(?=\\[)", ""));
      String id = changed.client().rollback(House.PRODUCTION, null, "bob", "a test").id();

      Ask question = changed.awaitQuestion(id);
      assertThat(question.text()).contains("frontend", "no longer names");
      changed.resolve(id, question, "accept");

      PromotionResult result = changed.end(id);
      assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
      assertThat(result.detail()).contains("without frontend");
      assertThat(changed.effectsByService(House.ROLLBACK, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 1L));
    }
  }

  @Test
  void putsBackAServiceThatRailwayKnowsByAnotherName(@TempDir Path directory) {
    try (House house =
        House.at(directory)
            .sandbox(RescueTest::callingTheBackendApi)
            .configured(
                toml -> toml.replace("[services.api]", "[services.backend]\nrailway = \"api\""))
            .soaking(House.PRODUCTION, "60s")
            .open()) {
      String former =
          house.sandbox().railway().active(House.PRODUCTION, "api").orElseThrow().commit();
      String id = house.promote();
      house.approve(id);
      house.awaitSoak(House.PRODUCTION);

      house.sicken(House.PRODUCTION, "api");

      PromotionResult result = house.end(id);
      assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
      assertThat(house.effectsByService(House.DEPLOY, House.PRODUCTION))
          .isEqualTo(Map.of("api", 1L, "frontend", 1L));
      assertThat(house.effectsByService(House.ROLLBACK, House.PRODUCTION))
          .isEqualTo(Map.of("api", 1L, "frontend", 1L));
      assertThat(house.serves(House.PRODUCTION, former)).isTrue();
      assertThat(result.report()).contains("| backend |").doesNotContain("| api |");
    }
  }

  private static SandboxSettings callingTheBackendApi(SandboxSettings settings) {
    return settings.withServices(
        List.of(
            new ServiceSettings("api", "backend", List.of()),
            new ServiceSettings("frontend", "frontend", List.of())));
  }

  @Test
  void asksWhenADeploymentCannotBeWatchedAndGoesOnWithRetry(@TempDir Path directory) {
    try (House revoked = House.at(directory).open()) {
      String id = revoked.promote();
      Ask approval = revoked.awaitApproval(id);
      revoked
          .sandbox()
          .faults()
          .add(
              Rule.of("deployment", Fault.ERRORS)
                  .on(Target.NONE.withEnvironment(House.PRODUCTION))
                  .times(0)
                  .saying("Not Authorized"));
      revoked.approve(id, approval);

      Ask question = revoked.awaitQuestion(id);
      assertThat(question.text()).contains("Not Authorized");
      assertThat(question.answers()).contains("retry");
      revoked.sandbox().faults().clear();
      revoked.resolve(id, question, "retry");

      PromotionResult result = revoked.end(id);
      assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
      assertThat(revoked.effectsByService(House.DEPLOY, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 1L, "frontend", 1L));
    }
  }
}
