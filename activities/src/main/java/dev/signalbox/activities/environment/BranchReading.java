package dev.signalbox.activities.environment;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.EndOfRun.MadeBranch;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.BranchDraft;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DataConverter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds in a run's own history which branch it made. */
final class BranchReading {
  /** As the engine names {@link GitHubActivities#createBranch}. */
  private static final String CREATE_BRANCH = "GitHubCreateBranch";

  private final DataConverter converter;
  private final Map<Long, BranchDraft> asked = new LinkedHashMap<>();
  private final Set<Long> answered = new HashSet<>();

  BranchReading(DataConverter converter) {
    this.converter = converter;
  }

  /** Null when it made none. */
  MadeBranch in(List<HistoryEvent> history) {
    history.forEach(this::take);
    MadeBranch made = null;
    for (Map.Entry<Long, BranchDraft> one : asked.entrySet()) {
      boolean certain = answered.contains(one.getKey());
      // It is asked for again whenever the pull request is looked for.
      if (certain || made == null || !made.certain()) {
        made = new MadeBranch(one.getValue().name(), one.getValue().sha(), certain);
      }
    }
    return made;
  }

  // What was refused is somebody else's; what has no answer on record, or none that says what
  // became of it, may be.
  private void take(HistoryEvent event) {
    if (event.hasActivityTaskScheduledEventAttributes()) {
      var scheduled = event.getActivityTaskScheduledEventAttributes();
      if (scheduled.getActivityType().getName().equals(CREATE_BRANCH)) {
        asked.put(event.getEventId(), draft(scheduled.getInput()));
      }
    } else if (event.hasActivityTaskCompletedEventAttributes()) {
      answered.add(event.getActivityTaskCompletedEventAttributes().getScheduledEventId());
    } else if (event.hasActivityTaskFailedEventAttributes()) {
      var failed = event.getActivityTaskFailedEventAttributes();
      if (refused(failed.getFailure())) {
        asked.remove(failed.getScheduledEventId());
      }
    }
  }

  private static boolean refused(Failure failure) {
    return FailureType.REJECTED.wireName().equals(failure.getApplicationFailureInfo().getType());
  }

  private BranchDraft draft(Payloads input) {
    return converter.fromPayload(input.getPayloads(0), BranchDraft.class, BranchDraft.class);
  }
}
