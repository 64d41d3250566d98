package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.workflows.preview.PreviewOrder.Kind;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of the worker after each single effect of making, updating and removing a preview that
 * has a database of its own: it has happened, and nobody has heard of it.
 */
@Tag("crash")
@Order(House.LONG)
final class PreviewKillsTest {
  private static final String OWN_DATABASES =
      "select datname from pg_database where datname like 'signalbox\\_inspector\\_pr\\_%'";

  @TempDir Path directory;
  private final Databases databases = Databases.of(House.STAGING, House.PRODUCTION);
  private House house;
  private PullRequests pulls;

  private enum Act {
    MAKE,
    UPDATE,
    REMOVE
  }

  /**
   * An effect.
   *
   * @param before how many of the same operation its act has before it
   */
  private record Point(String operation, int before) {}

  @Test
  void leavesOneEnvironmentOfAnOpenPullRequestAndNothingOfAClosedOne() {
    try (House opened =
        House.at(directory)
            .sandbox(databases::in)
            .sandbox(plan -> plan.withTiming(plan.timing().creatingEvery(Duration.ZERO)))
            .variable("PG_BIN", databases.programs().toString())
            .workerSupervised()
            .open()) {
      house = opened;
      pulls = new PullRequests(house);
      Map<Act, List<Point>> points = undisturbed();
      System.out.println("points: " + points);
      int rounds = points.values().stream().mapToInt(List::size).max().orElseThrow();
      for (int round = 0; round < rounds; round++) {
        new Pull("pull-" + round).play(points, round);
      }
    }
  }

  /** The effects of each act. */
  private Map<Act, List<Point>> undisturbed() {
    Map<Act, List<Point>> points = new EnumMap<>(Act.class);
    Pull pull = new Pull("undisturbed");
    for (Act act : Act.values()) {
      int mark = house.sandbox().journal().last();
      pull.begin(act);
      pull.awaitEnd(act);
      points.put(act, points(mark));
    }
    return points;
  }

  private List<Point> points(int mark) {
    Map<String, Integer> seen = new HashMap<>();
    List<Point> points = new ArrayList<>();
    house.sandbox().journal().since(mark).stream()
        .filter(entry -> entry.changedState() && entry.caller().startsWith("signalbox"))
        .map(Journal.Entry::operation)
        .forEach(
            operation ->
                points.add(new Point(operation, seen.merge(operation, 1, Integer::sum) - 1)));
    return points;
  }

  /** One pull request, from its opening to its end. */
  private final class Pull {
    private final String branch;
    private final int number;
    private final int mark = house.sandbox().journal().last();

    Pull(String branch) {
      this.branch = branch;
      this.number = pulls.open(branch);
    }

    void play(Map<Act, List<Point>> points, int round) {
      for (Act act : Act.values()) {
        if (round < points.get(act).size()) {
          killIn(act, points.get(act).get(round));
        } else {
          begin(act);
          awaitEnd(act);
        }
        requireOneEffectEach(act);
      }
    }

    private void killIn(Act act, Point point) {
      int before = house.sandbox().journal().last();
      house.sandbox().faults().add(Rule.of(point.operation(), Fault.HANG).after(point.before()));
      begin(act);
      Eventually.closely(
          () -> act + " comes to " + point,
          () ->
              house.sandbox().journal().since(before).stream()
                  .anyMatch(entry -> entry.fault() != null));
      house.killWorker();
      house.sandbox().faults().clear();
      house.startWorker();
      awaitEnd(act);
      System.out.printf("#%d killed in %s after %s%n", number, act, point);
    }

    private void begin(Act act) {
      switch (act) {
        case MAKE -> pulls.order(number, Kind.CREATE);
        case UPDATE -> {
          pulls.push(branch);
          pulls.order(number, Kind.CREATE);
        }
        case REMOVE -> {
          pulls.close(number);
          house.client().previews().look(number);
        }
      }
    }

    private void awaitEnd(Act act) {
      if (act == Act.REMOVE) {
        pulls.await(number, Stage.GONE, null);
      } else {
        pulls.await(number, Stage.READY, pulls.head(branch));
      }
    }

    private void requireOneEffectEach(Act act) {
      boolean there = act != Act.REMOVE;
      String name = PullRequests.name(number);
      long commits = act == Act.MAKE ? 1 : 2;

      assertThat(pulls.environments()).isEqualTo(there ? List.of(name) : List.of());
      assertThat(databases.ask(House.STAGING, OWN_DATABASES))
          .isEqualTo(there ? List.of("signalbox_inspector_pr_" + number) : List.of());
      assertThat(effects(PullRequests.CREATE)).isEqualTo(1);
      assertThat(effects(PullRequests.DELETE)).isEqualTo(there ? 0 : 1);
      assertThat(house.effectsByService(House.DEPLOY, name))
          .isEqualTo(Map.of("backend", commits, "frontend", commits));
      assertThat(pulls.comments(number)).isEqualTo(1);
    }

    private long effects(String operation) {
      return house.sandbox().journal().since(mark).stream()
          .filter(entry -> entry.changedState() && entry.operation().equals(operation))
          .count();
    }
  }
}
