package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.railway.PreviewActivities.Known;
import dev.signalbox.workflows.railway.PreviewActivities.ListQuery;
import dev.signalbox.workflows.railway.PreviewActivities.RemoveOrder;
import io.temporal.failure.ActivityFailure;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mutation of Railway, with which a preview is made and removed, is struck once. */
class PreviewLostAnswersTest extends PreviewsOnSandbox {
  private static final String CREATE = "environmentCreate";
  private static final String MARK = "variableCollectionUpsert";
  private static final String TRIGGER = "deploymentTriggerDelete";
  private static final String DELETE = "environmentDelete";

  private final Instant since = Instant.now();
  private int failures;
  private int number;

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "RESET_AFTER",
        "MALFORMED",
        "ERRORS_WITH_DATA",
        "RESET_BEFORE",
        "SERVER_ERROR",
        "TOO_MANY_REQUESTS"
      })
  void hasOneEffectOfEachHoweverItsAnswerIsLost(Fault fault) {
    failures = 0;
    List.of(CREATE, MARK, TRIGGER, DELETE)
        .forEach(operation -> sandbox.faults().add(Rule.of(operation, fault)));
    String name = "pr-" + ++number;
    String mark = "preview/inspector/" + name;

    String id =
        untilItWorks(() -> environments.ensureEnvironment(wanted(name, mark, List.of(), since)))
            .state()
            .environmentId();
    assertThat(known(name)).containsExactly(id);
    untilItWorks(
        () ->
            environments.removeEnvironment(
                new RemoveOrder(PROJECT, sandbox.projectId(), null, name, id, mark)));

    assertThat(known(name)).isEmpty();
    assertThat(effects(CREATE)).isEqualTo(1);
    assertThat(effects(MARK)).isEqualTo(1);
    assertThat(effects(TRIGGER)).isEqualTo(2);
    assertThat(effects(DELETE)).isEqualTo(1);
    assertThat(seen().stream().filter(entry -> entry.fault() != null)).hasSize(4);
    assertThat(failures).isPositive();
  }

  /** As the engine repeats it. */
  private <T> T untilItWorks(Supplier<T> activity) {
    while (true) {
      try {
        return activity.get();
      } catch (ActivityFailure struck) {
        assertThat(failures++).as(struck.getCause().getMessage()).isLessThan(6);
      }
    }
  }

  private List<String> known(String name) {
    return environments
        .listEnvironments(new ListQuery(PROJECT, sandbox.projectId(), null, null))
        .all()
        .stream()
        .filter(one -> one.name().equals(name))
        .map(Known::id)
        .toList();
  }
}
