package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.migration.Unpromised;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ReleaseSet;
import java.util.ArrayList;
import java.util.List;

/** What a release does to the database, step by step and in words. */
final class MigrationSteps {
  private MigrationSteps() {}

  static List<String> beforeTheCode(Pipeline pipeline, ReleaseSet release) {
    return release == null || release.schema() == null
        ? List.of()
        : steps(pipeline.migrations(), release.schema().before(), "");
  }

  static List<String> afterTheSoak(Pipeline pipeline, ReleaseSet release) {
    if (release == null || release.schema() == null || release.schema().after().isEmpty()) {
      return List.of();
    }
    List<String> steps = new ArrayList<>();
    steps.add("after the soak: approval of its own, lease, everything of the schema read again");
    steps.addAll(steps(pipeline.migrations(), release.schema().after(), "after the soak: "));
    steps.add("after the soak: verify every service again");
    return steps;
  }

  private static List<String> steps(
      MigrationPolicy policy, List<PendingRevision> revisions, String when) {
    if (revisions.isEmpty()) {
      return List.of();
    }
    List<String> steps = new ArrayList<>();
    steps.add(
        when
            + switch (policy.backup()) {
              case PG_DUMP -> "backup: dumped, restored into a scratch database and compared";
              case RAILWAY_VOLUME ->
                  "backup: Railway's, of the volume of " + policy.volume() + "; not proved";
              case NONE -> "no backup: " + policy.withoutBackup();
            });
    if (SchemaChange.rehearsed(policy, revisions)) {
      steps.add(
          when
              + "rehearse "
              + SchemaChange.count(revisions)
              + " on the restored copy"
              + (policy.runsByRevision()
                  ? "; stopped if readers are kept out for longer than "
                      + DurationText.of(policy.lockBudget())
                  : ", as a whole"));
    }
    if (policy.byRailway()) {
      steps.add(
          when
              + "set Railway's pre-deploy command of "
              + policy.service()
              + " to `"
              + policy.preDeployCommand()
              + "`, and put the former one back when it is deployed");
    }
    revisions.forEach(revision -> steps.add(when + "migrate " + revision.words()));
    Unpromised.of(policy).forEach(sentence -> steps.add(when + "not promised: " + sentence));
    return steps;
  }
}
