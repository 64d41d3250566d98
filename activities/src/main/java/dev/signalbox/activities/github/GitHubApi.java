package dev.signalbox.activities.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.github.GitHubAnswers.Activity;
import dev.signalbox.activities.github.GitHubAnswers.CheckRunPage;
import dev.signalbox.activities.github.GitHubAnswers.CombinedStatus;
import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.Deployment;
import dev.signalbox.activities.github.GitHubAnswers.DeploymentStatus;
import dev.signalbox.activities.github.GitHubAnswers.GitCommit;
import dev.signalbox.activities.github.GitHubAnswers.GitRef;
import dev.signalbox.activities.github.GitHubAnswers.Issue;
import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubAnswers.MergeResult;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubAnswers.PullReview;
import dev.signalbox.activities.github.GitHubAnswers.User;
import java.util.List;
import java.util.Map;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/**
 * GitHub's endpoints that we use. A {@code /} inside a path parameter travels as {@code %2F}.
 *
 * @see <a href="https://docs.github.com/rest?apiVersion=2022-11-28">GitHub REST API</a>
 */
interface GitHubApi {

  /** The commit behind a SHA, a unique prefix, or {@code heads/<branch>}; 422 for no commit. */
  @GET("repos/{owner}/{repo}/commits/{ref}")
  Call<Commit> commit(
      @Path("owner") String owner, @Path("repo") String repo, @Path("ref") String ref);

  /** 404 without the branch, 409 in an empty repository. */
  @GET("repos/{owner}/{repo}/git/ref/heads/{branch}")
  Call<GitRef> branch(
      @Path("owner") String owner, @Path("repo") String repo, @Path("branch") String branch);

  /** Needs the right to read webhooks. */
  @GET("repos/{owner}/{repo}/hooks?per_page=100")
  Call<List<GitHubHooks.Hook>> hooks(@Path("owner") String owner, @Path("repo") String repo);

  /** Those of the last three days, the newest first. */
  @GET("repos/{owner}/{repo}/hooks/{hook}/deliveries?per_page=100")
  Call<List<GitHubHooks.Delivery>> deliveries(
      @Path("owner") String owner, @Path("repo") String repo, @Path("hook") long hook);

  /** Sends it once more, by the same GUID; 202. Needs the right to write webhooks. */
  @POST("repos/{owner}/{repo}/hooks/{hook}/deliveries/{delivery}/attempts")
  Call<JsonNode> redeliver(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("hook") long hook,
      @Path("delivery") long delivery);

  @GET("repos/{owner}/{repo}/git/ref/tags/{tag}")
  Call<GitRef> tag(@Path("owner") String owner, @Path("repo") String repo, @Path("tag") String tag);

  @GET("repos/{owner}/{repo}/git/commits/{sha}")
  Call<GitCommit> gitCommit(
      @Path("owner") String owner, @Path("repo") String repo, @Path("sha") String sha);

  /**
   * Commits oldest first, up to 250 without paging, 100 a page with it; at most 300 files.
   *
   * @param basehead {@code base...head}
   * @param perPage null = without paging
   */
  @GET("repos/{owner}/{repo}/compare/{basehead}")
  Call<Comparison> compare(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("basehead") String basehead,
      @Query("per_page") Integer perPage,
      @Query("page") Integer page);

  /**
   * The newest first.
   *
   * @param ref {@code refs/heads/<branch>}; null = every branch
   */
  @GET("repos/{owner}/{repo}/activity?per_page=100")
  Call<List<Activity>> activity(
      @Path("owner") String owner, @Path("repo") String repo, @Query("ref") String ref);

  @GET("repos/{owner}/{repo}/commits/{sha}/check-runs?filter=latest&per_page=100")
  Call<CheckRunPage> checkRuns(
      @Path("owner") String owner, @Path("repo") String repo, @Path("sha") String sha);

  /** The latest of each context; check runs are not among them. */
  @GET("repos/{owner}/{repo}/commits/{sha}/status?per_page=100")
  Call<CombinedStatus> combinedStatus(
      @Path("owner") String owner, @Path("repo") String repo, @Path("sha") String sha);

  @POST("repos/{owner}/{repo}/statuses/{sha}")
  Call<JsonNode> createStatus(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("sha") String sha,
      @Body NewStatus status);

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NewStatus(String state, String context, String description) {}

  /** 422 when one is open for the pair, and when there is nothing to pull. */
  @POST("repos/{owner}/{repo}/pulls")
  Call<Pull> createPull(@Path("owner") String owner, @Path("repo") String repo, @Body NewPull pull);

  record NewPull(String title, String head, String base, String body) {}

  /**
   * @param head {@code owner:branch}
   */
  @GET("repos/{owner}/{repo}/pulls?state=open&per_page=100")
  Call<List<Pull>> openPulls(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Query("head") String head,
      @Query("base") String base);

  /**
   * Open, merged and closed ones.
   *
   * @param head {@code owner:branch}
   */
  @GET("repos/{owner}/{repo}/pulls?state=all&per_page=100")
  Call<List<Pull>> pullsFrom(
      @Path("owner") String owner, @Path("repo") String repo, @Query("head") String head);

  /** Those that brought the commit to a branch, merged ones too. */
  @GET("repos/{owner}/{repo}/commits/{sha}/pulls?per_page=100")
  Call<List<Pull>> pullsOf(
      @Path("owner") String owner, @Path("repo") String repo, @Path("sha") String sha);

  @GET("repos/{owner}/{repo}/pulls/{number}/comments?per_page=100")
  Call<List<IssueComment>> reviewComments(
      @Path("owner") String owner, @Path("repo") String repo, @Path("number") int number);

  /** 422 where the line is no part of the diff. */
  @POST("repos/{owner}/{repo}/pulls/{number}/comments")
  Call<IssueComment> createReviewComment(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("number") int number,
      @Body NewReviewComment comment);

  record NewReviewComment(
      String body, @JsonProperty("commit_id") String commit, String path, int line, String side) {}

  /** Oldest first. */
  @GET("repos/{owner}/{repo}/pulls/{number}/reviews?per_page=100")
  Call<List<PullReview>> reviews(
      @Path("owner") String owner, @Path("repo") String repo, @Path("number") int number);

  @GET("repos/{owner}/{repo}/pulls/{number}")
  Call<Pull> pull(
      @Path("owner") String owner, @Path("repo") String repo, @Path("number") int number);

  @PATCH("repos/{owner}/{repo}/pulls/{number}")
  Call<Pull> updatePull(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("number") int number,
      @Body PullChange change);

  record PullChange(String body) {}

  /** 405 not mergeable (checks, already merged), 409 the head is not {@code sha}. */
  @PUT("repos/{owner}/{repo}/pulls/{number}/merge")
  Call<MergeResult> merge(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("number") int number,
      @Body MergeRequest request);

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MergeRequest(
      String sha,
      @JsonProperty("merge_method") String mergeMethod,
      @JsonProperty("commit_message") String commitMessage) {}

  /** 201 made; 202 = the branch was merged instead, which {@code auto_merge: false} forbids. */
  @POST("repos/{owner}/{repo}/deployments")
  Call<Deployment> createDeployment(
      @Path("owner") String owner, @Path("repo") String repo, @Body NewDeployment deployment);

  record NewDeployment(
      String ref,
      String environment,
      String description,
      Map<String, String> payload,
      @JsonProperty("auto_merge") boolean autoMerge,
      @JsonProperty("required_contexts") List<String> requiredContexts) {}

  @GET("repos/{owner}/{repo}/deployments?per_page=100")
  Call<List<Deployment>> deployments(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Query("sha") String sha,
      @Query("environment") String environment);

  @GET("repos/{owner}/{repo}/deployments?per_page=30")
  Call<List<Deployment>> newestDeployments(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Query("environment") String environment);

  @POST("repos/{owner}/{repo}/deployments/{id}/statuses")
  Call<DeploymentStatus> createDeploymentStatus(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("id") long id,
      @Body NewDeploymentStatus status);

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NewDeploymentStatus(
      String state, String description, @JsonProperty("environment_url") String environmentUrl) {}

  @GET("repos/{owner}/{repo}/deployments/{id}/statuses?per_page=100")
  Call<List<DeploymentStatus>> deploymentStatuses(
      @Path("owner") String owner, @Path("repo") String repo, @Path("id") long id);

  /** 422 "Reference already exists", and when the object is not there. */
  @POST("repos/{owner}/{repo}/git/refs")
  Call<GitRef> createRef(@Path("owner") String owner, @Path("repo") String repo, @Body NewRef ref);

  /**
   * @param ref in full: {@code refs/tags/x}
   */
  record NewRef(String ref, String sha) {}

  /**
   * Whose token it is. An app's installation is refused: 403 "Resource not accessible by
   * integration".
   *
   * @see <a
   *     href="https://docs.github.com/rest/users/users?apiVersion=2022-11-28#get-the-authenticated-user">Get
   *     the authenticated user</a>
   */
  @GET("user")
  Call<User> user();

  @GET("repos/{owner}/{repo}/issues/comments/{id}")
  Call<IssueComment> comment(
      @Path("owner") String owner, @Path("repo") String repo, @Path("id") long id);

  @PATCH("repos/{owner}/{repo}/issues/comments/{id}")
  Call<IssueComment> changeComment(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("id") long id,
      @Body NewComment comment);

  /** 204; 422 "Reference does not exist". */
  @DELETE("repos/{owner}/{repo}/git/refs/heads/{branch}")
  Call<Void> deleteBranch(
      @Path("owner") String owner, @Path("repo") String repo, @Path("branch") String branch);

  /** 422 "Update is not a fast forward"; the same twice changes nothing. */
  @PATCH("repos/{owner}/{repo}/git/refs/heads/{branch}")
  Call<GitRef> moveBranch(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("branch") String branch,
      @Body RefMove move);

  /** By {@code force} only where the branch is ours alone. */
  record RefMove(String sha, boolean force) {}

  /** A commit that no branch has; who calls is its author. */
  @POST("repos/{owner}/{repo}/git/commits")
  Call<GitCommit> createCommit(
      @Path("owner") String owner, @Path("repo") String repo, @Body NewCommit commit);

  record NewCommit(String message, String tree, List<String> parents) {}

  /** 201 with the merge commit, 204 when the base has it already, 409 in a conflict. */
  @POST("repos/{owner}/{repo}/merges")
  Call<Commit> mergeInto(
      @Path("owner") String owner, @Path("repo") String repo, @Body BranchMerge merge);

  /**
   * @param base a branch
   * @param head a branch or a commit
   */
  record BranchMerge(
      String base, String head, @JsonProperty("commit_message") String commitMessage) {}

  @GET("repos/{owner}/{repo}/issues/{number}/comments?per_page=100")
  Call<List<IssueComment>> comments(
      @Path("owner") String owner, @Path("repo") String repo, @Path("number") int number);

  @POST("repos/{owner}/{repo}/issues/{number}/comments")
  Call<IssueComment> createComment(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("number") int number,
      @Body NewComment comment);

  record NewComment(String body) {}

  /** 201, and 200 when the same one was there already. */
  @POST("repos/{owner}/{repo}/issues/comments/{id}/reactions")
  Call<JsonNode> react(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("id") long id,
      @Body NewReaction reaction);

  record NewReaction(String content) {}

  /** Pull requests too, which to GitHub are issues. */
  @GET("repos/{owner}/{repo}/issues?state=open&per_page=100")
  Call<List<Issue>> openIssues(
      @Path("owner") String owner, @Path("repo") String repo, @Query("labels") String labels);

  record NewIssue(String title, String body, List<String> labels) {}

  /** A label that is not there yet is made. */
  @POST("repos/{owner}/{repo}/issues")
  Call<GitHubIssues.Standing> openIssue(
      @Path("owner") String owner, @Path("repo") String repo, @Body NewIssue issue);

  /** Pull requests too, which to GitHub are issues. */
  @GET("repos/{owner}/{repo}/issues?state=all&sort=created&direction=desc&per_page=100")
  Call<List<GitHubIssues.Standing>> newestIssues(
      @Path("owner") String owner, @Path("repo") String repo);

  @GET("repos/{owner}/{repo}/issues/{number}")
  Call<GitHubIssues.Standing> issue(
      @Path("owner") String owner, @Path("repo") String repo, @Path("number") int number);

  @PATCH("repos/{owner}/{repo}/issues/{number}")
  Call<GitHubIssues.Standing> changeIssue(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("number") int number,
      @Body GitHubIssues.Edit change);

  /** A file is an object, a directory a list. Above a megabyte the content is left out. */
  @GET("repos/{owner}/{repo}/contents/{path}")
  Call<JsonNode> contents(
      @Path("owner") String owner,
      @Path("repo") String repo,
      @Path("path") String path,
      @Query("ref") String ref);

  /** 302 to where all files of the commit are packed, for a short time and without the token. */
  @GET("repos/{owner}/{repo}/tarball/{ref}")
  @Streaming
  Call<ResponseBody> tarball(
      @Path("owner") String owner, @Path("repo") String repo, @Path("ref") String ref);

  /** Any address that GitHub gave: the next page of a list. */
  @GET
  Call<JsonNode> next(@Url String url);
}
