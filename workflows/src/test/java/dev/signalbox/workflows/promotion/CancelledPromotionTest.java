package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A promotion that is cancelled at the very moment in which one of its calls is answered. */
@Execution(ExecutionMode.CONCURRENT)
class CancelledPromotionTest {
  private static final String PROOF = "proof of ben";

  private WholeHouse house = new WholeHouse(aPipeline());

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @CsvSource({
    "look, 1, its gates were checked",
    "look, 2, its gates were checked again",
    "merge, 1, cancelled after the merge; nothing was deployed"
  })
  void comesToItsEnd(String operation, int time, String during) {
    AtomicInteger times = new AtomicInteger();
    house.meanwhile(
        under -> {
          if (under.equals(operation) && times.incrementAndGet() == time) {
            house.cancel(OnePromotion.id());
          }
        });
    house.promote();

    assertThatThrownBy(house::promoted).hasMessageContaining("was cancelled");

    PromotionResult result = house.at(OnePromotion.id()).result();
    assertThat(result.result()).isEqualTo(Result.CANCELLED);
    assertThat(result.detail()).endsWith(during);
    house.pass(Duration.ofMinutes(1));
    assertThat(house.status().holder()).as("the lease").isNull();
  }

  @Test
  void saysWhoCancelledItAtWhichDoorAndWhy() {
    house.close();
    house = new WholeHouse(aPipeline().approvedByReleasers(1));
    house.promote();
    house.asked(OnePromotion.id(), Duration.ofMinutes(1));

    house.signal(
        OnePromotion.id(),
        "resolve",
        new AnswerMessage("cancel", "cancel", "ben", "wrong commit", "slack", "slack-7", PROOF));
    house.cancel(OnePromotion.id());

    assertThatThrownBy(house::promoted).hasMessageContaining("was cancelled");
    assertThat(house.at(OnePromotion.id()).result().detail())
        .startsWith("cancelled by ben (slack, proved) while ")
        .endsWith(": wrong commit");
    assertThat(house.status().history())
        .filteredOn(entry -> entry.kind() == HistoryEntry.Kind.CANCELLED)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.id()).isEqualTo(OnePromotion.id());
              assertThat(entry.requester()).isEqualTo("ben");
              assertThat(entry.door()).isEqualTo("slack");
              assertThat(entry.proved()).isTrue();
              assertThat(entry.detail()).isEqualTo("wrong commit");
            });
  }
}
