package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Railway deploys production's branch by itself, and the promotion follows it. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(House.MIDDLING)
final class ObserveTest {
  private static final String DEPLOY = "serviceInstanceDeployV2";

  private House house;

  @BeforeAll
  void open(@TempDir Path directory) {
    house =
        House.at(directory)
            .sandbox(
                settings ->
                    settings.withEnvironments(
                        List.of(
                            new EnvironmentSettings(House.STAGING, House.STAGING, true),
                            new EnvironmentSettings(House.PRODUCTION, "main", true))))
            .configured(ObserveTest::observing)
            .open();
  }

  private static String observing(String toml) {
    return PolicyText.with(toml, House.PRODUCTION, "auto_deploy", "\"observe\"")
        .replaceAll("(?m)^(poll = .*)", "$1\ndeploy = \"15s\"");
  }

  @AfterEach
  void heal() {
    house.sandbox().faults().clear();
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  @Order(1)
  void adoptsAndVerifiesWhatRailwayMakesOfTheMerge() {
    house.releaseOnStaging();

    PromotionResult result = house.promoteAndApprove(House.PRODUCTION);

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(house.serves(House.PRODUCTION, result.mergeCommit())).isTrue();
    assertThat(house.effectsByService(DEPLOY, House.PRODUCTION)).isEmpty();
    assertThat(house.mergesInto("main")).isEqualTo(1);
    assertThat(house.ledger(House.PRODUCTION).live().revision()).isEqualTo(result.revision());
    assertThat(result.report()).contains("Railway's own deployment of the push");
  }

  @Test
  @Order(2)
  void findsItsMergeAfterALostAnswer() {
    house.releaseOnStaging();
    String id = house.promote();
    Ask ask = house.awaitApproval(id);
    house.sandbox().faults().add(Rule.of(House.MERGE, Fault.RESET_AFTER));
    long merges = house.mergesInto("main");

    house.approve(id, ask);

    PromotionResult result = house.end(id);
    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(house.mergesInto("main")).isEqualTo(merges + 1);
  }

  @Test
  @Order(3)
  void followsWhatRailwayStillBuildsWhenItIsPromotedAgain() {
    house.releaseOnStaging(Map.of("backend/sandbox.toml", slowToBuildInProduction()));
    String id = house.promote();
    int before = house.sandbox().journal().last();
    long merges = house.mergesInto("main");
    house.approve(id);
    house.awaitCall(entry -> entry.n() > before && merged(entry));
    terminate(id);
    terminate(house.deployId(House.PRODUCTION));

    PromotionResult result = house.promoteAndApprove(House.PRODUCTION);

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(result.report()).contains("already merged").contains("Railway's own deployment");
    assertThat(house.mergesInto("main")).isEqualTo(merges + 1);
    assertThat(house.effectsByService(DEPLOY, House.PRODUCTION)).isEmpty();
    assertThat(deploymentsOf(result.mergeCommit())).isEqualTo(2);
    assertThat(house.serves(House.PRODUCTION, result.mergeCommit())).isTrue();
  }

  private static String slowToBuildInProduction() {
    return """
    checks = { python-ci = "success" }
    [environments.production]
    build = "4s"
    """;
  }

  private void terminate(String id) {
    house.temporal().newUntypedWorkflowStub(id).terminate("a test");
  }

  private long deploymentsOf(String commit) {
    return house.sandbox().railway().deployments().stream()
        .filter(deployment -> commit.equals(deployment.commit()))
        .count();
  }

  @Test
  @Order(4)
  void namesTheForeignDeploymentAndTakesItBack() throws Exception {
    String former = house.ledger(House.PRODUCTION).live().revision();
    house.releaseOnStaging();
    String id = house.promote();
    Ask ask = house.awaitApproval(id);
    // Everything is read again, and before the merge goes through Railway loses its triggers.
    house.sandbox().faults().add(Rule.of(House.MERGE, Fault.SERVER_ERROR).times(0));
    int before = house.sandbox().journal().last();
    house.approve(id, ask);
    house.awaitCall(entry -> entry.n() > before && entry.operation().equals(House.MERGE));
    removeTriggers();
    house.sandbox().faults().clear();
    house.awaitCall(entry -> entry.n() > before && merged(entry));
    String foreign = house.sandbox().repository().tip(House.STAGING).orElseThrow();
    String deployment = house.sandbox().railway().deploy(House.PRODUCTION, "backend", foreign).id();

    PromotionResult result = house.end(id);

    assertThat(result.result()).as(result.report()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail())
        .contains("Railway deployed " + foreign.substring(0, 7))
        .contains(deployment);
    assertThat(house.ledger(House.PRODUCTION).live().revision()).isEqualTo(former);
    assertThat(house.ledger(House.PRODUCTION).quarantine()).isEmpty();
  }

  private void removeTriggers() throws Exception {
    for (var trigger : house.sandbox().railway().triggers()) {
      if (trigger.environment().equals(House.PRODUCTION)) {
        HttpRequest removal =
            HttpRequest.newBuilder(URI.create(house.sandbox().railwayUrl()))
                .header("Authorization", "Bearer " + house.sandbox().railwayToken())
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"query\":\"mutation{deploymentTriggerDelete(id:\\\""
                            + trigger.id()
                            + "\\\")}\"}"))
                .build();
        assertThat(HttpClient.newHttpClient().send(removal, BodyHandlers.ofString()).body())
            .contains("true");
      }
    }
  }

  private static boolean merged(Journal.Entry entry) {
    return entry.changedState() && entry.operation().equals(House.MERGE);
  }
}
