package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.git.GitHttp;
import dev.signalbox.sandbox.git.GitRepository;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A GitHub with one repository: REST at {@code /api/v3} and at the root of REST paths, git at
 * {@code /OWNER/NAME.git}. Answers have api.github.com's shapes, statuses and texts for API
 * versions 2022-11-28 and 2026-03-10; what is not built answers 404, as an unknown path does there.
 *
 * <p>Commits and refs are git's own; all else lives in memory. A change made by git, by this API or
 * by a method of {@link GitRepository} is seen by all three at once.
 *
 * <p>Different from GitHub: every known token may do everything, check runs included; the
 * repository allows merge commits only; webhooks are not sent.
 */
public final class FakeGitHub implements AutoCloseable {

  /** The account of the first token. */
  public static final String LOGIN = "signalbox-bot";

  private static final List<String> VERSIONS = List.of("2022-11-28", "2026-03-10");
  private static final int REMEMBERED = 1000;

  private final GitRepository repository;
  private final Door door;
  private final GitHttp git;
  private final Map<String, String> loginsByToken = new ConcurrentHashMap<>();
  private final RateLimit rateLimit;
  private final RouteTable table = new RouteTable();
  private final Protection protection;
  private final ReportedChecks reported;
  private final ReviewRoutes reviews;
  private final Map<String, Reply> lastReads =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Reply> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * @param githubDoor through which every REST call goes
   * @param gitDoor through which every clone, fetch and push goes
   * @param token accepted as {@code Bearer} and as {@code token}, and as git's password
   */
  public FakeGitHub(
      GitRepository repository, Door githubDoor, Door gitDoor, SandboxClock clock, String token) {
    this.repository = repository;
    this.door = githubDoor;
    this.rateLimit = new RateLimit(clock);
    loginsByToken.put(token, LOGIN);
    this.git = new GitHttp(repository, gitDoor, loginsByToken::containsKey);
    Hub hub = new Hub(repository, clock);
    Shapes shapes = new Shapes(hub);
    Checks checks = new Checks(hub);
    this.protection = new Protection(checks);
    this.reported = new ReportedChecks(hub, checks);
    Pulls pulls = new Pulls(hub, protection);
    this.reviews = new ReviewRoutes(hub, shapes, pulls);
    new RepositoryRoutes(hub, shapes, protection).addTo(table);
    new RefRoutes(hub, shapes, protection).addTo(table);
    new ContentRoutes(hub, shapes).addTo(table);
    new MergeRoutes(hub, shapes, protection).addTo(table);
    new PullRoutes(hub, shapes, pulls).addTo(table);
    reviews.addTo(table);
    new CommentRoutes(hub, shapes, pulls).addTo(table);
    new StatusRoutes(hub, shapes, checks).addTo(table);
    new CheckRoutes(hub, shapes, checks).addTo(table);
    new DeploymentRoutes(hub, shapes, checks).addTo(table);
    new ReleaseRoutes(hub, shapes).addTo(table);
    // Last: its commits/{ref} takes whatever the more precise paths above have left.
    new CommitRoutes(hub, shapes).addTo(table);
    repository.onPush(
        (branch, before, after) -> {
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
    for (HandlerType method :
        List.of(
            HandlerType.GET,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE)) {
      for (String path :
          List.of(
              "/api/v3",
              "/api/v3/<path>",
              "/repos/<path>",
              "/users/<path>",
              "/user",
              "/rate_limit")) {
        routes.addHttpHandler(method, path, this::answer);
      }
    }
    git.register(routes);
  }

  /** Lets another person call: reviews and merges are then theirs. */
  public void addToken(String token, String login) {
    loginsByToken.put(token, login);
  }

  /** Calls per hour and token from now on; at first 5000. */
  public void rateLimit(int callsPerHour) {
    rateLimit.perHour(callsPerHour);
  }

  /** Protects a branch: merges need these contexts green on the head; none lifts it. */
  public void requireChecks(String branch, List<String> contexts) {
    repository.locked(
        () -> {
          protection.protect(branch, contexts);
          return null;
        });
  }

  /** The same by a ruleset, which {@code rules/branches} shows and branch protection does not. */
  public void requireChecksByRuleset(String branch, List<String> contexts) {
    repository.locked(
        () -> {
          protection.rule(branch, contexts);
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

  /**
   * Reviews the head of a pull request as somebody else.
   *
   * @param event APPROVE, REQUEST_CHANGES or COMMENT
   */
  public void review(long number, String login, String event) {
    repository.locked(
        () -> {
          reviews.add(number, login, event);
          return null;
        });
  }

  @Override
  public void close() {
    reported.stop();
  }

  private void answer(Context ctx) throws Exception {
    String method = ctx.method().name();
    String path = Bases.path(ctx);
    Optional<RouteTable.Match> match = table.find(method, path.isEmpty() ? "/" : path);
    boolean limits = method.equals("GET") && path.equals("/rate_limit");
    String operation =
        limits
            ? "GET /rate_limit"
            : match.map(found -> found.route().operation()).orElse(method + " (unknown path)");
    door.handle(ctx, operation, call -> write(ctx, call, limits, match));
  }

  private void write(Context ctx, Call call, boolean limits, Optional<RouteTable.Match> match) {
    Optional<String> token = token(ctx);
    Optional<String> login = token.map(loginsByToken::get);
    Reply reply;
    boolean counts = login.isPresent() && !limits;
    try {
      admit(ctx, login);
      if (counts && rateLimit.exceeded(token.get())) {
        counts = false;
        throw Refusal.of(403, "API rate limit exceeded for user " + login.get() + ".");
      }
      reply = limits ? limits(ctx, token.get()) : work(ctx, call, login.get(), match);
    } catch (Refusal refusal) {
      reply = new Reply(refusal.status(), refusal.body(), Map.of(), false);
    }
    byte[] body = body(reply);
    if (reply.status() == 200 && ctx.method().equals(HandlerType.GET)) {
      String tag = "W/\"" + hash(body) + "\"";
      ctx.header("ETag", tag);
      ctx.header("Cache-Control", "private, max-age=60, s-maxage=60");
      if (sameTag(ctx.header("If-None-Match"), tag)) {
        // The answer is known already: it costs nothing.
        counts = false;
        reply = Reply.empty(304);
        body = new byte[0];
      }
    }
    if (counts) {
      rateLimit.count(token.get());
    }
    token.filter(loginsByToken::containsKey).ifPresent(known -> limitHeaders(ctx, known));
    send(ctx, reply, body);
  }

  private void admit(Context ctx, Optional<String> login) {
    String agent = ctx.userAgent();
    if (agent == null || agent.isBlank()) {
      throw Refusal.of(
          403,
          "Request forbidden by administrative rules. Please make sure your request has a"
              + " User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required)."
              + " Check https://developer.github.com for other possible causes.");
    }
    String version = ctx.header("X-GitHub-Api-Version");
    if (version != null && !VERSIONS.contains(version)) {
      throw Refusal.of(
          400,
          "\""
              + version
              + "\" is not a supported version of the API. Supported: "
              + String.join(", ", VERSIONS));
    }
    if (login.isEmpty()) {
      throw Refusal.of(
          401, ctx.header("Authorization") == null ? "Requires authentication" : "Bad credentials");
    }
  }

  private Reply work(Context ctx, Call call, String login, Optional<RouteTable.Match> match) {
    RouteTable.Match found = match.orElseThrow(Refusal::notFound);
    if (found.route().inRepository()
        && !repository
            .name()
            .equalsIgnoreCase(found.path().get("owner") + "/" + found.path().get("repo"))) {
      throw Refusal.notFound();
    }
    String key = login + " " + ctx.fullUrl() + " " + ctx.header("Accept");
    if (found.route().reads() && call.stale() && lastReads.containsKey(key)) {
      return lastReads.get(key);
    }
    Request request = new Request(ctx, call, found.path(), Bases.of(ctx), login);
    Reply reply = repository.locked(() -> found.route().endpoint().answer(request));
    if (reply.changed()) {
      call.changedState();
    }
    if (found.route().reads()) {
      lastReads.put(key, reply);
    }
    return reply;
  }

  private Reply limits(Context ctx, String token) {
    Map<String, Object> core = rateLimit.state(token);
    Map<String, Object> resources = new LinkedHashMap<>();
    for (String name : List.of("core", "search", "graphql", "integration_manifest")) {
      resources.put(name, core);
    }
    Map<String, Object> body = Json.object("resources", resources);
    if (!"2026-03-10".equals(ctx.header("X-GitHub-Api-Version"))) {
      body.put("rate", core);
    }
    return Reply.ok(body);
  }

  private void limitHeaders(Context ctx, String token) {
    rateLimit
        .state(token)
        .forEach((name, value) -> ctx.header("x-ratelimit-" + name, value.toString()));
    ctx.header("x-ratelimit-resource", "core");
  }

  private static void send(Context ctx, Reply reply, byte[] body) {
    ctx.status(reply.status()).contentType("application/json; charset=utf-8");
    ctx.header(
        "X-GitHub-Api-Version-Selected",
        Optional.ofNullable(ctx.header("X-GitHub-Api-Version")).orElse(VERSIONS.get(0)));
    reply.headers().forEach(ctx::header);
    if (body.length > 0) {
      ctx.result(body);
    }
  }

  private static byte[] body(Reply reply) {
    if (reply.body() == null) {
      return new byte[0];
    }
    return reply.body() instanceof byte[] raw ? raw : Json.bytes(reply.body());
  }

  private static boolean sameTag(String header, String tag) {
    // Weak or strong does not matter to If-None-Match (RFC 9110, 13.1.2).
    return header != null && (header.equals("*") || header.contains(tag.substring("W/".length())));
  }

  private static Optional<String> token(Context ctx) {
    String header = ctx.header("Authorization");
    if (header == null) {
      return Optional.empty();
    }
    String[] parts = header.strip().split("\\s+", 2);
    boolean known = parts[0].equalsIgnoreCase("bearer") || parts[0].equalsIgnoreCase("token");
    return known && parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
