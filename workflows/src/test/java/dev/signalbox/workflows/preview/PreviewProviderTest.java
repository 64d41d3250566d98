package dev.signalbox.workflows.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.railway.Deployment.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Previews where Railway makes environments for pull requests, too or alone. */
class PreviewProviderTest {
  private final PreviewHouse house = new PreviewHouse();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void isNotMadeWhileRailwayMakesItsOwnAndIsOnceASweepFindsThatItDoesNot() {
    house.conflict(true);
    house.whenSaid(1, this::railwayStops);
    house.whenSaid(3, house::closePull);

    house.begin();
    PreviewStatus end = house.end();

    assertThat(end.stage()).isEqualTo(Stage.GONE);
    assertThat(house.words()).containsExactly("PENDING b", "PENDING b", "SUCCESS b", "INACTIVE b");
    assertThat(house.said().get(0).markdown()).contains("Railway makes its own");
    assertThat(house.environments()).containsExactly("ensure", "remove");
  }

  @Test
  void verifiesWhatRailwayDeploysAndDeploysNothingItself() {
    AtomicReference<RequestAnswer> answer = new AtomicReference<>();
    house.railwayMakesThem();
    for (String service : List.of("backend", "frontend")) {
      house
          .railway()
          .deployedByItself(service, "own-" + service, PreviewHouse.FIRST, Status.ACTIVE);
    }
    house.whenSaid(
        2,
        () -> {
          answer.set(
              house
                  .preview()
                  .request(new PreviewOrder("away", PreviewOrder.Kind.DESTROY, "ana", null)));
          house.closePull();
        });

    house.begin();
    PreviewStatus end = house.end();

    assertThat(house.railway().deeds()).isEmpty();
    assertThat(house.words()).containsExactly("PENDING b", "SUCCESS b", "INACTIVE b");
    assertThat(house.said().get(1).markdown()).contains("made by Railway");
    assertThat(end.environment()).isEqualTo("inspector-pr-7");
    assertThat(answer.get().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(house.environments()).containsExactly("ensure", "remove");
  }

  @Test
  void givesWayOnceASweepSeesThatRailwayHasMadeOneToo() {
    house.whenSaid(
        2,
        () -> {
          house.conflict(true);
          PreviewHouse.await(() -> house.preview().preview().stage() == Stage.READY);
          house.preview().swept(new Sighting(null, null, false, null, null, true, null));
        });
    house.whenSaid(3, house::closePull);

    house.begin();
    house.end();

    assertThat(house.words()).startsWith("PENDING b", "SUCCESS b", "PENDING b");
    assertThat(house.said().get(2).markdown())
        .contains("blocked")
        .contains("Railway makes its own");
    assertThat(house.environments()).startsWith("ensure", "remove");
  }

  private void railwayStops() {
    house.conflict(false);
    // It is told a moment before it waits.
    PreviewHouse.await(() -> house.preview().preview().stage() == Stage.BLOCKED);
    house.preview().swept(new Sighting(null, null, true, null, null, false, null));
  }
}
