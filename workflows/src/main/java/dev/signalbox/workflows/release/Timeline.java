package dev.signalbox.workflows.release;

import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.Proof.Watched;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The steps of a run as they happen, for {@code status} and the report. */
public final class Timeline {
  private final List<Step> steps = new ArrayList<>();
  private final List<Watched> watched = new ArrayList<>();

  /** Null when it is no longer what {@link #steps} holds: asked for far more often than changed. */
  private List<Step> shown;

  public void begin(String name) {
    begin(name, null);
  }

  /** A step that runs, and what follows it in the same breath; null = nothing. */
  public void beginThen(String name, String detail) {
    put(name, null, Step.State.RUNNING, detail);
  }

  public void begin(String name, String service) {
    put(name, service, Step.State.RUNNING, null);
  }

  /** A step of one service that runs, and what it waits for; null = nothing. */
  public void beginFor(String name, String service, String detail) {
    put(name, service, Step.State.RUNNING, detail);
  }

  /** A step that began earlier than it could be noted. */
  public void beginAt(String name, Instant at) {
    steps.add(new Step(name, null, Step.State.RUNNING, null, at, null));
    shown = null;
  }

  /** A step that ended earlier than it could be noted. */
  public void done(String name, String detail, Instant at) {
    done(name, null, detail);
    Step noted = steps.get(steps.size() - 1);
    steps.set(steps.size() - 1, new Step(name, null, noted.state(), detail, noted.startedAt(), at));
    shown = null;
  }

  public void waiting(String name, String detail) {
    put(name, null, Step.State.WAITING, detail);
  }

  public void done(String name, String detail) {
    done(name, null, detail);
  }

  public void done(String name, String service, String detail) {
    put(name, service, Step.State.DONE, detail);
  }

  public void skipped(String name, String service, String detail) {
    put(name, service, Step.State.SKIPPED, detail);
  }

  public void failed(String name, String service, String detail) {
    put(name, service, Step.State.FAILED, detail);
  }

  /** Whatever still runs or waits did not come to its end. */
  public void failOpen(String detail) {
    for (Step step : List.copyOf(steps)) {
      if (step.endedAt() == null) {
        failed(step.name(), step.service(), detail);
      }
    }
  }

  public void add(List<Step> others) {
    steps.addAll(others);
    shown = null;
  }

  /** What a step saw of the services: every sample of it. */
  public void saw(String step, VerificationEnd end) {
    watched.add(new Watched(step, end.samples(), end.runs(), end.omitted()));
  }

  public List<Watched> watched() {
    return List.copyOf(watched);
  }

  public List<Step> steps() {
    if (shown == null) {
      shown = List.copyOf(steps);
    }
    return shown;
  }

  private void put(String name, String service, Step.State state, String detail) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    boolean open = state == Step.State.RUNNING || state == Step.State.WAITING;
    shown = null;
    for (int at = steps.size() - 1; at >= 0; at--) {
      Step known = steps.get(at);
      if (known.name().equals(name)
          && Objects.equals(known.service(), service)
          && known.endedAt() == null) {
        steps.set(at, new Step(name, service, state, detail, known.startedAt(), open ? null : now));
        return;
      }
    }
    steps.add(new Step(name, service, state, detail, now, open ? null : now));
  }
}
