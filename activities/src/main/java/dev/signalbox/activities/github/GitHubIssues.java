package dev.signalbox.activities.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.signalbox.activities.github.GitHubAnswers.User;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Issues, one by one.
 *
 * @see <a href="https://docs.github.com/rest/issues/issues">Issues</a>
 */
public final class GitHubIssues {
  /** "This issue was deleted", for who may read the repository. */
  private static final int DELETED = 410;

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
      User user,
      @JsonProperty("created_at") Instant createdAt) {
    public boolean open() {
      return "open".equals(state);
    }

    boolean contains(String marker) {
      return body != null && body.contains(marker);
    }

    boolean before(Instant then) {
      return createdAt != null && createdAt.isBefore(then);
    }
  }

  /** What is to be different; null = it stays. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Edit(String title, String body, String state) {}

  /**
   * The one that we opened with this marker, of any state: however many were opened after it.
   *
   * @param since it was not opened earlier than this
   */
  public Optional<Standing> ours(Repository in, String marker, Instant since) {
    return http
        .pages(
            "list the newest issues",
            api.newestIssues(in.owner(), in.name()),
            new TypeReference<List<Standing>>() {},
            page -> page.stream().anyMatch(issue -> isOurs(issue, marker) || issue.before(since)))
        .stream()
        .flatMap(List::stream)
        .filter(issue -> isOurs(issue, marker) && !issue.before(since))
        .findFirst();
  }

  private boolean isOurs(Standing issue, String marker) {
    return issue.contains(marker) && self.wrote(issue.user());
  }

  /** Empty = somebody has deleted it. */
  public Optional<Standing> read(Repository in, int number) {
    try {
      return Optional.of(http.call("read #" + number, api.issue(in.owner(), in.name(), number)));
    } catch (ApiException gone) {
      if (gone.kind() == ApiException.Kind.NOT_FOUND || gone.status() == DELETED) {
        return Optional.empty();
      }
      throw gone;
    }
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
