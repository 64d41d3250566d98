package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.util.List;

/** A ledger's state, and what happens to it. */
abstract class LedgerPage {
  static final String DEPLOY = "deploy/inspector/production";

  /** Carl may approve, and nobody override. */
  static final OrderRights NOBODY = rights(List.of());

  /** Ana and ben may override. */
  static final OrderRights OVERRIDING = rights(List.of("sre"));

  final Ledger ledger = new Ledger(LedgerState.empty("inspector", "production"));

  void badOnes(int from, int to) {
    for (int at = from; at <= to; at++) {
      starts(at);
      ledger.ended(promotion(at).provedBad("backend answered 500, " + "x".repeat(200)).build());
    }
  }

  private static OrderRights rights(List<String> overriding) {
    return new OrderRights(
        "production",
        List.of("release"),
        overriding,
        List.of(person("ana", "sre"), person("ben", "sre"), person("carl", "release")));
  }

  private static Person person(String name, String group) {
    return new Person(name, group, null, null, null);
  }

  static int bytes(Object value) throws Exception {
    return WireFormat.mapper().writeValueAsBytes(value).length;
  }

  static RunReport ofRun(String runId, RunReport report) {
    return new RunReport(
        report.workflowId(),
        runId,
        report.lease(),
        report.revision(),
        report.result(),
        report.requester(),
        report.detail(),
        report.former(),
        report.live(),
        report.mixed(),
        report.quarantine(),
        report.inItsPlace(),
        report.at());
  }

  void starts(int number) {
    ledger.started(new OpenRun(workflowId(number), runId(number), revision(number), "ana"));
  }

  void asks(int number) {
    ledger.ask(new LeaseRequest(workflowId(number), runId(number), revision(number), NOW));
  }

  void wentLive(int number) {
    starts(number);
    ledger.ended(promotion(number).wentLive().build());
  }

  void leavesItMixed(int number) {
    starts(number);
    ledger.ended(promotion(number).leftItMixed().build());
  }

  void endsByHand(int target, boolean mixed) {
    LiveSet set = promotion(target).wentLive().build().live();
    String runId = "by-hand-" + ledger.hold(DEPLOY, Leases.STARTING, set.revision(), NOW).number();
    ledger.heldBy(runId);
    ledger.ended(
        new RunReport(
            DEPLOY,
            runId,
            0,
            set.revision(),
            mixed ? Result.FAILED : Result.LIVE,
            "ana",
            "rollback",
            null,
            mixed ? null : set,
            mixed,
            false,
            false,
            NOW));
  }

  void endsOneByOne(int count) {
    endsOneByOne(1, count);
  }

  void endsOneByOne(int from, int to) {
    for (int at = from; at <= to; at++) {
      starts(at);
      ledger.ended(promotion(at).because("rejected").build());
    }
  }

  List<HistoryEntry> history() {
    return ledger.status(0).history();
  }
}
