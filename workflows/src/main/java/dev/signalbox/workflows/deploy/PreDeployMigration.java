package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.migration.BackupStep;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.migration.Stopped;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.PreDeploy;
import dev.signalbox.workflows.railway.RailwayActivities.PreDeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.PreDeployQuery;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Migrations that Railway runs, in the pre-deploy command of their service: set before that is
 * deployed, and what was there before put back when its deployment has ended, however it did. The
 * database is never reached from here, so nobody says where it stands.
 */
final class PreDeployMigration {
  static final String STEP = "migrate";
  private static final String PUT_BACK = "pre-deploy";
  private static final String RAILWAYS = "PRE_DEPLOY_COMMAND";

  /** Steps of Railway's that come before it: what fails there has run none of it. */
  private static final Set<String> BEFORE_IT =
      Set.of("SNAPSHOT_CODE", "WAIT_FOR_DEPENDENCIES", "BUILD_IMAGE", "PUBLISH_IMAGE");

  /** Railway may be away; nothing else waits for it. */
  private static final Duration LONGEST_PUT_BACK = Duration.ofHours(1);

  private final Pipeline pipeline;
  private final EnvironmentState before;
  private final MigrationOrder order;
  private final Timeline timeline;
  private final Questions questions;
  private final List<String> wanted;
  private List<String> former;
  private boolean changed;
  private boolean armed;
  private Receipt receipt;
  private SchemaRecord record;

  PreDeployMigration(
      Pipeline pipeline,
      EnvironmentState before,
      MigrationOrder order,
      Timeline timeline,
      Questions questions) {
    this.pipeline = pipeline;
    this.before = before;
    this.order = order;
    this.timeline = timeline;
    this.questions = questions;
    this.wanted = List.of(pipeline.migrations().preDeployCommand());
  }

  /** What was done to the schema, as far as anybody knows; null = nothing. */
  SchemaRecord record() {
    return record;
  }

  /** Has the volume backed up and sets the command; empty = it is set, and nothing was run. */
  Optional<Trouble> arm() {
    Optional<Trouble> unsaved = saved();
    if (unsaved.isPresent()) {
      return unsaved;
    }
    timeline.begin(STEP);
    ServiceState state = before.service(service().railway()).orElse(null);
    if (state == null) {
      return stopped(before.missing(service().railway()));
    }
    try {
      former =
          railway("read the pre-deploy command", limit())
              .preDeploy(
                  new PreDeployQuery(
                      project(),
                      before.environmentId(),
                      state.serviceId(),
                      service().name(),
                      token()))
              .command();
      if (!former.equals(wanted)) {
        changed = true;
        PreDeploy now = set(state, former, wanted, limit());
        if (!now.command().equals(wanted)) {
          changed = false;
          return stopped(
              "somebody else has just set the pre-deploy command of "
                  + service().name()
                  + " to "
                  + words(now.command()));
        }
      }
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      return stopped("the pre-deploy command cannot be set: " + Reads.reason(failure));
    }
    armed = true;
    timeline.waiting(
        STEP,
        "Railway runs `"
            + wanted.get(0)
            + "` before "
            + service().name()
            + " starts"
            + (changed ? "; before this it had " + words(former) : ""));
    return Optional.empty();
  }

  /** Why nothing may begin; empty = the database is saved as the policy wants it. */
  private Optional<Trouble> saved() {
    try {
      receipt = new BackupStep(pipeline, timeline, questions).take(order);
    } catch (Stopped why) {
      timeline.failOpen(why.getMessage());
      return trouble(why.getMessage());
    }
    return receipt == null || receipt.good() || pipeline.migrations().runsUnproved()
        ? Optional.empty()
        : stopped("the backup " + receipt.id() + " was not proved by restoring it");
  }

  private Optional<Trouble> stopped(String why) {
    timeline.failed(STEP, null, why);
    return trouble(why);
  }

  private static Optional<Trouble> trouble(String why) {
    return Optional.of(Trouble.of(Result.FAILED, "stopped before the migration: " + why, false));
  }

  /** Puts the former command back, once; in a detached scope. */
  void putBack() {
    if (!changed) {
      return;
    }
    changed = false;
    ServiceState state = before.service(service().railway()).orElseThrow();
    try {
      PreDeploy now = set(state, wanted, former, LONGEST_PUT_BACK);
      timeline.done(
          PUT_BACK,
          service().name(),
          now.command().equals(former)
              ? "back to " + words(former)
              : "left as somebody else has set it: " + words(now.command()));
    } catch (ActivityFailure failure) {
      timeline.failed(
          PUT_BACK,
          service().name(),
          "still `"
              + wanted.get(0)
              + "`, and was "
              + words(former)
              + ": "
              + Reads.reason(failure)
              + "; set it back at Railway by hand");
    }
  }

  private PreDeploy set(
      ServiceState state, List<String> expected, List<String> command, Duration longest) {
    return railway("set the pre-deploy command", longest)
        .setPreDeploy(
            new PreDeployOrder(
                project(),
                before.environmentId(),
                state.serviceId(),
                service().name(),
                expected,
                command,
                token()));
  }

  /**
   * What became of it.
   *
   * @param end of its service's deployment; null = it was not begun
   * @param failure Railway's words where that failed; null = none were read
   * @return what went wrong with the migration; empty = nothing that is known
   */
  Optional<Trouble> judge(Rollout.End end, DeploymentFailure failure) {
    if (!armed) {
      return Optional.empty();
    }
    armed = false;
    if (end == null
        || end.ending() == Rollout.Ending.KEPT
        || end.ending() == Rollout.Ending.REFUSED
        || (end.ending() == Rollout.Ending.FAILED && end.deployment() == null)) {
      timeline.skipped(STEP, null, "not run: there is no new deployment of " + service().name());
      return Optional.empty();
    }
    if (end.ending() == Rollout.Ending.ACTIVE) {
      record = recorded(true);
      timeline.done(
          STEP,
          "Railway ran `"
              + wanted.get(0)
              + "` before "
              + service().name()
              + " started, and it ended with 0; "
              + (order.to().isEmpty()
                  ? "where the database stands is not known here"
                  : "the database is taken to stand at "
                      + String.join(", ", order.to())
                      + ", nobody asked it"));
      return Optional.empty();
    }
    return end.ending() == Rollout.Ending.FAILED
        ? failed(failure)
        : unknown(service().name() + " " + end.detail(), List.of());
  }

  private Optional<Trouble> failed(DeploymentFailure failure) {
    List<String> steps = failure == null ? List.of() : failure.steps();
    if (steps.isEmpty()) {
      return unknown(
          "the deployment of "
              + service().name()
              + " failed, and Railway does not say at which step",
          failure == null ? List.of() : failure.deployLog());
    }
    String at = steps.get(0).replaceFirst(":.*", "");
    if (BEFORE_IT.contains(at)) {
      timeline.skipped(STEP, null, "not run: the deployment failed before it (" + at + ")");
      return Optional.empty();
    }
    if (at.equals(RAILWAYS)) {
      return unknown(
          "the pre-deploy command of "
              + service().name()
              + " failed, so this deployment never became live ("
              + steps.get(0)
              + ")",
          failure.deployLog());
    }
    record = recorded(true);
    timeline.done(STEP, "Railway ran it before its deployment failed (" + at + ")");
    return Optional.empty();
  }

  private Optional<Trouble> unknown(String what, List<String> log) {
    record = recorded(false);
    String detail = what + "; how far the migration came is not known: look at the database";
    timeline.failed(STEP, null, detail);
    return Optional.of(new Trouble(Result.FAILED, detail, false, log));
  }

  private SchemaRecord recorded(boolean ran) {
    boolean known = ran && !order.to().isEmpty();
    return new SchemaRecord(
        order.from(),
        known ? order.to() : List.of(),
        !known,
        ran ? order.revisions().stream().map(PendingRevision::revision).toList() : List.of(),
        order.revisions().stream()
            .filter(PendingRevision::breaksFormerCode)
            .map(PendingRevision::revision)
            .findFirst()
            .orElse(null),
        receipt == null ? null : receipt.id());
  }

  private RailwayActivities railway(String summary, Duration longest) {
    return Workflow.newActivityStub(
        RailwayActivities.class,
        ActivityProfiles.quick(new TaskQueues(project()).railway(), summary, longest));
  }

  private static String words(List<String> command) {
    return command.isEmpty() ? "none" : "`" + String.join(" && ", command) + "`";
  }

  private Duration limit() {
    return pipeline.environment().limits().longestSilence();
  }

  private ServicePolicy service() {
    return pipeline.service(pipeline.migrations().service());
  }

  private String project() {
    return pipeline.project().name();
  }

  private String token() {
    return pipeline.home().token();
  }
}
