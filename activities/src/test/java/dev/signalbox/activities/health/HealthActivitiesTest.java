package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.health.HealthActivitiesImpl.Place;
import dev.signalbox.activities.pace.FastPace;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.ObserveOrder;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Run;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.Targets;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.HealthActivities.VerifyOrder;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import dev.signalbox.workflows.policy.PageCheck;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthActivitiesTest {
  private static final String REVISION = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  private static final String MERGED = "ffeeddccbbaa99887766554433221100ffeeddcc";
  private static final String OLD = "0000000000000000000000000000000000000000";
  private static final Answer GOOD = new Answer(200, "{\"version\":\"" + REVISION + "\"}");

  private record Answer(int status, String body) {}

  private List<Target> pages = List.of();
  private final FastPace pace = new FastPace();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private TestActivityEnvironment engine;
  private HealthActivities health;
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          Answer answer;
          synchronized (answers) {
            answer = answers.size() > 1 ? answers.poll() : answers.peek();
          }
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    engine = TestActivityEnvironment.newInstance();
    engine.registerActivitiesImplementations(new HealthActivitiesImpl(Set.of("inspector"), pace));
    health = engine.newActivityStub(HealthActivities.class);
  }

  @AfterEach
  void stop() {
    engine.close();
    service.stop(0);
  }

  private void answering(Answer... inOrder) {
    answers.addAll(List.of(inOrder));
  }

  private Target target() {
    return new Target(
        "backend",
        "http://127.0.0.1:" + service.getAddress().getPort(),
        "/health",
        WantedVersion.commit("/version", REVISION, MERGED),
        Map.of(),
        Duration.ofSeconds(2),
        null,
        0,
        null);
  }

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

  private Sample sample(Target target) {
    return health.sample(new Targets("inspector", List.of(target))).samples().get(0);
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

  private Target switchingFrom(String earlier, Duration interval) {
    return new Target(
        "backend",
        target().url(),
        "/health",
        new WantedVersion("/version", REVISION, MERGED, null, List.of(earlier)),
        Map.of(),
        Duration.ofSeconds(2),
        interval,
        0,
        null);
  }

  private static Answer showing(int status, String version) {
    return new Answer(status, "{\"version\":\"" + version + "\"}");
  }

  private VerifyOrder strictly(Target target) {
    return new VerifyOrder(
        "inspector",
        List.of(target),
        pages,
        3,
        Duration.ofSeconds(5),
        Duration.ofMinutes(5),
        0,
        0,
        0);
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
    Answer none = new Answer(502, "");
    answering(GOOD, none, GOOD, none, GOOD, none, GOOD, none, GOOD);

    VerificationEnd soak = soak(Duration.ofMinutes(30), Duration.ofMinutes(3), 1);

    assertThat(soak.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(soak.summary()).contains("4 without answer");
  }

  @Test
  void endsASoakWhenTooMuchLapsesInOneStretch() {
    Answer none = new Answer(502, "");
    answering(GOOD, none, none, GOOD);

    VerificationEnd soak = soak(Duration.ofMinutes(30), Duration.ofMinutes(3), 1);

    assertThat(soak.verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(soak.samples()).isEqualTo(3);
  }

  private VerificationEnd soak(Duration time, Duration every, int error) {
    return health.soak(
        new ObserveOrder(
            new VerifyOrder(
                "inspector",
                List.of(target()),
                pages,
                1,
                every,
                Duration.ofMinutes(5),
                0,
                error,
                0),
            time));
  }

  @Test
  void doesNotSoakWhatIsNotHealthy() {
    answering(new Answer(503, "down"));

    Observed observed = health.observe(verifiedOnce(Duration.ofDays(1), Duration.ofHours(6)));

    assertThat(observed.verification().verdict()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(observed.soak()).isNull();
  }

  private ObserveOrder verifiedOnce(Duration soak, Duration every) {
    return new ObserveOrder(
        new VerifyOrder(
            "inspector", List.of(target()), pages, 1, every, Duration.ofMinutes(5), 0, 0, 0),
        soak);
  }
}
