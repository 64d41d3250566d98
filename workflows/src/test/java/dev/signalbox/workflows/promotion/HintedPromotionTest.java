package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.PolicyActivities;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A promotion that waits for a check, and is told from outside that there is news. */
class HintedPromotionTest {
  private static final Duration POLL = Duration.ofHours(6);
  private static final Duration TOLD = Duration.ofMinutes(10);

  private final PipelineFixture pipeline =
      aPipeline()
          .requiring("ci")
          .approvedByReleasers(1)
          .within(new Limits(null, null, null, null, null, null, POLL));

  private final List<Long> looks = new CopyOnWriteArrayList<>();
  private final List<String> states = new CopyOnWriteArrayList<>();
  private volatile boolean green;
  private TestWorkflowEnvironment engine;
  private long began;

  @BeforeEach
  void start() {
    engine = Engine.fresh();
    GitHubActivities github =
        Engine.knowing(
            GitHubActivities.class,
            Map.of("ensurePull", draft -> new PullRequest(7, "https://github/7")));
    NotifyActivities notify = Engine.knowing(NotifyActivities.class, Map.of());
    OnePromotion.prepare(
        engine,
        Engine.knowing(PolicyActivities.class, Map.of("read", query -> pipeline.build())),
        Engine.knowing(FactsActivities.class, "read", FactsQuery.class, this::looked),
        github,
        notify);
    engine.newWorker(OnePromotion.QUEUES.github()).registerActivitiesImplementations(github);
    engine.newWorker(OnePromotion.QUEUES.notices()).registerActivitiesImplementations(notify);
    engine.start();
    began = engine.currentTimeMillis();
  }

  private Object looked(FactsQuery query) {
    looks.add(engine.currentTimeMillis());
    if (query.unlike() != null && !green) {
      throw ApplicationFailure.newFailure("nothing has changed", "Unchanged");
    }
    return (green ? aLook().withCheck("ci", "success") : aLook().withRunningCheck("ci")).build();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void goesOnAtOnceWhenItIsToldOfAGreenCheck() {
    after(
        TOLD,
        () -> {
          green = true;
          hint("delivery-1");
        });
    seenAfter(TOLD.plusMinutes(40));

    promoteFor(Duration.ofHours(1));

    assertThat(states).containsExactly("approval");
  }

  @Test
  void losesOnlyThePollWhenNobodyTellsIt() {
    after(TOLD, () -> green = true);
    seenAfter(POLL.minusMinutes(1));
    seenAfter(POLL.plusMinutes(30));

    promoteFor(POLL.plusHours(1));

    assertThat(states).containsExactly("gates", "approval");
  }

  @Test
  void looksOnceInAPollHoweverMuchItIsTold() {
    for (int i = 0; i < 100; i++) {
      String delivery = "delivery-" + i;
      after(TOLD.plusSeconds(i), () -> hint(delivery));
    }

    promoteFor(POLL.minusMinutes(1));

    assertThat(looksAfter(TOLD)).isEqualTo(1);
  }

  @Test
  void heedsADeliveryOnceHoweverOftenItComes() {
    after(TOLD, () -> hint("delivery-1"));
    for (int i = 0; i < 100; i++) {
      after(POLL.plusHours(1).plusSeconds(i), () -> hint("delivery-1"));
    }

    promoteFor(POLL.plusHours(2));

    assertThat(looksAfter(POLL.plusHours(1))).isZero();
  }

  private long looksAfter(Duration time) {
    return looks.stream().filter(at -> at >= began + time.toMillis()).count();
  }

  private void hint(String delivery) {
    stub().hint(new Hint("github", delivery, "check_run", null));
  }

  private void after(Duration time, Runnable what) {
    engine.registerDelayedCallback(time, what);
  }

  private void seenAfter(Duration time) {
    after(time, () -> states.add(stub().status().state()));
  }

  private void promoteFor(Duration time) {
    after(time, () -> stub().superseded("a newer one"));
    OnePromotion.run(engine);
  }

  private PromotionWorkflow stub() {
    return engine.getWorkflowClient().newWorkflowStub(PromotionWorkflow.class, OnePromotion.id());
  }
}
