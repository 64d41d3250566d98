package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.environment.HistoryEntry.Kind;
import dev.signalbox.workflows.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was decided and ordered, and whether the trail of it is what was written. */
class ChainTest extends LedgerPage {
  @Test
  void findsNothingInWhatWasWritten() {
    assertThat(findings(written())).isEmpty();
  }

  @Test
  void keepsEveryDecisionOfARunWhenItIsMade() {
    starts(1);
    decides("mallory", "approve", "may not answer this");
    decides("ana", "approve", null);
    decides("ben", "reject", null);
    decides("ana", "done", null);

    assertThat(history())
        .extracting(HistoryEntry::kind, HistoryEntry::requester, HistoryEntry::detail)
        .containsExactly(
            tuple(Kind.REFUSED, "mallory", "approve: may not answer this; because"),
            tuple(Kind.APPROVED, "ana", "because"),
            tuple(Kind.REJECTED, "ben", "because"),
            tuple(Kind.ANSWERED, "ana", "done: because"));
    assertThat(history())
        .allSatisfy(
            entry -> {
              assertThat(entry.id()).isEqualTo(workflowId(1));
              assertThat(entry.door()).isEqualTo("cli");
              assertThat(entry.proved()).isTrue();
              assertThat(entry.digest()).isEqualTo("d".repeat(12));
            });
    assertThat(findings(history())).isEmpty();
  }

  @Test
  void keepsADecisionOnceWhoeverTellsOfItAndHoweverLate() {
    starts(1);
    decides("ana", "approve", null);
    Ledger next = new Ledger(ledger.state());

    next.ended(promotion(1).because("live").build());
    next.decisions().enter(decision("ana", "approve", null));

    assertThat(next.status(0).history())
        .extracting(HistoryEntry::kind)
        .containsExactly(Kind.APPROVED, null);
  }

  @Test
  void keepsTheSameWordsInAnotherRunAsAnotherDecision() {
    decides("ana", "approve", null);
    Decision same = decision("ana", "approve", null).decision();

    ledger.decisions().enter(new RunDecision(workflowId(1), "another run", same));

    assertThat(history()).hasSize(2);
  }

  @Test
  void keepsEachDecisionUnder400Bytes() {
    Decision longest =
        new Decision(
            "id",
            "ask",
            "d".repeat(64),
            "approve",
            "\ud83d\ude00".repeat(60),
            "a-door-with-a-very-long-name",
            "\ud83d\ude00".repeat(60_000),
            NOW,
            true,
            false,
            "may not answer this",
            List.of("ana"));

    ledger.decisions().enter(RunDecision.of(workflowId(1), "run", longest));
    ledger.decisions().enter(decision("ana", "approve", null));

    assertThat(Digest.text(history().get(0)).getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(350, 400);
    assertThat(findings(history())).isEmpty();
  }

  @Test
  void keepsALongReasonWholeBesideItsEntryAndFindsThatItWasChanged() {
    String reason = "we look at the numbers first, ".repeat(33);
    decides("ana", "approve", null, reason);
    HistoryEntry entry = history().get(0);
    Map<String, String> texts = new Ledger(ledger.state()).history().sealed().texts();

    assertThat(entry.detail()).hasSizeLessThan(200);
    assertThat(texts).containsExactly(Map.entry(entry.whole(), reason));
    Chain chain = new Chain(0);
    chain.take(entry, reason);
    assertThat(chain.findings()).isEmpty();
    chain.take(entry, reason.replace("first", "last"));
    assertThat(chain.findings()).first().asString().contains("has another text than it had");
  }

  @Test
  void keepsTheNewestOfTheLongReasonsAndPutsThemIntoTheirPages() {
    for (int at = 0; at < 300; at++) {
      decides("ana", "done-" + at, null, at + " we look at the numbers first".repeat(30));
    }

    HistoryPage page = ledger.history().oldest("inspector", "production");
    Map<String, String> texts = ledger.history().sealed().texts();
    assertThat(texts).hasSizeBetween(80, 120).containsKey(history().get(299).whole());
    assertThat(page.texts()).as("were too many for the ledger before they were sealed").isEmpty();

    for (int at = 0; at < 2; at++) {
      ledger.history().sealed(ledger.history().oldest("inspector", "production"));
    }
    page = new HistoryPage("p", "e", null, history(), ledger.history().sealed().texts());
    assertThat(page.texts()).containsKey(history().get(99).whole());
    ledger.history().sealed(page);
    assertThat(ledger.history().sealed().texts()).isEmpty();
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
  void findsAnEntryThatStandsThereTwice() {
    List<HistoryEntry> entries = written();
    entries.add(2, entries.get(1));

    assertThat(findings(entries)).singleElement().asString().contains("does not follow on");
  }

  @Test
  void findsThatTheLastAreMissingByAHashThatWasKeptElsewhere() {
    List<HistoryEntry> entries = written();
    ledger.ask(new LeaseRequest("next", "next", null, NOW));
    String kept = ledger.grantNext(NOW).orElseThrow().trail();

    assertThat(findings(entries, kept)).isEmpty();
    entries.remove(3);
    assertThat(findings(entries, kept))
        .singleElement()
        .asString()
        .contains("no entry has the hash " + kept, "entries are missing at the end");
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

  private static List<String> findings(List<HistoryEntry> entries, String kept) {
    Chain chain = new Chain(0);
    entries.forEach(chain::take);
    chain.expect(kept);
    return chain.findings();
  }

  private static List<String> findings(List<HistoryEntry> entries) {
    Chain chain = new Chain(0);
    entries.forEach(chain::take);
    return chain.findings();
  }

  /**
   * @param remark why it does not count; null = it does
   */
  private void decides(String person, String verdict, String remark) {
    decides(person, verdict, remark, "because");
  }

  private void decides(String person, String verdict, String remark, String reason) {
    ledger.decisions().enter(decision(person, verdict, remark, reason));
  }

  private static RunDecision decision(String person, String verdict, String remark) {
    return decision(person, verdict, remark, "because");
  }

  private static RunDecision decision(String person, String verdict, String remark, String reason) {
    return RunDecision.of(
        workflowId(1),
        runId(1),
        new Decision(
            person + verdict,
            "ask",
            "d".repeat(64),
            verdict,
            person,
            "cli",
            reason,
            NOW,
            true,
            remark == null,
            remark,
            null));
  }
}
