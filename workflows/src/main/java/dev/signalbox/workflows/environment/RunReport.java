package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Instant;

/**
 * How a run ended, for the ledger's history; with it the run gives back its lease.
 *
 * @param lease number of the lease that it held; 0 = none
 * @param former what ran before, for a ledger that has no record yet; null = not known
 * @param live what runs now, when the run changed it; null = it touched nothing, or the environment
 *     is mixed
 * @param mixed whether it changed what runs and what runs now could not be established
 * @param quarantine whether the revision must not be promoted again
 * @param inItsPlace whether another one reports this, because the run was closed from outside: then
 *     nobody has told GitHub
 * @param schema what it did to the database; null = nothing
 * @param person who asked for it, as the file calls them; null = by {@code requester}
 * @param automatic whether nobody asked for it: a push or a tag did
 * @param revert what became of taking the revision back on its branch; null = nothing was asked for
 * @param released of a release that is live: by which rules; null = of any other run
 * @param goesOn whether it is live and goes on without the lease: a second report follows
 */
public record RunReport(
    String workflowId,
    String runId,
    long lease,
    String revision,
    Result result,
    String requester,
    String detail,
    LiveSet former,
    LiveSet live,
    boolean mixed,
    boolean quarantine,
    boolean inItsPlace,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_NULL) SchemaRecord schema,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean goesOn,
    @JsonInclude(JsonInclude.Include.NON_NULL) String person,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean automatic,
    @JsonInclude(JsonInclude.Include.NON_NULL) RevertPull revert,
    @JsonInclude(JsonInclude.Include.NON_NULL) ReleasedAs released) {

  /** Of a run that has ended. */
  public RunReport(
      String workflowId,
      String runId,
      long lease,
      String revision,
      Result result,
      String requester,
      String detail,
      LiveSet former,
      LiveSet live,
      boolean mixed,
      boolean quarantine,
      boolean inItsPlace,
      Instant at,
      SchemaRecord schema) {
    this(
        workflowId,
        runId,
        lease,
        revision,
        result,
        requester,
        detail,
        former,
        live,
        mixed,
        quarantine,
        inItsPlace,
        at,
        schema,
        false,
        null,
        false,
        null,
        null);
  }

  /** The same of a run of which it is known who asked for it, as the file calls them. */
  public RunReport askedBy(String name, boolean byItself) {
    return new RunReport(
        workflowId,
        runId,
        lease,
        revision,
        result,
        requester,
        detail,
        former,
        live,
        mixed,
        quarantine,
        inItsPlace,
        at,
        schema,
        goesOn,
        name,
        byItself,
        revert,
        released);
  }

  /** Who asked for it. */
  String asker() {
    return person == null ? requester : person;
  }

  /** The same of a run that goes on without its lease. */
  public RunReport andGoesOn() {
    return new RunReport(
        workflowId,
        runId,
        lease,
        revision,
        result,
        requester,
        detail,
        former,
        live,
        mixed,
        quarantine,
        inItsPlace,
        at,
        schema,
        true,
        person,
        automatic,
        revert,
        released);
  }

  /** The same of a run whose revision was to be taken back on its branch; null = it was not. */
  public RunReport takenBack(RevertPull pull) {
    return new RunReport(
        workflowId,
        runId,
        lease,
        revision,
        result,
        requester,
        detail,
        former,
        live,
        mixed,
        quarantine,
        inItsPlace,
        at,
        schema,
        goesOn,
        person,
        automatic,
        pull,
        released);
  }

  /** The same of a release that is live. */
  public RunReport by(ReleasedAs rules) {
    return new RunReport(
        workflowId,
        runId,
        lease,
        revision,
        result,
        requester,
        detail,
        former,
        live,
        mixed,
        quarantine,
        inItsPlace,
        at,
        schema,
        goesOn,
        person,
        automatic,
        revert,
        rules);
  }

  /**
   * How the revision is taken back; of a run that another one reports that is yet to be seen to.
   */
  RevertPull toBeReverted(LiveSet runsNow) {
    return inItsPlace
        ? RevertPull.owed(null, workflowId, runId, runsNow == null ? null : runsNow.revision())
        : revert;
  }

  /** Of a run that left the database alone. */
  public RunReport(
      String workflowId,
      String runId,
      long lease,
      String revision,
      Result result,
      String requester,
      String detail,
      LiveSet former,
      LiveSet live,
      boolean mixed,
      boolean quarantine,
      boolean inItsPlace,
      Instant at) {
    this(
        workflowId,
        runId,
        lease,
        revision,
        result,
        requester,
        detail,
        former,
        live,
        mixed,
        quarantine,
        inItsPlace,
        at,
        null);
  }

  /**
   * Of a run that closed without a word before it changed anything.
   *
   * @param ending how it closed, in words; null = not known
   */
  static RunReport unheard(OpenRun run, String ending, Instant at) {
    return new RunReport(
        run.workflowId(),
        run.runId(),
        0,
        run.revision(),
        Result.FAILED,
        run.requester(),
        ending == null
            ? "ended without a report before it changed anything"
            : "ended before it changed anything; " + ending,
        null,
        null,
        false,
        false,
        true,
        at);
  }
}
