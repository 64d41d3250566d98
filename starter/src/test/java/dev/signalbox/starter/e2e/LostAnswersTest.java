package dev.signalbox.starter.e2e;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Every mutation is struck once after its effect and once before it, and every fault strikes some.
 * The other pairs are EveryLostAnswerTest's.
 */
@Order(House.LONG)
final class LostAnswersTest extends LostAnswers {
  private static final Round LOST =
      new Round(
          "lost",
          Map.ofEntries(
              entry(Mutation.STATUS, Fault.HANG),
              entry(Mutation.PULL, Fault.RESET_AFTER),
              entry(Mutation.PULL_BODY, Fault.MALFORMED),
              entry(Mutation.COMMENT, Fault.HANG),
              entry(Mutation.MERGE, Fault.RESET_AFTER),
              entry(Mutation.FORWARD, Fault.MALFORMED),
              entry(Mutation.DEPLOYMENT, Fault.HANG),
              entry(Mutation.DEPLOYMENT_STATUS, Fault.RESET_AFTER),
              entry(Mutation.TAG, Fault.MALFORMED),
              entry(Mutation.TRIGGER, Fault.ERRORS_WITH_DATA),
              entry(Mutation.DEPLOY, Fault.HANG),
              entry(Mutation.ROLLBACK, Fault.RESET_AFTER)));

  private static final Round REFUSED =
      new Round(
          "refused",
          Map.ofEntries(
              entry(Mutation.STATUS, Fault.SERVER_ERROR),
              entry(Mutation.PULL, Fault.RESET_BEFORE),
              entry(Mutation.PULL_BODY, Fault.TOO_MANY_REQUESTS),
              entry(Mutation.COMMENT, Fault.SERVER_ERROR),
              entry(Mutation.MERGE, Fault.RESET_BEFORE),
              entry(Mutation.FORWARD, Fault.SERVER_ERROR),
              entry(Mutation.DEPLOYMENT, Fault.TOO_MANY_REQUESTS),
              entry(Mutation.DEPLOYMENT_STATUS, Fault.RESET_BEFORE),
              entry(Mutation.TAG, Fault.SERVER_ERROR),
              entry(Mutation.TRIGGER, Fault.RESET_BEFORE),
              entry(Mutation.DEPLOY, Fault.TOO_MANY_REQUESTS),
              entry(Mutation.ROLLBACK, Fault.TOO_MANY_REQUESTS)));

  @Override
  List<Round> rounds() {
    return List.of(LOST, REFUSED);
  }

  @Test
  void everyMutationAndEveryFaultIsInIt() {
    assertThat(LOST.faults()).containsOnlyKeys(Mutation.values());
    assertThat(Set.copyOf(LOST.faults().values())).containsExactlyInAnyOrderElementsOf(AFTER);
    assertThat(REFUSED.faults()).containsOnlyKeys(Mutation.values());
    assertThat(Set.copyOf(REFUSED.faults().values())).containsExactlyInAnyOrderElementsOf(BEFORE);
  }
}
