package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Railway runs where the ledger has no record. */
@Execution(ExecutionMode.CONCURRENT)
class LedgerAlreadyThereTest extends LedgerHouse {
  @Test
  void saysThatWhatIsLiveIsAlreadyThere() {
    wentLive(1);

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(answer.message()).startsWith("0000000 is live since");
  }

  @Test
  void asksRailwayWhatRunsWhenItHasNoRecord() {
    onRailway = List.of(revision(1), revision(1));

    RequestAnswer answer = ask(promote(1));

    assertThat(answer.outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(answer.message()).startsWith("0000000 runs as every service since 2026-11-01");
  }

  @Test
  void saysWhatRunsWhenRailwayDoesNotSaySinceWhen() {
    onRailway = List.of(revision(1), revision(1));
    onRailwaySince = null;

    assertThat(ask(promote(1)).message()).startsWith("0000000 runs as every service, by");
  }

  @Test
  void takesAMergeThatAddsNothingForWhatItMerged() {
    onRailway = List.of(LedgerGitHub.MERGE_OF_1, LedgerGitHub.MERGE_OF_1);

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.ALREADY_THERE);
  }

  @Test
  void startsWhatRunsAsOneServiceOnly() {
    onRailway = List.of(revision(1), revision(2));

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void startsWhenRailwayDoesNotNameTheCommitOfAService() {
    onRailway = Arrays.asList(revision(1), null);

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void startsWhenRailwayCannotBeAsked() {
    onRailway = List.of();

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void believesItsOwnRecordAndDoesNotAskRailway() {
    wentLive(1);
    onRailway = List.of(revision(2), revision(2));

    assertThat(ask(promote(2)).outcome()).isEqualTo(Outcome.STARTED);
  }
}
