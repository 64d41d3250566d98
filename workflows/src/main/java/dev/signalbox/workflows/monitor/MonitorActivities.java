package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.signalbox.workflows.Packed;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Looks at all that is checked in one environment. Reads only, so twice is harmless. */
@ActivityInterface(namePrefix = "Monitor")
public interface MonitorActivities {

  /**
   * One look at every check, all at the same time. What is not good is looked at again after {@code
   * rules.recheck}, as often as it takes to know: at the most {@code unhealthyAfter} looks when it
   * goes down, {@code healthyAfter} when it comes up. Heartbeats.
   */
  @ActivityMethod
  Round round(RoundOrder order);

  /**
   * Looks at every check at its own interval until {@code until}, with the same quick re-checks.
   * Each change of a state is told to the run that started it, by {@link
   * HealthMonitorWorkflow#changed}, and nothing else is. Heartbeats the standings: the next attempt
   * goes on, it does not begin again. Cancelled, it ends at once and <em>answers</em> how
   * everything stands.
   */
  @ActivityMethod
  Round watch(WatchOrder order);

  /**
   * @param standings of the round or watch before; a check without one begins as unknown
   * @param allow addresses behind which a check may lead although they are no public ones, as
   *     {@code host}, {@code host:port} or CIDR
   */
  record RoundOrder(
      String project,
      String environment,
      @JsonSerialize(using = Packed.Writer.class) @JsonDeserialize(using = Packed.Reader.class)
          List<Check> checks,
      @JsonSerialize(using = Packed.Writer.class) @JsonDeserialize(using = Packed.Reader.class)
          List<Standing> standings,
      Rules rules,
      List<String> allow) {
    public RoundOrder {
      checks = checks == null ? List.of() : List.copyOf(checks);
      standings = standings == null ? List.of() : List.copyOf(standings);
      allow = allow == null ? List.of() : List.copyOf(allow);
    }

    /** The same, each looked at this often at least. */
    RoundOrder closely(Duration longest) {
      return new RoundOrder(
          project,
          environment,
          checks.stream().map(check -> check.atLeastEvery(longest)).toList(),
          standings,
          rules,
          allow);
    }

    /** The same, going on from how everything stands by now. */
    public RoundOrder from(List<Standing> later) {
      return new RoundOrder(project, environment, checks, later, rules, allow);
    }
  }

  /**
   * @param round what is watched, and how it stood before
   * @param watch number of this watch within its run, for {@link Change}
   */
  record WatchOrder(RoundOrder round, int watch, Instant until) {}

  /**
   * @param standings one for every check, in their order
   * @param network whether our own network is there, by the control endpoints; true without any
   * @param looks how many were taken, re-checks included
   */
  record Round(
      Instant at,
      @JsonSerialize(using = Packed.Writer.class) @JsonDeserialize(using = Packed.Reader.class)
          List<Standing> standings,
      boolean network,
      long looks) {
    public Round {
      standings = standings == null ? List.of() : List.copyOf(standings);
    }
  }
}
