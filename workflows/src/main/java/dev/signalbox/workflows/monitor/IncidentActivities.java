package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.environment.LedgerStatus;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;

/** Where people read about an incident, and what its environment's ledger knows. */
@ActivityInterface(namePrefix = "Incident")
public interface IncidentActivities {

  /**
   * Makes the issue say this. <em>Marked</em>: one whose answer was lost is found again by its
   * marker among our own account's issues, by the list and not by the index of the search. A label
   * that is missing is made; one that was deleted is opened anew.
   */
  @ActivityMethod
  IssueAnswer write(IssueOrder order);

  /** What the environment's ledger says, without its history; null = there is none. */
  @ActivityMethod
  LedgerStatus ledger(LedgerQuery query);

  record LedgerQuery(String project, String environment) {}

  /**
   * @param marker recognises our own: the incident's id and run
   * @param number of the issue; 0 = none is known
   * @param open what it shall be
   * @param reopen whether one that is closed is opened again; else that is answered, and respected
   * @param comment said once beside it; null = nothing
   * @param said name of that comment among those of this issue
   * @param mentions of the comment, each with its {@code @}
   * @param since when the incident began, which is before its issue was opened; null = not known
   */
  record IssueOrder(
      String project,
      String repository,
      String marker,
      int number,
      String title,
      List<String> labels,
      String body,
      boolean open,
      boolean reopen,
      String comment,
      String said,
      List<String> mentions,
      Instant since) {
    public IssueOrder {
      mentions = mentions == null ? List.of() : List.copyOf(mentions);
      labels = labels == null ? List.of() : List.copyOf(labels);
    }
  }

  /**
   * @param closedByHand whether it was found closed although it was to be open
   */
  record IssueAnswer(int number, String url, boolean closedByHand) {}
}
