package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentStatus;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.MergedPullQuery;
import dev.signalbox.workflows.github.GitHubActivities.PullBody;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.GitHubActivities.PullsNotice;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.GitHubActivities.TagDraft;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.policy.EnvironmentPolicy.MergeMethod;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSet.PullReference;
import dev.signalbox.workflows.release.Step;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * A promotion's hand at GitHub: its pull request, statuses, deployment, tag and notices. What
 * people are told never stops a promotion; that it could not be told stands in the timeline.
 */
final class ReleaseDesk {
  private static final String ASKING = "waiting for approval";
  private static final int LONGEST_DESCRIPTION = 140;

  /** More than people read about, and few enough for one attempt. */
  private static final int MOST_PULLS = 50;

  private final Preflight preflight;
  private final Timeline timeline;
  private final TaskQueues queues;
  private final String project;
  private final String environment;
  private final String revision;
  private final PinnedBranch pinned = new PinnedBranch();
  private final OnTheSide aside;
  private final NoticeBoard board;
  private final KeptBody kept = new KeptBody(this::write);
  private PullRequest pull;
  private Promise<Long> deployment;

  ReleaseDesk(PromotionRequest request, Preflight preflight, Timeline timeline) {
    this.preflight = preflight;
    this.timeline = timeline;
    this.aside = new OnTheSide(timeline);
    this.queues = new TaskQueues(request.project());
    this.project = request.project();
    this.environment = request.environment();
    this.revision = request.revision();
    this.board = new NoticeBoard(project, preflight::pipeline, () -> pull, timeline, aside);
    board.bringing(this::bodyForWhoIsAsked);
  }

  // ---- the pull request

  /**
   * Finds or opens the promotion's pull request; an environment without a source has none. Of what
   * is merged already it is the one that was merged: none could be opened.
   */
  void openPull() {
    if (pull != null || release() == null || preflight.pipeline().source() == null) {
      return;
    }
    pull = release().alreadyMerged() ? mergedPull() : openedPull();
  }

  private PullRequest mergedPull() {
    if (release().formerMerge() == null) {
      return null;
    }
    return github("find the merged pull request")
        .findMergedPull(
            new MergedPullQuery(
                project,
                repository(),
                release().formerMerge(),
                preflight.pipeline().environment().branch()));
  }

  private PullRequest openedPull() {
    boolean asksNext =
        preflight.waiting().isEmpty() && ApprovalGate.wanted(preflight.pipeline(), release());
    String body = body(asksNext ? ASKING : "waiting");
    kept.take(body);
    return github("open the pull request")
        .ensurePull(
            new PullDraft(
                project,
                repository(),
                pinned.head(preflight.pipeline(), release().head()),
                preflight.pipeline().environment().branch(),
                text().title(today()),
                body));
  }

  boolean hasPull() {
    return pull != null;
  }

  /** Null when there is none. */
  String pullUrl() {
    return pull == null ? null : pull.url();
  }

  private boolean fastForward() {
    return preflight.pipeline().environment().merge() == MergeMethod.FAST_FORWARD;
  }

  /** The merge of the pull request, guarded by the promoted commit. */
  MergeOrder mergeOrder() {
    return new MergeOrder(
        project,
        repository(),
        pull.number(),
        release().head(),
        revision,
        release().targetHead(),
        text().deed() + " (" + release().shortDigest() + ")",
        fastForward() ? preflight.pipeline().environment().branch() : null);
  }

  /** Null where it stands there, but for whom the notice itself names. */
  private String bodyForWhoIsAsked() {
    List<Step> unasked =
        timeline.steps().stream().filter(step -> !step.name().equals("approval")).toList();
    if (kept.says(body(ASKING, unasked))) {
      return null;
    }
    kept.take(body(ASKING));
    return kept.toWrite();
  }

  /** Brings the body up to date, on the side. */
  void updateBody(String state) {
    if (pull != null) {
      kept.take(body(state));
      onTheSide(kept::write);
    }
  }

  /**
   * The same where something else is said than before, and a later word makes up for a lost one.
   */
  void keepBody(String state) {
    if (pull != null && kept.take(body(state))) {
      onTheSide(this::writeOrLeave);
    }
  }

  private void writeOrLeave() {
    try {
      kept.write();
    } catch (TemporalFailure left) {
      Workflow.getLogger(ReleaseDesk.class).info("body not written: {}", left.getMessage());
    }
  }

  private void write(String body) {
    PullBody order = new PullBody(project, repository(), pull.number(), body);
    githubAside().say("write the body", github -> github.updatePull(order));
  }

  private String body(String state) {
    return body(state, timeline.steps());
  }

  private String body(String state, List<Step> steps) {
    return text().body(preflight.gates(), steps, state, preflight.facts());
  }

  // ---- statuses

  /** The required check {@code signalbox/<environment>}: may it be merged? */
  void status(StatusState state, String description) {
    if (preflight.pipeline() == null) {
      return;
    }
    status(revision, state, description);
    if (release() != null && !revision.equals(release().head())) {
      // GitHub looks for required checks on the head of the pull request.
      status(release().head(), state, description);
    }
  }

  private void status(String commit, StatusState state, String description) {
    String summary = "status " + state.name().toLowerCase(Locale.ROOT);
    // Success is what the merge waits for; any other word must not hold a run that has ended.
    (state == StatusState.SUCCESS ? github(summary) : optional(summary))
        .postStatus(
            new CommitStatus(
                project,
                repository(),
                commit,
                "signalbox/" + environment,
                state,
                clip(description)));
  }

  /**
   * Begins GitHub's deployment, on the side. There the ledger's newest entry is on record, for who
   * wants to know later whether it is still one of them.
   *
   * @param trail its hash; null = there is none
   */
  void beginDeployment(String trail) {
    deployment =
        Async.function(
            () ->
                optional("create the deployment")
                    .createDeployment(
                        new DeploymentDraft(
                            project,
                            repository(),
                            revision,
                            environment,
                            NoticeBoard.marker("deployment"),
                            text().deed() + (trail == null ? "" : ", audit " + trail))));
  }

  private void endDeployment(Ending ending) {
    List<String> addresses = ending.deploy() == null ? List.of() : ending.deploy().addresses();
    DeploymentStatus status =
        new DeploymentStatus(
            project,
            repository(),
            deployment.get(),
            ending.live() ? StatusState.SUCCESS : StatusState.FAILURE,
            clip(ending.detail()),
            addresses.isEmpty() ? null : addresses.get(addresses.size() - 1));
    githubAside().say("end the deployment", github -> github.postDeploymentStatus(status));
  }

  // ---- notices

  /** Where it tells people. */
  NoticeBoard board() {
    return board;
  }

  /** Tells people now. A failing notice never stops a run; a cancel that arrives meanwhile does. */
  void tell(Event event, String step, String markdown, List<String> names) {
    board.tell(event, step, markdown, names);
  }

  /** Says it on the pull request, and in an issue that stays open until somebody closes it. */
  void tellEmergency(String title, String markdown, List<String> names) {
    tell(Event.EMERGENCY, "emergency", markdown, names);
    board.openIssue(
        Event.EMERGENCY,
        "emergency-review",
        title,
        markdown + "\n- to be reviewed: why it was needed, what was skipped, and what follows\n",
        names);
  }

  // ---- the end

  /** Begins everything that the end of a promotion leaves at GitHub, all on the side. */
  void close(Ending ending, String report, List<String> approvers) {
    if (!ending.live()) {
      onTheSide(() -> status(StatusState.FAILURE, ending.detail()));
    } else if (release().service() == null) {
      aside.begin(
          "tag",
          () -> {
            TagDraft tag = new TagDraft(project, repository(), tagName(), revision);
            githubAside().say("tag " + tag.name(), github -> github.createTag(tag));
          });
    }
    if (deployment != null) {
      onTheSide(() -> endDeployment(ending));
    }
    ending
        .event()
        .ifPresent(
            event ->
                onTheSide(
                    () ->
                        board.tellAside(
                            event, "end", report, ending.live() ? List.of() : approvers)));
    updateBody(ending.result().word());
    if (pinned.made()) {
      aside.begin("branch", pinned::remove);
    }
    tellPulls(ending);
  }

  /** Says on the pull requests inside the release what became of them, where anything was done. */
  private void tellPulls(Ending ending) {
    boolean direct = preflight.pipeline().source() == null;
    List<Integer> numbers =
        release().pulls().stream().map(PullReference::number).limit(MOST_PULLS).toList();
    if (ending.deploy() == null || (numbers.isEmpty() && !direct)) {
      return;
    }
    onTheSide(
        () ->
            optional("tell the pull requests inside")
                .tellPulls(
                    new PullsNotice(
                        project,
                        repository(),
                        numbers,
                        direct ? revision : null,
                        preflight.pipeline().environment().branch(),
                        "deployed " + project + "/" + environment,
                        text().inside(ending, pullUrl()))));
  }

  /** Waits for all that was begun on the side, and says what became of it. */
  String finish() {
    board.close();
    List<String> begun = aside.begun();
    List<String> missed = aside.missed();
    String tag =
        !begun.contains("tag") ? "" : missed.contains("tag") ? "not tagged; " : "tagged and ";
    return tag + (missed.contains("report") ? "not wholly reported" : "reported");
  }

  private void onTheSide(Functions.Proc effect) {
    aside.begin("report", effect);
  }

  private String tagName() {
    return preflight
        .pipeline()
        .environment()
        .tag()
        .replace("{environment}", environment)
        .replace("{date}", today().toString())
        .replace("{short}", release().shortRevision());
  }

  private static LocalDate today() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis()).atZone(ZoneOffset.UTC).toLocalDate();
  }

  PromotionText text() {
    return new PromotionText(Workflow.getInfo().getWorkflowId(), preflight.pipeline(), release());
  }

  private ReleaseSet release() {
    return preflight.release();
  }

  private String repository() {
    return preflight.pipeline().project().github();
  }

  private GitHubActivities github(String summary) {
    return Workflow.newActivityStub(
        GitHubActivities.class, ActivityProfiles.quick(queues.github(), summary));
  }

  private Asides<GitHubActivities> githubAside() {
    return new Asides<>(GitHubActivities.class, queues.github());
  }

  private GitHubActivities optional(String summary) {
    return Workflow.newActivityStub(
        GitHubActivities.class, ActivityProfiles.optional(queues.github(), summary));
  }

  static String clip(String text) {
    return Excerpt.of(PostedText.line(text), LONGEST_DESCRIPTION);
  }
}
