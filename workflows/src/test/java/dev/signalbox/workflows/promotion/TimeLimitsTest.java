package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a promotion may take before anything was touched. */
class TimeLimitsTest {
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final PipelineFixture pipeline = aPipeline().requiring("ci").trusting("temporal-ui");
  private TestWorkflowEnvironment engine;
  private FactsFixture look = aLook();
  private boolean changed;
  private long delayedAt;

  @BeforeEach
  void start() {
    engine = Engine.fresh();
    GitHubActivities github =
        Engine.knowing(
            GitHubActivities.class,
            Map.of("ensurePull", draft -> new PullRequest(7, "https://github/7")));
    NotifyActivities notify =
        Engine.knowing(NotifyActivities.class, "tell", Notice.class, this::told);
    OnePromotion.prepare(
        engine,
        Engine.knowing(PolicyActivities.class, Map.of("read", query -> pipeline.build())),
        Engine.knowing(FactsActivities.class, "read", FactsQuery.class, this::looked),
        github,
        notify);
    engine.newWorker(OnePromotion.QUEUES.github()).registerActivitiesImplementations(github);
    engine.newWorker(OnePromotion.QUEUES.notices()).registerActivitiesImplementations(notify);
    engine.start();
  }

  private Object told(Notice notice) {
    notices.add(notice);
    delayedAt = notice.event() == Event.DELAYED ? engine.currentTimeMillis() : delayedAt;
    return null;
  }

  private Object looked(FactsQuery query) {
    if (query.unlike() != null && !changed) {
      throw ApplicationFailure.newFailure("nothing has changed", "Unchanged");
    }
    changed = false;
    return look.build();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void timesOutAtTheGateChecksAndSaysWhatWasSeenLast() {
    pipeline.within(limits(Duration.ofMinutes(30), null));
    look = aLook().withRunningCheck("ci");

    PromotionResult result = promote();

    assertThat(result.result()).isEqualTo(Result.TIMED_OUT);
    assertThat(result.detail())
        .isEqualTo("gate checks not met after 30m, last seen: ci is running");
    assertThat(delays())
        .singleElement()
        .extracting(Notice::markdown)
        .asString()
        .contains("gate checks not met after 20m of 30m, last seen: ci is running");
  }

  @Test
  void countsNotForTheChecksWhatAnotherGateWaitsFor() {
    pipeline.within(limits(Duration.ofMinutes(30), null));
    look = aLook().withCheck("ci", "success").without("Railway");
    endAfter(Duration.ofHours(2));

    assertThat(promote().result()).isEqualTo(Result.SUPERSEDED);
    assertThat(delays()).isEmpty();
  }

  @Test
  void beginsToCountForTheChecksWhenTheyAreWaitedFor() {
    Duration railwayIsBack = Duration.ofHours(2);
    pipeline.within(limits(Duration.ofMinutes(30), null));
    look = aLook().withCheck("ci", "success").without("Railway");
    engine.registerDelayedCallback(
        railwayIsBack,
        () -> {
          changed = true;
          look = aLook().withRunningCheck("ci");
        });
    long began = engine.currentTimeMillis();

    assertThat(promote().result()).isEqualTo(Result.TIMED_OUT);
    assertThat(Duration.ofMillis(delayedAt - began))
        .isBetween(railwayIsBack.plusMinutes(20), railwayIsBack.plusMinutes(29));
  }

  @Test
  void timesOutWhenItsTotalHasPassed() {
    pipeline.within(limits(null, Duration.ofMinutes(90)));
    look = aLook().withCheck("ci", "success").without("Railway");

    PromotionResult result = promote();

    assertThat(result.result()).isEqualTo(Result.TIMED_OUT);
    assertThat(result.detail()).isEqualTo("not done after 1h30m, it stood at gates");
    assertThat(delays())
        .singleElement()
        .extracting(Notice::markdown)
        .asString()
        .contains("not done after 1h of 1h30m, it stands at gates");
  }

  @Test
  void countsNotForItsTotalWhatPeopleThinkOver() {
    pipeline.approvedByReleasers(1).within(limits(null, Duration.ofMinutes(90)));
    look = aLook().withCheck("ci", "success");
    engine.registerDelayedCallback(Duration.ofHours(20), this::approve);

    PromotionResult result = promote();

    assertThat(result.detail()).contains("not-older");
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(delays()).isEmpty();
  }

  /** What is read under the lease then stops it. */
  private void approve() {
    look = aLook().withLiveThatIsNoAncestor();
    Ask ask = stub().status().asks().get(0);
    stub().approve(new ApprovalMessage(ask.digest(), "ana", "yes", null, null, null, null));
  }

  private void endAfter(Duration time) {
    engine.registerDelayedCallback(time, () -> stub().superseded("a newer one"));
  }

  private List<Notice> delays() {
    return notices.stream().filter(notice -> notice.event() == Event.DELAYED).toList();
  }

  private static Limits limits(Duration checks, Duration total) {
    return new Limits(checks, null, null, total, null, null, null);
  }

  private PromotionWorkflow stub() {
    return engine.getWorkflowClient().newWorkflowStub(PromotionWorkflow.class, OnePromotion.id());
  }

  private PromotionResult promote() {
    return OnePromotion.run(engine);
  }
}
