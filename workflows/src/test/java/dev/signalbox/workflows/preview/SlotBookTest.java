package dev.signalbox.workflows.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.policy.PreviewUpkeep.WhenFull;
import dev.signalbox.workflows.preview.SlotAnswer.Kind;
import dev.signalbox.workflows.preview.Slots.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlotBookTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private SlotBook book = new SlotBook(Slots.FREE);
  private Instant now = NOON;
  private Integer limit;

  @Test
  void letsOneAtATimeWithAPauseBetweenThem() {
    assertThat(ask(1).kind()).isEqualTo(Kind.GRANTED);
    SlotAnswer second = ask(2);

    assertThat(second.kind()).isEqualTo(Kind.LATER);
    assertThat(second.after()).isEqualTo(Duration.ofSeconds(35));
    now = NOON.plusSeconds(35);
    assertThat(ask(2).kind()).isEqualTo(Kind.GRANTED);
  }

  @Test
  void letsAHundredInTheOrderOfAskingAndNeverTwoWithinThePause() {
    Map<Instant, List<Integer>> turns = new TreeMap<>();
    for (int number = 1; number <= 100; number++) {
      turns.computeIfAbsent(now.plusMillis(number), any -> new ArrayList<>()).add(number);
    }
    List<Integer> let = new ArrayList<>();
    List<Instant> times = new ArrayList<>();

    while (!turns.isEmpty()) {
      now = turns.keySet().iterator().next();
      for (int number : turns.remove(now)) {
        SlotAnswer answer = ask(number);
        if (answer.kind() == Kind.GRANTED) {
          let.add(number);
          times.add(now);
          book = new SlotBook(book.slots());
        } else {
          turns.computeIfAbsent(now.plus(answer.after()), any -> new ArrayList<>()).add(number);
        }
      }
    }

    assertThat(let).hasSize(100).isSorted();
    for (int one = 1; one < times.size(); one++) {
      assertThat(Duration.between(times.get(one - 1), times.get(one)))
          .isEqualTo(Duration.ofSeconds(35));
    }
  }

  @Test
  void countsThePauseFromWhenTheOneThatWasLetBegins() {
    ask(1);
    ask(2);
    now = NOON.plusSeconds(6);

    assertThat(book.begins(1, now)).isTrue();
    assertThat(book.begins(2, now)).isFalse();

    now = NOON.plusSeconds(35);
    assertThat(ask(2).after()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void passesOverWhoDoesNotComeAtHisTime() {
    ask(1);
    ask(2);
    SlotAnswer third = ask(3);
    now = NOON.plus(third.after());

    assertThat(ask(3).after()).isEqualTo(Duration.ofSeconds(35));
    now = now.plusSeconds(70);
    assertThat(ask(3).kind()).isEqualTo(Kind.GRANTED);
  }

  @Test
  void letsOneTryAgainBeforeThoseWhoCameLater() {
    ask(1);
    ask(2);
    ask(1);
    now = NOON.plusSeconds(35);

    assertThat(ask(2).kind()).isEqualTo(Kind.LATER);
    assertThat(ask(1).kind()).isEqualTo(Kind.GRANTED);
  }

  @Test
  void countsWhatIsThereAndWhatIsBeingMadeAgainstTheLimit() {
    limit = 2;
    assertThat(ask(3, 1).kind()).isEqualTo(Kind.GRANTED);

    SlotAnswer full = ask(4, 1);

    assertThat(full.kind()).isEqualTo(Kind.FULL);
    assertThat(full.message()).contains("limit is 2").contains("#1, #3");
    now = NOON.plusSeconds(35);
    assertThat(ask(4, 3).kind()).isEqualTo(Kind.GRANTED);
  }

  @Test
  void givesTheRoomAwayOfOneThatWentBeforeAnybodySawIt() {
    limit = 1;
    ask(3);
    now = NOON.plusSeconds(35);
    assertThat(ask(4).kind()).isEqualTo(Kind.FULL);

    book.freed(3);

    assertThat(ask(4).kind()).isEqualTo(Kind.GRANTED);
  }

  @Test
  void tellsThePlaceOfWhoWaits() {
    Slots slots =
        new Slots(null, List.of(new Turn(8, Instant.EPOCH), new Turn(7, Instant.EPOCH)), null);

    assertThat(slots.place(7)).isEqualTo(2);
    assertThat(slots.place(9)).isZero();
  }

  private SlotAnswer ask(int number, Integer... there) {
    return book.ask(
        number,
        Set.of(there),
        new PreviewUpkeep(null, null, limit, WhenFull.WAIT, null, null),
        now);
  }
}
