package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Need;
import dev.signalbox.workflows.deploy.FormerVariables;
import dev.signalbox.workflows.deploy.Observation;
import dev.signalbox.workflows.deploy.ProofWords;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.CommitQuery;
import dev.signalbox.workflows.environment.LedgerActivities.RecordQuery;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.migration.MigrationReading;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.MergeMethod;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.ReleaseParts;
import dev.signalbox.workflows.railway.ChangedVariables;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The same policy, the same look and the same gates as a promotion, and then it says so instead of
 * doing it.
 */
public final class PlanWorkflowImpl implements PlanWorkflow {
  /** A person waits: what does not answer by then is told as not reached. */
  private static final Duration RESOLVE_WITHIN = Duration.ofSeconds(4);

  private static final Duration ALL_WITHIN = Duration.ofSeconds(7);
  private static final Duration MIGRATIONS_WITHIN = Duration.ofSeconds(90);
  private static final Duration LEAST = Duration.ofSeconds(1);

  @Override
  public PlanReport run(PlanRequest request) {
    long began = Workflow.currentTimeMillis();
    TaskQueues queues = new TaskQueues(request.project());
    Preflight preflight =
        new Preflight(request.project(), request.environment(), request.service());
    Pipeline pipeline = preflight.readPolicy();
    if (request.wayBackOnly()) {
      WayBack way = new WayBack(request.project(), pipeline);
      return PlanReport.wayBack(
          request.environment(),
          way.outlook(request.ledger()),
          way.images(),
          way.foreign(request.ledger()));
    }
    String revision = revision(request, pipeline, queues);
    preflight.look(
        revision,
        recorded(request, revision, queues),
        bounded(queues.workflows(), "read the facts", remaining(began)),
        migrating(request.project()));
    Facts facts = preflight.facts();
    ReleaseSet release = preflight.release();
    List<GateResult> gates = preflight.gates();
    return new PlanReport(
        request.environment(),
        revision,
        facts.base(),
        release == null ? null : release.digest(),
        release == null ? null : release.alias(),
        gates.stream().allMatch(gate -> gate.state() == GateResult.State.MET),
        gates,
        steps(pipeline, facts, release),
        outlook(preflight, remaining(began)),
        ReleaseParts.planned(preflight),
        null,
        null);
  }

  // As the ledger does it: the head of the source branch may be a merge of the source's promotion.
  private static String revision(PlanRequest request, Pipeline pipeline, TaskQueues queues) {
    String commit =
        Workflow.newActivityStub(
                GitHubActivities.class,
                bounded(queues.github(), "resolve the revision", RESOLVE_WITHIN))
            .resolveRevision(
                new RevisionQuery(
                    request.project(),
                    pipeline.project().github(),
                    pipeline.sourceBranch(),
                    request.revision()))
            .sha();
    List<String> environments = new ArrayList<>();
    environments.add(request.environment());
    pipeline.promotedFrom().map(EnvironmentPolicy::name).ifPresent(environments::add);
    return Workflow.newActivityStub(
            LedgerActivities.class,
            bounded(queues.workflows(), "which revision is it?", RESOLVE_WITHIN))
        .revisionBehind(new CommitQuery(request.project(), environments, commit));
  }

  private static LedgerRecord recorded(PlanRequest request, String revision, TaskQueues queues) {
    return Workflow.newActivityStub(
            LedgerActivities.class,
            bounded(queues.workflows(), "what the ledger says", RESOLVE_WITHIN))
        .record(new RecordQuery(request.project(), request.environment(), revision));
  }

  private static Duration remaining(long began) {
    Duration left = ALL_WITHIN.minusMillis(Workflow.currentTimeMillis() - began);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  /** The project's Python may have to be made first, which is done once. */
  private static ActivityOptions migrating(String project) {
    return ActivityOptions.newBuilder(MigrationReading.fewTries(project))
        .setScheduleToCloseTimeout(MIGRATIONS_WITHIN)
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        .build();
  }

  private static ActivityOptions bounded(String queue, String summary, Duration longest) {
    return ActivityProfiles.quick(queue, summary, longest);
  }

  private static List<String> steps(Pipeline pipeline, Facts facts, ReleaseSet release) {
    List<String> steps = new ArrayList<>();
    var environment = pipeline.environment();
    List<String> schema = release == null ? List.of() : release.schemaToBeApproved();
    if (environment.approvals() != null || facts.base() == null || !schema.isEmpty()) {
      steps.add(
          "approval by "
              + (environment.approvals() == null
                  ? "anybody: "
                      + (facts.base() == null
                          ? "first release, there is no last good set to go back to"
                          : String.join("; ", schema))
                  : Need.words(Need.of(pipeline, revisions(release)))));
    } else {
      steps.add("no approval: none is needed here");
    }
    steps.add("lease of " + environment.name() + ", everything read again");
    List<String> migrations = MigrationSteps.beforeTheCode(pipeline, release);
    if (observed(pipeline)) {
      steps.addAll(migrations);
    }
    if (pipeline.source() != null) {
      steps.add(merge(pipeline, release));
    }
    if (!observed(pipeline)) {
      steps.addAll(migrations);
    }
    pipeline.services().stream()
        .map(ServicePolicy::name)
        .map(name -> deploy(name, pipeline, release))
        .forEach(steps::add);
    steps.add(
        "verify: "
            + environment.verify().successes()
            + " good answers in a row from every service");
    for (ServicePolicy service : pipeline.services()) {
      String address =
          facts.target() == null ? service.url() : Observation.address(service, facts.target());
      steps.add(
          "proof of "
              + service.name()
              + ": "
              + ProofWords.planned(service, address, facts.target() != null));
    }
    environment.verify().pages().forEach(page -> steps.add("open the page " + page.path()));
    if (environment.verify().smoke() != null) {
      steps.add("smoke test: " + String.join(" ", environment.verify().smoke().command()));
    }
    steps.add("soak for " + DurationText.of(environment.soak()));
    steps.addAll(MigrationSteps.afterTheSoak(pipeline, release));
    steps.add(
        "on failure: the whole last good set back, "
            + environment.rollback().name().toLowerCase(Locale.ROOT));
    steps.add(
        release != null && release.service() != null
            ? "no tag (the set is not of one commit), GitHub deployment status, report"
            : "tag, GitHub deployment status, report");
    if (environment.syncs()) {
      steps.add(
          "bring "
              + pipeline.sourceBranch()
              + " level with "
              + environment.branch()
              + ": forward, else by a pull request");
    }
    return List.copyOf(steps);
  }

  private static List<PendingRevision> revisions(ReleaseSet release) {
    return release == null || release.schema() == null ? List.of() : release.schema().all();
  }

  private static String deploy(String service, Pipeline pipeline, ReleaseSet release) {
    if (release != null && release.skipped().contains(service)) {
      return "leave "
          + service
          + " as it is: "
          + (release.service() == null
              ? "unchanged, nothing under its paths differs"
              : "only " + release.service() + " is deployed");
    }
    return (observed(pipeline) ? "await Railway's own deployment of " : "deploy ")
        + service
        + (release != null && release.unchanged().contains(service) ? " (unchanged)" : "");
  }

  /** Whether the merge triggers, or has triggered, and Railway deploys. */
  private static boolean observed(Pipeline pipeline) {
    return pipeline.environment().autoDeploy() == AutoDeploy.OBSERVE && pipeline.source() != null;
  }

  private static String merge(Pipeline pipeline, ReleaseSet release) {
    String branch = pipeline.environment().branch();
    return release != null && release.alreadyMerged()
        ? "no merge: " + branch + " has it already, as " + ShortCommit.of(release.merged())
        : pipeline.environment().merge() == MergeMethod.FAST_FORWARD
            ? "move " + branch + " forward to the commit, never by force"
            : "merge " + pipeline.sourceBranch() + " into " + branch + ", guarded by the commit";
  }

  private static RollbackOutlook outlook(Preflight preflight, Duration left) {
    Pipeline pipeline = preflight.pipeline();
    EnvironmentState target = preflight.facts().target();
    if (target == null) {
      return RollbackOutlook.of("unknown", "Railway was not read");
    }
    RollbackOutlook outlook = WayBack.toWhatRuns(pipeline, target, preflight.schemaChange());
    return outlook.verdict().equals("forwardOnly")
        ? outlook
        : outlook.unless(preflight.unread()).withVariables(changed(pipeline, target, left));
  }

  /** Null where one of them could not be read. */
  private static List<String> changed(
      Pipeline pipeline, EnvironmentState target, Duration longest) {
    FormerVariables variables = new FormerVariables(pipeline, target, longest);
    List<String> names = new ArrayList<>();
    for (ServicePolicy service : pipeline.services()) {
      Optional<String> running =
          target.service(service.railway()).map(ServiceState::active).map(ServiceDeployment::id);
      if (running.isPresent()) {
        Optional<ChangedVariables> changed = variables.since(service, running.get());
        if (changed.isEmpty()) {
          return null;
        }
        changed.get().names().forEach(name -> names.add(service.name() + ": " + name));
      }
    }
    return names;
  }
}
