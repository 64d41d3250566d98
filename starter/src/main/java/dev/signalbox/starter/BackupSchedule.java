package dev.signalbox.starter;

import dev.signalbox.starter.Timetable.Deed;
import dev.signalbox.starter.Timetable.Planned;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.backup.ScheduledBackup;
import dev.signalbox.workflows.backup.ScheduledBackupWorkflow;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The backups that one environment's clock takes: shown, set, paused and taken away. */
public final class BackupSchedule {
  private static final Deed<ScheduledBackup> DEED =
      new Deed<>(
          "backups",
          ScheduledBackupWorkflow.class,
          ScheduledBackup.class,
          ScheduledBackupWorkflow::id,
          Duration.ofHours(1));

  private final EngineCalls calls;
  private final Timetable<ScheduledBackup> timetable;
  private final String environment;

  BackupSchedule(EngineCalls calls, String environment) {
    this.calls = calls;
    this.timetable = Timetable.of(calls, DEED);
    this.environment = environment;
  }

  /**
   * What is so now.
   *
   * @param changed whether it was not so before
   * @param planned null = none are scheduled
   */
  public record Standing(boolean changed, Planned<ScheduledBackup> planned) {
    public Optional<ScheduledBackup> order() {
      return Optional.ofNullable(planned).map(Planned::order);
    }

    /** Null = none is due. */
    public Instant next() {
      return planned == null ? null : planned.next();
    }

    /** Times that were skipped beside a run under way; null = not counted. */
    public Long overlapped() {
      return planned == null ? null : planned.overlapped();
    }

    /** Times that passed while the engine was away; null = not counted. */
    public Long missed() {
      return planned == null ? null : planned.missed();
    }
  }

  public Standing show() {
    return new Standing(false, timetable.find(environment).orElse(null));
  }

  /** At these times; what is paused stays so. */
  public Standing at(ClockTimes times) {
    Optional<ScheduledBackup> former = timetable.find(environment).map(Planned::order);
    Instant now = Instant.now();
    return make(
        former.orElse(null),
        former
            .map(order -> order.times().equals(times) ? order : order.at(times, now))
            .orElseGet(() -> new ScheduledBackup(calls.project(), environment, times, now, null)));
  }

  /**
   * @throws TroubleException exit 1, when none are scheduled
   */
  public Standing pause(String reason) {
    ScheduledBackup former = required("Pausing the backups");
    return make(former, former.paused(reason));
  }

  /**
   * @throws TroubleException exit 1, when none are scheduled
   */
  public Standing resume() {
    ScheduledBackup former = required("Resuming the backups");
    return make(former, former.paused() == null ? former : former.resumed(Instant.now()));
  }

  /** Also the word of how the last one ended is taken from the ledger. */
  public Standing remove() {
    boolean there = timetable.find(environment).isPresent();
    timetable.remove(environment);
    forget();
    return new Standing(there, null);
  }

  private void forget() {
    String ledger = EnvironmentWorkflow.id(calls.project(), environment);
    try {
      calls.calling(
          "end of the schedule",
          ledger,
          () -> {
            calls.client().newWorkflowStub(EnvironmentWorkflow.class, ledger).backupsUnscheduled();
            return ledger;
          });
    } catch (WorkflowNotFoundException none) {
      // No worker has opened it yet, so it knows of nothing.
    }
  }

  private Standing make(ScheduledBackup former, ScheduledBackup wanted) {
    if (Objects.equals(former, wanted)) {
      return show();
    }
    timetable.put(wanted);
    return new Standing(true, timetable.find(environment).orElse(null));
  }

  private ScheduledBackup required(String tried) {
    return timetable
        .find(environment)
        .map(Planned::order)
        .orElseThrow(
            () ->
                new TroubleException(
                    new Trouble(
                        1,
                        tried,
                        environment,
                        "none are scheduled",
                        "`signalbox backup schedule "
                            + environment
                            + " --at 03:00 --zone UTC` schedules one for each day.")));
  }
}
