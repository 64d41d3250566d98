package dev.signalbox.activities.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchingTest {
  private static final Duration FIVE = Duration.ofSeconds(5);
  private static final List<State> STATES = List.of(State.values());

  @Test
  void declaresADeadServiceWithinSevenSeconds() {
    Random random = new Random(8);
    int inTime = 0;

    for (int trial = 0; trial < 200; trial++) {
      Instant death = PlayedDay.BEGIN.plusMillis(20_000 + random.nextInt(10_000));
      PlayedDay day =
          new PlayedDay(
              PlayedDay.lasting(PlayedDay.services(3, FIVE)),
              (check, at) ->
                  check.name().equals("s1") && !at.isBefore(death) ? State.DOWN : State.UP);
      Standing down = day.play(Duration.ofMinutes(1)).changes.get(3);
      assertThat(down.state()).isEqualTo(State.DOWN);
      if (Duration.between(death, down.since()).toMillis() <= 7000) {
        inTime++;
      }
    }

    assertThat(inTime).isGreaterThanOrEqualTo(190);
  }

  @Test
  void raisesNoAlarmInADayInWhichOneLookOfAHundredFails() {
    Random random = new Random(8);
    Set<String> failed = new HashSet<>();
    PlayedDay day =
        new PlayedDay(
            PlayedDay.lasting(PlayedDay.services(50, Duration.ofSeconds(30))),
            (check, at) -> {
              boolean fails = random.nextInt(100) == 0 && failed.add(check.name());
              if (!fails) {
                failed.remove(check.name());
              }
              return fails ? State.DOWN : State.UP;
            });

    day.play(Duration.ofHours(24));

    assertThat(day.looks).hasSizeGreaterThan(144_000);
    assertThat(day.states()).hasSize(50).containsOnly(State.UP);
  }

  @Test
  void comesUpOnlyByAsManyGoodLooksInARowAsTheRulesSay() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Rules rules = new Rules(1 + random.nextInt(4), 1 + random.nextInt(4), Duration.ofSeconds(1));
      List<State> seen = new ArrayList<>();
      Watching watching =
          Watching.lasting(PlayedDay.services(1, FIVE), List.of(), rules, PlayedDay.BEGIN);
      int known = 0;
      PlayedDay day =
          new PlayedDay(
              watching,
              (check, at) -> {
                seen.add(STATES.get(random.nextInt(4)));
                return seen.get(seen.size() - 1);
              });
      State before = State.UNKNOWN;
      for (int second = 1; second < 300; second += 1) {
        day.play(Duration.ofSeconds(second));
        while (known < day.changes.size()) {
          State after = day.changes.get(known++).state();
          if (before == State.DOWN) {
            assertThat(lastKnown(seen, rules.healthyAfter())).allMatch(State::serves);
          }
          if (after == State.DOWN) {
            assertThat(lastKnown(seen, rules.unhealthyAfter())).doesNotContain(State.UP);
          }
          before = after;
        }
      }
    }
  }

  private static List<State> lastKnown(List<State> seen, int count) {
    List<State> told = seen.stream().filter(state -> state != State.UNKNOWN).toList();
    return told.subList(Math.max(0, told.size() - count), told.size());
  }

  @Test
  void keepsTheRhythmOfEachThroughReChecksAndMissedTurns() {
    Watching watching = PlayedDay.lasting(PlayedDay.services(1, FIVE));
    Instant at = PlayedDay.BEGIN;
    Entry only = watching.due(at, 1).get(0);

    watching.saw(only, look(State.UP, at), at.plusSeconds(12));

    assertThat(watching.next()).contains(at.plusSeconds(15));
  }

  @Test
  void spreadsTheFirstLooksOverTheInterval() {
    PlayedDay day =
        new PlayedDay(
            PlayedDay.lasting(PlayedDay.services(100, Duration.ofSeconds(10))),
            (check, at) -> State.UP);

    day.play(Duration.ofSeconds(10));

    assertThat(day.looks).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void takesNoMoreThanThereIsRoomFor() {
    Watching watching =
        Watching.round(PlayedDay.services(5, FIVE), List.of(), Rules.DEFAULTS, PlayedDay.BEGIN);

    assertThat(watching.due(PlayedDay.BEGIN, 2)).hasSize(2);
    assertThat(watching.due(PlayedDay.BEGIN, 9)).hasSize(3);
    assertThat(watching.over()).isFalse();
  }

  @Test
  void endsARoundOnceEveryDoubtIsSettled() {
    PlayedDay day =
        new PlayedDay(
            Watching.round(PlayedDay.services(3, FIVE), List.of(), Rules.DEFAULTS, PlayedDay.BEGIN),
            (check, at) -> check.name().equals("s0") ? State.DOWN : State.UP);

    day.play(Duration.ofHours(1));

    assertThat(day.states()).containsExactlyInAnyOrder(State.UP, State.UP, State.DOWN);
    assertThat(day.looks).hasSize(5);
  }

  @Test
  void makesNoOutageOfOurOwnNetwork() {
    List<Check> checks =
        List.of(PlayedDay.service("web", FIVE), PlayedDay.control(Duration.ofMinutes(1)));
    Instant away = PlayedDay.BEGIN.plusSeconds(60);
    Instant back = PlayedDay.BEGIN.plusSeconds(600);
    Watching watching = PlayedDay.lasting(checks);
    PlayedDay day =
        new PlayedDay(
            watching, (check, at) -> at.isBefore(away) || at.isAfter(back) ? State.UP : State.DOWN);

    day.play(Duration.ofMinutes(5));

    assertThat(watching.network()).isFalse();
    day.play(Duration.ofMinutes(15));
    assertThat(watching.network()).isTrue();
    assertThat(day.changes)
        .filteredOn(one -> one.check().equals("web"))
        .extracting(Standing::state)
        .containsExactly(State.UP);
  }

  @Test
  void knowsAnOutageWhileTheNetworkIsThere() {
    List<Check> checks =
        List.of(PlayedDay.service("web", FIVE), PlayedDay.control(Duration.ofHours(1)));
    Instant death = PlayedDay.BEGIN.plusSeconds(60);
    PlayedDay day =
        new PlayedDay(
            PlayedDay.lasting(checks),
            (check, at) ->
                check.name().equals("web") && !at.isBefore(death) ? State.DOWN : State.UP);

    Standing last = day.play(Duration.ofMinutes(20)).changes.get(2);

    assertThat(last.state()).isEqualTo(State.DOWN);
    assertThat(Duration.between(death, last.since())).isLessThan(Duration.ofSeconds(8));
  }

  private static Look look(State state, Instant at) {
    return new Look(state, "", "", at, null);
  }
}
