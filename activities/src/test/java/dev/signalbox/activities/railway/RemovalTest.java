package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.RailwayActivities.RollbackOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A service is stopped and started again, against the sandbox. */
@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class RemovalTest extends RailwayHouse {
  private static final String REMOVE = "deploymentRemove";

  private String id;

  @BeforeEach
  void deployed() {
    id = deploy("production", head("staging"));
    await(id);
  }

  private static RollbackOrder order(String deployment) {
    return new RollbackOrder(PROJECT, "backend", deployment);
  }

  private boolean serves(String deployment) {
    return sandbox
        .railway()
        .active("production", "backend")
        .filter(active -> active.id().equals(deployment))
        .isPresent();
  }

  @Test
  void stopsAServiceThatCanBeStartedFromItsImageAgain() {
    railway.remove(order(id));

    assertThat(serves(id)).isFalse();
    String again = railway.redeployImage(order(id)).deploymentId();
    await(again);
    assertThat(serves(again)).isTrue();
  }

  @Test
  void isDoneWhereItWasRemovedBefore() {
    railway.remove(order(id));

    railway.remove(order(id));

    assertThat(effects(REMOVE)).isEqualTo(1);
  }

  @Test
  void findsOutThatALostCallHadItsEffect() {
    sandbox.faults().add(Faults.Rule.of(REMOVE, Fault.RESET_AFTER));
    assertThat(typeOf(() -> railway.remove(order(id)))).isEqualTo(FailureType.UNAVAILABLE);

    railway.remove(order(id));

    assertThat(serves(id)).isFalse();
    assertThat(effects(REMOVE)).isEqualTo(1);
  }

  @Test
  void saysWhatRailwayDoesNotKnow() {
    assertThat(typeOf(() -> railway.remove(order("nobody")))).isEqualTo(FailureType.NOT_FOUND);
  }
}
