package dev.signalbox.workflows.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.util.List;

/** Runs the user's own test of a deployed release, on the worker's machine. */
@ActivityInterface(namePrefix = "Smoke")
public interface SmokeActivities {

  /**
   * Runs the command to its end, or to its time-out or a cancel: then it and all that it started
   * are killed. Heartbeats. <strong>Runs again</strong> when its worker dies in the middle, so the
   * command must be safe to repeat.
   */
  @ActivityMethod
  SmokeEnd run(SmokeOrder order);

  /**
   * @param command program and arguments, placeholders filled in; no shell reads them
   */
  record SmokeOrder(String project, List<String> command, Duration timeout) {
    public SmokeOrder {
      command = command == null ? List.of() : List.copyOf(command);
    }
  }

  /**
   * @param exitCode null when it did not end by itself
   * @param tail the last lines that it wrote, oldest first, without what looks like a secret
   */
  record SmokeEnd(Outcome outcome, Integer exitCode, String detail, List<String> tail) {
    public SmokeEnd {
      tail = tail == null ? List.of() : List.copyOf(tail);
    }
  }

  /** How the command ended. */
  enum Outcome {
    /** Exit code 0. */
    @JsonProperty("passed")
    PASSED,
    /** Any other exit code. */
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("timedOut")
    TIMED_OUT,
    /** There is no such program on the worker: it says nothing about the release. */
    @JsonProperty("notStarted")
    NOT_STARTED
  }
}
