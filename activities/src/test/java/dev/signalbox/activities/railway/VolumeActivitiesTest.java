package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.backup.VolumeActivities;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeAwaited;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeBackup;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeOrder;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeQuery;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeRemoval;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.policy.Pipeline.Home;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolumeActivitiesTest extends OnSandbox {
  private static final String CREATE = "volumeInstanceBackupCreate";

  private String volume;
  private VolumeActivities volumes;

  @BeforeAll
  void mount() {
    volume = sandbox.railway().createVolume("production", "backend", "/data");
  }

  @BeforeEach
  void register() {
    Clock clock = Clock.systemUTC();
    volumes =
        stub(
            VolumeActivities.class,
            new VolumeActivitiesImpl(RailwayClients.only(railway(clock)), SERVED, clock));
  }

  @Test
  void takesOneByItsNameAndSeesItOnceItsWorkIsOver() {
    List<String> before = ids();
    String work = volumes.create(order("taken")).workflowId();

    VolumeAwaited awaited = new VolumeAwaited(order("taken"), work, before);
    assertThat(failureOf(() -> volumes.await(awaited)).getType())
        .isEqualTo(FailureType.UNCHANGED.wireName());
    eventually(() -> ids().size() > before.size());

    VolumeBackup taken = volumes.await(awaited);
    assertThat(taken.name()).isEqualTo("taken");
    assertThat(effects(CREATE)).isEqualTo(1);
    assertThat(failureOf(() -> volumes.await(new VolumeAwaited(order("taken"), work, ids()))))
        .as("one that was there before is not the new one")
        .hasMessageContaining("has not changed");
  }

  @Test
  void doesNotKnowWhatCameOfACallWhoseAnswerIsLostAndReadsItBackByName() {
    sandbox.faults().add(Faults.Rule.of(CREATE, Fault.RESET_AFTER));

    assertThat(failureOf(() -> volumes.create(order("lost"))).getType())
        .isEqualTo(FailureType.UNKNOWN_OUTCOME.wireName());
    assertThat(effects(CREATE)).isEqualTo(1);
    eventually(() -> listed().stream().anyMatch(backup -> backup.name().equals("lost")));
    assertThat(volumes.await(new VolumeAwaited(order("lost"), null, List.of())).name())
        .isEqualTo("lost");
  }

  @Test
  void removesOneAndTakesOneThatIsGoneForRemoved() {
    volumes.create(order("old"));
    eventually(() -> listed().stream().anyMatch(backup -> backup.name().equals("old")));
    String id =
        listed().stream().filter(backup -> backup.name().equals("old")).findFirst().get().id();

    volumes.remove(new VolumeRemoval(order("old"), id));
    volumes.remove(new VolumeRemoval(order("old"), id));

    assertThat(ids()).doesNotContain(id);
  }

  @Test
  void saysThatNoVolumeIsMountedThere() {
    ApplicationFailure failure = failureOf(() -> volumes.list(query("frontend")));

    assertThat(failure.getType()).isEqualTo(FailureType.NOT_FOUND.wireName());
    assertThat(failure.getOriginalMessage())
        .contains("the volume of frontend in production: no volume is mounted on it", "`volume`");
  }

  private List<String> ids() {
    return listed().stream().map(VolumeBackup::id).toList();
  }

  private List<VolumeBackup> listed() {
    assertThat(volumes.list(query("backend")).volumeId()).isEqualTo(volume);
    return volumes.list(query("backend")).backups();
  }

  private VolumeQuery query(String service) {
    return new VolumeQuery(PROJECT, new Home(sandbox.projectId(), null), "production", service);
  }

  private VolumeOrder order(String name) {
    return new VolumeOrder(PROJECT, null, volume, name);
  }
}
