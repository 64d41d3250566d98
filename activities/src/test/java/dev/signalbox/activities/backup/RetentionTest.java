package dev.signalbox.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.backup.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void keepsTheNewestGoodOnesHoweverOld() {
    assertThat(removable(keep(2), good("c", 100), good("b", 200), good("a", 300)))
        .containsExactly("a");
  }

  @Test
  void keepsTheOthersUntilTheirAge() {
    Retention retention = new Retention(1, Duration.ofDays(30), Set.of());

    assertThat(removable(retention, good("c", 1), good("b", 29), good("a", 31)))
        .containsExactly("a");
  }

  @Test
  void neverRemovesTheNewestGoodOne() {
    assertThat(removable(keep(1), unproved("c", 5), unproved("b", 6), good("a", 300))).isEmpty();
  }

  @Test
  void countsOnlyThoseThatAreGood() {
    assertThat(removable(keep(2), good("d", 1), unproved("c", 2), good("b", 3), good("a", 4)))
        .containsExactly("c", "a");
  }

  @Test
  void neverRemovesOneThatIsInUse() {
    Retention retention = new Retention(1, null, Set.of("a"));

    assertThat(removable(retention, good("c", 1), good("b", 2), good("a", 3))).containsExactly("b");
  }

  @Test
  void leavesOneThatMayStillBeUnderWay() {
    assertThat(removable(keep(1), good("b", 0), unproved("a", 0))).isEmpty();
  }

  @Test
  void keepsForAQuarterOfAYearWhatARestoreInPlaceHasReplaced() {
    assertThat(
            removable(
                keep(1),
                good("d", 0),
                unproved("c", 89).asOnlyCopy(),
                unproved("b", 89),
                unproved("a", 91).asOnlyCopy()))
        .containsExactly("b", "a");
  }

  @Test
  void removesWhatARestoreInPlaceHasReplacedLikeAnotherOneOnceItIsProved() {
    assertThat(removable(keep(1), good("b", 1), good("a", 2).asOnlyCopy())).containsExactly("a");
  }

  private static Retention keep(int keep) {
    return new Retention(keep, null, Set.of());
  }

  private static List<String> removable(Retention retention, Receipt... newestFirst) {
    return retention.removable(List.of(newestFirst), NOW);
  }

  private static Receipt good(String id, int days) {
    return unproved(id, days)
        .verifiedBy(new Receipt.Verified(NOW, Duration.ZERO, 1, 1, List.of(), List.of()));
  }

  private static Receipt unproved(String id, int days) {
    return new Receipt(
        id,
        "p",
        "production",
        "h/d",
        List.of("r"),
        1,
        "ab",
        NOW.minus(Duration.ofDays(days)),
        Duration.ZERO,
        "file:/a",
        null,
        null);
  }
}
