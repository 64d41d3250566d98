package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Target;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.junit.jupiter.params.provider.FieldSource;

/**
 * One SIGKILL of the worker, while fourteen runs of its four durable workflows and three previews
 * stand at a point each. Each has an environment of its own, so that they can be told apart.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
abstract class KillPoints {
  private static final String STATUS = "POST /repos/{owner}/{repo}/statuses/{sha}";
  private static final String TAG = "POST /repos/{owner}/{repo}/git/refs";
  private static final String COMMIT = "GET /repos/{owner}/{repo}/commits/{ref}";
  private static final Map<String, Long> ONE_EACH = Map.of("backend", 1L, "frontend", 1L);

  private static final String APPROVAL = "approval";
  private static final String BEFORE_MERGE = "before-merge";
  private static final String MERGE_SENT = "merge-sent";
  private static final String DEPLOY_SENT = "deploy-sent";
  private static final String AWAITING = "awaiting";
  private static final String SOAKING = "soaking";
  private static final String BEFORE_ROLLBACK = "before-rollback";
  private static final String ROLLBACK_SENT = "rollback-sent";
  private static final String AFTER_ROLLBACK = "after-rollback";
  private static final String REQUEST = "request";
  private static final String QUEUE = "queue";
  private static final String RELEASE = "release";

  // Railway deploys what is pushed there.
  private static final String PUSHED_UNSEEN = "pushed-unseen";
  private static final String PUSHED_BUILDING = "pushed-building";

  private static final List<String> OBSERVED = List.of(PUSHED_UNSEEN, PUSHED_BUILDING);
  private static final List<String> ROLLBACKS =
      List.of(BEFORE_ROLLBACK, ROLLBACK_SENT, AFTER_ROLLBACK);
  private static final List<String> PROMOTED =
      List.of(
          APPROVAL,
          BEFORE_MERGE,
          MERGE_SENT,
          DEPLOY_SENT,
          AWAITING,
          PUSHED_UNSEEN,
          PUSHED_BUILDING,
          SOAKING,
          QUEUE,
          RELEASE);

  private final Map<String, String> ids = new LinkedHashMap<>();
  private final Map<String, Ask> asks = new LinkedHashMap<>();
  private House house;
  private KilledPreviews previews;
  private String first;
  private String holder;
  private CompletableFuture<Void> askedInVain;
  private RequestAnswer askedAgain;

  abstract TestEngine engine(Path directory);

  @BeforeAll
  void killTheWorkerInTheMiddleOfEverything(@TempDir Path directory) {
    house =
        House.at(directory)
            .environments(
                Stream.of(ROLLBACKS, List.of(REQUEST), PROMOTED).flatMap(List::stream).toList())
            .deployingWhatIsPushedTo(OBSERVED)
            .sandbox(plan -> plan.withTiming(plan.timing().creatingEvery(Duration.ZERO)))
            .configured(KillPoints::observing)
            .soaking(SOAKING, "30s")
            .soaking(QUEUE, "20s")
            .workerApart()
            .on(engine(directory))
            .open();
    first = house.sandbox().railway().active(House.STAGING, "backend").orElseThrow().commit();
    promoteAll(ROLLBACKS);
    previews = new KilledPreviews(house);
    ROLLBACKS.forEach(environment -> house.end(ids.get(environment)));
    house.releaseOnStaging();
    promoteAll(Stream.concat(ROLLBACKS.stream(), Stream.of(QUEUE)).toList());
    ROLLBACKS.forEach(environment -> house.end(ids.get(environment)));
    holder = ids.get(QUEUE);
    house.awaitSoak(QUEUE);
    house.releaseOnStaging(Map.of("backend/sandbox.toml", slowToBuildWhereItIsAwaited()));
    PROMOTED.forEach(environment -> ids.put(environment, house.promote(environment)));
    PROMOTED.forEach(
        environment -> asks.put(environment, house.awaitApproval(ids.get(environment))));

    previews.areReady();
    bringEachToItsPoint();
    house.killWorker();
    requireStillUnderWay(House.DEPLOY, DEPLOY_SENT);
    requireStillUnderWay(House.ROLLBACK, ROLLBACK_SENT);
    requireNotYetServed(PUSHED_BUILDING);
    house.sandbox().faults().clear();
    approve(APPROVAL);
    house.startWorker();
    house.awaitWorker(REQUEST);
    askedAgain = house.client().promote(REQUEST, null, "bob", "asked again");
    ids.put(REQUEST, askedAgain.id());
    house.approve(askedAgain.id());
  }

  private static String observing(String toml) {
    return OBSERVED.stream()
        .reduce(toml, (own, one) -> PolicyText.with(own, one, "auto_deploy", "\"observe\""));
  }

  private static String slowToBuildWhereItIsAwaited() {
    return """
    checks = { python-ci = "success" }
    [environments.%s]
    build = "8s"
    [environments.%s]
    build = "30s"
    """
        .formatted(AWAITING, PUSHED_BUILDING);
  }

  private void promoteAll(List<String> environments) {
    environments.forEach(environment -> ids.put(environment, house.promote(environment)));
    environments.forEach(environment -> house.approve(ids.get(environment)));
  }

  // The worker gives up what hangs: bare calls after 12 s, so they come last, the others later.
  private void bringEachToItsPoint() {
    approve(QUEUE);
    approve(SOAKING);
    hold(Rule.of(TAG, Fault.HANG).times(4));
    approve(RELEASE);
    house.await(ids.get(QUEUE), status -> status.state().equals("lease"));
    house.awaitSoak(SOAKING);
    awaitHung(TAG);

    hold(Rule.of("deployments", Fault.HANG).on(in(BEFORE_ROLLBACK)).times(4));
    hold(
        Rule.of("deployment", Fault.LATENCY)
            .on(in(AFTER_ROLLBACK))
            .lasting(Duration.ofSeconds(4))
            .times(12));
    rollBack(BEFORE_ROLLBACK);
    rollBack(AFTER_ROLLBACK);
    hold(Rule.of("deployments", Fault.HANG).on(in(PUSHED_UNSEEN)).times(4));
    OBSERVED.forEach(this::approve);
    approve(AWAITING);
    OBSERVED.forEach(
        branch -> Eventually.that("a merge into " + branch, () -> house.mergesInto(branch) == 1));
    awaitCall(House.DEPLOY, AWAITING);
    awaitCall(House.ROLLBACK, AFTER_ROLLBACK);
    awaitHung("deployments", BEFORE_ROLLBACK);
    awaitHung("deployments", PUSHED_UNSEEN);

    previews.bringToTheirPoints();
    hold(Rule.of(House.MERGE, Fault.HANG));
    approve(MERGE_SENT);
    awaitHung(House.MERGE);
    hold(Rule.of(STATUS, Fault.HANG));
    approve(BEFORE_MERGE);
    awaitHung(STATUS);
    hold(Rule.of(COMMIT, Fault.HANG));
    askedInVain =
        CompletableFuture.runAsync(this::askInVain, task -> new Thread(task, "in vain").start());
    awaitHung(COMMIT);

    hold(Rule.of(House.DEPLOY, Fault.HANG).on(in(DEPLOY_SENT)));
    approve(DEPLOY_SENT);
    awaitHung(House.DEPLOY, DEPLOY_SENT);
    hold(Rule.of(House.ROLLBACK, Fault.HANG).on(in(ROLLBACK_SENT)));
    rollBack(ROLLBACK_SENT);
    awaitHung(House.ROLLBACK, ROLLBACK_SENT);
  }

  private void rollBack(String environment) {
    ids.put(environment, house.client().rollback(environment, null, "bob", "a test").id());
  }

  private void askInVain() {
    try {
      house.client().promote(REQUEST, null, "bob", "its worker dies");
    } catch (TroubleException noAnswer) {
      // That is the point: who hears nothing asks again.
    }
  }

  private void approve(String environment) {
    house.approve(ids.get(environment), asks.get(environment));
  }

  private void hold(Rule rule) {
    house.sandbox().faults().add(rule);
  }

  private void awaitCall(String operation, String environment) {
    house.awaitCall(
        entry ->
            entry.operation().equals(operation)
                && environment.equals(entry.target().environment()));
  }

  private void awaitHung(String operation) {
    house.awaitCall(entry -> entry.operation().equals(operation) && entry.fault() != null);
  }

  private void awaitHung(String operation, String environment) {
    house.awaitCall(
        entry ->
            entry.operation().equals(operation)
                && entry.fault() != null
                && environment.equals(entry.target().environment()));
  }

  // A call that its worker had given up before it was killed would prove nothing.
  private void requireStillUnderWay(String operation, String environment) {
    Instant sent =
        house.sandbox().journal().entries().stream()
            .filter(entry -> entry.operation().equals(operation) && entry.fault() != null)
            .filter(entry -> environment.equals(entry.target().environment()))
            .findFirst()
            .orElseThrow()
            .at();
    assertThat(Duration.between(sent, Instant.now())).isLessThan(ActivityProfiles.BARE_CALL);
  }

  private void requireNotYetServed(String branch) {
    String pushed = house.sandbox().repository().tip(branch).orElseThrow();
    assertThat(house.sandbox().railway().active(branch, "backend"))
        .hasValueSatisfying(active -> assertThat(active.commit()).isNotEqualTo(pushed));
  }

  private static Target in(String environment) {
    return Target.NONE.withEnvironment(environment);
  }

  @AfterAll
  void closeTheHouse() {
    house.close();
  }

  // ---- PromotionWorkflow

  @Test
  void countsTheApprovalThatWasGivenWhileNoWorkerLived() {
    livesByOneEffectEach(APPROVAL);
  }

  @Test
  void mergesOnceWhenKilledBeforeTheMerge() {
    livesByOneEffectEach(BEFORE_MERGE);
  }

  @Test
  void mergesOnceWhenKilledAfterTheMergeWasSent() {
    livesByOneEffectEach(MERGE_SENT);
  }

  // ---- MigrateAndDeployWorkflow

  @Test
  void deploysOnceWhenKilledWhileTheCallWasUnderWay() {
    livesByOneEffectEach(DEPLOY_SENT);
  }

  @Test
  void deploysOnceWhenKilledWhileRailwayBuilt() {
    livesByOneEffectEach(AWAITING);
  }

  @ParameterizedTest
  @FieldSource("OBSERVED")
  void adoptsWhatRailwayMadeOfThePushAfterTheKill(String environment) {
    PromotionResult result = house.end(ids.get(environment));

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(house.mergesInto(environment)).isEqualTo(1);
    assertThat(house.effectsByService(House.DEPLOY, environment)).isEmpty();
    assertThat(house.serves(environment, result.mergeCommit())).isTrue();
    assertThat(house.sandbox().railway().deployments())
        .filteredOn(one -> result.mergeCommit().equals(one.commit()))
        .hasSize(2);
  }

  @Test
  void deploysOnceWhenKilledDuringTheSoak() {
    livesByOneEffectEach(SOAKING);
  }

  // ---- RollbackWorkflow

  @Test
  void rollsBackOnceWhenKilledBeforeTheCall() {
    isBackByOneEffectEach(BEFORE_ROLLBACK);
  }

  @Test
  void rollsBackOnceWhenKilledWhileTheCallWasUnderWay() {
    isBackByOneEffectEach(ROLLBACK_SENT);
  }

  @Test
  void rollsBackOnceWhenKilledAfterTheCall() {
    isBackByOneEffectEach(AFTER_ROLLBACK);
  }

  // ---- EnvironmentWorkflow

  @Test
  void startsOnePromotionForARequestWhoseWorkerDied() {
    askedInVain.join();

    assertThat(askedAgain.outcome())
        .isIn(RequestAnswer.Outcome.STARTED, RequestAnswer.Outcome.JOINED);
    livesByOneEffectEach(REQUEST);
  }

  @Test
  void grantsTheLeaseToTheNextOneAfterItsWorkerDied() {
    assertThat(house.end(holder).result()).isEqualTo(Result.LIVE);
    assertThat(house.end(ids.get(QUEUE)).result()).isEqualTo(Result.LIVE);
    assertThat(house.mergesInto(QUEUE)).isEqualTo(2);
    assertThat(house.effectsByService(House.DEPLOY, QUEUE))
        .isEqualTo(Map.of("backend", 2L, "frontend", 2L));
  }

  @Test
  void freesTheEnvironmentWhenKilledAtTheRelease() {
    livesByOneEffectEach(RELEASE);
    Eventually.that("nobody holds " + RELEASE, () -> house.ledger(RELEASE).holder() == null);
  }

  // ---- PreviewEnvWorkflow and PreviewReconcilerWorkflow

  @Test
  void makesUpdatesAndRemovesAPreviewByOneEffectEach() {
    previews.areAsTheirPullRequestsSayByOneEffectEach();
  }

  @ParameterizedTest
  @FieldSource("PROMOTED")
  void tellsEveryNoticeOnce(String environment) {
    house.end(ids.get(environment));
    PromotionStatus status = house.status(ids.get(environment)).orElseThrow();
    String comments = house.github().comments(status);

    Matcher marker = Pattern.compile("<!-- signalbox:.*?-->").matcher(comments);
    assertThat(marker.results().map(MatchResult::group)).isNotEmpty().doesNotHaveDuplicates();
  }

  private void livesByOneEffectEach(String environment) {
    PromotionResult result = house.end(ids.get(environment));

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(house.mergesInto(environment)).isEqualTo(1);
    assertThat(house.effectsByService(House.DEPLOY, environment)).isEqualTo(ONE_EACH);
    assertThat(house.serves(environment, result.revision())).isTrue();
  }

  private void isBackByOneEffectEach(String environment) {
    Eventually.that(
        environment + " is back",
        () ->
            house.ledger(environment).holder() == null
                && first.equals(house.ledger(environment).live().revision()));

    assertThat(house.effectsByService(House.ROLLBACK, environment)).isEqualTo(ONE_EACH);
    assertThat(house.serves(environment, first)).isTrue();
  }
}
