package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.github.GitHubActivities.PullsNotice;
import dev.signalbox.workflows.github.PostedText;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One comment on each pull request that a deployment brought along, which later deployments change:
 * found by its marker, so that twice is once.
 */
final class StickyComments {
  private final GitHubClient github;
  private final Repository repository;
  private final PullsNotice notice;

  StickyComments(GitHubClient github, Repository repository, PullsNotice notice) {
    this.github = github;
    this.repository = repository;
    this.notice = notice;
  }

  void post() {
    Set<Integer> numbers = new TreeSet<>(notice.numbers());
    if (notice.pushed() != null) {
      github.pullsOf(repository, notice.pushed()).stream()
          .filter(pull -> pull.mergedAt() != null && notice.base().equals(pull.base().ref()))
          .map(Pull::number)
          .forEach(numbers::add);
    }
    numbers.forEach(this::post);
  }

  private void post(int number) {
    if (!merged(number)) {
      return;
    }
    String body = PostedText.body(notice.markdown(), notice.marker());
    Optional<IssueComment> ours =
        github.ownComments(repository, number, PostedText.marker(notice.marker())).stream()
            .findFirst();
    if (ours.isEmpty()) {
      github.comment(repository, number, body);
    } else if (!body.equals(ours.get().body())) {
      github.changeComment(repository, ours.get().id(), body);
    }
  }

  /** The numbers stand in commit messages, where anybody may write any: an issue's, or a typo. */
  private boolean merged(int number) {
    try {
      return github.pull(repository, number).merged();
    } catch (ApiException unknown) {
      if (unknown.is(Kind.NOT_FOUND)) {
        return false;
      }
      throw unknown;
    }
  }
}
