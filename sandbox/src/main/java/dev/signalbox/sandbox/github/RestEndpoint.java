package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.git.GitRepository;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What every REST call has in common: who calls, how often they may, which version, whether the
 * answer is known already. Source: "Best practices for using the REST API".
 */
final class RestEndpoint {

  private static final List<String> VERSIONS = List.of("2022-11-28", "2026-03-10");
  private static final String LIMITS = "GET /rate_limit";
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);
  private static final List<String> PATHS =
      List.of(
          "/api/v3",
          "/api/v3/<path>",
          "/repos/<path>",
          "/search/<path>",
          "/users/<path>",
          "/user",
          "/rate_limit");

  private final GitRepository repository;
  private final Door door;
  private final RouteTable table;
  private final Map<String, String> loginsByToken;
  private final RateLimit rateLimit;
  private final SecondaryLimit secondary;
  private final LastReads lastReads = new LastReads();

  RestEndpoint(
      GitRepository repository,
      Door door,
      RouteTable table,
      Map<String, String> loginsByToken,
      RateLimit rateLimit,
      SecondaryLimit secondary) {
    this.repository = repository;
    this.door = door;
    this.table = table;
    this.loginsByToken = loginsByToken;
    this.rateLimit = rateLimit;
    this.secondary = secondary;
  }

  void register(RoutesConfig routes) {
    for (HandlerType method : METHODS) {
      PATHS.forEach(path -> routes.addHttpHandler(method, path, this::answer));
    }
    // The root of the API where nothing stands before its paths.
    routes.get("/", this::answer);
  }

  /** What the journal may name: the routes', and those that no route has. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>(table.operations());
    operations.add(LIMITS);
    METHODS.forEach(method -> operations.add(unknown(method.name())));
    return operations;
  }

  private static String unknown(String method) {
    return method + " (unknown path)";
  }

  private void answer(Context ctx) throws Exception {
    String method = ctx.method().name();
    String path = Bases.path(ctx);
    Optional<RouteTable.Match> match = table.find(method, path.isEmpty() ? "/" : path);
    boolean limits = method.equals("GET") && path.equals("/rate_limit");
    String operation =
        limits ? LIMITS : match.map(found -> found.route().operation()).orElse(unknown(method));
    String caller = token(ctx).filter(loginsByToken::containsKey).orElse(null);
    if (caller == null || limits) {
      door.handle(ctx, operation, call -> write(ctx, call, limits, match, Duration.ZERO));
      return;
    }
    Duration away = secondary.begin(caller, method);
    try {
      door.handle(ctx, operation, call -> write(ctx, call, limits, match, away));
    } finally {
      secondary.end(caller);
    }
  }

  /**
   * @param away how long the caller has to stay away; zero = it need not
   */
  private void write(
      Context ctx, Call call, boolean limits, Optional<RouteTable.Match> match, Duration away) {
    Optional<String> token = token(ctx);
    Optional<String> login = token.map(loginsByToken::get);
    RateLimit.Resource resource =
        Bases.path(ctx).startsWith("/search/")
            ? RateLimit.Resource.SEARCH
            : RateLimit.Resource.CORE;
    Reply reply;
    boolean counts = login.isPresent() && !limits;
    try {
      admit(ctx, login);
      if (!away.isZero()) {
        counts = false;
        ctx.header("Retry-After", Long.toString(Math.max(1, away.plusMillis(999).toSeconds())));
        throw Refusal.secondary();
      }
      if (counts && rateLimit.exceeded(token.get(), resource)) {
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
      rateLimit.count(token.get(), resource);
    }
    token.filter(loginsByToken::containsKey).ifPresent(known -> limitHeaders(ctx, known, resource));
    send(ctx, reply, body);
  }

  private static void admit(Context ctx, Optional<String> login) {
    String agent = ctx.userAgent();
    if (agent == null || agent.isBlank()) {
      throw Refusal.of(
          403,
          "Request forbidden by administrative rules. Please make sure your request has a"
              + " User-Agent header"
              + " (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required)."
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
    Optional<Reply> before = call.stale() ? lastReads.find(key) : Optional.empty();
    if (found.route().reads() && before.isPresent()) {
      return before.get();
    }
    Request request = new Request(ctx, call, found.path(), Bases.of(ctx), login);
    Reply reply = repository.locked(() -> found.route().endpoint().answer(request));
    if (reply.changed()) {
      call.changedState();
    }
    if (found.route().reads()) {
      lastReads.keep(key, reply);
    }
    return reply;
  }

  private Reply limits(Context ctx, String token) {
    Map<String, Object> resources = new LinkedHashMap<>();
    Map<String, Object> core = rateLimit.state(token, RateLimit.Resource.CORE);
    resources.put("core", core);
    resources.put("search", rateLimit.state(token, RateLimit.Resource.SEARCH));
    resources.put("graphql", core);
    resources.put("integration_manifest", core);
    Map<String, Object> body = Json.object("resources", resources);
    if (!"2026-03-10".equals(ctx.header("X-GitHub-Api-Version"))) {
      body.put("rate", core);
    }
    return Reply.ok(body);
  }

  private void limitHeaders(Context ctx, String token, RateLimit.Resource resource) {
    rateLimit
        .state(token, resource)
        .forEach(
            (name, value) -> {
              if (!name.equals("resource")) {
                ctx.header("x-ratelimit-" + name, value.toString());
              }
            });
    ctx.header("x-ratelimit-resource", resource.text());
  }

  private static void send(Context ctx, Reply reply, byte[] body) {
    // Once only: a charset that was set before stays, and bytes must not be read as text.
    ctx.status(reply.status())
        .contentType(
            reply.headers().getOrDefault("Content-Type", "application/json; charset=utf-8"));
    ctx.header("X-GitHub-Request-Id", UUID.randomUUID().toString());
    ctx.header("X-GitHub-Media-Type", "github.v3; format=json");
    ctx.header(
        "X-GitHub-Api-Version-Selected",
        Optional.ofNullable(ctx.header("X-GitHub-Api-Version")).orElse(VERSIONS.get(0)));
    reply.headers().entrySet().stream()
        .filter(header -> !header.getKey().equals("Content-Type"))
        .forEach(header -> ctx.header(header.getKey(), header.getValue()));
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
