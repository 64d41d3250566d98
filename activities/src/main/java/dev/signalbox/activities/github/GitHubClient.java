package dev.signalbox.activities.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.github.GitHubAnswers.CheckRun;
import dev.signalbox.activities.github.GitHubAnswers.CheckRunPage;
import dev.signalbox.activities.github.GitHubAnswers.CombinedStatus;
import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.Deployment;
import dev.signalbox.activities.github.GitHubAnswers.DeploymentStatus;
import dev.signalbox.activities.github.GitHubAnswers.GitCommit;
import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubAnswers.MergeResult;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubAnswers.PullReview;
import dev.signalbox.activities.github.GitHubAnswers.Sha;
import dev.signalbox.activities.github.GitHubAnswers.Status;
import dev.signalbox.activities.http.Answer;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/**
 * One repository host: GitHub's REST API with lists read to their end, unchanged answers
 * remembered, and statuses given their meaning. Nothing here repeats a call.
 *
 * @see <a href="https://docs.github.com/rest?apiVersion=2022-11-28">GitHub REST API</a>
 */
public final class GitHubClient {
  private static final String API_VERSION = "2022-11-28";
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");
  private static final int MANY_PAGES = 50;
  private static final int PAGE = 100;
  private static final int REMEMBERED_TREES = 5000;

  private final JsonHttp http;
  private final GitHubApi api;
  private final String origin;

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
    this.http = new JsonHttp("GitHub", clock, List.of(token));
    String root = base.toString().endsWith("/") ? base.toString() : base + "/";
    this.origin = base.getScheme() + "://" + base.getRawAuthority() + "/";
    OkHttpClient client =
        http.client(() -> Credential.bearer(token))
            .newBuilder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("Accept", "application/vnd.github+json")
                            .header("X-GitHub-Api-Version", API_VERSION)
                            .build()))
            .addInterceptor(new ETagCache())
            .build();
    this.api =
        new Retrofit.Builder()
            .baseUrl(root)
            .client(client)
            .addConverterFactory(JacksonConverterFactory.create(JsonHttp.mapper()))
            .build()
            .create(GitHubApi.class);
  }

  /**
   * @param ref a SHA, a unique prefix of 7 or more, or {@code heads/<branch>}
   */
  public Commit commit(Repository in, String ref) {
    return call("resolve " + ref, api.commit(in.owner(), in.name(), ref));
  }

  /** The branch's head. */
  public String branchHead(Repository in, String branch) {
    return call("read branch " + branch, api.branch(in.owner(), in.name(), branch)).object().sha();
  }

  /** Commits of the head that the base lacks, oldest first; GitHub gives at most 250 of them. */
  public Comparison compare(Repository in, String base, String head) {
    Comparison comparison =
        call(
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
        pages(
            tried,
            api.compare(in.owner(), in.name(), base + "..." + head, PAGE, 1),
            new TypeReference<Comparison>() {})) {
      remember(page);
      all.addAll(page.commits());
    }
    return all;
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
    GitCommit commit = call("read commit " + sha, api.gitCommit(in.owner(), in.name(), sha));
    trees.put(sha, commit.tree().sha());
    return commit;
  }

  public List<CheckRun> checkRuns(Repository in, String sha) {
    return pages(
            "read checks of " + sha,
            api.checkRuns(in.owner(), in.name(), sha),
            new TypeReference<CheckRunPage>() {})
        .stream()
        .flatMap(page -> page.checkRuns().stream())
        .toList();
  }

  public List<Status> statuses(Repository in, String sha) {
    return pages(
            "read statuses of " + sha,
            api.combinedStatus(in.owner(), in.name(), sha),
            new TypeReference<CombinedStatus>() {})
        .stream()
        .flatMap(page -> page.statuses().stream())
        .toList();
  }

  public void createStatus(
      Repository in, String sha, String state, String context, String description) {
    call(
        "set status " + context + " on " + sha,
        api.createStatus(
            in.owner(), in.name(), sha, new GitHubApi.NewStatus(state, context, description)));
  }

  public Pull createPull(Repository in, String head, String base, String title, String body) {
    return call(
        "open a pull request from " + head + " to " + base,
        api.createPull(in.owner(), in.name(), new GitHubApi.NewPull(title, head, base, body)));
  }

  /** The open pull requests for the pair: one, or none. */
  public List<Pull> openPulls(Repository in, String head, String base) {
    return call(
        "find the pull request from " + head + " to " + base,
        api.openPulls(in.owner(), in.name(), in.owner() + ":" + head, base));
  }

  /** The pull requests that brought this commit to a branch. */
  public List<Pull> pullsOf(Repository in, String sha) {
    return call("find pull requests of " + sha, api.pullsOf(in.owner(), in.name(), sha));
  }

  /** All reviews of a pull request, oldest first. */
  public List<PullReview> reviews(Repository in, int number) {
    return pages(
            "read reviews of #" + number,
            api.reviews(in.owner(), in.name(), number),
            new TypeReference<List<PullReview>>() {})
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  public Pull pull(Repository in, int number) {
    return call("read pull request #" + number, api.pull(in.owner(), in.name(), number));
  }

  public void updatePull(Repository in, int number, String body) {
    call(
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
        call(
            "merge pull request #" + number + " at " + sha,
            api.merge(
                in.owner(), in.name(), number, new GitHubApi.MergeRequest(sha, "merge", message)));
    return result.sha();
  }

  /** Moves a branch forward to a commit that contains all of it; never by force. */
  public void moveBranch(Repository in, String branch, String sha) {
    call(
        "fast-forward " + branch + " to " + sha,
        api.moveBranch(in.owner(), in.name(), branch, new GitHubApi.RefMove(sha, false)));
  }

  public long createDeployment(
      Repository in, String sha, String environment, String description, String marker) {
    Deployment made =
        call(
            "make a deployment of " + sha + " to " + environment,
            api.createDeployment(
                in.owner(),
                in.name(),
                new GitHubApi.NewDeployment(
                    sha, environment, description, Map.of("signalbox", marker), false, List.of())));
    return made.id();
  }

  public List<Deployment> deployments(Repository in, String sha, String environment) {
    return pages(
            "list deployments of " + sha,
            api.deployments(in.owner(), in.name(), sha, environment),
            new TypeReference<List<Deployment>>() {})
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  public void createDeploymentStatus(
      Repository in, long deployment, String state, String description, String environmentUrl) {
    call(
        "set deployment " + deployment + " to " + state,
        api.createDeploymentStatus(
            in.owner(),
            in.name(),
            deployment,
            new GitHubApi.NewDeploymentStatus(state, description, environmentUrl)));
  }

  public List<DeploymentStatus> deploymentStatuses(Repository in, long deployment) {
    return pages(
            "list statuses of deployment " + deployment,
            api.deploymentStatuses(in.owner(), in.name(), deployment),
            new TypeReference<List<DeploymentStatus>>() {})
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  public void changeComment(Repository in, long id, String body) {
    call(
        "change comment " + id,
        api.changeComment(in.owner(), in.name(), id, new GitHubApi.NewComment(body)));
  }

  public void createTag(Repository in, String tag, String sha) {
    call(
        "make tag " + tag + " on " + sha,
        api.createRef(in.owner(), in.name(), new GitHubApi.NewRef("refs/tags/" + tag, sha)));
  }

  /** The commit that a lightweight tag names. */
  public String taggedCommit(Repository in, String tag) {
    Sha object = call("read tag " + tag, api.tag(in.owner(), in.name(), tag)).object();
    return object.sha();
  }

  public List<IssueComment> comments(Repository in, int number) {
    return pages(
            "list comments of #" + number,
            api.comments(in.owner(), in.name(), number),
            new TypeReference<List<IssueComment>>() {})
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  public void comment(Repository in, int number, String body) {
    call(
        "comment on #" + number,
        api.createComment(in.owner(), in.name(), number, new GitHubApi.NewComment(body)));
  }

  /**
   * What stands in the repository under this path at a commit.
   *
   * @throws ApiException {@code NOT_FOUND} when nothing does
   */
  public JsonNode contents(Repository in, String path, String sha) {
    return call("read " + path + " of " + sha, api.contents(in.owner(), in.name(), path, sha));
  }

  private <T> T call(String tried, Call<T> call) {
    return response(tried, call).body();
  }

  /** Follows {@code Link: rel="next"} to the end; the addresses of pages are never computed. */
  private <T> List<T> pages(String tried, Call<T> first, TypeReference<T> type) {
    List<T> pages = new ArrayList<>();
    Response<T> response = response(tried, first);
    pages.add(response.body());
    String next = next(response.headers());
    while (next != null) {
      if (pages.size() >= MANY_PAGES) {
        throw ApiException.rejected(
            "GitHub: " + tried + ": more than " + MANY_PAGES + " pages; a part is no answer");
      }
      Response<JsonNode> page = response(tried, api.next(next));
      pages.add(convert(tried, page, type));
      next = next(page.headers());
    }
    return pages;
  }

  private <T> T convert(String tried, Response<JsonNode> page, TypeReference<T> type) {
    try {
      return JsonHttp.mapper().readerFor(type).readValue(page.body());
    } catch (IOException e) {
      throw malformed(tried, page.raw().request(), page.code(), page.headers(), e);
    }
  }

  /** The token goes to this host only, wherever the header points. */
  private String next(Headers headers) {
    String link = headers.get("Link");
    Matcher next = NEXT.matcher(link == null ? "" : link);
    if (!next.find()) {
      return null;
    }
    if (!next.group(1).startsWith(origin)) {
      throw ApiException.rejected(
          "GitHub: the next page is said to be at "
              + next.group(1)
              + ", which is not "
              + origin
              + "; set SIGNALBOX_GITHUB_URL to the address that GitHub uses itself");
    }
    return next.group(1);
  }

  private <T> Response<T> response(String tried, Call<T> call) {
    Request request = call.request();
    try {
      Response<T> response = call.execute();
      if (!response.isSuccessful()) {
        throw http.refused(answer(tried, request, response));
      }
      if (response.body() == null) {
        throw malformed(tried, request, response.code(), response.headers(), null);
      }
      return response;
    } catch (JsonProcessingException e) {
      throw malformed(tried, request, 200, JsonHttp.noHeaders(), e);
    } catch (IOException e) {
      throw http.failed(tried, request, e);
    }
  }

  private static Answer answer(String tried, Request request, Response<?> response)
      throws IOException {
    String text = response.errorBody() == null ? "" : response.errorBody().string();
    return new Answer(
        tried,
        request.method(),
        request.url().toString(),
        response.code(),
        response.headers(),
        text);
  }

  private ApiException malformed(
      String tried, Request request, int status, Headers headers, IOException cause) {
    return http.exception(
        Kind.UNKNOWN_OUTCOME,
        new Answer(tried, request.method(), request.url().toString(), status, headers, ""),
        cause == null ? "nothing" : "what is not the JSON asked for: " + firstLine(cause),
        "it is asked again; if it stays so, compare GitHub's API version",
        null);
  }

  private static String firstLine(IOException cause) {
    return cause.getMessage() == null
        ? cause.toString()
        : cause.getMessage().lines().findFirst().orElse("");
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
