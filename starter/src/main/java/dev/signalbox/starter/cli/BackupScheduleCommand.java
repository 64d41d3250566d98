package dev.signalbox.starter.cli;

import dev.signalbox.starter.BackupSchedule;
import dev.signalbox.starter.BackupSchedule.Standing;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.backup.ScheduledBackup;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.release.Moments;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Backups by the clock. */
@Command(
    name = "schedule",
    description =
        "Backups that are taken by the clock: shows what is scheduled, or changes it. Says the same"
            + " when it is so already.")
final class BackupScheduleCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @ArgGroup(exclusive = true)
  Wish wish = new Wish();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Whose clock, such as Europe/Berlin; else UTC.")
  String zone;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; needed to pause and to resume.")
  String reason;

  BackupScheduleCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** What shall be so; none of them = it is only shown. */
  static final class Wish {
    @Option(names = "--at", paramLabel = "HH:MM", description = "Each day at this time.")
    String at;

    @Option(
        names = "--cron",
        paramLabel = "\"M H D M W\"",
        description = "At these times: minute, hour, day, month, day of the week (0 = Sunday).")
    String cron;

    @Option(names = "--pause", description = "Take none until --resume.")
    boolean pause;

    @Option(names = "--resume", description = "Take them again.")
    boolean resume;

    @Option(names = "--remove", description = "Schedule none any more; the backups stay.")
    boolean remove;

    boolean times() {
      return at != null || cron != null;
    }
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    requireFitting();
    BackupSchedule schedule = client.backupSchedule(environment);
    if (wish.times()) {
      ClockTimes times = times();
      requireBackups(pipelines);
      print(schedule.at(times), client);
    } else if (wish.pause) {
      print(schedule.pause(reason), client);
    } else if (wish.resume) {
      print(schedule.resume(), client);
    } else if (wish.remove) {
      print(schedule.remove(), client);
    } else {
      print(schedule.show(), client);
    }
    return Exit.DONE;
  }

  private void requireFitting() {
    if (zone != null && !wish.times()) {
      throw usage("--zone " + zone, "a zone without a time", "Say --at HH:MM or --cron with it.");
    }
    boolean wantsReason = wish.pause || wish.resume;
    if (wantsReason && (reason == null || reason.isBlank())) {
      throw usage(
          wish.pause ? "--pause" : "--resume", "no reason is given", "Say --reason \"WHY\".");
    }
    if (!wantsReason && reason != null) {
      throw usage("--reason", "nothing is paused or resumed", "Leave it out.");
    }
  }

  private ClockTimes times() {
    String clock = zone == null ? "UTC" : zone;
    ClockTimes times;
    try {
      times =
          wish.cron == null
              ? ClockTimes.daily(LocalTime.parse(wish.at), clock)
              : new ClockTimes(wish.cron.strip().replaceAll("\\s+", " "), clock);
    } catch (DateTimeException wrong) {
      throw usage("--at " + wish.at, "it is no time of the day", "Say it as 03:00.");
    }
    times
        .problem()
        .ifPresent(
            problem -> {
              throw usage(times.words(), problem, "`--help` shows how times are said.");
            });
    return times;
  }

  /** Refused at once, and not in the night. */
  private void requireBackups(PipelineFile pipelines) {
    MigrationPolicy migrations = pipelines.pipeline(environment).migrations();
    if (migrations == null) {
      throw usage(
          environment,
          "signalbox.toml names no database",
          "Say in [migrations] whose variables hold its address.");
    }
    if (migrations.backup() == BackupMethod.NONE) {
      throw usage(
          environment,
          "there are no backups by policy: " + migrations.withoutBackup(),
          "Change backup in [migrations] first.");
    }
    if (migrations.backup().restorable() && pipelines.archive().isEmpty()) {
      throw usage(
          environment,
          "there is no archive to keep backups in",
          "Name one in signalbox.toml ([archive] store = \"file:/…\" or \"s3://…\").");
    }
  }

  private TroubleException usage(String on, String answer, String next) {
    return new TroubleException(Trouble.usage("Scheduling backups", on, answer, next));
  }

  private void print(Standing standing, SignalboxClient client) {
    BackupRound last = client.ledger(environment).map(LedgerStatus::backups).orElse(null);
    printer().object(object(standing, last));
    ScheduledBackup order = standing.order().orElse(null);
    if (order == null) {
      printer()
          .line(
              "no backups of "
                  + environment
                  + " are scheduled"
                  + (standing.changed() ? " any more" : "")
                  + ": signalbox backup schedule "
                  + environment
                  + " --at 03:00 --zone UTC");
      return;
    }
    printer().line(environment + "  " + order.times().words());
    if (order.paused() != null) {
      printer().line("  paused    " + order.paused());
    } else if (standing.next() != null) {
      printer().line("  next      " + Moments.text(standing.next()));
    }
    if (last != null) {
      printer().line("  last      " + RoundText.of(last));
    }
    if (skipped(standing) > 0) {
      printer()
          .line(
              "  skipped   "
                  + standing.overlapped()
                  + " beside one under way, "
                  + standing.missed()
                  + " while the engine was away");
    }
  }

  private static long skipped(Standing standing) {
    return standing.overlapped() == null ? 0 : standing.overlapped() + standing.missed();
  }

  private Map<String, Object> object(Standing standing, BackupRound last) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", environment);
    object.put("changed", standing.changed());
    object.put("schedule", standing.order().map(order -> schedule(order, standing)).orElse(null));
    object.put("last", last);
    return object;
  }

  private static Map<String, Object> schedule(ScheduledBackup order, Standing standing) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("cron", order.times().cron());
    object.put("zone", order.times().zone());
    object.put("since", order.since());
    object.put("paused", order.paused());
    object.put("next", standing.next());
    object.put("overlapped", standing.overlapped());
    object.put("missed", standing.missed());
    return object;
  }
}
