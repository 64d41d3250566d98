package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.List;

/** How the numbered promotion ended: rejected, having changed nothing, unless it says otherwise. */
final class RunReportFixture {
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

  private final int number;
  private Result result = Result.REJECTED;
  private String requester = "ana";
  private String detail = "rejected by ben: not today";
  private LiveSet former;
  private LiveSet live;
  private boolean mixed;
  private boolean quarantine;
  private boolean inItsPlace;
  private LedgerStatus.Holder holder;
  private SchemaRecord schema;

  private RunReportFixture(int number) {
    this.number = number;
  }

  static RunReportFixture promotion(int number) {
    return new RunReportFixture(number);
  }

  static String revision(int number) {
    return String.format("%040x", number);
  }

  static String workflowId(int number) {
    return "promotion/inspector/production/" + revision(number);
  }

  static String runId(int number) {
    return "run-" + number;
  }

  RunReportFixture wentLive() {
    return wentLiveAs(null);
  }

  RunReportFixture wentLiveAs(String mergeCommit) {
    result = Result.LIVE;
    detail = "live and verified";
    live =
        new LiveSet(
            revision(number),
            mergeCommit,
            NOW,
            List.of(new ServiceDeployment("backend", "d-" + number, revision(number), true, NOW)));
    return this;
  }

  /** The backend alone is of this promotion's commit. */
  RunReportFixture wentLiveWithTheBackendAlone() {
    wentLive();
    live = new LiveSet(live.revision(), null, NOW, live.deployments(), List.of("frontend"));
    return this;
  }

  /** A revision has run that the former code may not bear. */
  RunReportFixture contracting(String contract) {
    schema =
        new SchemaRecord(
            List.of("r0"), List.of(contract), false, List.of("r1", contract), contract, "b-1");
    return this;
  }

  /** The database was brought back there. */
  RunReportFixture broughtBackTo(String... at) {
    schema = SchemaRecord.broughtBack(List.of("now"), List.of(at), "safety", "b-1");
    return this;
  }

  /** The database stands there, and nothing stands in the way of the former code. */
  RunReportFixture at(String revision) {
    schema = new SchemaRecord(List.of(), List.of(revision), false, List.of(revision), null, null);
    live = live == null ? null : live.at(schema);
    return this;
  }

  RunReportFixture provedBad(String why) {
    result = Result.ROLLED_BACK;
    detail = why;
    quarantine = true;
    return this;
  }

  /** It changed what runs, and its rescue did not put that right. */
  RunReportFixture leftItMixed() {
    result = Result.FAILED;
    detail = "rescue: not back on the last good set";
    mixed = true;
    return this;
  }

  /** It was terminated, and another one reports for it. */
  RunReportFixture saidByAnother() {
    inItsPlace = true;
    return this;
  }

  RunReportFixture askedForBy(String person) {
    requester = person;
    return this;
  }

  /** What the run found running before it touched anything. */
  RunReportFixture found(LiveSet set) {
    former = set;
    return this;
  }

  RunReportFixture because(String words) {
    detail = words;
    return this;
  }

  RunReportFixture heldBy(LedgerStatus.Holder run) {
    holder = run;
    return this;
  }

  RunReport build() {
    return new RunReport(
        workflowId(number),
        holder == null ? runId(number) : holder.runId(),
        holder == null ? number : holder.number(),
        revision(number),
        result,
        requester,
        detail,
        former,
        live,
        mixed,
        quarantine,
        inItsPlace,
        NOW,
        schema);
  }
}
