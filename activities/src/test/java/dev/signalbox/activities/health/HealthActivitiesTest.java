package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.health.HealthActivities.ObserveOrder;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Run;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.HealthActivities.VerifyOrder;
import dev.signalbox.workflows.policy.PageCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthActivitiesTest extends HealthHouse {
  private VerificationEnd verify(int fail, int error, int inconclusive) {
    return health.verify(
        new VerifyOrder(
            "inspector",
            List.of(target()),
            pages,
            3,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            fail,
            error,
            inconclusive));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"version\":\"" + REVISION + "\"} | GOOD",
        "200 | {\"version\":\"1a2b3c4\"} | GOOD",
        "200 | {\"version\":\"" + MERGED + "\"} | GOOD",
        "200 | {\"version\":\"1a2b3c\"} | INCONCLUSIVE",
        "200 | {\"version\":\"1a2b3d\"} | BAD",
        "200 | {\"version\":\"" + REVISION + "0\"} | BAD",
        "200 | {\"version\":\"" + OLD + "\"} | BAD",
        "200 | {\"status\":\"ok\"} | INCONCLUSIVE",
        "200 | <html>hello</html> | INCONCLUSIVE",
        "302 | moved | INCONCLUSIVE",
        "429 | slow down | INCONCLUSIVE",
        "404 | nothing here | BAD",
        "500 | oops | BAD",
        "503 | not ready | BAD",
        "502 | Application failed to respond | ERROR"
      })
  void readsAnAnswer(int status, String body, Reading reading) {
    answering(new Answer(status, body));

    Sample sample = sample(target());

    assertThat(sample.reading()).isEqualTo(reading);
    assertThat(sample.expected()).isEqualTo("2xx from /health, /version = " + REVISION);
  }

  @Test
  void readsNoAnswerAsError() {
    service.stop(0);

    assertThat(sample(target()).reading()).isEqualTo(Reading.ERROR);
  }

  @Test
  void believesThePlatformWhereNoHealthPathIsGiven() {
    Target silent =
        new Target("job", null, null, null, Map.of(), Duration.ofSeconds(1), null, 0, null);

    assertThat(sample(silent).reading()).isEqualTo(Reading.GOOD);
    assertThat(sample(silent).got()).isEqualTo("no health path");
  }

  @Test
  void isHealthyAfterEnoughGoodSamplesInARow() {
    answering(GOOD);

    VerificationEnd end = verify(0, 3, 3);

    assertThat(end.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(end.samples()).isEqualTo(3);
    assertThat(end.decisive()).isNull();
    assertThat(pace.waited()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void beginsTheRowAnewAfterAnythingElse() {
    answering(GOOD, GOOD, new Answer(502, ""), GOOD);

    assertThat(verify(0, 3, 3).samples()).isEqualTo(6);
  }

  @Test
  void endsWithTheFirstWrongVersionWhenNoneIsBorne() {
    answering(GOOD, new Answer(200, "{\"version\":\"" + OLD + "\"}"));

    VerificationEnd end = verify(0, 3, 3);

    assertThat(end.verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(end.decisive().got()).contains(OLD);
    assertThat(end.samples()).isEqualTo(2);
  }

  @Test
  void waitsWhileTheReleaseBeforeAnswersAndBeginsToCountWithTheNewOne() {
    answering(showing(200, OLD), GOOD, showing(503, OLD), showing(200, OLD), GOOD);

    VerificationEnd end = health.verify(strictly(switchingFrom(OLD, null)));

    assertThat(end.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(end.samples()).isEqualTo(7);
    assertThat(end.summary()).contains("0 bad", "3 of the release before");
  }

  @Test
  void isNotSettledInTimeWhenTheReleaseBeforeNeverGoes() {
    answering(showing(200, OLD));

    VerificationEnd end = health.verify(strictly(switchingFrom(OLD, null)));

    assertThat(end.verdict()).isEqualTo(Verdict.TIMED_OUT);
    assertThat(end.decisive().reading()).isEqualTo(Reading.EARLIER);
    assertThat(pace.waited()).isEqualTo(Duration.ofMinutes(5));
  }

  private Target page(String path) {
    return new Target(
        "backend " + path,
        target().url(),
        path,
        null,
        null,
        Duration.ofSeconds(2),
        null,
        0,
        new PageCheck(null, path, 200, "version", false));
  }

  @Test
  void opensPagesOnceTheServicesAreVerifiedAndAgainAtTheEndOfTheSoak() {
    pages = List.of(page("/login"), page("/about"));
    answering(showing(200, OLD), GOOD);

    Observed observed =
        health.observe(new ObserveOrder(strictly(switchingFrom(OLD, null)), Duration.ofMinutes(1)));

    assertThat(observed.verification().runs())
        .extracting(Run::service, Run::count)
        .containsExactly(
            tuple("backend", 1),
            tuple("backend", 3),
            tuple("backend /login", 1),
            tuple("backend /about", 1));
    assertThat(observed.soak().runs())
        .extracting(Run::service, Run::count)
        .containsExactly(
            tuple("backend", 13), tuple("backend /login", 1), tuple("backend /about", 1));
  }

  @Test
  void failsForAPageThatIsWrong() {
    pages = List.of(page("/login"));
    answering(GOOD, GOOD, GOOD, new Answer(200, "<p>Nothing</p>"));

    VerificationEnd end = health.verify(strictly(target()));

    assertThat(end.verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(end.decisive().service()).isEqualTo("backend /login");
    assertThat(end.decisive().expected()).isEqualTo("200 from /login, containing \"version\"");
  }

  @Test
  void asksEachServiceAtItsOwnIntervalAndOnceMoreAtTheEnd() {
    answering(GOOD);
    Target slow = switchingFrom(OLD, Duration.ofMinutes(4));

    VerificationEnd soak = health.soak(new ObserveOrder(strictly(slow), Duration.ofMinutes(10)));

    assertThat(soak.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(soak.samples()).isEqualTo(4);
    assertThat(pace.waited()).isEqualTo(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @CsvSource({"502, UNHEALTHY", "500, UNHEALTHY", "302, INCONCLUSIVE"})
  void countsEachKindAgainstItsOwnBudget(int status, Verdict verdict) {
    answering(new Answer(status, ""));

    VerificationEnd end = verify(2, 2, 2);

    assertThat(end.verdict()).isEqualTo(verdict);
    assertThat(end.samples()).isEqualTo(3);
  }

  @Test
  void runsOutOfTimeWithWhatItLastSaw() {
    answering(new Answer(302, ""));

    VerificationEnd end = verify(0, 0, 1_000);

    assertThat(end.verdict()).isEqualTo(Verdict.TIMED_OUT);
    assertThat(end.decisive().reading()).isEqualTo(Reading.INCONCLUSIVE);
  }
}
