package dev.signalbox.activities.github;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.github.GitHubAnswers.Activity;
import dev.signalbox.activities.github.GitHubAnswers.CheckRun;
import dev.signalbox.activities.github.GitHubAnswers.CheckRunPage;
import dev.signalbox.activities.github.GitHubAnswers.CombinedStatus;
import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.Deployment;
import dev.signalbox.activities.github.GitHubAnswers.DeploymentStatus;
import dev.signalbox.activities.github.GitHubAnswers.GitCommit;
import dev.signalbox.activities.github.GitHubAnswers.Issue;
import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubAnswers.MergeResult;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubAnswers.Status;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One repository host: GitHub's REST API with lists read to their end, unchanged answers
 * remembered, and statuses given their meaning. Nothing here repeats a call.
 *
 * @see <a href="https://docs.github.com/rest?apiVersion=2022-11-28">GitHub REST API</a>
 */
public final class GitHubClient {
  private static final int PAGE = 100;
  private static final int REMEMBERED_TREES = 5000;

  private final GitHubHttp http;
  private final GitHubApi api;
  private final OwnAccount self;

  /** Commits never change, so their trees are asked for once. */
  private final Map<String, String> trees =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > REMEMBERED_TREES;
            }
          });

  /**
   * @param base {@code https://api.github.com}, or a GitHub Enterprise's {@code …/api/v3}
   */
  public GitHubClient(URI base, Secret token, Clock clock) {
    this.http = new GitHubHttp(base, token, clock);
    this.api = http.api();
    this.self = new OwnAccount(http);
  }

  /** Its issues. */
  public GitHubIssues issues() {
    return new GitHubIssues(http, self);
  }

  /** Reviews of its pull requests. */
  PullReviews reviews() {
    return new PullReviews(http);
  }

  /** Its branches, tags and commits, made one by one. */
  GitDatabase git() {
    return new GitDatabase(http);
  }

  /**
   * @param ref a SHA, a unique prefix of 7 or more, or {@code heads/<branch>}
   */
  public Commit commit(Repository in, String ref) {
    return http.call("resolve " + ref, api.commit(in.owner(), in.name(), ref));
  }

  /** The branch's head. */
  public String branchHead(Repository in, String branch) {
    return http.call("read branch " + branch, api.branch(in.owner(), in.name(), branch))
        .object()
        .sha();
  }

  /** Commits of the head that the base lacks, oldest first; GitHub gives at most 250 of them. */
  public Comparison compare(Repository in, String base, String head) {
    Comparison comparison =
        http.call(
            "compare " + base + " with " + head,
            api.compare(in.owner(), in.name(), base + "..." + head, null, null));
    remember(comparison);
    return comparison;
  }

  /** Every commit of a comparison however many: pages follow where 250 do not suffice. */
  public List<Commit> allCommits(Repository in, Comparison first, String base, String head) {
    if (first.commits().size() >= first.totalCommits()) {
      return first.commits();
    }
    String tried = "compare " + base + " with " + head;
    List<Commit> all = new ArrayList<>();
    for (Comparison page :
        http.pages(
            tried,
            api.compare(in.owner(), in.name(), base + "..." + head, PAGE, 1),
            new TypeReference<Comparison>() {})) {
      remember(page);
      all.addAll(page.commits());
    }
    return all;
  }

  /**
   * The newest hundred pushes and merges.
   *
   * @param branch null = of every branch
   */
  public List<Activity> activity(Repository in, String branch) {
    return http.call(
        "read who pushed",
        api.activity(in.owner(), in.name(), branch == null ? null : "refs/heads/" + branch));
  }

  private void remember(Comparison comparison) {
    comparison.commits().forEach(this::remember);
    remember(comparison.baseCommit());
    remember(comparison.mergeBaseCommit());
  }

  private void remember(Commit commit) {
    if (commit != null && commit.sha() != null && commit.tree() != null) {
      trees.put(commit.sha(), commit.tree());
    }
  }

  /** A commit's tree; no call when the commit came along with an earlier answer. */
  public String tree(Repository in, String sha) {
    String known = trees.get(sha);
    return known != null ? known : gitCommit(in, sha).tree().sha();
  }

  /** A commit's parents, in order. */
  public List<String> parents(Repository in, String sha) {
    return gitCommit(in, sha).parentShas();
  }

  public GitCommit gitCommit(Repository in, String sha) {
    GitCommit commit = http.call("read commit " + sha, api.gitCommit(in.owner(), in.name(), sha));
    trees.put(sha, commit.tree().sha());
    return commit;
  }

  public List<CheckRun> checkRuns(Repository in, String sha) {
    return http
        .pages(
            "read checks of " + sha,
            api.checkRuns(in.owner(), in.name(), sha),
            new TypeReference<CheckRunPage>() {})
        .stream()
        .flatMap(page -> page.checkRuns().stream())
        .toList();
  }

  public List<Status> statuses(Repository in, String sha) {
    return http
        .pages(
            "read statuses of " + sha,
            api.combinedStatus(in.owner(), in.name(), sha),
            new TypeReference<CombinedStatus>() {})
        .stream()
        .flatMap(page -> page.statuses().stream())
        .toList();
  }

  public void createStatus(
      Repository in, String sha, String state, String context, String description) {
    http.call(
        "set status " + context + " on " + sha,
        api.createStatus(
            in.owner(), in.name(), sha, new GitHubApi.NewStatus(state, context, description)));
  }

  public Pull createPull(Repository in, String head, String base, String title, String body) {
    return http.call(
        "open a pull request from " + head + " to " + base,
        api.createPull(in.owner(), in.name(), new GitHubApi.NewPull(title, head, base, body)));
  }

  /**
   * Every open pull request, the newest first.
   *
   * @param base the branch that they go into; null = whatever one
   */
  public List<Pull> openPullsInto(Repository in, String base) {
    return http.all(
        "list pull requests" + (base == null ? "" : " into " + base),
        api.openPulls(in.owner(), in.name(), null, base),
        new TypeReference<List<Pull>>() {});
  }

  /** The open pull requests for the pair: one, or none. */
  public List<Pull> openPulls(Repository in, String head, String base) {
    return http.call(
        "find the pull request from " + head + " to " + base,
        api.openPulls(in.owner(), in.name(), in.owner() + ":" + head, base));
  }

  /** All pull requests from a branch, closed ones too, the newest first. */
  public List<Pull> pullsFrom(Repository in, String head) {
    return http.call(
        "find the pull requests from " + head,
        api.pullsFrom(in.owner(), in.name(), in.owner() + ":" + head));
  }

  /** The pull requests that brought this commit to a branch. */
  public List<Pull> pullsOf(Repository in, String sha) {
    return http.call("find pull requests of " + sha, api.pullsOf(in.owner(), in.name(), sha));
  }

  public Pull pull(Repository in, int number) {
    return http.call("read pull request #" + number, api.pull(in.owner(), in.name(), number));
  }

  public void updatePull(Repository in, int number, String body) {
    http.call(
        "change the text of pull request #" + number,
        api.updatePull(in.owner(), in.name(), number, new GitHubApi.PullChange(body)));
  }

  /**
   * Makes a merge commit, if the head is exactly {@code sha}.
   *
   * @param message body of the merge commit; null = GitHub's own
   * @return the merge commit
   */
  public String merge(Repository in, int number, String sha, String message) {
    MergeResult result =
        http.call(
            "merge pull request #" + number + " at " + sha,
            api.merge(
                in.owner(), in.name(), number, new GitHubApi.MergeRequest(sha, "merge", message)));
    return result.sha();
  }

  public long createDeployment(
      Repository in, String sha, String environment, String description, String marker) {
    Deployment made =
        http.call(
            "make a deployment of " + sha + " to " + environment,
            api.createDeployment(
                in.owner(),
                in.name(),
                new GitHubApi.NewDeployment(
                    sha, environment, description, Map.of("signalbox", marker), false, List.of())));
    return made.id();
  }

  public List<Deployment> deployments(Repository in, String sha, String environment) {
    return http.all(
        "list deployments of " + sha,
        api.deployments(in.owner(), in.name(), sha, environment),
        new TypeReference<List<Deployment>>() {});
  }

  /** The newest thirty, newest first, whoever made them. */
  public List<Deployment> newestDeployments(Repository in, String environment) {
    return http.call(
        "list the newest deployments to " + environment,
        api.newestDeployments(in.owner(), in.name(), environment));
  }

  public void createDeploymentStatus(
      Repository in, long deployment, String state, String description, String environmentUrl) {
    http.call(
        "set deployment " + deployment + " to " + state,
        api.createDeploymentStatus(
            in.owner(),
            in.name(),
            deployment,
            new GitHubApi.NewDeploymentStatus(state, description, environmentUrl)));
  }

  public List<DeploymentStatus> deploymentStatuses(Repository in, long deployment) {
    return http.all(
        "list statuses of deployment " + deployment,
        api.deploymentStatuses(in.owner(), in.name(), deployment),
        new TypeReference<List<DeploymentStatus>>() {});
  }

  /** One comment as it is now; 404 once it is deleted. */
  public IssueComment commentNow(Repository in, long id) {
    return http.call("read comment " + id, api.comment(in.owner(), in.name(), id));
  }

  public void changeComment(Repository in, long id, String body) {
    http.call(
        "change comment " + id,
        api.changeComment(in.owner(), in.name(), id, new GitHubApi.NewComment(body)));
  }

  public List<IssueComment> comments(Repository in, int number) {
    return http.all(
        "list comments of #" + number,
        api.comments(in.owner(), in.name(), number),
        new TypeReference<List<IssueComment>>() {});
  }

  /** Those with this marker that we wrote, oldest first: a marker alone can be anybody's. */
  public List<IssueComment> ownComments(Repository in, int number, String marker) {
    return comments(in, number).stream()
        .filter(comment -> comment.contains(marker) && self.wrote(comment.user()))
        .toList();
  }

  public void comment(Repository in, int number, String body) {
    http.call(
        "comment on #" + number,
        api.createComment(in.owner(), in.name(), number, new GitHubApi.NewComment(body)));
  }

  /**
   * Puts a reaction on a comment, once however often.
   *
   * @param content {@code eyes}, {@code confused}, …
   */
  public void react(Repository in, long comment, String content) {
    http.call(
        "react to comment " + comment,
        api.react(in.owner(), in.name(), comment, new GitHubApi.NewReaction(content)));
  }

  /** Those that are open and have this label. */
  public List<Issue> openIssues(Repository in, String label) {
    return http.all(
        "list issues labelled " + label,
        api.openIssues(in.owner(), in.name(), label),
        new TypeReference<List<Issue>>() {});
  }

  /** Whether it was we who opened it. */
  public boolean opened(Issue issue) {
    return self.wrote(issue.user());
  }

  /**
   * What stands in the repository under this path at a commit.
   *
   * @throws ApiException {@code NOT_FOUND} when nothing does
   */
  public JsonNode contents(Repository in, String path, String sha) {
    return http.call("read " + path + " of " + sha, api.contents(in.owner(), in.name(), path, sha));
  }

  /**
   * Writes all files of a commit into a file, packed by tar and gzip below one directory of
   * GitHub's naming.
   *
   * @param most bytes that may come
   * @throws ApiException {@code REJECTED} when more would come
   */
  public void tarball(Repository in, String sha, Path file, long most) {
    http.download(
        "fetch the files of " + sha, api.tarball(in.owner(), in.name(), sha).request(), file, most);
  }

  /**
   * @param owner user or organisation
   */
  public record Repository(String owner, String name) {

    /**
     * @param fullName {@code owner/name}
     */
    public static Repository of(String fullName) {
      String[] parts = fullName == null ? new String[0] : fullName.split("/", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw ApiException.rejected("repository: want owner/name, got '" + fullName + "'");
      }
      return new Repository(parts[0], parts[1]);
    }
  }
}
