package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentStatus;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.github.PullActivities.Remark;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on a pull request of its preview: one comment that is edited in place, a commit
 * status, and a GitHub deployment for each commit.
 */
final class PreviewTelling {
  private static final Logger log = LoggerFactory.getLogger(PreviewTelling.class);
  private static final String CONTEXT = "signalbox/preview";

  private final GitHubClient github;
  private final Repository repository;
  private final PreviewNotice notice;

  PreviewTelling(GitHubClient github, Repository repository, PreviewNotice notice) {
    this.github = github;
    this.repository = repository;
    this.notice = notice;
  }

  void say() {
    comment();
    if (notice.former() != null) {
      endFormer(notice.former());
    }
    if (notice.sha() == null || notice.state() == null) {
      return;
    }
    if (notice.state() == StatusState.INACTIVE) {
      end(notice.sha());
      restate();
    } else {
      status(notice.state().name().toLowerCase(Locale.ROOT));
      deployment();
      remark();
    }
  }

  private void status(String state) {
    github.createStatus(
        repository,
        notice.sha(),
        state,
        CONTEXT,
        GitHubActivitiesImpl.shortened(notice.description()));
  }

  /** How the commit did stands as it was judged; that nothing of it is there any more is said. */
  private void restate() {
    if (!notice.sha().equals(notice.former())) {
      github.statuses(repository, notice.sha()).stream()
          .filter(said -> CONTEXT.equals(said.context()))
          .findFirst()
          .filter(said -> !"pending".equals(said.state()))
          .ifPresent(said -> status(said.state()));
    }
  }

  /**
   * Each once, however often its file is pushed again: its marker is looked for. What stands on no
   * line of the diff is only in the comment.
   */
  private void remark() {
    if (notice.remarks().isEmpty()) {
      return;
    }
    List<String> said =
        github.reviews().remarks(repository, notice.number()).stream()
            .map(IssueComment::body)
            .filter(Objects::nonNull)
            .toList();
    for (Remark remark : notice.remarks()) {
      String mark = notice.preview() + "/" + remark.key();
      if (said.stream().noneMatch(body -> body.endsWith(PostedText.marker(mark)))) {
        remark(remark, PostedText.body(remark.markdown(), mark));
      }
    }
  }

  private void remark(Remark remark, String body) {
    try {
      github
          .reviews()
          .remark(repository, notice.number(), notice.sha(), remark.path(), remark.line(), body);
    } catch (ApiException refusal) {
      if (!refusal.is(ApiException.Kind.REJECTED)) {
        throw refusal;
      }
      log.info(
          "no review comment number={} path={} line={} reason={}",
          notice.number(),
          remark.path(),
          remark.line(),
          refusal.getMessage());
    }
  }

  /**
   * Always looked for: an earlier run of the same preview, or an attempt before, may have it. Where
   * somebody has written something to it, it is ours all the same.
   */
  private void comment() {
    String body = PostedText.body(notice.markdown(), notice.preview());
    List<IssueComment> ours =
        github.ownComments(repository, notice.number(), PostedText.marker(notice.preview()));
    if (ours.isEmpty()) {
      github.comment(repository, notice.number(), body);
    } else if (!body.equals(ours.get(0).body())) {
      github.changeComment(repository, ours.get(0).id(), body);
    }
    ours.stream().skip(1).forEach(other -> pointTo(ours.get(0), other));
  }

  /** Two workers wrote at once: what the other one says would stand there for ever. */
  private void pointTo(IssueComment first, IssueComment other) {
    String body =
        PostedText.body(
            "How the preview stands is said in [another comment](#issuecomment-"
                + first.id()
                + ").\n",
            notice.preview());
    if (!body.equals(other.body())) {
      github.changeComment(repository, other.id(), body);
    }
  }

  private void deployment() {
    DeploymentMarks marks = new DeploymentMarks(github, repository);
    long id =
        marks.ensure(
            new DeploymentDraft(
                notice.project(),
                notice.repository(),
                notice.sha(),
                notice.environment(),
                mark(notice.sha()),
                "Preview of #" + notice.number()),
            true);
    post(
        marks,
        id,
        notice.state() == StatusState.PENDING ? StatusState.IN_PROGRESS : notice.state());
  }

  private void post(DeploymentMarks marks, long id, StatusState state) {
    marks.post(
        new DeploymentStatus(
            notice.project(), notice.repository(), id, state, notice.description(), notice.url()));
  }

  /** Nobody waits any more for a commit that did not get there. */
  private void endFormer(String sha) {
    github.createStatus(
        repository,
        sha,
        "error",
        CONTEXT,
        notice.state() == StatusState.INACTIVE
            ? "not made: the preview goes"
            : "a newer commit came");
    end(sha);
  }

  /** Shown as destroyed. */
  private void end(String sha) {
    DeploymentMarks marks = new DeploymentMarks(github, repository);
    github.deployments(repository, sha, notice.environment()).stream()
        .filter(made -> made.payload() != null && DeploymentMarks.marked(made.payload(), mark(sha)))
        .forEach(made -> post(marks, made.id(), StatusState.INACTIVE));
  }

  private String mark(String sha) {
    return notice.preview() + "/" + sha;
  }
}
