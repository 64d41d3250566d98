package dev.signalbox.workflows.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Asks the services whether they are healthy and which version they are. Reads only. */
@ActivityInterface(namePrefix = "Health")
public interface HealthActivities {

  /** One sample of every target, at the same time. */
  @ActivityMethod
  Samples sample(Targets targets);

  /**
   * Samples all targets at {@code every} until each has {@code successes} good ones in a row, a
   * budget is spent, or {@code timeout} has passed. Heartbeats its counts, so that another worker
   * goes on where this one ended.
   */
  @ActivityMethod
  VerificationEnd verify(VerifyOrder order);

  /**
   * Verifies, and then goes on sampling for the soak time: one long read for the whole watch over a
   * release. The soak ends early when a budget is spent. Heartbeats where it is and its counts: a
   * new worker goes on, it does not begin again.
   */
  @ActivityMethod
  Observed observe(ObserveOrder order);

  /**
   * Goes on sampling for the soak time alone: the verification is known, or a person accepted it.
   * Ends early when a budget is spent. Heartbeats its counts.
   */
  @ActivityMethod
  VerificationEnd soak(ObserveOrder order);

  record Targets(String project, List<Target> targets) {
    public Targets {
      targets = targets == null ? List.of() : List.copyOf(targets);
    }
  }

  /**
   * @param url base address
   * @param path of the health answer
   * @param version JSON pointer to the running commit; null = not checked
   * @param revision the commit that must be running, 40 hex; a prefix of 7 or more in the answer
   *     counts; null = any
   * @param mergeCommit another commit that stands for the revision; null = none
   */
  record Target(
      String service,
      String url,
      String path,
      String version,
      String revision,
      String mergeCommit,
      Map<String, String> expect,
      Duration timeout) {
    public Target {
      expect = expect == null ? Map.of() : Map.copyOf(expect);
    }
  }

  record Samples(List<Sample> samples) {
    public Samples {
      samples = samples == null ? List.of() : List.copyOf(samples);
    }
  }

  /**
   * @param expected what a good answer would have been, in words
   * @param got what came: status, the part of the body in question, or the error
   */
  record Sample(String service, Reading reading, String expected, String got, Instant at) {}

  /** What one sample says. */
  enum Reading {
    /** Healthy, and the version is the promoted one. */
    @JsonProperty("good")
    GOOD,
    /** Answered, and it is wrong: unhealthy or another version. */
    @JsonProperty("bad")
    BAD,
    /** No answer: refused, timed out, reset. */
    @JsonProperty("error")
    ERROR,
    /** Answered, and says neither: no version where one should be, not JSON, a redirect. */
    @JsonProperty("inconclusive")
    INCONCLUSIVE
  }

  /**
   * @param timeout of the verification; of a soak: the stretch over which its budgets count
   * @param fail how many samples may be bad: over the whole of a verification, in a soak over any
   *     stretch of {@code timeout}; so are the other two
   */
  record VerifyOrder(
      String project,
      List<Target> targets,
      int successes,
      Duration every,
      Duration timeout,
      int fail,
      int error,
      int inconclusive) {
    public VerifyOrder {
      targets = targets == null ? List.of() : List.copyOf(targets);
    }
  }

  /**
   * @param soak how long to go on after the verification; zero = not at all
   */
  record ObserveOrder(VerifyOrder verify, Duration soak) {}

  /**
   * @param verifiedAt when the verification ended
   * @param soak null when the verification did not end healthy, or no soak was asked for
   */
  record Observed(VerificationEnd verification, Instant verifiedAt, VerificationEnd soak) {}

  /**
   * @param decisive the sample that spent the budget, or the last one; null when all was good
   * @param samples how many were taken in all
   */
  record VerificationEnd(Verdict verdict, Sample decisive, int samples, String summary) {}

  /** How a verification or a soak ended. */
  enum Verdict {
    @JsonProperty("healthy")
    HEALTHY,
    @JsonProperty("unhealthy")
    UNHEALTHY,
    @JsonProperty("inconclusive")
    INCONCLUSIVE,
    @JsonProperty("timedOut")
    TIMED_OUT
  }
}
