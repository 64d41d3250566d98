package dev.signalbox.activities.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.monitor.Change;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsTest {
  private final List<Change> heard = new ArrayList<>();
  private RuntimeException failure;

  private News news(int attempt) {
    return new News(this::hear, Runnable::run, Pace.of(Clock.systemUTC()), 1, attempt);
  }

  private void hear(Change change) {
    if (failure != null) {
      throw failure;
    }
    heard.add(change);
  }

  private static Standing standing(String check, State state) {
    Look look = new Look(state, "", "", PlayedDay.BEGIN, null);
    return new Standing(check, check, state, null, PlayedDay.BEGIN, 0, 0, 1, null, look);
  }

  @Test
  void tellsAgainWhatCouldNotBeToldAndOfEachTheNewest() {
    News news = news(1);
    failure = new IllegalStateException("the engine is away");
    news.tell(List.of(standing("web", State.DOWN), standing("api", State.DOWN)));
    news.tell(List.of(standing("web", State.UP)));
    failure = null;

    news.again();
    news.again();

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).standings())
        .extracting(Standing::check, Standing::state)
        .containsExactlyInAnyOrder(tuple("web", State.UP), tuple("api", State.DOWN));
  }

  @Test
  void countsOnFromAnEarlierAttempt() {
    news(1).tell(List.of(standing("web", State.DOWN)));
    news(2).tell(List.of(standing("web", State.UP)));

    assertThat(heard.get(1).sequence()).isGreaterThan(heard.get(0).sequence());
  }

  @Test
  void isOverWithTheRunThatWantedToKnow() {
    News news = news(1);
    failure =
        new WorkflowNotFoundException(
            WorkflowExecution.getDefaultInstance(), "HealthMonitorWorkflow", null);

    news.tell(List.of(standing("web", State.DOWN)));

    assertThat(news.over()).isTrue();
  }
}
