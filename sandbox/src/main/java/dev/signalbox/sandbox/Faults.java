package dev.signalbox.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The disturbances asked for. A rule strikes the calls of its operation (or of {@code *}): the
 * first {@code after} calls pass, then {@code count} calls are struck, each with probability {@code
 * share}, drawn from {@code seed} so that a run can be repeated.
 */
public final class Faults {
  private final List<Running> rules = new ArrayList<>();

  /**
   * One rule.
   *
   * @param operation the journal's operation, or {@code *} for all, or {@code webhooks}
   * @param door null for every door, else railway, github, git or slack
   * @param target null for every target, else the parts that must be equal
   * @param after matching calls that pass untouched first; 0
   * @param count calls struck; 0 means without end. Absent: 1, or without end while {@code lasting}
   *     bounds the rule
   * @param share probability of each strike; 1.0
   * @param seed of that probability; 1
   * @param lasting {@code for} in JSON. latency, hang, stale, delay and 429: how long one lasts
   *     (429 says it as Retry-After); the others: how long the rule holds from now on
   * @param status 5xx only: the status, 503
   * @param message errors, errors-with-data, and a 5xx of GitHub: the text of the error; Slack: its
   *     code
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rule(
      String operation,
      Fault fault,
      String door,
      Target target,
      int after,
      int count,
      double share,
      long seed,
      @JsonProperty("for") Duration lasting,
      Integer status,
      String message) {

    public static Rule of(String operation, Fault fault) {
      return new Rule(operation, fault, null, null, 0, 1, 1.0, 1, null, null, null);
    }

    public Rule after(int calls) {
      return new Rule(
          operation, fault, door, target, calls, count, share, seed, lasting, status, message);
    }

    public Rule times(int calls) {
      return new Rule(
          operation, fault, door, target, after, calls, share, seed, lasting, status, message);
    }

    public Rule withShare(double probability, long newSeed) {
      return new Rule(
          operation,
          fault,
          door,
          target,
          after,
          count,
          probability,
          newSeed,
          lasting,
          status,
          message);
    }

    public Rule lasting(Duration duration) {
      return new Rule(
          operation, fault, door, target, after, count, share, seed, duration, status, message);
    }

    public Rule on(Target wanted) {
      return new Rule(
          operation, fault, door, wanted, after, count, share, seed, lasting, status, message);
    }

    public Rule at(String doorName) {
      return new Rule(
          operation, fault, doorName, target, after, count, share, seed, lasting, status, message);
    }

    public Rule saying(String text) {
      return new Rule(
          operation, fault, door, target, after, count, share, seed, lasting, status, text);
    }

    public Rule answering(int httpStatus) {
      return new Rule(
          operation, fault, door, target, after, count, share, seed, lasting, httpStatus, message);
    }

    boolean endsByTime() {
      return lasting != null
          && switch (fault) {
            case LATENCY, HANG, STALE, DELAY, TOO_MANY_REQUESTS -> false;
            default -> true;
          };
    }
  }

  public void add(Rule rule) {
    synchronized (rules) {
      rules.add(new Running(rule));
    }
  }

  public void clear() {
    synchronized (rules) {
      rules.clear();
    }
  }

  public List<Rule> rules() {
    synchronized (rules) {
      return rules.stream().map(running -> running.rule).toList();
    }
  }

  /** The rule that strikes this call, if any; asking counts the call. */
  public Optional<Rule> strike(String door, String operation, Target target) {
    synchronized (rules) {
      for (Running running : rules) {
        if (!running.rule.fault().forWebhooks() && running.strikes(door, operation, target)) {
          return Optional.of(running.rule);
        }
      }
      return Optional.empty();
    }
  }

  /** As {@link #strike}, without rules for {@code *}: those have counted the request already. */
  Optional<Rule> strikeOnly(String door, String operation, Target target) {
    synchronized (rules) {
      for (Running running : rules) {
        if (!running.rule.fault().forWebhooks()
            && !running.rule.operation().equals("*")
            && running.strikes(door, operation, target)) {
          return Optional.of(running.rule);
        }
      }
      return Optional.empty();
    }
  }

  /** The rule that strikes this delivery of a webhook, if any; asking counts the delivery. */
  public Optional<Rule> strikeWebhook(String event) {
    synchronized (rules) {
      for (Running running : rules) {
        boolean meant =
            running.rule.operation().equals("webhooks") || running.rule.operation().equals(event);
        if (running.rule.fault().forWebhooks() && meant && running.draw()) {
          return Optional.of(running.rule);
        }
      }
      return Optional.empty();
    }
  }

  private static final class Running {
    private final Rule rule;
    private final Random random;
    private final Instant until;
    private int seen;
    private int struck;

    Running(Rule rule) {
      this.rule = rule;
      this.random = new Random(rule.seed());
      this.until = rule.endsByTime() ? Instant.now().plus(rule.lasting()) : Instant.MAX;
    }

    boolean strikes(String door, String operation, Target target) {
      boolean meant =
          (rule.operation().equals("*") || rule.operation().equals(operation))
              && (rule.door() == null || rule.door().equals(door))
              && rule.fault().strikesAt(door)
              && (rule.target() == null || target.covers(rule.target()));
      return meant && draw();
    }

    boolean draw() {
      if (seen++ < rule.after()
          || (rule.count() > 0 && struck >= rule.count())
          || Instant.now().isAfter(until)) {
        return false;
      }
      boolean hit = random.nextDouble() < rule.share();
      if (hit) {
        struck++;
      }
      return hit;
    }
  }
}
