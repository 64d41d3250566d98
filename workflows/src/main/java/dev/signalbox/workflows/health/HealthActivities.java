package dev.signalbox.workflows.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.policy.Condition;
import dev.signalbox.workflows.policy.PageCheck;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
   * release. The soak ends early when a budget is spent, and later, by {@code timeout} at the most,
   * while the last answer of one is not good. Heartbeats where it is and its counts: a new worker
   * goes on, it does not begin again.
   */
  @ActivityMethod
  Observed observe(ObserveOrder order);

  /**
   * Goes on sampling for the soak time alone: the verification is known, or a person accepted it.
   * Ends early or late as that of {@link #observe}. Heartbeats its counts.
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
   * @param version what must be running; null = not checked
   * @param expect by JSON pointer, what must stand in the answer
   * @param timeout of one request
   * @param interval time between two samples of this one; null = as the order says
   * @param retries further requests within one sample before no answer counts as none
   * @param page a page to open in place of a health answer; null = none
   */
  record Target(
      String service,
      String url,
      String path,
      WantedVersion version,
      Map<String, List<Condition>> expect,
      Duration timeout,
      Duration interval,
      int retries,
      PageCheck page) {
    public Target {
      expect =
          expect == null || expect.isEmpty()
              ? Map.of()
              : Collections.unmodifiableMap(new TreeMap<>(expect));
    }

    /** The same, called so; where thousands are held their names are held once. */
    public Target called(String name) {
      return new Target(name, url, path, version, expect, timeout, interval, retries, page);
    }
  }

  /**
   * What the health answer must show.
   *
   * @param pointer JSON pointer to the running version
   * @param revision the commit that must be running, 40 hex; a prefix of 7 or more in the answer
   *     counts
   * @param mergeCommit another commit that stands for the revision; null = none
   * @param text the version that must stand there in place of a commit; null = a commit does
   * @param earlier what ran before, commits or versions: while a switch goes on it may still answer
   */
  record WantedVersion(
      String pointer, String revision, String mergeCommit, String text, List<String> earlier) {
    public WantedVersion {
      earlier = earlier == null ? List.of() : List.copyOf(earlier);
    }

    /** A commit, of which nothing is known that ran before. */
    public static WantedVersion commit(String pointer, String revision, String mergeCommit) {
      return new WantedVersion(pointer, revision, mergeCommit, null, List.of());
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
    /**
     * Answered, and it is still the release before: the switch goes on. In a verification that is
     * no mistake, only not yet; in a soak it is as bad as any other version.
     */
    @JsonProperty("earlier")
    EARLIER,
    /** Answered, and says neither: no version where one should be, not JSON, a redirect. */
    @JsonProperty("inconclusive")
    INCONCLUSIVE
  }

  /**
   * @param pages opened once every service has its successes, each until it is good once; and again
   *     at the end of a soak
   * @param timeout of the verification; of a soak: the stretch over which its budgets count, and
   *     how long it goes on beyond its end for a good last answer of each
   * @param fail how many samples may be bad: over the whole of a verification, in a soak over any
   *     stretch of {@code timeout}; so are the other two
   * @param inconclusive {@link #UNCLEAR_ACCEPTED} = a person takes such answers as they are
   */
  record VerifyOrder(
      String project,
      List<Target> targets,
      List<Target> pages,
      int successes,
      Duration every,
      Duration timeout,
      int fail,
      int error,
      int inconclusive) {
    public static final int UNCLEAR_ACCEPTED = Integer.MAX_VALUE;

    public VerifyOrder {
      targets = targets == null ? List.of() : List.copyOf(targets);
      pages = pages == null ? List.of() : List.copyOf(pages);
    }

    /** Whether an answer that says neither yes nor no is good enough at the end, too. */
    public boolean unclearIsAccepted() {
      return inconclusive == UNCLEAR_ACCEPTED;
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
   * @param runs all of them, equal ones in a row as one
   * @param omitted how many of them are in no run: from the middle, where there were too many
   */
  record VerificationEnd(
      Verdict verdict, Sample decisive, int samples, String summary, List<Run> runs, int omitted) {
    public VerificationEnd {
      runs = runs == null ? List.of() : List.copyOf(runs);
    }
  }

  /**
   * Samples of one service, in a row, that said the same.
   *
   * @param from when the first was taken
   * @param to when the last was
   */
  record Run(
      String service,
      Reading reading,
      String expected,
      String got,
      Instant from,
      Instant to,
      int count) {}

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
