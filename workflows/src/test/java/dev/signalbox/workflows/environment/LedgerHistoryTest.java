package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.release.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of runs that have ended. */
class LedgerHistoryTest extends LedgerPage {
  @Test
  void chainsEachEntryToTheOneBefore() {
    endsOneByOne(3);

    assertThat(history().get(0).previous()).isNull();
    assertThat(history().get(1).previous()).isEqualTo(history().get(0).hash());
    assertThat(history().get(2).previous()).isEqualTo(history().get(1).hash());
  }

  @Test
  void sealsEveryFieldOfAnEntryByItsHash() {
    endsOneByOne(2);

    HistoryEntry entry = history().get(1);

    assertThat(entry.hash())
        .isEqualTo(
            Digest.of(
                    new HistoryEntry(
                        entry.id(),
                        entry.revision(),
                        entry.result(),
                        entry.requester(),
                        entry.detail(),
                        entry.at(),
                        entry.previous(),
                        null))
                .substring(0, 16));
  }

  @Test
  void keepsTheNewest1000WhereNoArchiveTakesThemAndCountsTheLost() {
    endsOneByOne(1_003);

    assertThat(history()).hasSize(1_000);
    assertThat(history().get(0).id()).isEqualTo(workflowId(4));
    assertThat(history().get(0).previous()).isNotNull();
    assertThat(ledger.status(0).sealed().lost()).isEqualTo(3);
  }

  @Test
  void givesAHundredToTheArchiveOnceThereAre300AndKeepsTheChain() {
    endsOneByOne(299);
    assertThat(ledger.history().due()).isFalse();
    starts(300);
    ledger.ended(promotion(300).because("live").build());
    assertThat(ledger.history().due()).isTrue();

    HistoryPage page = ledger.history().oldest("inspector", "production");
    ledger.history().sealed(page);

    assertThat(page.entries()).hasSize(100);
    assertThat(page.before()).isNull();
    assertThat(history()).hasSize(200);
    assertThat(history().get(0).previous()).isEqualTo(page.entries().get(99).hash());
    assertThat(ledger.history().due()).isFalse();
    assertThat(ledger.status(0).sealed().pages()).containsExactly(page.sealed());
    endsOneByOne(400, 500);
    assertThat(ledger.history().oldest("inspector", "production").before())
        .isEqualTo(page.sealed().hash());
  }

  @Test
  void countsNoneAsLostThatTheArchiveTookMeanwhile() {
    endsOneByOne(1_000);
    HistoryPage underWay = ledger.history().oldest("inspector", "production");
    endsOneByOne(1_001, 1_003);
    assertThat(ledger.status(0).sealed().lost()).isEqualTo(3);

    ledger.history().sealed(underWay);

    assertThat(ledger.status(0).sealed().lost()).isZero();
    assertThat(history()).hasSize(903);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "ö", "語", "🚂"})
  void staysUnder400BytesAnEntryWhateverPeopleWrite(String letter) throws Exception {
    endsOneByOne(1);
    starts(2);

    ledger.ended(promotion(2).askedForBy(letter.repeat(300)).because(letter.repeat(300)).build());

    assertThat(json(history().get(1)).getBytes(UTF_8).length).isLessThan(400);
  }

  @Test
  void keepsAShortDetailWhole() {
    starts(1);

    ledger.ended(promotion(1).because("rejected by ben: not today").build());

    assertThat(history().get(0).detail()).isEqualTo("rejected by ben: not today");
  }

  private String json(HistoryEntry entry) throws JsonProcessingException {
    return WireFormat.mapper().writeValueAsString(entry);
  }
}
