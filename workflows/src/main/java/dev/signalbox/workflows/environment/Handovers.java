package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.Orders.Handover;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.notify.NotifyActivities.Topic;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;

/**
 * Says who has got the lock from the queue: on record at once, then at chat, and where none is
 * configured in an issue, one for all of the environment's locks. Whoever the file names no longer
 * is passed over.
 */
final class Handovers {
  private final Ledger ledger;
  private final RequestReading reading;
  private final TaskQueues queues;
  private int underWay;

  Handovers(Ledger ledger, RequestReading reading, TaskQueues queues) {
    this.ledger = ledger;
    this.reading = reading;
    this.queues = queues;
  }

  /** Says what has not been said, the slow part of it on the side. */
  void say() {
    for (Handover next : ledger.orders().takeHandovers()) {
      ledger.history().write(HistoryEntry.of(next));
      underWay++;
      Async.procedure(() -> told(next));
    }
  }

  /** Whether nothing of it is under way. */
  boolean idle() {
    return underWay == 0;
  }

  private void told(Handover handover) {
    try {
      Pipeline pipeline = reading.policy();
      OrderRights rights = OrderRights.of(pipeline);
      String person = handover.to().person();
      if (!rights.knows(person)) {
        passOver(handover.to(), rights);
      } else {
        tell(pipeline, handover);
      }
    } catch (ActivityFailure | ApplicationFailure away) {
      Workflow.getLogger(Handovers.class).warn("not told who has the lock now");
    } finally {
      underWay--;
    }
  }

  private void passOver(StandingOrder lock, OrderRights rights) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    ledger.orders().onlyKnown(rights);
    if (ledger.orders().passOver(lock, now)) {
      ledger.history().write(HistoryEntry.passedOver(lock, now));
    }
  }

  private void tell(Pipeline pipeline, Handover handover) {
    StandingOrder lock = handover.to();
    Workflow.newActivityStub(
            NotifyActivities.class,
            ActivityProfiles.quick(
                queues.notices(), "tell who has the lock now", RequestReading.WITHIN))
        .tell(
            new Notice(
                ledger.project(),
                pipeline.project().github(),
                0,
                Event.LOCK_PASSED_ON,
                Workflow.getInfo().getWorkflowId() + " lock " + lock.person() + " " + lock.since(),
                mentions(pipeline, lock.person()),
                words(handover),
                pipeline.slack() == null ? issue() : null));
  }

  private Topic issue() {
    return new Topic(
        Workflow.getInfo().getWorkflowId() + " lock",
        "Who has the lock of " + ledger.environment(),
        false);
  }

  private static List<String> mentions(Pipeline pipeline, String name) {
    return pipeline.people().stream()
        .filter(person -> person.name().equals(name))
        .map(Person::mention)
        .distinct()
        .toList();
  }

  private String words(Handover handover) {
    return "**Lock of "
        + ledger.environment()
        + "**: "
        + PostedText.words(handover.to().person())
        + " has it now, from "
        + PostedText.words(handover.from())
        + " ("
        + PostedText.words(handover.to().reason())
        + "). `signalbox unlock "
        + ledger.environment()
        + "` gives it on.";
  }
}
