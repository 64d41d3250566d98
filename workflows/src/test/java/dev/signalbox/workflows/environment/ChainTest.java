package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.environment.HistoryEntry.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was decided and ordered, and whether the trail of it is what was written. */
class ChainTest extends LedgerPage {
  @Test
  void findsNothingInWhatWasWritten() {
    assertThat(findings(written())).isEmpty();
  }

  @Test
  void keepsEveryDecisionOfARunBeforeItsEnd() {
    starts(1);
    ledger.ended(
        promotion(1)
            .because("live")
            .build()
            .decided(
                List.of(
                    decision("mallory", "approve", false, "may not answer this"),
                    decision("ana", "approve", true, null),
                    decision("ben", "reject", true, null),
                    decision("ana", "done", true, null))));

    assertThat(ledger.status(0).history())
        .extracting(HistoryEntry::kind, HistoryEntry::requester, HistoryEntry::detail)
        .containsExactly(
            tuple(
                Kind.REFUSED,
                "mallory",
                "approve: may not answer this; because (by cli, not proved)"),
            tuple(Kind.APPROVED, "ana", "because (by cli, not proved)"),
            tuple(Kind.REJECTED, "ben", "because (by cli, not proved)"),
            tuple(Kind.ANSWERED, "ana", "done: because (by cli, not proved)"),
            tuple(null, "ana", "live"));
    assertThat(findings(ledger.status(0).history())).isEmpty();
  }

  @Test
  void findsAnEntryThatWasChanged() {
    List<HistoryEntry> entries = written();
    HistoryEntry second = entries.get(1);
    entries.set(1, second.with("somebody else", second.detail(), second.previous(), second.hash()));

    assertThat(findings(entries))
        .singleElement()
        .asString()
        .contains(workflowId(2), "was changed: its hash is not that of what it says");
  }

  @Test
  void findsAnEntryThatWasChangedTogetherWithItsHash() {
    List<HistoryEntry> entries = written();
    HistoryEntry second = entries.get(1);
    HistoryEntry forged = second.with("somebody else", second.detail(), second.previous(), null);
    entries.set(
        1, forged.with(forged.requester(), forged.detail(), forged.previous(), forged.trueHash()));

    assertThat(findings(entries))
        .singleElement()
        .asString()
        .contains(workflowId(3), "does not follow on the entry before it");
  }

  @Test
  void findsAnEntryThatIsMissing() {
    List<HistoryEntry> entries = written();
    entries.remove(1);

    assertThat(findings(entries)).singleElement().asString().contains("one is missing");
  }

  @Test
  void findsThatTheFirstIsMissing() {
    List<HistoryEntry> entries = written();
    entries.remove(0);

    assertThat(findings(entries))
        .singleElement()
        .asString()
        .contains("is not the first: what was before it is missing");
  }

  @Test
  void findsEntriesInAnotherOrder() {
    List<HistoryEntry> entries = written();
    Collections.swap(entries, 1, 2);

    assertThat(findings(entries)).hasSize(3).allMatch(one -> one.contains("the order is another"));
  }

  @Test
  void saysWhatTheLedgerItselfLostAndGoesOnFromThere() {
    List<HistoryEntry> entries = written();
    entries.remove(0);
    Chain chain = new Chain(1);
    entries.forEach(chain::take);

    assertThat(chain.findings())
        .containsExactly("1 entries before all others are lost: no archive took them in time");
  }

  private List<HistoryEntry> written() {
    for (int at = 1; at <= 4; at++) {
      starts(at);
      ledger.ended(promotion(at).because("live").build());
    }
    return new ArrayList<>(ledger.status(0).history());
  }

  private static List<String> findings(List<HistoryEntry> entries) {
    Chain chain = new Chain(0);
    entries.forEach(chain::take);
    return chain.findings();
  }

  private static Decision decision(String person, String verdict, boolean counted, String remark) {
    return new Decision(
        person + verdict,
        "ask",
        null,
        verdict,
        person,
        "cli",
        "because",
        NOW,
        false,
        counted,
        remark,
        null);
  }
}
