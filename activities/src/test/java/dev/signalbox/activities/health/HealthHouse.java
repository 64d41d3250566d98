package dev.signalbox.activities.health;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.pace.FastPace;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.ObserveOrder;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.Targets;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.HealthActivities.VerifyOrder;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A service over real HTTP that answers in order what it is told to, and the activities that ask
 * it.
 */
abstract class HealthHouse {
  static final String REVISION = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  static final String MERGED = "ffeeddccbbaa99887766554433221100ffeeddcc";
  static final String OLD = "0000000000000000000000000000000000000000";
  static final Answer GOOD = new Answer(200, "{\"version\":\"" + REVISION + "\"}");
  List<Target> pages = List.of();
  final FastPace pace = new FastPace();
  final Deque<Answer> answers = new ArrayDeque<>();
  TestActivityEnvironment engine;
  HealthActivities health;
  HttpServer service;

  record Answer(int status, String body) {}

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
    engine.registerActivitiesImplementations(
        new HealthActivitiesImpl(
            Set.of("inspector"), pace, Reach.ofTheInternet().andThisMachine()));
    health = engine.newActivityStub(HealthActivities.class);
  }

  @AfterEach
  void stop() {
    engine.close();
    service.stop(0);
  }

  void answering(Answer... inOrder) {
    answers.addAll(List.of(inOrder));
  }

  Target target() {
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

  Sample sample(Target target) {
    return health.sample(new Targets("inspector", List.of(target))).samples().get(0);
  }

  Target switchingFrom(String earlier, Duration interval) {
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

  static Answer showing(int status, String version) {
    return new Answer(status, "{\"version\":\"" + version + "\"}");
  }

  VerifyOrder strictly(Target target) {
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

  VerificationEnd soak(Duration time, Duration every, int error) {
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
}
