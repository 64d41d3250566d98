package dev.signalbox.workflows.effect;

import static dev.signalbox.workflows.effect.RailwayFake.REVISION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.effect.StepWorkflow.StepEnd;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.Person;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Order(1)
class BareStepTest {
  private static final Duration REREAD = Duration.ofMinutes(10);

  /** Less than half of the patience: the clock goes on by itself while a loaded machine works. */
  private static final Duration NO_TIME = Duration.ofMinutes(2);

  private final TaskQueues queues = new TaskQueues("inspector");
  private TestWorkflowEnvironment engine;
  private RailwayFake railway;
  private WorkflowStub run;
  private Person person;

  @BeforeEach
  void aRailwayIsThere() {
    engine = Engine.fresh();
    railway = new RailwayFake(engine);
    engine
        .newWorker(queues.workflows())
        .registerWorkflowImplementationTypes(StepWorkflowImpl.class);
    engine.newWorker(queues.railway()).registerActivitiesImplementations(railway.activities());
    engine.start();
    run =
        engine
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "StepWorkflow",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(queues.workflows())
                    .setWorkflowId("step")
                    .build());
    person = new Person(engine, run, () -> List.of(run.query("asks", Ask[].class)));
  }

  @AfterEach
  void theEngineEnds() {
    engine.close();
  }

  @Test
  void isDoneWithTheIdThatRailwayNames() {
    railway.answering("d-1");

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(railway.sends()).isOne();
  }

  @Test
  void isRepeatedByItsBackOffWhenNothingLeft() {
    railway
        .failing(FailureType.NOT_SENT)
        .failing(FailureType.NOT_SENT)
        .failing(FailureType.NOT_SENT)
        .answering("d-1");

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(railway.sends()).isEqualTo(4);
    assertThat(end.took()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(7).plus(NO_TIME));
  }

  @Test
  void waitsAsLongAsRailwayAsksForWhenItIsRateLimited() {
    railway.failing(FailureType.RATE_LIMITED, Duration.ofSeconds(40)).answering("d-1");

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(end.took()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(40).plus(NO_TIME));
  }

  @Test
  void givesUpWithItsReasonWhenItsPatienceIsSpent() {
    railway.failing(FailureType.NOT_SENT);

    StepEnd end = carriedOut();

    assertThat(end.id()).isNull();
    assertThat(end.detail()).isEqualTo("Railway said no");
    assertThat(end.took())
        .isBetween(StepWorkflowImpl.PATIENCE, StepWorkflowImpl.PATIENCE.multipliedBy(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {"REJECTED", "NOT_FOUND", "FOREIGN_PROJECT"})
  void endsAtOnceWhenItIsRefusedForGood(FailureType type) {
    railway.failing(type);

    StepEnd end = carriedOut();

    assertThat(end.id()).isNull();
    assertThat(end.abandoned()).isFalse();
    assertThat(end.took()).isLessThan(NO_TIME);
    assertThat(railway.sends()).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {"UNKNOWN_OUTCOME", "UNAVAILABLE"})
  void adoptsTheOneNewDeploymentWhenTheOutcomeIsUnknown(FailureType type) {
    railway.failing(type).showing("d-1", REVISION, Duration.ofSeconds(10));

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(end.detail()).isEqualTo("adopted after Railway said no");
    assertThat(railway.sends()).isOne();
  }

  @Test
  void readsBackWhenRailwayAcceptsItAndNamesNoId() {
    railway.answering(null).showing("d-1", REVISION, Duration.ofSeconds(1));

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(railway.sends()).isOne();
  }

  @Test
  void asksAndNeverSendsAgainWhenNothingNewIsSeen() {
    railway.failing(FailureType.UNKNOWN_OUTCOME);
    person.answersAfter(Duration.ofHours(3), "abandon");

    StepEnd end = carriedOut();

    assertThat(end.abandoned()).isTrue();
    assertThat(end.answered())
        .singleElement()
        .extracting(Ask::read)
        .asString()
        .startsWith("Railway shows no new deployment of this commit");
    assertThat(railway.sends()).isOne();
  }

  @Test
  void doesNotAdoptANewDeploymentOfAnotherCommit() {
    railway
        .failing(FailureType.UNKNOWN_OUTCOME)
        .showing("d-other", "c".repeat(40), Duration.ofSeconds(1));
    person.answersAfter(Duration.ofHours(1), "abandon");

    StepEnd end = carriedOut();

    assertThat(end.id()).isNull();
    assertThat(end.abandoned()).isTrue();
  }

  @Test
  void asksWhichWhenSeveralAreNew() {
    railway.failingAfterMaking("d-1", "d-2");
    person.answersAfter(Duration.ofMinutes(1), "abandon");

    StepEnd end = carriedOut();

    assertThat(end.answered())
        .singleElement()
        .extracting(Ask::read)
        .asString()
        .startsWith("Railway shows 2 new deployments of this commit: d-1, d-2");
    assertThat(railway.sends()).isOne();
  }

  @Test
  void adoptsWhatIsThereWhenAPersonSaysDone() {
    railway.failing(FailureType.UNKNOWN_OUTCOME).showing("d-1", REVISION, Duration.ofMinutes(3));
    person.answersAfter(Duration.ofMinutes(4), "done");

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(end.detail()).isEqualTo("adopted: a person said that it is done");
  }

  @Test
  void staysAQuestionWhenAPersonSaysDoneAndNothingIsThere() {
    railway.failing(FailureType.UNKNOWN_OUTCOME);
    person.answersAfter(Duration.ofMinutes(2), "done");
    person.answersAfter(Duration.ofMinutes(3), "abandon");

    StepEnd end = carriedOut();

    assertThat(end.answered()).hasSize(2);
    assertThat(end.answered().get(1).read())
        .startsWith("answered \"done\", but Railway shows no new deployment of this commit");
    assertThat(railway.sends()).isOne();
  }

  @Test
  void isSentOnceMoreWithAFreshBaselineWhenAPersonSaysNotDone() {
    railway.failingAfterMaking("d-1", "d-2").failingAfterMaking("d-3").answering("d-4");
    person.answersAfter(Duration.ofMinutes(2), "not-done");

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-3");
    assertThat(railway.sends()).isEqualTo(2);
  }

  @Test
  void closesItsQuestionByItselfWhenTheReadFindsTheOneNewDeployment() {
    railway.failing(FailureType.UNKNOWN_OUTCOME).showing("d-1", REVISION, REREAD.multipliedBy(2));

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(end.detail()).isEqualTo("adopted when it was found after Railway said no");
    assertThat(end.took()).isBetween(REREAD.multipliedBy(2), REREAD.multipliedBy(3));
    assertThat(end.answered()).isEmpty();
  }

  // The answer counted and nothing happened: the read of the open question went on for hours, and
  // what it found at last stood against the answer.
  @Test
  void isAbandonedAtOnceWhileTheReadOfItsQuestionFailsForHours() {
    Duration answer = Duration.ofHours(3);
    Duration back = Duration.ofHours(8);
    railway
        .failing(FailureType.UNKNOWN_OUTCOME)
        .away(Duration.ofMinutes(5), back)
        .showing("d-1", REVISION, Duration.ofHours(1));
    person.answersAfter(answer, "abandon");

    StepEnd end = carriedOut();

    assertThat(end.abandoned()).isTrue();
    assertThat(end.took()).isBetween(answer.minus(NO_TIME), back.minus(NO_TIME));
    assertThat(railway.shown("d-1")).isFalse();
  }

  @Test
  void closesItsQuestionByItselfOnceTheReadWorksAgain() {
    railway
        .failing(FailureType.UNKNOWN_OUTCOME)
        .away(Duration.ofMinutes(5), Duration.ofHours(8))
        .showing("d-1", REVISION, Duration.ofHours(1));

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(end.detail()).isEqualTo("adopted when it was found after Railway said no");
  }

  @Test
  void isSentAgainWhenItsWorkerDiedBeforeTheCallLeft() {
    railway.dyingBeforeItSends().answering("d-2");

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-2");
    assertThat(railway.sends()).isEqualTo(2);
    assertThat(end.took()).isGreaterThanOrEqualTo(ActivityProfiles.BARE_ATTEMPT);
  }

  @Test
  void isReadBackWhenItsWorkerDiedAfterTheCallLeft() {
    railway.dyingAfterItSent().answering("d-2").showing("d-1", REVISION, Duration.ofSeconds(30));

    StepEnd end = carriedOut();

    assertThat(end.id()).isEqualTo("d-1");
    assertThat(railway.sends()).isOne();
  }

  // The engine calls a run that was asked to cancel cancelled, whatever it returns.
  @Test
  void isFollowedToItsEndWhoeverCancelsAfterItLeft() {
    railway.failing(FailureType.UNKNOWN_OUTCOME).showing("d-1", REVISION, Duration.ofSeconds(20));
    cancelledOnceItHasLeft();

    assertThatThrownBy(this::carriedOut).hasCauseInstanceOf(CanceledFailure.class);

    assertThat(railway.shown("d-1")).isTrue();
    assertThat(railway.sends()).isOne();
  }

  @Test
  void isNotSentAgainWhenItIsCancelledDuringItsBackOff() {
    railway.failing(FailureType.RATE_LIMITED, Duration.ofMinutes(4)).answering("d-1");
    cancelledOnceItHasLeft();

    assertThatThrownBy(this::carriedOut).hasCauseInstanceOf(CanceledFailure.class);

    assertThat(railway.sends()).isOne();
  }

  private void cancelledOnceItHasLeft() {
    Engine.once(engine, Duration.ofSeconds(5), () -> railway.sends() > 0, run::cancel);
  }

  private StepEnd carriedOut() {
    run.start();
    return run.getResult(StepEnd.class);
  }
}
