package dev.signalbox.starter.histories;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All branches that are recorded. Each scenario names the runs that it leaves: file name to
 * workflow id.
 */
final class Scenarios {
  private static final String DEPLOY =
      MigrateAndDeployWorkflow.id(Rehearsal.PROJECT, Rehearsal.PROMOTED_TO);
  private static final String LEDGER =
      EnvironmentWorkflow.id(Rehearsal.PROJECT, Rehearsal.PROMOTED_TO);
  private static final UnaryOperator<String> AS_IT_IS = UnaryOperator.identity();

  private Scenarios() {}

  /**
   * @param configuration changes to the sandbox's own configuration
   * @param database whether the backend has a real PostgreSQL
   * @param play plays it and answers what is to be recorded
   */
  record Scenario(
      String name,
      UnaryOperator<String> configuration,
      boolean database,
      Function<Rehearsal, Map<String, String>> play) {
    Scenario(
        String name,
        UnaryOperator<String> configuration,
        Function<Rehearsal, Map<String, String>> play) {
      this(name, configuration, false, play);
    }
  }

  static List<Scenario> all() {
    return List.of(
        new Scenario("live", AS_IT_IS, Scenarios::live),
        new Scenario("rejected", AS_IT_IS, Scenarios::rejected),
        new Scenario(
            "expired",
            replacing(
                "from = [\"release-managers\"]", "from = [\"release-managers\"], expires = \"1s\""),
            Scenarios::expired),
        new Scenario("gate-failed", AS_IT_IS, Scenarios::gateFailed),
        new Scenario("waited", AS_IT_IS, Scenarios::waited),
        new Scenario("voided", AS_IT_IS, Scenarios::voided),
        new Scenario("cancelled-waiting", AS_IT_IS, Scenarios::cancelledWaiting),
        new Scenario(
            "cancelled-soaking",
            replacing("soak = \"1s\"", "soak = \"60s\""),
            Scenarios::cancelledSoaking),
        new Scenario(
            "superseded",
            replacing(
                "auto_deploy = \"refuse\"", "auto_deploy = \"refuse\"\nwhen_busy = \"supersede\""),
            Scenarios::superseded),
        new Scenario("rolled-back", AS_IT_IS, Scenarios::rolledBack),
        new Scenario("build-failed", AS_IT_IS, Scenarios::buildFailed),
        new Scenario(
            "adopted", AS_IT_IS, rehearsal -> lostDeploy(rehearsal, Fault.RESET_AFTER, null)),
        new Scenario(
            "asked-not-done",
            AS_IT_IS,
            rehearsal -> lostDeploy(rehearsal, Fault.RESET_BEFORE, "not-done")),
        new Scenario(
            "asked-abandoned",
            AS_IT_IS,
            rehearsal -> lostDeploy(rehearsal, Fault.RESET_BEFORE, "abandon")),
        new Scenario(
            "observed",
            replacing("auto_deploy = \"refuse\"", "auto_deploy = \"observe\""),
            Scenarios::observed),
        new Scenario("terminated", AS_IT_IS, Scenarios::terminated),
        new Scenario("arrived", AS_IT_IS, Scenarios::arrived),
        new Scenario("not-yet", AS_IT_IS, Scenarios::notYet),
        new Scenario("failed", AS_IT_IS, Scenarios::failed),
        new Scenario("rebuilt", AS_IT_IS, rehearsal -> redeployed(rehearsal, false)),
        new Scenario("restarted", AS_IT_IS, rehearsal -> redeployed(rehearsal, true)),
        new Scenario("rollback-by-hand", AS_IT_IS, Scenarios::rollbackByHand),
        new Scenario("previewed", AS_IT_IS, Scenarios::previewed),
        new Scenario("saved", AS_IT_IS, true, rehearsal -> backup(rehearsal, Deed.TAKE)),
        new Scenario("listed", AS_IT_IS, true, rehearsal -> backup(rehearsal, Deed.LIST)),
        new Scenario(
            "by-the-clock",
            AS_IT_IS,
            true,
            rehearsal -> Map.of("scheduled-backup", rehearsal.scheduledBackup())),
        new Scenario("proved", AS_IT_IS, true, Scenarios::proved));
  }

  private static Map<String, String> live(Rehearsal rehearsal) {
    String plan = rehearsal.plan();
    String id = rehearsal.promoteApproved();
    rehearsal.promote();
    return Map.of("plan", plan, "promotion", id, "deploy", DEPLOY, "environment", LEDGER);
  }

  private static Map<String, String> rejected(Rehearsal rehearsal) {
    String id = rehearsal.promote();
    rehearsal.decide(id, Ask.Kind.APPROVAL, "reject");
    rehearsal.awaitEnd(id);
    return Map.of("promotion", id, "environment", LEDGER);
  }

  private static Map<String, String> expired(Rehearsal rehearsal) {
    String id = rehearsal.promote();
    rehearsal.awaitEnd(id);
    return Map.of("promotion", id);
  }

  private static Map<String, String> gateFailed(Rehearsal rehearsal) {
    rehearsal.sandbox().railway().createTrigger(Rehearsal.PROMOTED_TO, "backend", "main", false);
    String id = rehearsal.promote();
    rehearsal.awaitEnd(id);
    return Map.of("promotion", id);
  }

  private static Map<String, String> waited(Rehearsal rehearsal) {
    rehearsal.push("build = \"1s\"\n");
    return Map.of("promotion", rehearsal.promoteApproved());
  }

  private static Map<String, String> voided(Rehearsal rehearsal) {
    String id = rehearsal.promote();
    rehearsal.await(id, status -> !status.asks().isEmpty());
    rehearsal.change(replacing("soak = \"1s\"", "soak = \"2s\""));
    rehearsal.decide(id, Ask.Kind.APPROVAL, "approve");
    rehearsal.await(
        id, status -> status.asks().stream().anyMatch(ask -> ask.id().equals("approval-2")));
    rehearsal.decide(id, Ask.Kind.APPROVAL, "approve");
    rehearsal.awaitEnd(id);
    return Map.of("promotion", id);
  }

  private static Map<String, String> cancelledWaiting(Rehearsal rehearsal) {
    String id = rehearsal.promote();
    rehearsal.await(id, status -> !status.asks().isEmpty());
    rehearsal.client().cancel(id);
    rehearsal.awaitEnd(id);
    return Map.of("promotion", id);
  }

  private static Map<String, String> cancelledSoaking(Rehearsal rehearsal) {
    String id = rehearsal.promote();
    rehearsal.decide(id, Ask.Kind.APPROVAL, "approve");
    rehearsal.await(id, status -> status.state().equals("deploying"));
    rehearsal.await(DEPLOY, status -> status.state().equals("verifying"));
    rehearsal.client().cancel(id);
    rehearsal.awaitEnd(id);
    return Map.of("promotion", id, "deploy", DEPLOY);
  }

  private static Map<String, String> superseded(Rehearsal rehearsal) {
    String older = rehearsal.promote();
    rehearsal.await(older, status -> !status.asks().isEmpty());
    rehearsal.push("");
    rehearsal.promoteApproved();
    rehearsal.awaitEnd(older);
    return Map.of("promotion", older, "environment", LEDGER);
  }

  private static Map<String, String> rolledBack(Rehearsal rehearsal) {
    rehearsal.push("[environments.production]\nunhealthy_after = \"2s\"\n");
    String id = rehearsal.promoteApproved();
    rehearsal.promote();
    return Map.of("promotion", id, "deploy", DEPLOY, "environment", LEDGER);
  }

  private static Map<String, String> buildFailed(Rehearsal rehearsal) {
    rehearsal.push("[environments.production]\nbuild = \"fail\"\n");
    return Map.of("promotion", rehearsal.promoteApproved(), "deploy", DEPLOY);
  }

  private static Map<String, String> lostDeploy(Rehearsal rehearsal, Fault fault, String answer) {
    rehearsal.sandbox().faults().add(Rule.of("serviceInstanceDeployV2", fault).times(1));
    String id = rehearsal.promote();
    rehearsal.decide(id, Ask.Kind.APPROVAL, "approve");
    if (answer != null) {
      rehearsal.decide(id, Ask.Kind.QUESTION, answer);
    }
    rehearsal.awaitEnd(id);
    return Map.of("promotion", id, "deploy", DEPLOY);
  }

  private static Map<String, String> observed(Rehearsal rehearsal) {
    for (String service : List.of("backend", "frontend")) {
      rehearsal.sandbox().railway().createTrigger(Rehearsal.PROMOTED_TO, service, "main", false);
    }
    return Map.of("promotion", rehearsal.promoteApproved(), "deploy", DEPLOY);
  }

  private static Map<String, String> terminated(Rehearsal rehearsal) {
    String id = rehearsal.promote();
    rehearsal.await(id, status -> !status.asks().isEmpty());
    rehearsal.terminate(id);
    // The ledger notices when somebody asks for the same again.
    rehearsal.promote();
    rehearsal.awaitActivity(LEDGER, "GitHubTellEnd");
    return Map.of("environment", LEDGER);
  }

  private static Map<String, String> arrived(Rehearsal rehearsal) {
    String revision = rehearsal.push("build = \"0.5s\"\n");
    String arrival = rehearsal.arrival("staging", revision, Duration.ofMinutes(1));
    return Map.of("arrival", arrival, "logs", rehearsal.logs("staging", false));
  }

  private static Map<String, String> notYet(Rehearsal rehearsal) {
    String revision = rehearsal.push("");
    return Map.of(
        "arrival", rehearsal.arrival(Rehearsal.PROMOTED_TO, revision, Duration.ofSeconds(2)));
  }

  private static Map<String, String> failed(Rehearsal rehearsal) {
    String revision = rehearsal.push("build = \"fail\"\n");
    String arrival = rehearsal.arrival("staging", revision, Duration.ofMinutes(1));
    return Map.of("arrival", arrival, "logs", rehearsal.logs("staging", true));
  }

  private static Map<String, String> redeployed(Rehearsal rehearsal, boolean restart) {
    rehearsal.promoteApproved();
    rehearsal.client().redeploy(Rehearsal.PROMOTED_TO, null, restart, "ana", "a rehearsal");
    rehearsal.awaitEnd(DEPLOY);
    return Map.of("redeploy", DEPLOY, "environment", LEDGER);
  }

  private static Map<String, String> rollbackByHand(Rehearsal rehearsal) {
    rehearsal.promoteApproved();
    rehearsal.push("");
    rehearsal.promoteApproved();
    rehearsal.client().rollback(Rehearsal.PROMOTED_TO, null, "ana", "a rehearsal");
    rehearsal.awaitEnd(DEPLOY);
    return Map.of("rollback", DEPLOY, "environment", LEDGER);
  }

  private static Map<String, String> previewed(Rehearsal rehearsal) {
    int number = rehearsal.openPull();
    String list = rehearsal.previewList();
    String sweep = rehearsal.swept();
    return Map.of("preview", rehearsal.previewed(number), "preview-list", list, "previews", sweep);
  }

  private static Map<String, String> backup(Rehearsal rehearsal, Deed deed) {
    return Map.of("backup", rehearsal.backup(deed));
  }

  private static Map<String, String> proved(Rehearsal rehearsal) {
    rehearsal.backup(Deed.TAKE);
    return backup(rehearsal, Deed.VERIFY);
  }

  private static UnaryOperator<String> replacing(String found, String wanted) {
    return toml -> toml.replace(found, wanted);
  }
}
