package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of the worker at random moments of migrations of five revisions: each kill hits several,
 * each at a moment of its own. {@code -Dsignalbox.crash.seed} repeats a run's moments, {@code
 * -Dsignalbox.crash.kills} says how many there are in all.
 */
@Tag("crash")
final class RandomMigrationKillsTest {
  private static final List<String> LANES = List.of("one", "two", "three", "four", "five");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final Databases databases =
      Databases.of(Stream.concat(Stream.of(House.STAGING), LANES.stream()).toArray(String[]::new));
  private final Random random = new Random(RandomKills.SEED);
  private final Set<String> answered = new HashSet<>();
  private House house;

  @Test
  void neverRunsARevisionTwiceNorLosesWhereTheDatabaseStands() {
    try (House opened = FiveRevisions.house(directory, databases, LANES, "never", "0.5")) {
      house = opened;
      // Nobody is killed in the first: everything is cold, and it says how long they take.
      Duration whole = shortest(round(null)).orElseThrow();
      int kills = 0;
      while (kills < RandomKills.KILLS) {
        again();
        List<Lane> lanes = round(whole);
        for (Lane lane : lanes) {
          // One that was quicker than its moment was not killed: it counts for nothing.
          kills += lane.killedIn == null ? 0 : 1;
          System.out.printf("seed=%d kill=%d %s%n", RandomKills.SEED, kills, lane);
          assertThat(lane.objections).as("seed %d: %s", RandomKills.SEED, lane).isEmpty();
        }
        whole = shortest(lanes).orElse(whole);
      }
    }
  }

  /** How long those took that nobody killed; empty = all were killed. */
  private static Optional<Duration> shortest(List<Lane> lanes) {
    return lanes.stream()
        .filter(lane -> lane.killedIn == null)
        .map(Lane::took)
        .min(Comparator.naturalOrder());
  }

  /** The same release once more, on databases that have not seen it. */
  private void again() {
    LANES.forEach(databases::putBack);
    house.releaseOnStaging();
  }

  /**
   * One promotion in each lane.
   *
   * @param whole within how long before the kill each of them is approved; null = no kill
   */
  private List<Lane> round(Duration whole) {
    List<Lane> lanes = LANES.stream().map(Lane::new).toList();
    lanes.forEach(lane -> lane.approval = house.awaitApproval(lane.id));
    Instant end = Instant.now().plus(whole == null ? Duration.ZERO : whole);
    for (Lane lane : lanes) {
      lane.moment =
          whole == null ? Duration.ZERO : Duration.ofMillis(random.nextLong(whole.toMillis()));
    }
    lanes.stream()
        .sorted((one, other) -> other.moment.compareTo(one.moment))
        .forEach(lane -> lane.approveAt(end.minus(lane.moment)));
    if (whole != null) {
      sleepUntil(end);
      lanes.forEach(Lane::look);
      house.killWorker();
      house.startWorker();
    }
    lanes.forEach(Lane::follow);
    return lanes;
  }

  private static void sleepUntil(Instant moment) {
    for (Duration left = left(moment); left.toNanos() > 0; left = left(moment)) {
      LockSupport.parkNanos(left.toNanos());
    }
  }

  private static Duration left(Instant moment) {
    return Duration.between(Instant.now(), moment);
  }

  /** One promotion and its database. */
  private final class Lane {
    private final String environment;
    private final String id;
    private final Instant asked = Instant.now();
    private final List<String> objections = new ArrayList<>();
    private Ask approval;
    private Instant approved;
    private Duration moment;
    private String killedIn;
    private String waited = "";
    private PromotionResult result;

    Lane(String environment) {
      this.environment = environment;
      this.id = house.promote(environment);
    }

    void approveAt(Instant when) {
      sleepUntil(when);
      approved = Instant.now();
      answered.add(id + approval.id());
      house.approve(id, approval);
    }

    /** What it does now, in a word. */
    void look() {
      Optional<PromotionStatus> status = house.status(id);
      boolean over = status.isPresent() && status.get().result() != null;
      killedIn = over ? null : status.map(this::step).orElse("?");
    }

    private String step(PromotionStatus status) {
      String schema = databases.revisions(environment).get(0);
      return house
          .status(house.deployId(environment))
          .filter(deploy -> deploy.result() == null)
          .map(deploy -> running(deploy) + " at " + schema)
          .orElse(status.state());
    }

    private static String running(PromotionStatus deploy) {
      return deploy.steps().stream()
          .filter(step -> step.startedAt() != null && step.endedAt() == null)
          .map(Step::name)
          .reduce((one, other) -> other)
          .orElse(deploy.state());
    }

    void follow() {
      PromotionStatus end =
          house.await(
              id,
              status -> {
                status.asks().forEach(this::answer);
                return status.result() != null;
              });
      result = end.result();
      judge();
    }

    private void answer(Ask ask) {
      if (!answered.add(id + ask.id())) {
        return;
      }
      if (ask.kind() == Ask.Kind.APPROVAL) {
        house.approve(id, ask);
        return;
      }
      waited = ask.text();
      boolean migrates = ask.step().equals("migrate");
      if (migrates && !ask.read().contains("the database stands at " + at())) {
        objections.add("it stands at " + at() + " and was asked: " + ask);
      }
      house.resolve(id, ask, migrates ? "abandon" : "not-done");
    }

    private void judge() {
      List<String> ran = FiveRevisions.ran(databases, environment);
      if (!ran.equals(FiveRevisions.upTo(at()))) {
        objections.add("at " + at() + " ran " + ran);
      }
      if (FiveRevisions.begun(databases, environment) > 1) {
        objections.add("the index was begun twice");
      }
      if (!at().equals(recorded())) {
        objections.add("it stands at " + at() + ", and recorded is " + recorded());
      }
      boolean live = result.result() == Result.LIVE;
      if (live != at().equals(FiveRevisions.CONTRACT) && waited.isEmpty()) {
        objections.add(result.result() + " at " + at());
      }
      if (!live && waited.isEmpty()) {
        objections.add("nobody was asked: " + result.detail());
      }
      if (ran.contains(FiveRevisions.CONTRACT) && !saved()) {
        objections.add("a contract revision without a receipt");
      }
    }

    private String at() {
      return String.join(",", databases.revisions(environment));
    }

    /** Where the ledger says that the database stands; what it did not change is where it was. */
    private String recorded() {
      return house.ledger(environment).runs().stream()
          .filter(entry -> entry.id().equals(id) && entry.schema() != null)
          .map(HistoryEntry::schema)
          .map(schema -> String.join(",", schema.at()))
          .findFirst()
          .orElse(FiveRevisions.FIRST);
    }

    /** Whether a backup of this very run was proved before the contract revision began. */
    private boolean saved() {
      Path receipts = directory.resolve("archive/backups/inspector").resolve(environment);
      Instant contract =
          Instant.parse(
              databases
                  .ask(
                      environment,
                      "select to_char(at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                          + " from ran where step = '"
                          + FiveRevisions.CONTRACT
                          + "'")
                  .get(0));
      try (Stream<Path> files = Files.list(receipts)) {
        return files
            .filter(file -> file.toString().endsWith(".json"))
            .anyMatch(file -> proves(file, contract));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    private boolean proves(Path file, Instant contract) {
      try {
        JsonNode receipt = JSON.readTree(file.toFile()).path("receipt");
        String proved = receipt.at("/verified/at").asText("");
        return !proved.isEmpty()
            && receipt.at("/schema/0").asText().equals(FiveRevisions.FIRST)
            && Instant.parse(receipt.path("takenAt").asText()).isAfter(asked)
            && Instant.parse(proved).isBefore(contract);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    /** From the approval until the schema was changed. */
    Duration took() {
      Step migrated =
          house.status(house.deployId(environment)).orElseThrow().steps().stream()
              .filter(step -> step.name().equals("migrate"))
              .findFirst()
              .orElseThrow();
      return Duration.between(approved, migrated.endedAt());
    }

    @Override
    public String toString() {
      return "%s after=%dms in=%s %s at=%s%s"
          .formatted(
              environment,
              moment.toMillis(),
              killedIn,
              result == null ? "" : result.result(),
              at(),
              waited.isEmpty() ? "" : " asked: " + waited);
    }
  }
}
