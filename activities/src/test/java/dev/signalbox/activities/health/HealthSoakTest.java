package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.health.HealthActivitiesImpl.Place;
import dev.signalbox.workflows.health.HealthActivities.ObserveOrder;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.HealthActivities.VerifyOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A release that was verified is watched for its soak. */
class HealthSoakTest extends HealthHouse {
  private static final Answer NONE = new Answer(502, "");
  private static final Answer UNCLEAR = new Answer(302, "");

  @Test
  void endsASoakInWhichTheReleaseBeforeComesBack() {
    answering(GOOD, GOOD, GOOD, GOOD, showing(200, OLD));

    Observed observed =
        health.observe(
            new ObserveOrder(strictly(switchingFrom(OLD, null)), Duration.ofMinutes(10)));

    assertThat(observed.verification().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(observed.soak().verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(observed.soak().decisive().reading()).isEqualTo(Reading.EARLIER);
  }

  @Test
  void soaksForDaysWithoutFallingSilent() {
    answering(GOOD);
    List<Place> beats = new ArrayList<>();
    engine.setActivityHeartbeatListener(Place.class, beats::add);

    Observed observed = health.observe(verifiedOnce(Duration.ofDays(1), Duration.ofHours(6)));

    assertThat(observed.soak().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(observed.soak().samples()).isEqualTo(5);
    assertThat(pace.waited()).isEqualTo(Duration.ofDays(1));
    assertThat(beats).isNotEmpty();
  }

  @Test
  void goesOnWithTheSoakWhereADeadWorkerEnded() {
    answering(GOOD);
    Tally before =
        new Tally(
            pace.now().minus(Duration.ofHours(5)),
            Map.of(Reading.GOOD, 40),
            Map.of("backend", 40),
            null,
            List.of(),
            SampleLog.EMPTY);
    VerificationEnd verified =
        new VerificationEnd(Verdict.HEALTHY, null, 1, "1 sample", List.of(), 0);
    engine.setHeartbeatDetails(new Place(before, verified, pace.now()));

    Observed observed = health.observe(verifiedOnce(Duration.ofHours(6), Duration.ofMinutes(30)));

    assertThat(pace.waited()).isEqualTo(Duration.ofHours(1));
    assertThat(observed.soak().samples()).isEqualTo(43);
  }

  @Test
  void bearsInEachStretchOfASoakWhatAVerificationBears() {
    answering(GOOD, NONE, GOOD, NONE, GOOD, NONE, GOOD, NONE, GOOD);

    VerificationEnd soak = soak(Duration.ofMinutes(30), Duration.ofMinutes(3), 1);

    assertThat(soak.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(soak.summary()).contains("4 without answer");
  }

  @Test
  void endsASoakWhenTooMuchLapsesInOneStretch() {
    answering(GOOD, NONE, NONE, GOOD);

    VerificationEnd soak = soak(Duration.ofMinutes(30), Duration.ofMinutes(3), 1);

    assertThat(soak.verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(soak.samples()).isEqualTo(3);
  }

  @Test
  void asksOnBeyondTheEndUntilTheLastAnswerIsGood() {
    answering(GOOD, NONE, NONE, GOOD);

    VerificationEnd soak = soak(Duration.ofMinutes(3), Duration.ofMinutes(3), 2);

    assertThat(soak.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(soak.summary()).contains("2 good", "2 without answer");
    assertThat(pace.waited()).isEqualTo(Duration.ofMinutes(8));
  }

  @Test
  void isUnhealthyWhenNobodyAnswersAtTheEndAnyMore() {
    answering(GOOD, NONE);

    VerificationEnd soak = soak(Duration.ofMinutes(1), Duration.ofSeconds(30), 3);

    assertThat(soak.verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(soak.samples()).isEqualTo(5);
  }

  @Test
  void isNotSettledWhenNobodyAnswersForAsLongAsAVerificationLasts() {
    answering(GOOD, NONE);

    VerificationEnd soak = soak(Duration.ofMinutes(1), Duration.ofMinutes(1), 1_000);

    assertThat(soak.verdict()).isEqualTo(Verdict.TIMED_OUT);
    assertThat(soak.decisive().reading()).isEqualTo(Reading.ERROR);
    assertThat(pace.waited()).isEqualTo(Duration.ofMinutes(6));
  }

  @Test
  void asksAnUnclearLastAnswerAgainUnlessAPersonAcceptedSuch() {
    answering(GOOD, UNCLEAR, GOOD, UNCLEAR);

    VerificationEnd asked = forAMinute(3);
    VerificationEnd accepted = forAMinute(VerifyOrder.UNCLEAR_ACCEPTED);

    assertThat(asked.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(asked.samples()).isEqualTo(3);
    assertThat(accepted.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(accepted.samples()).isEqualTo(2);
  }

  @Test
  void doesNotSoakWhatIsNotHealthy() {
    answering(new Answer(503, "down"));

    Observed observed = health.observe(verifiedOnce(Duration.ofDays(1), Duration.ofHours(6)));

    assertThat(observed.verification().verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(observed.soak()).isNull();
  }

  private VerificationEnd forAMinute(int inconclusive) {
    Duration minute = Duration.ofMinutes(1);
    return health.soak(
        new ObserveOrder(
            new VerifyOrder(
                "inspector",
                List.of(target()),
                pages,
                1,
                minute,
                Duration.ofMinutes(5),
                0,
                0,
                inconclusive),
            minute));
  }

  private ObserveOrder verifiedOnce(Duration soak, Duration every) {
    return new ObserveOrder(
        new VerifyOrder(
            "inspector", List.of(target()), pages, 1, every, Duration.ofMinutes(5), 0, 0, 0),
        soak);
  }
}
