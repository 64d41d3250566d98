package dev.signalbox.workflows.plan;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.CommitQuery;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.ReleasedAs;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.ResolvedRevision;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.release.ConfigurationDiff;
import dev.signalbox.workflows.release.ConfigurationDiff.FileDiff;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code plan} promises. */
class PlanTest {
  @Test
  void promisesNoWayBackFromAReleaseOfWhichItIsNotKnownWhatItChanges() {
    RollbackOutlook known = plan(aLook()).rollback();
    RollbackOutlook unread = plan(aLook().refusedBy("GitHub")).rollback();

    assertThat(known.verdict()).isEqualTo("instant");
    assertThat(unread.verdict()).isEqualTo("unknown");
    assertThat(unread.detail())
        .startsWith("what this release changes against what runs could not be read; by the images")
        .contains("instant, Railway keeps every image of what runs now");
  }

  @Test
  void promisesATagOnlyToAWholeSet() {
    assertThat(plan(aLook()).steps()).endsWith("tag, GitHub deployment status, report");
    assertThat(plan(aLook(), "backend").steps())
        .endsWith("no tag (the set is not of one commit), GitHub deployment status, report");
  }

  @Test
  void showsWhatTheApprovalCardWouldShow() {
    ConfigurationDiff diff =
        new ConfigurationDiff(List.of(new FileDiff("railway.toml", List.of())), true);

    assertThat(plan(aLook().configuredAnew(diff)).card())
        .contains(
            new Part(
                "In it",
                List.of(
                    new Line(
                        "bbbbbbb",
                        "https://github.com/acme/inspector/commit/" + REVISION,
                        "Add a thing (ana-gh)"))))
        .contains(new Part("Configuration", List.of(Line.of("railway.toml", "changed"))))
        .extracting(Part::heading)
        .contains("Release", "May approve");
    assertThat(plan(aLook().refusedBy("GitHub")).card()).isEmpty();
  }

  private static PlanReport plan(FactsFixture look) {
    return plan(look, null);
  }

  @Test
  void showsWhichRulesAndWhichSettingsAreOthersThanAtTheLastRelease() {
    Map<String, String> rules = new HashMap<>();
    rules.put("environment.approvals.required", "2");
    ReleasedAs former =
        new ReleasedAs(
            rules,
            Map.of(
                "backend.numReplicas", "1", "backend.region", "eu", "frontend.numReplicas", "1"));
    LedgerRecord record = new LedgerRecord(null, false, null, null, null, null, former);
    FactsFixture set = aLook().withBackendSet("numReplicas", "2").withBackendSet("region", "eu");

    List<Part> card = plan(set, null, record).card();

    assertThat(card)
        .contains(new Part("Service settings", List.of(Line.of("backend.numReplicas was 1, is 2"))))
        .filteredOn(part -> "Policy".equals(part.heading()))
        .flatExtracting(Part::lines)
        .contains(Line.of("environment.approvals.required was 2, is absent"));
  }

  @Test
  void comparesTheSettingsWithTheSourceWhereNoReleaseIsOnRecord() {
    assertThat(plan(aLook().withBackendSet("numReplicas", "2")).card())
        .contains(
            new Part(
                "Service settings", List.of(Line.of("backend.numReplicas is 2, in staging 1"))))
        .contains(
            new Part(
                "Policy", List.of(Line.of("not known: the last release left none on record"))));
  }

  private static PlanReport plan(FactsFixture look, String service) {
    return plan(look, service, LedgerRecord.NONE);
  }

  private static PlanReport plan(FactsFixture look, String service, LedgerRecord record) {
    TaskQueues queues = new TaskQueues(PipelineFixture.PROJECT);
    try (TestWorkflowEnvironment engine = Engine.fresh()) {
      var worker = engine.newWorker(queues.workflows());
      worker.registerWorkflowImplementationTypes(PlanWorkflowImpl.class);
      worker.registerActivitiesImplementations(
          Engine.knowing(PolicyActivities.class, Map.of("read", any -> aPipeline().build())),
          Engine.knowing(FactsActivities.class, Map.of("read", any -> look.build())),
          Engine.knowing(
              LedgerActivities.class,
              Map.of(
                  "revisionBehind", query -> ((CommitQuery) query).commit(),
                  "record", any -> record)));
      engine
          .newWorker(queues.github())
          .registerActivitiesImplementations(
              Engine.knowing(
                  GitHubActivities.class,
                  Map.of("resolveRevision", any -> new ResolvedRevision(REVISION, "The next"))));
      engine
          .newWorker(queues.railway())
          .registerActivitiesImplementations(Engine.knowing(RailwayActivities.class, Map.of()));
      engine.start();
      return engine
          .getWorkflowClient()
          .newWorkflowStub(
              PlanWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setTaskQueue(queues.workflows())
                  .setWorkflowId("plan")
                  .build())
          .run(
              new PlanRequest(
                  PipelineFixture.PROJECT, "production", REVISION, null, false, service));
    }
  }
}
