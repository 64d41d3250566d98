package dev.signalbox.workflows.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.PullActivities.PullState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to many pull requests, and whatever becomes of their webhooks: one sweep later
 * there is a preview of each that should have one, at its newest commit, and none besides.
 */
class PreviewChaosTest {
  /** Into the base, into a branch that has no previews, or stacked on another pull request. */
  private static final List<String> BRANCHES =
      List.of("staging", "staging", "staging", "main", "f-1");

  @ParameterizedTest
  @ValueSource(longs = {12, 14})
  void oneSweepLaterEverythingIsAsItShouldBe(long seed) {
    play(seed, 6, 40);
  }

  /** Seeds that are kept, and one that nobody has seen yet. */
  static LongStream seeds() {
    return LongStream.of(1, 2, 3, Long.getLong("signalbox.crash.seed", System.nanoTime()));
  }

  @Tag("crash")
  @ParameterizedTest
  @MethodSource("seeds")
  void oneSweepLaterFiftyOfThemAreAsTheyShouldBe(long seed) {
    System.out.printf("seed=%d%n", seed);
    play(seed, 51, 400);
  }

  private static void play(long seed, int most, int steps) {
    try (PreviewTown town = new PreviewTown()) {
      Story story = new Story(town, new Random(seed), most);
      town.railway().makesByHand("pr-" + most);
      for (int step = 0; step < steps; step++) {
        story.goOn();
      }
      story.settle();

      town.sweep();

      Map<String, String> expected = story.expected();
      town.awaits(() -> expected.equals(town.railway().live()));
      assertThat(town.railway().live()).as("seed %d", seed).isEqualTo(expected);
      assertThat(town.sweep().deeds()).as("seed %d", seed).isEmpty();
      assertThat(town.railway().foreign()).containsExactly("pr-" + most);
      expected
          .keySet()
          .forEach(name -> assertThat(town.comments(name)).as("seed %d", seed).isEqualTo(1));
    }
  }

  /** What happens, and what is told of it. */
  private static final class Story {
    private final PreviewTown town;
    private final Random random;
    private final int most;
    private final Map<Integer, PullState> pulls = new TreeMap<>();
    private final List<Runnable> webhooks = new ArrayList<>();
    private final Set<Integer> conflicted = new HashSet<>();
    private int commits;
    private int deliveries;

    private Story(PreviewTown town, Random random, int most) {
      this.town = town;
      this.random = random;
      this.most = most;
    }

    void goOn() {
      int number = 1 + random.nextInt(most - 1);
      PullState pull = pulls.get(number);
      if (pull == null) {
        change(number, true, commit(), "staging", "opened");
      } else {
        happen(pull);
      }
      if (random.nextInt(3) == 0) {
        town.passes(Duration.ofSeconds(random.nextInt(90)));
      }
      if (random.nextInt(2) == 0) {
        deliver();
      }
    }

    private void happen(PullState pull) {
      int number = pull.number();
      switch (random.nextInt(8)) {
        case 0, 1 -> change(number, pull.open(), commit(), pull.base(), "synchronize");
        case 2, 3 ->
            change(
                number,
                !pull.open(),
                pull.head(),
                pull.base(),
                pull.open() ? "closed" : "reopened");
        case 4 ->
            change(
                number,
                pull.open(),
                pull.head(),
                BRANCHES.get(random.nextInt(BRANCHES.size())),
                "edited");
        case 5 -> town.railway().removesByHand(number);
        case 6 -> conflictsOrNoMore(number);
        default -> town.orphan(number);
      }
    }

    /** GitHub runs and tells nothing of a pull request that it cannot merge. */
    private void conflictsOrNoMore(int number) {
      if (!conflicted.remove(number)) {
        conflicted.add(number);
      }
    }

    private void change(int number, boolean open, String head, String base, String action) {
      PullState pull =
          new PullState(
              number, open, false, false, head, "f-" + number, base, "acme/inspector", "ben");
      pulls.put(number, pull);
      town.becomes(pull);
      // Lost, delivered, or delivered five times.
      int times = conflicted.contains(number) ? 0 : List.of(0, 1, 5).get(random.nextInt(3));
      String delivery = "delivery-" + ++deliveries;
      for (int time = 0; time < times; time++) {
        webhooks.add(() -> town.webhook(number, delivery, action.endsWith("opened")));
      }
    }

    private String commit() {
      return String.format("%040x", ++commits);
    }

    /** In whatever order. */
    private void deliver() {
      Collections.shuffle(webhooks, random);
      int now = Math.min(webhooks.size(), 8);
      List<Runnable> due = new ArrayList<>(webhooks.subList(0, now));
      webhooks.subList(0, now).clear();
      for (Runnable webhook : due) {
        webhook.run();
        // The engine's clock does not forgive a call that is called off before anybody took it.
        town.passes(Duration.ofSeconds(1));
      }
    }

    /** Half of what is under way arrives, and the rest never does. */
    void settle() {
      deliver();
      town.passes(Duration.ofMinutes(random.nextInt(10)));
    }

    Map<String, String> expected() {
      Map<String, String> expected = new TreeMap<>();
      pulls.values().stream()
          .filter(pull -> pull.open() && pull.base().equals("staging"))
          .forEach(pull -> expected.put("pr-" + pull.number(), pull.head()));
      return expected;
    }
  }
}
