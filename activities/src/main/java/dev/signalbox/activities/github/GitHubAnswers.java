package dev.signalbox.activities.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The parts of GitHub's answers that we read, named as GitHub names them. */
public final class GitHubAnswers {
  private GitHubAnswers() {}

  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** An object's name in git. */
  public record Sha(String sha) {}

  /** A user or an app's bot. */
  public record User(String login) {
    /** An app acts under its name with this ending, which no person's can have. */
    boolean bot() {
      return login != null && login.endsWith("[bot]");
    }
  }

  /** A commit as the commits and compare endpoints answer it. */
  public record Commit(String sha, Inner commit, User author, User committer, List<Sha> parents) {
    public Commit {
      parents = orEmpty(parents);
    }

    /** The commit in git. */
    public record Inner(String message, Person author, Person committer, Sha tree) {}

    /** Who git says it was. */
    public record Person(String name, String email) {}

    public String message() {
      return commit.message() == null ? "" : commit.message();
    }

    public String subject() {
      return message().lines().findFirst().orElse("");
    }

    public String tree() {
      return commit.tree() == null ? null : commit.tree().sha();
    }

    /** The login where GitHub knows the person, else git's name. */
    public String authorName() {
      return author != null && author.login() != null
          ? author.login()
          : commit.author() == null ? null : commit.author().name();
    }

    public List<String> parentShas() {
      return parents.stream().map(Sha::sha).toList();
    }
  }

  /**
   * A push or a merge (source: "List repository activities").
   *
   * @param after the commit that the branch got
   */
  public record Activity(String after, User actor) {}

  /** A commit as the git database answers it. */
  public record GitCommit(String sha, Sha tree, List<Sha> parents) {
    public GitCommit {
      parents = orEmpty(parents);
    }

    public List<String> parentShas() {
      return parents.stream().map(Sha::sha).toList();
    }
  }

  /** A branch or tag. */
  public record GitRef(String ref, Sha object) {}

  /**
   * @param status ahead, behind, identical or diverged: the head, seen from the base
   * @param files those that differ from the merge base, on the first page only and at most {@link
   *     #MOST_FILES}; null = not said
   */
  public record Comparison(
      String status,
      @JsonProperty("ahead_by") int aheadBy,
      @JsonProperty("behind_by") int behindBy,
      @JsonProperty("total_commits") int totalCommits,
      @JsonProperty("base_commit") Commit baseCommit,
      @JsonProperty("merge_base_commit") Commit mergeBaseCommit,
      List<Commit> commits,
      List<ChangedFile> files) {
    /** GitHub names no more of them, on however many pages. */
    static final int MOST_FILES = 300;

    public Comparison {
      commits = orEmpty(commits);
      files = files == null ? null : List.copyOf(files);
    }

    /**
     * One file that differs.
     *
     * @param patch its hunks; null = GitHub does not show them
     */
    public record ChangedFile(
        String filename,
        @JsonProperty("previous_filename") String previousFilename,
        String patch) {}

    /** Whether the head contains the base. */
    public boolean containsBase() {
      return "ahead".equals(status) || "identical".equals(status);
    }

    /** Whether each of the two has what the other lacks. */
    public boolean diverged() {
      return "diverged".equals(status);
    }
  }

  /** One page of check runs. */
  public record CheckRunPage(@JsonProperty("check_runs") List<CheckRun> checkRuns) {
    public CheckRunPage {
      checkRuns = orEmpty(checkRuns);
    }
  }

  /**
   * @param status queued, in_progress, completed, waiting, requested, pending
   * @param conclusion null until completed
   */
  public record CheckRun(
      long id,
      String name,
      String status,
      String conclusion,
      @JsonProperty("html_url") String htmlUrl,
      @JsonProperty("completed_at") Instant completedAt,
      App app) {

    /** The GitHub App that reports it. */
    public record App(String slug) {}
  }

  /** One page of the latest commit statuses. */
  public record CombinedStatus(List<Status> statuses) {
    public CombinedStatus {
      statuses = orEmpty(statuses);
    }
  }

  /**
   * @param state error, failure, pending, success
   * @param creator absent in GitHub's combined answer
   */
  public record Status(
      String context,
      String state,
      String description,
      @JsonProperty("target_url") String targetUrl,
      @JsonProperty("updated_at") Instant updatedAt,
      User creator) {}

  /**
   * A pull request.
   *
   * @param merged false in lists, whatever it is
   * @param mergedAt null = not merged
   * @param mergeable null while GitHub computes it, and in lists
   * @param mergeCommit what it was merged as; of one that is not merged a trial of GitHub's
   */
  public record Pull(
      int number,
      String title,
      User user,
      String state,
      boolean merged,
      @JsonProperty("merged_at") Instant mergedAt,
      Boolean mergeable,
      boolean draft,
      @JsonProperty("html_url") String htmlUrl,
      String body,
      Side head,
      Side base,
      @JsonProperty("merge_commit_sha") String mergeCommit,
      List<Label> labels) {
    public Pull {
      labels = orEmpty(labels);
    }

    /**
     * One end of a pull request.
     *
     * @param repo null = it is gone
     */
    public record Side(String ref, String sha, Repo repo) {}

    public record Repo(@JsonProperty("full_name") String fullName) {}

    public record Label(String name) {}
  }

  /**
   * A review of a pull request.
   *
   * @param state APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING
   * @param commitId the head that was looked at
   * @param association what the reviewer is to the repository: OWNER, MEMBER, COLLABORATOR,
   *     CONTRIBUTOR, NONE, ...
   */
  public record PullReview(
      long id,
      User user,
      String state,
      @JsonProperty("commit_id") String commitId,
      @JsonProperty("author_association") String association) {
    private static final Set<String> INSIDE = Set.of("OWNER", "MEMBER", "COLLABORATOR");

    /** Whether a person says it who has a part in the repository. */
    boolean fromInside() {
      return association != null && INSIDE.contains(association) && user != null && !user.bot();
    }
  }

  /** The answer to a merge. */
  public record MergeResult(String sha, boolean merged, String message) {}

  /**
   * @param payload an object, or the text of one
   */
  public record Deployment(long id, JsonNode payload, String description) {}

  /** One state of a deployment. */
  public record DeploymentStatus(
      String state, String description, @JsonProperty("environment_url") String environmentUrl) {}

  /** A comment on an issue or pull request. */
  public record IssueComment(long id, String body, User user) {
    boolean contains(String marker) {
      return body != null && body.contains(marker);
    }
  }

  /** An issue; a pull request where it stands among issues. */
  public record Issue(int number, String body, User user) {
    public boolean contains(String marker) {
      return body != null && body.contains(marker);
    }
  }
}
