package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.Hints;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Starts promotions where nobody asks: by a push or a tag, as {@code auto} says. News of a
 * reference leads to a read of it, and what is there then is what is promoted: of several pushes in
 * a row the newest.
 */
final class Triggers {
  private static final String REQUESTER = "auto:";
  private static final Duration WITHIN = Duration.ofMinutes(2);

  private final Ledger ledger;
  private final TaskQueues queues;
  private final RequestReading reading;
  private final Function<LedgerRequest, RequestAnswer> door;
  private final Hints hints = new Hints();

  /** By reference: the newest delivery about it that has not been looked at. */
  private final Map<String, String> news = new LinkedHashMap<>();

  private boolean looking;

  /**
   * @param door takes a request as it takes a person's
   */
  Triggers(Ledger ledger, TaskQueues queues, Function<LedgerRequest, RequestAnswer> door) {
    this.ledger = ledger;
    this.queues = queues;
    this.reading = new RequestReading(ledger, queues);
    this.door = door;
  }

  /** Whether nobody asked for this run. */
  static boolean started(OpenRun run) {
    return run.requester() != null && run.requester().startsWith(REQUESTER);
  }

  /**
   * Looks at what the hint is about; one look at a time, which takes in all that came meanwhile.
   */
  void heard(Hint hint) {
    if (!hints.take(hint) || hint.ref() == null) {
      return;
    }
    news.put(hint.ref(), hint.door() + ":" + hint.delivery());
    if (looking) {
      return;
    }
    looking = true;
    try {
      while (!news.isEmpty()) {
        String ref = news.keySet().iterator().next();
        look(ref, news.remove(ref));
      }
    } finally {
      looking = false;
    }
  }

  private void look(String ref, String delivery) {
    try {
      Auto auto =
          Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
              .auto(new PolicyQuery(ledger.project(), ledger.environment()));
      if (auto.on().isEmpty()) {
        return;
      }
      Pipeline pipeline = reading.policy();
      Optional<Auto.On> cause = auto.startedBy(ref, pipeline.sourceBranch());
      if (cause.isPresent()) {
        request(pipeline, cause.get(), ref, delivery);
      }
    } catch (ActivityFailure | ApplicationFailure notStarted) {
      // Nobody waits for an answer; the next push, or a person, asks again.
      Workflow.getLogger(Triggers.class)
          .warn("nothing started ref={}: {}", ref, notStarted.getMessage());
    }
  }

  private void request(Pipeline pipeline, Auto.On cause, String ref, String delivery) {
    String revision =
        Workflow.newActivityStub(
                GitHubActivities.class,
                ActivityProfiles.quick(queues.github(), "what was pushed?", WITHIN))
            .resolveRevision(
                new RevisionQuery(ledger.project(), pipeline.project().github(), ref, null))
            .sha();
    RequestAnswer answer =
        door.apply(
            new LedgerRequest(
                "auto-" + delivery,
                LedgerRequest.Kind.PROMOTE,
                revision,
                null,
                REQUESTER + (cause == Auto.On.PUSH ? "push" : "tag"),
                (cause == Auto.On.PUSH ? "push to " : "tag ") + ref.split("/", 3)[2],
                null,
                null,
                null,
                false,
                true,
                false,
                null,
                null));
    Workflow.getLogger(Triggers.class)
        .info("trigger ref={} revision={} outcome={}", ref, revision, answer.outcome());
  }
}
