package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeAwaited;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeBackup;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeOrder;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeQuery;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeRemoval;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeState;
import dev.signalbox.workflows.effect.Backoff;
import dev.signalbox.workflows.effect.BareOutcome;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Backups of the volume that an environment's database lies on, taken by Railway. Nothing protects
 * from taking one twice, so it is sent once and read back by the name that we give it.
 */
public final class VolumeBackups {
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration LONGEST_WORK = Duration.ofMinutes(30);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final VolumeQuery query;
  private final MigrationPolicy policy;
  private final Duration settle;
  private final String queue;

  /**
   * @param pipeline whose policy names the volume
   */
  public VolumeBackups(Pipeline pipeline) {
    this.policy = pipeline.migrations();
    this.query =
        new VolumeQuery(
            pipeline.project().name(),
            pipeline.home(),
            pipeline.environment().name(),
            policy.volume());
    this.settle = pipeline.environment().limits().settle();
    this.queue = new TaskQueues(query.project()).railway();
  }

  /**
   * How it ended; one of them is not null.
   *
   * @param refused why none was taken
   * @param unknown why nobody can say whether one was taken
   */
  public record Taken(Receipt receipt, String refused, String unknown) {}

  /**
   * Has one taken.
   *
   * @param name of the backup to be
   * @throws ActivityFailure the volume cannot be read
   */
  public Taken take(String name) {
    VolumeState before =
        volumes(ActivityProfiles.quick(queue, "which backups are there?")).list(query);
    VolumeOrder order =
        new VolumeOrder(query.project(), query.home().token(), before.volumeId(), name);
    Instant until = now().plus(PATIENCE);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), LONGEST_PAUSE);
    while (true) {
      BareOutcome sent =
          BareOutcome.of(
              () ->
                  volumes(ActivityProfiles.bare(queue, "have the volume backed up"))
                      .create(order)
                      .workflowId());
      if (sent.id() != null || sent.unknown()) {
        return readBack(order, before, sent);
      }
      if (sent.permanent() || now().isAfter(until)) {
        return new Taken(null, sent.detail(), null);
      }
      Duration pause = backoff.next();
      Workflow.sleep(sent.pause() == null ? pause : sent.pause());
    }
  }

  private Taken readBack(VolumeOrder order, VolumeState before, BareOutcome sent) {
    ActivityOptions options =
        ActivityOptions.newBuilder(
                ActivityProfiles.untilChanged(queue, "until Railway has taken it", POLL))
            .setScheduleToCloseTimeout(sent.unknown() ? settle : LONGEST_WORK)
            .build();
    try {
      VolumeBackup taken =
          volumes(options)
              .await(
                  new VolumeAwaited(
                      order, sent.id(), before.backups().stream().map(VolumeBackup::id).toList()));
      return new Taken(receipt(order.volumeId(), taken), null, null);
    } catch (ActivityFailure failed) {
      return rejected(failed)
          ? new Taken(null, Reads.reason(failed), null)
          : new Taken(
              null,
              null,
              (sent.detail() == null ? "Railway began it" : sent.detail())
                  + ", and it does not show among the backups of the volume");
    }
  }

  private static boolean rejected(ActivityFailure failed) {
    return failed.getCause() instanceof ApplicationFailure known
        && FailureType.of(known.getType()) == FailureType.REJECTED;
  }

  /** Those that we have had taken, newest first. */
  public List<Receipt> list(Duration within) {
    VolumeState state =
        volumes(ActivityProfiles.quick(queue, "list the backups", within)).list(query);
    return ours(state);
  }

  private List<Receipt> ours(VolumeState state) {
    return state.backups().stream()
        .filter(
            backup -> backup.name() != null && BackupId.fits(backup.name(), query.environment()))
        .sorted(Comparator.comparing(VolumeBackup::createdAt).reversed())
        .map(backup -> receipt(state.volumeId(), backup))
        .toList();
  }

  private Receipt receipt(String volumeId, VolumeBackup backup) {
    return Receipt.ofVolume(
        query.project(), query.environment(), query.service(), volumeId, backup);
  }

  /**
   * Removes what is not kept: of those that we had taken, never the newest.
   *
   * @param inUse names that a live release refers to
   */
  List<String> prune(Set<String> inUse) {
    VolumeState state = volumes(ActivityProfiles.optional(queue, "which are old?")).list(query);
    List<Receipt> ours = ours(state);
    Instant oldest = policy.maxAge() == null ? null : now().minus(policy.maxAge());
    List<Receipt> gone =
        IntStream.range(0, ours.size())
            .filter(at -> at >= policy.keep())
            .mapToObj(ours::get)
            .filter(receipt -> oldest == null || receipt.takenAt().isBefore(oldest))
            .filter(receipt -> !inUse.contains(receipt.id()))
            .toList();
    for (Receipt receipt : gone) {
      String where = receipt.where();
      volumes(ActivityProfiles.optional(queue, "clear an old backup away"))
          .remove(
              new VolumeRemoval(
                  new VolumeOrder(
                      query.project(), query.home().token(), state.volumeId(), receipt.id()),
                  where.substring(where.lastIndexOf('/') + 1)));
    }
    return gone.stream().map(Receipt::id).toList();
  }

  private static VolumeActivities volumes(ActivityOptions options) {
    return Workflow.newActivityStub(VolumeActivities.class, options);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
