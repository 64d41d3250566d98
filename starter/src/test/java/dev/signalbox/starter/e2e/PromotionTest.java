package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromotionTest {
  @TempDir Path directory;

  @Test
  void putsTheApprovedRevisionLiveOnEveryService() {
    try (House house = House.in(directory)) {
      String id = house.promote();
      house.approve(id);

      PromotionResult result =
          house.temporal().newUntypedWorkflowStub(id).getResult(PromotionResult.class);

      assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
      assertThat(house.effects("serviceInstanceDeployV2")).hasSize(2);
      System.out.println(result.report());
      house
          .sandbox()
          .journal()
          .entries()
          .forEach(
              e ->
                  System.out.println(
                      e.door() + " " + e.operation() + " " + e.status() + " " + e.changedState()));
      for (String w : new String[] {id, "deploy/inspector/production"}) {
        var h = house.temporal().fetchHistory(w);
        System.out.println(w + " events " + h.getEvents().size());
        h.getEvents()
            .forEach(
                e ->
                    System.out.println(
                        "  "
                            + e.getEventId()
                            + " "
                            + e.getEventType().name().replace("EVENT_TYPE_", "")
                            + (e.hasActivityTaskScheduledEventAttributes()
                                ? " "
                                    + e.getActivityTaskScheduledEventAttributes()
                                        .getActivityType()
                                        .getName()
                                : "")));
      }
    }
  }
}
