package dev.signalbox.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.railway.RailwayClient;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.workflows.effect.FailureType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Activities run by the SDK, against a Railway and a GitHub that answer over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnSandbox {
  /** One test listens to it: the others that wait for deployments must not speak meanwhile. */
  public static final String LOG_OF_EVENTS = "the log of Railway's events";

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  protected static final String PROJECT = "inspector";
  protected static final Set<String> SERVED = Set.of(PROJECT);

  protected Sandbox sandbox;
  protected TestActivityEnvironment engine;
  private int before;

  @BeforeAll
  void startSandbox() {
    sandbox = sandbox();
  }

  /** What there is to begin with. */
  protected Sandbox sandbox() {
    return Sandbox.start(SandboxSettings.demo().withTiming(SandboxSettings.Timing.QUICK));
  }

  @AfterAll
  void stopSandbox() {
    sandbox.close();
  }

  @BeforeEach
  void startEngine() {
    engine = TestActivityEnvironment.newInstance();
    before = sandbox.journal().last();
  }

  @AfterEach
  void stopEngine() {
    engine.close();
    sandbox.faults().clear();
  }

  protected RailwayClient railway(Clock clock) {
    return new RailwayClient(
        URI.create(sandbox.railwayUrl()), new Secret(sandbox.railwayToken()), clock);
  }

  protected GitHubClient github() {
    return github(sandbox.githubToken());
  }

  protected GitHubClient github(String token) {
    return new GitHubClient(URI.create(sandbox.githubUrl()), new Secret(token), Clock.systemUTC());
  }

  /** Sets variables at the sandbox's Railway. */
  protected SandboxVariables variables() {
    return new SandboxVariables(sandbox);
  }

  protected <T> T stub(Class<T> activities, Object implementation) {
    engine.registerActivitiesImplementations(implementation);
    return engine.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }

  /** What the sandbox saw since the test began. */
  protected List<Journal.Entry> seen() {
    return sandbox.journal().since(before);
  }

  protected List<String> operations() {
    return seen().stream().map(Journal.Entry::operation).toList();
  }

  protected long effects(String operation) {
    return seen().stream()
        .filter(entry -> entry.operation().equals(operation) && entry.changedState())
        .count();
  }

  protected long calls(String operation) {
    return seen().stream().filter(entry -> entry.operation().equals(operation)).count();
  }

  protected String head(String branch) {
    return sandbox.repository().tip(branch).orElseThrow();
  }

  /** Looks again until it is so: on a busy machine the sandbox takes its time. */
  protected static void eventually(BooleanSupplier so) {
    Instant end = Instant.now().plus(LONGEST_WAIT);
    while (!so.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  protected static ApplicationFailure failureOf(ThrowingCallable step) {
    ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, step);
    return (ApplicationFailure) failure.getCause();
  }

  protected static FailureType typeOf(ThrowingCallable step) {
    return FailureType.of(failureOf(step).getType());
  }
}
