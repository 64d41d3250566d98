package dev.signalbox.activities.github;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubAnswers.PullReview;
import dev.signalbox.activities.github.GitHubClient.Repository;
import java.util.List;

/**
 * Reviews of pull requests, and comments on single lines of what they change.
 *
 * @see <a href="https://docs.github.com/rest/pulls/comments?apiVersion=2022-11-28">Review
 *     comments</a>
 */
final class PullReviews {
  private final GitHubHttp http;
  private final GitHubApi api;

  PullReviews(GitHubHttp http) {
    this.http = http;
    this.api = http.api();
  }

  /** All reviews of a pull request, oldest first. */
  List<PullReview> all(Repository in, int number) {
    return http
        .pages(
            "read reviews of #" + number,
            api.reviews(in.owner(), in.name(), number),
            new TypeReference<List<PullReview>>() {})
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /** Comments on lines, whose ever. */
  List<IssueComment> remarks(Repository in, int number) {
    return http
        .pages(
            "list review comments of #" + number,
            api.reviewComments(in.owner(), in.name(), number),
            new TypeReference<List<IssueComment>>() {})
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /** On a line of the file as it is at {@code sha}; 422 where that is no part of the diff. */
  void remark(Repository in, int number, String sha, String path, int line, String body) {
    http.call(
        "comment on line " + line + " of " + path + " in #" + number,
        api.createReviewComment(
            in.owner(),
            in.name(),
            number,
            new GitHubApi.NewReviewComment(body, sha, path, line, "RIGHT")));
  }
}
