package dev.signalbox.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.archive.ArchiveSettings;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.HistoryPage;
import dev.signalbox.workflows.environment.LedgerArchive;
import dev.signalbox.workflows.environment.LedgerArchive.PagesQuery;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import dev.signalbox.workflows.environment.SealedPage;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerArchiveTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final Set<String> SERVED = Set.of("inspector");

  @TempDir Path directory;

  @Test
  void givesBackWhatItWasGivenInOrder() {
    HistoryPage first = page(1);
    HistoryPage second = page(2);

    assertThat(archive().seal(first)).isTrue();
    assertThat(archive().seal(second)).isTrue();

    PagesReading reading = read(first.sealed(), second.sealed());
    assertThat(reading.entries())
        .startsWith(first.entries().get(0))
        .endsWith(second.entries().get(99))
        .hasSize(200);
    assertThat(reading.texts()).containsOnlyKeys("mark-1", "mark-2");
    assertThat(reading.unread()).isEmpty();
  }

  @Test
  void writesTheSamePageOnceHoweverOftenItIsGiven() {
    archive().seal(page(1));
    archive().seal(page(1));

    assertThat(file(page(1)).getParent().toFile().list())
        .containsExactly(page(1).sealed().hash() + ".json");
  }

  @Test
  void namesAPageThatWasAlteredAndReadsTheOthers() throws IOException {
    archive().seal(page(1));
    archive().seal(page(2));
    Path file = file(page(1));
    Files.writeString(file, Files.readString(file).replace("rejected by ben", "approved by me"));

    PagesReading reading = read(page(1).sealed(), page(2).sealed());

    assertThat(reading.entries()).isEqualTo(page(2).entries());
    assertThat(reading.unread())
        .singleElement()
        .asString()
        .startsWith("100 entries from 2026-11-27T12:00:00Z to ")
        .contains(page(1).sealed().hash(), "damaged or altered");
  }

  @Test
  void namesAPageThatIsMissing() throws IOException {
    archive().seal(page(1));
    Files.delete(file(page(1)));

    assertThat(read(page(1).sealed()).unread())
        .singleElement()
        .asString()
        .contains("100 entries from ", page(1).sealed().hash(), "cannot be read");
  }

  @Test
  void saysThatThereIsNoArchive() {
    LedgerArchive none = new LedgerArchiveImpl(Optional.empty(), SERVED);

    assertThat(none.seal(page(1))).isFalse();
    assertThat(
            none.read(new PagesQuery("inspector", "production", List.of(page(1).sealed())))
                .unread())
        .singleElement()
        .asString()
        .endsWith("there is no archive");
  }

  @Test
  void failsWhereThePageCannotBeWritten() throws IOException {
    Files.writeString(directory.resolve("ledger"), "a file where a directory is wanted");

    assertThatThrownBy(() -> archive().seal(page(1))).isInstanceOf(ApplicationFailure.class);
  }

  private PagesReading read(SealedPage... pages) {
    return archive().read(new PagesQuery("inspector", "production", Arrays.asList(pages)));
  }

  private LedgerArchive archive() {
    return new LedgerArchiveImpl(
        Optional.of(new ArchiveSettings("file:" + directory).open(Map.of())), SERVED);
  }

  private Path file(HistoryPage page) {
    return directory.resolve("ledger/inspector/production/" + page.sealed().hash() + ".json");
  }

  private static HistoryPage page(int number) {
    return new HistoryPage(
        "inspector",
        "production",
        null,
        IntStream.range(0, 100)
            .mapToObj(
                at ->
                    new HistoryEntry(
                        "promotion/" + number + "/" + at,
                        "a".repeat(40),
                        Result.REJECTED,
                        "ana",
                        "rejected by ben",
                        NOON.plusSeconds(at),
                        null,
                        "0".repeat(16)))
            .toList(),
        Map.of("mark-" + number, "all that it says"));
  }
}
