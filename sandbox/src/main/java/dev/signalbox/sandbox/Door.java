package dev.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * One outside system's entrance. Every call goes through {@link #handle}: it is disturbed as {@link
 * Faults} say, and journaled exactly once, before its answer leaves, with the status that the
 * client sees.
 */
public final class Door {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_HANG = Duration.ofMinutes(2);

  private final String name;
  private final Journal journal;
  private final Faults faults;
  private final SandboxClock clock;

  /** Does the work of a call and writes its answer into the context. */
  @FunctionalInterface
  public interface Handler {
    void handle(Call call) throws Exception;
  }

  /**
   * @param name railway, github, git or slack; railway and slack answer faults in their own shapes,
   *     the others in GitHub's
   */
  public Door(String name, Journal journal, Faults faults, SandboxClock clock) {
    this.name = name;
    this.journal = journal;
    this.faults = faults;
    this.clock = clock;
  }

  public void handle(Context ctx, String operation, Handler handler) throws Exception {
    handle(ctx, operation, Target.NONE, handler);
  }

  /** As above, for a call whose target is known beforehand, so that rules can ask for it. */
  public void handle(Context ctx, String operation, Target target, Handler handler)
      throws Exception {
    handle(ctx, new Call(operation, target), handler);
  }

  /** As above, for a call that does or reads several things. */
  public void handle(Context ctx, Call call, Handler handler) throws Exception {
    Optional<Faults.Rule> struck = strike(call);
    if (struck.isEmpty()) {
      answer(ctx, call, handler, null);
    } else {
      disturb(ctx, call, handler, struck.get());
    }
  }

  /**
   * The rule that strikes a call which does not come by HTTP, if any. Its handler disturbs it by
   * itself, and records it with {@link #record(String, Call, int, Faults.Rule)}.
   */
  public Optional<Faults.Rule> strike(Call call) {
    Optional<Faults.Rule> struck = faults.strike(name, call.operation(), call.target());
    for (String part : call.parts()) {
      struck = struck.or(() -> faults.strikeOnly(name, part, call.target()));
    }
    for (Call other : call.others()) {
      struck = struck.or(() -> faults.strikeOnly(name, other.operation(), other.target()));
    }
    return struck;
  }

  /**
   * For a web-socket that is asked for: only a rule that names the operation strikes it. One that
   * is not to come about ends in an exception.
   */
  public void upgrade(Context ctx, String operation) throws Exception {
    Call call = new Call(operation, Target.NONE);
    Optional<Faults.Rule> struck = faults.strikeOnly(name, operation, Target.NONE);
    if (struck.isPresent()) {
      disturb(ctx, call, quiet -> {}, struck.get());
      if (struck.get().fault() != Fault.LATENCY) {
        int status = ctx.statusCode() < 400 ? 503 : ctx.statusCode();
        throw new HttpResponseException(status, "No web-socket", Map.of());
      }
    }
  }

  private void disturb(Context ctx, Call call, Handler handler, Faults.Rule rule) throws Exception {
    switch (rule.fault()) {
      case LATENCY -> {
        Thread.sleep(lasting(rule, Duration.ofSeconds(1)).toMillis());
        answer(ctx, call, handler, rule);
      }
      case TOO_MANY_REQUESTS -> {
        tooManyRequests(ctx, lasting(rule, Duration.ofSeconds(1)));
        record(ctx, call, ctx.statusCode(), rule);
      }
      case SERVER_ERROR -> {
        serverError(ctx, rule);
        record(ctx, call, ctx.statusCode(), rule);
      }
      case RESET_BEFORE -> {
        record(ctx, call, 0, rule);
        Connections.cut(ctx);
      }
      case RESET_AFTER -> {
        loseAnswer(call, handler);
        record(ctx, call, 0, rule);
        Connections.cut(ctx);
      }
      case HANG -> {
        loseAnswer(call, handler);
        // Before the wait: who looks while it hangs must see that the effect happened.
        record(ctx, call, 0, rule);
        Connections.awaitGone(ctx, lasting(rule, LONGEST_HANG));
        Connections.cut(ctx);
      }
      case ERRORS -> {
        ctx.status(200).contentType("application/json").result(errorsInside(rule));
        record(ctx, call, 200, rule);
      }
      case ERRORS_WITH_DATA ->
          answer(ctx, call, quiet -> withErrors(ctx, quiet, handler, rule), rule);
      case MALFORMED -> answer(ctx, call, quiet -> cutShort(ctx, quiet, handler), rule);
      case STALE -> {
        call.beStale(rule.lasting());
        answer(ctx, call, handler, rule);
      }
      default -> answer(ctx, call, handler, null);
    }
  }

  private void answer(Context ctx, Call call, Handler handler, Faults.Rule rule) throws Exception {
    int status = 500;
    try {
      handler.handle(call);
      status = ctx.res().getStatus();
    } catch (HttpResponseException refusal) {
      status = refusal.getStatus();
      throw refusal;
    } finally {
      record(ctx, call, status, rule);
    }
  }

  private static void loseAnswer(Call call, Handler handler) throws Exception {
    call.loseAnswer();
    try {
      handler.handle(call);
    } catch (HttpResponseException unseen) {
      // A refusal is an answer too, and it is lost like any other.
    }
  }

  private void record(Context ctx, Call call, int status, Faults.Rule rule) {
    record(ctx.userAgent(), call, status, rule);
  }

  /** Journals a call, and each further deed in it; {@code rule} is null without a fault. */
  public void record(String agent, Call call, int status, Faults.Rule rule) {
    recordOne(agent, call, status, rule);
    call.others().forEach(other -> recordOne(agent, other, status, rule));
  }

  private void recordOne(String agent, Call call, int status, Faults.Rule rule) {
    journal.record(
        clock.now(),
        caller(agent),
        name,
        call.operation(),
        call.target(),
        status,
        rule == null ? null : rule.fault().text(),
        call.hasChangedState());
  }

  private static String caller(String agent) {
    return agent == null || agent.isBlank() ? "" : agent.strip().split("\\s+", 2)[0];
  }

  private static Duration lasting(Faults.Rule rule, Duration otherwise) {
    return rule.lasting() == null ? otherwise : rule.lasting();
  }

  private boolean slack() {
    return name.equals("slack");
  }

  private static String slackError(String code) {
    return JSON.createObjectNode().put("ok", false).put("error", code).toString();
  }

  private boolean railway() {
    return name.equals("railway");
  }

  private void tooManyRequests(Context ctx, Duration retryAfter) {
    long seconds = Math.max(1, retryAfter.toSeconds());
    Instant reset = clock.now().plusSeconds(seconds);
    ctx.status(429).contentType("application/json").header("Retry-After", Long.toString(seconds));
    if (!slack()) {
      ctx.header("X-RateLimit-Remaining", "0")
          .header("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
    }
    if (slack()) {
      ctx.result(slackError("ratelimited"));
    } else if (railway()) {
      ctx.header("X-RateLimit-Limit", "1000").result("{\"data\":null}");
    } else {
      ctx.header("X-RateLimit-Limit", "5000")
          .result(
              "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes"
                  + " before you try again.\",\"documentation_url\":"
                  + "\"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api\"}");
    }
  }

  private void serverError(Context ctx, Faults.Rule rule) {
    String said = rule.message() == null ? "Server Error" : rule.message();
    ctx.status(rule.status() == null ? 503 : rule.status());
    if (slack()) {
      ctx.contentType("application/json")
          .result(slackError(rule.message() == null ? "service_unavailable" : rule.message()));
    } else if (railway()) {
      ctx.contentType("text/html").result("<html><body><h1>upstream error</h1></body></html>");
    } else {
      ctx.contentType("application/json")
          .result(JSON.createObjectNode().put("message", said).toString());
    }
  }

  private static ObjectNode error(Faults.Rule rule) {
    ObjectNode error = JSON.createObjectNode();
    error.put("message", rule.message() == null ? "Problem processing request" : rule.message());
    error.putObject("extensions").put("code", "INTERNAL_SERVER_ERROR");
    return error.put("traceId", "600000000000000001");
  }

  private String errorsInside(Faults.Rule rule) {
    if (slack()) {
      return slackError(rule.message() == null ? "internal_error" : rule.message());
    }
    ObjectNode body = JSON.createObjectNode();
    body.putArray("errors").add(error(rule));
    return body.putNull("data").toString();
  }

  private static void withErrors(Context ctx, Call call, Handler handler, Faults.Rule rule)
      throws Exception {
    handler.handle(call);
    JsonNode body = JSON.readTree(body(ctx));
    if (body instanceof ObjectNode object) {
      object.withArray("errors").add(error(rule));
      ctx.result(object.toString());
    }
  }

  private static void cutShort(Context ctx, Call call, Handler handler) throws Exception {
    handler.handle(call);
    byte[] whole = body(ctx);
    byte[] half =
        whole.length > 1
            ? Arrays.copyOf(whole, whole.length / 2)
            : "{\"da".getBytes(StandardCharsets.UTF_8);
    ctx.result(half);
  }

  private static byte[] body(Context ctx) throws Exception {
    var stream = ctx.resultInputStream();
    return stream == null ? new byte[0] : stream.readAllBytes();
  }
}
