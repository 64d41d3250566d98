package dev.signalbox.activities.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.activities.github.GitHubAnswers.User;
import dev.signalbox.activities.github.GitHubClient.Repository;
import java.util.List;
import java.util.Optional;

/**
 * Issues, one by one.
 *
 * @see <a href="https://docs.github.com/rest/issues/issues">Issues</a>
 */
public final class GitHubIssues {
  private final GitHubHttp http;
  private final GitHubApi api;
  private final OwnAccount self;

  GitHubIssues(GitHubHttp http, OwnAccount self) {
    this.http = http;
    this.api = http.api();
    this.self = self;
  }

  /** An issue as it stands. */
  public record Standing(
      int number,
      String state,
      String title,
      String body,
      @JsonProperty("html_url") String htmlUrl,
      User user) {
    public boolean open() {
      return "open".equals(state);
    }

    boolean contains(String marker) {
      return body != null && body.contains(marker);
    }
  }

  /** What is to be different; null = it stays. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Edit(String title, String body, String state) {}

  /** The one that we opened with this marker, among the newest hundred of any state. */
  public Optional<Standing> ours(Repository in, String marker) {
    return http.call("list the newest issues", api.newestIssues(in.owner(), in.name())).stream()
        .filter(issue -> issue.contains(marker) && self.wrote(issue.user()))
        .findFirst();
  }

  public Standing read(Repository in, int number) {
    return http.call("read #" + number, api.issue(in.owner(), in.name(), number));
  }

  /** Labels that are not there yet are made. */
  public Standing open(Repository in, String title, String body, List<String> labels) {
    return http.call(
        "open the issue \"" + title + "\"",
        api.openIssue(in.owner(), in.name(), new GitHubApi.NewIssue(title, body, labels)));
  }

  public Standing change(Repository in, int number, Edit edit) {
    return http.call("change #" + number, api.changeIssue(in.owner(), in.name(), number, edit));
  }
}
