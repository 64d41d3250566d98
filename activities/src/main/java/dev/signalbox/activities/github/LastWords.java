package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Deployment;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.github.EndOfRun;
import dev.signalbox.workflows.github.PostedText;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says at GitHub how a promotion ended that was terminated. Only what is its own is touched: the
 * deployment and the comment by the run's ids, the pull request by the promotion's marker in its
 * body, because the next promotion takes the same pull request over.
 */
final class LastWords {
  /** The states after which GitHub shows a deployment as no longer under way. */
  private static final Set<String> ENDED = Set.of("success", "failure", "error", "inactive");

  /** The body's line, as PromotionText writes it. */
  private static final Pattern STATE = Pattern.compile("(?m)^State: \\*\\*.*\\*\\*$");

  private final GitHubClient github;
  private final Repository repository;
  private final EndOfRun end;

  LastWords(GitHubClient github, Repository repository, EndOfRun end) {
    this.github = github;
    this.repository = repository;
    this.end = end;
  }

  void say() {
    Optional<Pull> pull = pull();
    Fate fate = fate();
    if (!end.live() && end.ownStatus()) {
      status(end.revision());
      // GitHub looks for required checks on the head of the pull request.
      pull.filter(found -> "open".equals(found.state()))
          .map(open -> open.head().sha())
          .filter(head -> !head.equals(end.revision()))
          .ifPresent(this::status);
    }
    github.deployments(repository, end.revision(), end.environment()).stream()
        .filter(this::own)
        .forEach(this::end);
    pull.ifPresent(found -> tell(found, fate));
    if (fate == Fate.GOES) {
      remove();
    }
  }

  /** What becomes of the branch that the run made. */
  private enum Fate {
    NONE,
    GOES,
    MOVED,
    DOUBTFUL
  }

  private Fate fate() {
    if (end.branch() == null) {
      return Fate.NONE;
    }
    try {
      String there = github.branchHead(repository, end.branch().name());
      if (!end.branch().certain()) {
        return Fate.DOUBTFUL;
      }
      return there.equals(end.branch().sha()) ? Fate.GOES : Fate.MOVED;
    } catch (ApiException gone) {
      if (gone.is(Kind.NOT_FOUND)) {
        return Fate.NONE;
      }
      throw gone;
    }
  }

  // Last: GitHub closes the pull request with it, and finds a closed one by its commit no more. It
  // has been told by then, so who refuses (a protected branch) or has pushed meanwhile is heeded.
  private void remove() {
    try {
      if (fate() == Fate.GOES) {
        github.git().deleteBranch(repository, end.branch().name());
      }
    } catch (ApiException refusal) {
      if (!refusal.is(Kind.NOT_FOUND) && !refusal.is(Kind.REJECTED)) {
        throw refusal;
      }
    }
  }

  private void status(String commit) {
    github.createStatus(
        repository,
        commit,
        "failure",
        "signalbox/" + end.environment(),
        GitHubActivitiesImpl.shortened(end.detail()));
  }

  private boolean own(Deployment deployment) {
    return deployment.payload() != null
        && DeploymentMarks.marked(deployment.payload(), marker("deployment"));
  }

  private void end(Deployment deployment) {
    boolean ended =
        github.deploymentStatuses(repository, deployment.id()).stream()
            .anyMatch(status -> ENDED.contains(status.state()));
    if (!ended) {
      github.createDeploymentStatus(
          repository,
          deployment.id(),
          end.live() ? "success" : "failure",
          GitHubActivitiesImpl.shortened(end.detail()),
          null);
    }
  }

  private Optional<Pull> pull() {
    if (end.sourceBranch() == null) {
      return Optional.empty();
    }
    return Stream.concat(
            github.openPulls(repository, head(), end.targetBranch()).stream(),
            github.pullsOf(repository, end.revision()).stream())
        .filter(pull -> end.targetBranch().equals(pull.base().ref()))
        .filter(this::within)
        .filter(
            pull ->
                pull.body() != null && pull.body().contains(PostedText.marker(end.workflowId())))
        .findFirst();
  }

  /** From a fork anybody can open one, with our marker in it. */
  private boolean within(Pull pull) {
    return pull.head().repo() != null
        && pull.base().repo().fullName().equalsIgnoreCase(pull.head().repo().fullName());
  }

  private String head() {
    return end.branch() == null ? end.sourceBranch() : end.branch().name();
  }

  private void tell(Pull pull, Fate fate) {
    String state = "State: **" + (end.live() ? "live" : "terminated") + "**";
    String body = STATE.matcher(pull.body()).replaceFirst(Matcher.quoteReplacement(state));
    if (!body.equals(pull.body())) {
      github.updatePull(repository, pull.number(), body);
    }
    String marker = PostedText.marker(marker("end"));
    if (github.ownComments(repository, pull.number(), marker).isEmpty()) {
      github.comment(repository, pull.number(), PostedText.body(words(fate), marker("end")));
    }
  }

  private String words(Fate fate) {
    return "### "
        + (end.live() ? "Live in " : "Terminated for ")
        + end.environment()
        + "\n\nThe promotion of `"
        + end.revision()
        + "` was terminated and could not say how it ended; its environment's ledger does: "
        + PostedText.words(end.detail())
        + (end.live()
            ? ""
            : "\n\nStart it again with `signalbox promote "
                + end.environment()
                + " --commit "
                + end.revision()
                + "`, if it is still wanted.")
        + branchWords(fate);
  }

  private String branchWords(Fate fate) {
    return switch (fate) {
      case NONE -> "";
      case GOES ->
          "\n\nIts branch `"
              + end.branch().name()
              + "` is removed, unless GitHub refuses that or somebody pushes to it now.";
      case MOVED ->
          "\n\nIts branch `"
              + end.branch().name()
              + "` has other commits by now and is left; remove it when nobody needs it.";
      case DOUBTFUL ->
          "\n\nWhether it made the branch `"
              + end.branch().name()
              + "` is not on record, so that is left; remove it when nobody needs it.";
    };
  }

  /** As the promotion marks its own words. */
  private String marker(String step) {
    return end.workflowId() + " " + end.runId() + " " + step;
  }
}
