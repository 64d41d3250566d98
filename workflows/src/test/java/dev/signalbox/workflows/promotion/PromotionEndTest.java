package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.activity.Activity;
import io.temporal.api.common.v1.Payload;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1)
class PromotionEndTest {
  private TestWorkflowEnvironment engine;
  private Function<FactsQuery, Facts> look = query -> aLook().withLiveThatIsNoAncestor().build();

  @BeforeEach
  void start() {
    engine = Engine.fresh();
    GitHubActivities away =
        Engine.knowing(
            GitHubActivities.class, "postStatus", CommitStatus.class, PromotionEndTest::away);
    OnePromotion.prepare(
        engine,
        Engine.knowing(
            PolicyActivities.class, "read", PolicyQuery.class, query -> aPipeline().build()),
        Engine.knowing(FactsActivities.class, "read", FactsQuery.class, query -> look.apply(query)),
        away);
    engine.newWorker(OnePromotion.QUEUES.github()).registerActivitiesImplementations(away);
    engine.start();
  }

  private static Object away(CommitStatus status) {
    throw ApplicationFailure.newFailure("GitHub answered 503", "Unavailable");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void comesToItsEndThoughNobodyCanBeToldThatItFailed() {
    PromotionResult result = promote();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("not-older");
    assertThat(result.steps()).anyMatch(step -> step.name().equals("report"));
  }

  @Test
  void keepsItsStageWhereTheEngineAloneCanTellIt() {
    promote();

    assertThat(stages()).containsExactly("gates", "releasing");
  }

  @Test
  void endsAsSupersededWithoutLookingAgain() {
    List<FactsQuery> looks = new CopyOnWriteArrayList<>();
    look =
        query -> {
          if (query.unlike() != null) {
            supersede();
            throw ApplicationFailure.newFailure("nothing has changed", "Unchanged");
          }
          looks.add(query);
          return aLook().without("GitHub").build();
        };

    PromotionResult result = promote();

    assertThat(result.result()).isEqualTo(Result.SUPERSEDED);
    assertThat(result.detail()).as("it says so").isEqualTo("superseded by a newer one");
    assertThat(looks).hasSize(1);
  }

  @Test
  void isSupersededEvenWhereAGateFailsInTheSameLook() {
    look =
        query -> {
          supersede();
          return aLook().withLiveThatIsNoAncestor().build();
        };

    assertThat(promote().result()).isEqualTo(Result.SUPERSEDED);
  }

  @Test
  void noticesWithinSecondsThatTheWorkerDiedInTheMiddleOfALook() {
    List<Instant> attempts = new CopyOnWriteArrayList<>();
    look =
        query -> {
          attempts.add(Instant.ofEpochMilli(engine.currentTimeMillis()));
          if (attempts.size() == 1) {
            Activity.getExecutionContext().doNotCompleteOnReturn();
          }
          return aLook().withLiveThatIsNoAncestor().build();
        };

    promote();

    assertThat(attempts).hasSize(2);
    assertThat(Duration.between(attempts.get(0), attempts.get(1)))
        .isLessThan(Duration.ofSeconds(20));
  }

  private void supersede() {
    engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(OnePromotion.id())
        .signal("superseded", "a newer one");
  }

  private PromotionResult promote() {
    return OnePromotion.run(engine);
  }

  private List<String> stages() {
    return engine.getWorkflowClient().fetchHistory(OnePromotion.id()).getEvents().stream()
        .filter(event -> event.hasWorkflowPropertiesModifiedEventAttributes())
        .map(event -> event.getWorkflowPropertiesModifiedEventAttributes().getUpsertedMemo())
        .map(memo -> memo.getFieldsOrThrow("stage"))
        .map(PromotionEndTest::text)
        .toList();
  }

  private static String text(Payload payload) {
    return payload.getData().toStringUtf8().replace("\"", "");
  }
}
