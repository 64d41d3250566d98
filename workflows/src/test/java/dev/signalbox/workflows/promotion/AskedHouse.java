package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;

import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerOrder;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.environment.RequestAnswer;
import io.temporal.client.WorkflowNotFoundException;
import java.util.UUID;

/** What people ask of a ledger: runs of every kind, and orders. */
abstract class AskedHouse {
  abstract EnvironmentWorkflow ledger();

  /** How often a test has looked by now: what it asks then is something else. */
  abstract int looks();

  RequestAnswer promote() {
    return request(LedgerRequest.Kind.PROMOTE, REVISION);
  }

  RequestAnswer migrate(String revision) {
    return request(LedgerRequest.Kind.MIGRATE, revision);
  }

  /**
   * @param deployment of the set that is to run then; null = what runs
   */
  RequestAnswer restore(String backup, String deployment) {
    return restore(backup, deployment, false);
  }

  RequestAnswer restoreInPlace(String backup) {
    return restore(backup, null, true);
  }

  private RequestAnswer restore(String backup, String deployment, boolean inPlace) {
    return ask(
        new LedgerRequest(
            "restore-" + looks(),
            LedgerRequest.Kind.RESTORE,
            null,
            deployment,
            "bob",
            "a test",
            null,
            backup,
            null,
            inPlace));
  }

  /** Takes the schema back, by the code of what is live. */
  RequestAnswer downgrade(String to) {
    return ask(
        new LedgerRequest(
            "downgrade-" + looks(),
            LedgerRequest.Kind.DOWNGRADE,
            null,
            null,
            "bob",
            "a test",
            null,
            null,
            to,
            false));
  }

  /**
   * Once more, as our client does, where the engine in memory lost the answer on a busy machine.
   */
  private RequestAnswer ask(LedgerRequest request) {
    try {
      return ledger().request(request);
    } catch (WorkflowNotFoundException lost) {
      return ledger().request(request);
    }
  }

  private RequestAnswer request(LedgerRequest.Kind kind, String revision) {
    return ask(new LedgerRequest(kind + "-" + looks(), kind, revision, null, "bob", "a test"));
  }

  RequestAnswer promoteInEmergency(String person) {
    return ask(
        new LedgerRequest(
                "e-" + person,
                LedgerRequest.Kind.PROMOTE,
                REVISION,
                null,
                person,
                "the shop is down")
            .asEmergency());
  }

  OrderAnswer order(LedgerOrder.Kind kind, String person, String reason) {
    return ledger()
        .order(new LedgerOrder(UUID.randomUUID().toString(), kind, person, reason, "cli"));
  }

  OrderAnswer quarantine(String commit, String person, String reason) {
    return ledger()
        .order(
            new LedgerOrder(
                UUID.randomUUID().toString(),
                LedgerOrder.Kind.QUARANTINE,
                person,
                reason,
                "cli",
                null,
                null,
                false,
                commit,
                null));
  }

  OrderAnswer override(String promotion, String person, String reason) {
    return ledger()
        .order(
            new LedgerOrder(
                UUID.randomUUID().toString(),
                LedgerOrder.Kind.OVERRIDE,
                person,
                reason,
                "cli",
                null,
                null,
                false,
                null,
                promotion));
  }
}
