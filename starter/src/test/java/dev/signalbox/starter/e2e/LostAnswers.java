package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same story, once undisturbed and once for each round, in which faults strike its mutations: a
 * promotion, one that moves its branch forward, one whose merge Railway deploys by itself, one that
 * the rescue takes back, and a rollback by hand. Each must have the effects of the undisturbed one,
 * and not one more.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
abstract class LostAnswers {
  // The effect happens, and nobody is told so. The one that takes longest comes first.
  static final List<Fault> AFTER =
      List.of(Fault.HANG, Fault.RESET_AFTER, Fault.MALFORMED, Fault.ERRORS_WITH_DATA);
  static final List<Fault> BEFORE =
      List.of(Fault.RESET_BEFORE, Fault.TOO_MANY_REQUESTS, Fault.SERVER_ERROR);

  private final Map<Round, CompletableFuture<Story>> stories = new LinkedHashMap<>();
  private CompletableFuture<Story> undisturbed;
  private ExecutorService players;

  /**
   * Whom which fault strikes in one story.
   *
   * @param name as the directory of its house is called
   */
  record Round(String name, Map<Mutation, Fault> faults) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The stories beside the undisturbed one. */
  abstract List<Round> rounds();

  @BeforeAll
  void playThemAll(@TempDir Path directory) {
    players = Executors.newFixedThreadPool(3);
    undisturbed = play(new Round("undisturbed", Map.of()), directory);
    rounds().forEach(round -> stories.put(round, play(round, directory)));
    stories.values().forEach(CompletableFuture::join);
  }

  private CompletableFuture<Story> play(Round round, Path directory) {
    return CompletableFuture.supplyAsync(
        () -> Story.play(round, directory.resolve(round.name())), players);
  }

  @AfterAll
  void endThem() {
    players.shutdownNow();
  }

  Stream<Arguments> everyMutationOfEveryRound() {
    return rounds().stream()
        .flatMap(
            round ->
                round.faults().entrySet().stream()
                    .map(struck -> Arguments.of(struck.getKey(), struck.getValue(), round)));
  }

  // After a bare call that left, even one without an effect, a person is asked: QuestionsTest.
  static boolean strikes(Fault fault, Mutation mutation) {
    if (fault == Fault.ERRORS_WITH_DATA) {
      return mutation.atRailway();
    }
    return !mutation.bare() || AFTER.contains(fault) || fault == Fault.TOO_MANY_REQUESTS;
  }

  @ParameterizedTest
  @MethodSource("everyMutationOfEveryRound")
  void hasOneEffectWhenItsAnswerIsNotHeard(Mutation mutation, Fault fault, Round round) {
    Story story = stories.get(round).join();

    // Also the merge that a deploy makes, where Railway deploys what is pushed.
    assertThat(story.struck(mutation, fault))
        .as("struck by the fault")
        .isGreaterThanOrEqualTo(mutation == Mutation.MERGE ? 2 : 1);
    if (mutation.repeatable()) {
      assertThat(story.effects(mutation)).isGreaterThanOrEqualTo(effectsUndisturbed(mutation));
    } else {
      assertThat(story.effects(mutation)).isEqualTo(effectsUndisturbed(mutation));
    }
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void finishesAsIfNothingHadHappened(Round round) {
    Story story = stories.get(round).join();

    assertThat(story.ends()).isEqualTo(undisturbed.join().ends());
  }

  @Test
  void theUndisturbedStoryHasEveryEffectThatIsCompared() {
    assertThat(Mutation.values()).allSatisfy(m -> assertThat(effectsUndisturbed(m)).isPositive());
    assertThat(undisturbed.join().ends())
        .containsExactly(
            Result.LIVE, Result.LIVE, Result.LIVE, Result.ROLLED_BACK, Result.LIVE, Result.LIVE);
  }

  private long effectsUndisturbed(Mutation mutation) {
    return undisturbed.join().effects(mutation);
  }

  /**
   * What was done, by the journal.
   *
   * @param ends of the promotion, of the one that moved its branch forward, of the one that Railway
   *     deployed, of the one that was taken back, of the next one, and of the rollback by hand
   */
  private record Story(List<Journal.Entry> journal, List<Result> ends) {
    private static final String FORWARD = "forward";
    private static final String OBSERVED = "observed";
    private static final String SICK_IN_PRODUCTION =
        """
        checks = { python-ci = "success" }
        [environments.production]
        unhealthy_after = "300ms"
        """;
    private static final String WELL =
        """
        checks = { python-ci = "success" }
        """;

    long effects(Mutation mutation) {
      return calls(mutation).filter(Journal.Entry::changedState).count();
    }

    long struck(Mutation mutation, Fault fault) {
      return calls(mutation).filter(entry -> fault.text().equals(entry.fault())).count();
    }

    private Stream<Journal.Entry> calls(Mutation mutation) {
      return journal.stream().filter(entry -> entry.operation().equals(mutation.operation()));
    }

    static Story play(Round round, Path directory) {
      try {
        Files.createDirectories(directory);
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
      try (House house =
          House.at(directory)
              .sandbox(
                  settings ->
                      settings.withEnvironments(
                          List.of(
                              new EnvironmentSettings(House.STAGING, House.STAGING, true),
                              new EnvironmentSettings(House.PRODUCTION, "main", true),
                              new EnvironmentSettings(FORWARD, FORWARD, false),
                              new EnvironmentSettings(OBSERVED, OBSERVED, true))))
              .configured(Story::threeWaysToShip)
              .open()) {
        return play(round, house);
      }
    }

    private static String threeWaysToShip(String toml) {
      String own = PolicyText.with(toml, House.PRODUCTION, "auto_deploy", "\"switch-off\"");
      own = PolicyText.with(own, OBSERVED, "auto_deploy", "\"observe\"");
      return PolicyText.with(own, FORWARD, "auto_deploy", "\"refuse\"\nmerge = \"fast-forward\"");
    }

    private static Story play(Round round, House house) {
      strike(round, house, List.of(Mutation.values()));
      Result first = house.promoteAndApprove(House.PRODUCTION).result();
      strike(round, house, List.of(Mutation.MERGE, Mutation.FORWARD));
      String forward = house.promote(FORWARD);
      String observed = house.promote(OBSERVED);
      house.approve(forward);
      house.approve(observed);
      Result movedForward = house.end(forward).result();
      Result deployedByRailway = house.end(observed).result();
      strike(round, house, List.of(Mutation.ROLLBACK));
      String sick = house.releaseOnStaging(Map.of("backend/sandbox.toml", SICK_IN_PRODUCTION));
      Result second = house.promoteAndApprove(House.PRODUCTION).result();
      house.releaseOnStaging(
          "Mend it\n\nThis reverts commit " + sick + ".",
          Map.of("backend/sandbox.toml", WELL, "release.txt", UUID.randomUUID().toString()));
      Result third = house.promoteAndApprove(House.PRODUCTION).result();
      strike(round, house, List.of(Mutation.ROLLBACK));
      Result back = house.rollBack(House.PRODUCTION);
      return new Story(
          house.sandbox().journal().entries(),
          List.of(first, movedForward, deployedByRailway, second, third, back));
    }

    private static void strike(Round round, House house, List<Mutation> mutations) {
      house.sandbox().faults().clear();
      mutations.stream()
          .filter(round.faults()::containsKey)
          .forEach(
              mutation ->
                  house.sandbox().faults().add(rule(round.faults().get(mutation), mutation)));
    }

    // Both services, where each has its own call. A call that hangs is given up after 12 or 15 s:
    // that takes its time, so elsewhere silence lasts a second and the connection is cut then.
    private static Rule rule(Fault fault, Mutation mutation) {
      Rule once = Rule.of(mutation.operation(), fault);
      if (fault != Fault.HANG) {
        return once.times(mutation.bare() ? 2 : 1);
      }
      return mutation.bare() || mutation == Mutation.MERGE
          ? once
          : once.lasting(Duration.ofSeconds(1));
    }
  }
}
