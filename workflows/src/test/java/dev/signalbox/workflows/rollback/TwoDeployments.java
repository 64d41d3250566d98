package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RecentDeployments;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A Railway with one service, what runs of it, and what ran before; it takes nothing back. */
final class TwoDeployments {
  static final String FORMER = "1".repeat(40);
  static final String PRESENT = "2".repeat(40);

  private static final Instant LONG_AGO = Instant.parse("2026-11-01T12:00:00Z");
  static final LiveSet FORMER_SET =
      new LiveSet(FORMER, null, LONG_AGO, List.of(deployment("d-former", FORMER)));
  static final LiveSet PRESENT_SET =
      new LiveSet(PRESENT, null, LONG_AGO, List.of(deployment("d-present", PRESENT)));

  /** Whether the former one can be had again. */
  boolean imageKept = true;

  /** What the service is called by now. */
  String named = "backend";

  /** What becomes of the call that takes the former one back. */
  FailureType rollbackFails;

  RailwayActivities activities() {
    return Engine.knowing(
        RailwayActivities.class,
        Map.of(
            "readEnvironment", query -> environment(),
            "recentDeployments", query -> recent(),
            "rollback", order -> rollback()));
  }

  private static ServiceDeployment deployment(String id, String revision) {
    return new ServiceDeployment("backend", id, revision, true, LONG_AGO);
  }

  private EnvironmentState environment() {
    ServiceDeployment present = deployment("d-present", PRESENT);
    return new EnvironmentState(
        "e-1",
        List.of(
            new ServiceState(
                named, "s-1", present, present, null, List.of(), List.of("d-present", "d-former"))),
        "f",
        null);
  }

  private RecentDeployments recent() {
    return new RecentDeployments(
        List.of(
            new Deployment(
                "d-present", PRESENT, Status.ACTIVE, "SUCCESS", null, true, LONG_AGO, false, null),
            new Deployment(
                "d-former",
                FORMER,
                Status.REMOVED,
                "REMOVED",
                null,
                imageKept,
                LONG_AGO,
                false,
                null)),
        null);
  }

  private Object rollback() {
    throw ApplicationFailure.newNonRetryableFailure("Railway says no", rollbackFails.wireName());
  }
}
