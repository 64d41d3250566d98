package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.OpenPull;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SecondaryLimits;
import dev.signalbox.sandbox.git.GitHttp;
import dev.signalbox.sandbox.git.GitRepository;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A GitHub with one repository: REST at {@code /api/v3} and at the root of REST paths, git at
 * {@code /OWNER/NAME.git}, webhooks to whom they are asked for. Answers have api.github.com's
 * shapes, statuses and texts for API versions 2022-11-28 and 2026-03-10; what is not built answers
 * 404, as an unknown path does there.
 *
 * <p>Commits and refs are git's own; all else lives in memory. A change made by git, by this API or
 * by a method of {@link GitRepository} is seen by all three at once.
 *
 * <p>Different from GitHub: every known token may do everything, check runs included; the
 * repository allows merge commits only until it is told otherwise.
 */
public final class FakeGitHub implements AutoCloseable {

  /** The account of the first token. */
  public static final String LOGIN = "signalbox-bot";

  /** What it sends webhooks of. */
  public static final Set<String> WEBHOOK_EVENTS =
      Set.of(
          "push",
          "pull_request",
          "pull_request_review",
          "check_run",
          "check_suite",
          "status",
          "deployment",
          "deployment_status",
          "issues",
          "issue_comment",
          "release",
          "ping");

  private final GitRepository repository;
  private final GitHttp git;
  private final Map<String, String> loginsByToken = new ConcurrentHashMap<>();
  private final RateLimit rateLimit;
  private final SecondaryLimit secondary;
  private final RestEndpoint rest;
  private final SearchIndex index;
  private final Hooks hooks;
  private final Protection protection;
  private final RulesetRoutes rulesets;
  private final ReportedChecks reported;
  private final Pulls pulls;
  private final Reviews reviews;

  /**
   * @param githubDoor through which every REST call goes
   * @param gitDoor through which every clone, fetch and push goes
   * @param faults disturb the webhooks
   * @param token accepted as {@code Bearer} and as {@code token}, and as git's password
   */
  public FakeGitHub(
      GitRepository repository,
      Door githubDoor,
      Door gitDoor,
      Faults faults,
      SandboxClock clock,
      String token) {
    this.repository = repository;
    this.rateLimit = new RateLimit(clock);
    this.secondary = new SecondaryLimit(clock);
    this.index = new SearchIndex(clock);
    loginsByToken.put(token, LOGIN);
    this.git = new GitHttp(repository, gitDoor, loginsByToken::containsKey);
    Shapes shapes = new Shapes(repository);
    this.hooks = new Hooks(clock, faults, shapes);
    Hub hub = new Hub(repository, clock, hooks);
    CheckShapes checkShapes = new CheckShapes(repository, shapes);
    Checks checks = new Checks(hub, checkShapes);
    this.reported = new ReportedChecks(hub, checks);
    this.reviews = new Reviews(hub, shapes);
    this.protection = new Protection(repository, checks, reviews);
    this.rulesets = new RulesetRoutes(hub, shapes, protection);
    RepositoryOptions options = new RepositoryOptions();
    Labels labels = new Labels(hub);
    IssueShapes issueShapes = new IssueShapes(shapes, labels);
    PullShapes pullShapes = new PullShapes(repository, shapes, issueShapes);
    this.pulls = new Pulls(hub, new Merges(hub, protection, options), pullShapes, index);
    Issues issues = new Issues(hub, pulls, labels, issueShapes, index);
    Comments comments = new Comments(hub, issues, issueShapes);
    DeploymentShapes deploymentShapes = new DeploymentShapes(shapes);
    Deployments deployments = new Deployments(hub, deploymentShapes);
    RouteTable table = new RouteTable();
    new RepositoryRoutes(shapes, options).addTo(table);
    new ProtectionRoutes(hub, shapes, protection).addTo(table);
    rulesets.addTo(table);
    new BranchRoutes(hub, shapes, protection).addTo(table);
    new RefRoutes(hub, shapes, protection).addTo(table);
    new TagRoutes(hub, shapes).addTo(table);
    new TreeRoutes(hub, shapes).addTo(table);
    new ContentRoutes(hub, shapes, protection).addTo(table);
    new ArchiveRoutes(hub, shapes).addTo(table);
    new MergeRoutes(hub, shapes, protection).addTo(table);
    new PullRoutes(hub, pullShapes, shapes, pulls).addTo(table);
    new ReviewRoutes(pulls, reviews).addTo(table);
    new ReviewCommentRoutes(hub, shapes, pullShapes, pulls).addTo(table);
    new CommentRoutes(issues, comments, issueShapes).addTo(table);
    new LabelRoutes(issues, labels, issueShapes).addTo(table);
    new IssueRoutes(issues, pulls, issueShapes).addTo(table);
    new SearchRoutes(hub, index, issueShapes).addTo(table);
    new StatusRoutes(hub, shapes, checkShapes, checks).addTo(table);
    new CheckRoutes(hub, checkShapes, checks).addTo(table);
    new DeploymentRoutes(hub, deploymentShapes, checks, deployments).addTo(table);
    new ReleaseRoutes(hub, shapes).addTo(table);
    new HookRoutes(hub, hooks, shapes).addTo(table);
    // Last: its commits/{ref} takes whatever the more precise paths above have left.
    new CommitRoutes(hub, shapes).addTo(table);
    new ActivityRoutes(hub, shapes).addTo(table);
    this.rest =
        new RestEndpoint(repository, githubDoor, table, loginsByToken, rateLimit, secondary);
    listen(new PushShapes(repository, shapes));
  }

  private void listen(PushShapes shapes) {
    repository.onPush(
        (branch, before, after) -> {
          hooks.announce("push", null, LOGIN, place -> shapes.push(place, branch, before, after));
          repository.locked(
              () -> {
                pulls.follow();
                return null;
              });
          if (after != null) {
            reported.pushed(after);
          }
        });
    // What a clone brought along counts as pushed when the sandbox began.
    repository.tips().values().forEach(reported::pushed);
  }

  /** Adds REST and git. */
  public void register(RoutesConfig routes) {
    rest.register(routes);
    git.register(routes);
  }

  /** What the journal may name at the door of REST. */
  public Set<String> operations() {
    return rest.operations();
  }

  /** What the journal may name at git's door. */
  public Set<String> gitOperations() {
    return GitHttp.operations();
  }

  /** Says where REST is served: the addresses in webhooks begin there. */
  public void servedAt(String base) {
    hooks.servedAt(base);
  }

  /**
   * Sends events to an address from now on, as JSON.
   *
   * @param secret signs the bodies; null leaves them unsigned
   * @param events GitHub's names, or {@code *}
   */
  public void addWebhook(String url, String secret, List<String> events) {
    hooks.add(url, false, secret, events, true);
  }

  /** The webhooks and how many deliveries each has had, newest state. */
  public List<Map<String, Object>> webhooks() {
    return hooks.all().stream()
        .map(
            hook ->
                Json.object(
                    "id",
                    hook.id(),
                    "url",
                    hook.url(),
                    "events",
                    hook.events(),
                    "active",
                    hook.active(),
                    "deliveries",
                    hooks.deliveries(hook.id()).size()))
        .toList();
  }

  /** How far the search is behind; at first one second. */
  public void searchLag(Duration lag) {
    repository.locked(
        () -> {
          index.lag(lag);
          return null;
        });
  }

  /** Lets another person call: reviews and merges are then theirs. */
  public void addToken(String token, String login) {
    loginsByToken.put(token, login);
  }

  /** Calls per hour and token from now on; at first 5000. */
  public void rateLimit(int callsPerHour) {
    rateLimit.perHour(callsPerHour);
  }

  /**
   * What is counted from now on beside the calls of an hour; at first nothing.
   *
   * @param limits null = nothing
   */
  public void secondaryLimits(SecondaryLimits limits) {
    secondary.of(limits);
  }

  /** What is used of the limits beside the hourly one, by who calls. */
  public Map<String, Object> limits() {
    return secondary.view(loginsByToken);
  }

  /** Protects a branch: merges need these contexts green on the head; none lifts it. */
  public void requireChecks(String branch, List<String> contexts) {
    repository.locked(
        () -> {
          if (contexts.isEmpty()) {
            protection.unprotect(branch);
          } else {
            protection.protect(branch, BranchProtection.ofChecks(contexts));
          }
          return null;
        });
  }

  /**
   * Ends a check run of a commit, beginning it first if there is none.
   *
   * @param conclusion GitHub's word: success, failure, neutral, skipped, cancelled, timed_out
   */
  public void completeCheck(String sha, String name, String conclusion) {
    reported.complete(sha, name, conclusion);
  }

  /** Opens a pull request as somebody, and answers its number. */
  public int openPull(String head, String base, String title, String login) {
    return repository.locked(() -> (int) pulls.open(head, base, title, "", false, login).number);
  }

  /** Closes a pull request, or opens it again; it is not merged. */
  public void turnPull(int number, boolean open, String login) {
    repository.locked(
        () -> {
          pulls.turn(pulls.get(number), open ? "open" : "closed", login);
          return null;
        });
  }

  /** The open pull requests. */
  public List<OpenPull> openPulls() {
    return railwaysPulls().stream().filter(pull -> !pull.leftBehind()).toList();
  }

  /** The open pull requests, and those of whose end Railway takes no notice. */
  public List<OpenPull> railwaysPulls() {
    return repository.locked(
        () ->
            pulls.all().stream()
                .filter(pull -> pull.open || pull.closedInConflict)
                .map(
                    pull ->
                        new OpenPull(
                            pull.number,
                            pull.title,
                            pull.head,
                            pull.base,
                            pull.headSha,
                            pull.login,
                            !pull.open))
                .toList());
  }

  /** The check runs of a commit by name: success, failure or pending. */
  public Map<String, String> checkRuns(String sha) {
    return repository.locked(() -> reported.states(sha));
  }

  /**
   * Reviews the head of a pull request as somebody else.
   *
   * @param event APPROVE, REQUEST_CHANGES or COMMENT
   */
  public void review(long number, String login, String event) {
    repository.locked(
        () -> {
          Pull pull = pulls.get(number);
          reviews.add(pull, login, event, "", pull.headSha);
          return null;
        });
  }

  /** What this person is to the repository: OWNER, COLLABORATOR, NONE; a MEMBER until then. */
  public void associate(String login, String association) {
    repository.locked(
        () -> {
          reviews.associate(login, association);
          return null;
        });
  }

  @Override
  public void close() {
    reported.stop();
    hooks.close();
  }
}
