package dev.signalbox.activities.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.github.GitHubActivitiesImpl;
import dev.signalbox.activities.health.HealthActivitiesImpl;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayActivitiesImpl;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined.Mended;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.RecordedMerge;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.Facts.Unavailable;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseFacts.Revert;
import dev.signalbox.workflows.github.ReleaseQuery;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowServiceException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsActivitiesTest extends OnSandbox {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private LiveSet recordedInStaging;
  private LiveSet recordedInProduction;
  private final List<String> askedOfProduction = new ArrayList<>();
  private List<ServicePolicy> services = List.of();
  private String promotedBefore = "f".repeat(40);
  private Runnable ledgerOfStaging;
  private FactsActivities facts;

  @BeforeEach
  void register() {
    ledgerOfStaging = () -> {};
    services = List.of();
    recordedInStaging = null;
    recordedInProduction = null;
    askedOfProduction.clear();
    Clock clock = Clock.systemUTC();
    Pace pace = Pace.of(clock);
    facts =
        stub(
            FactsActivities.class,
            new FactsActivitiesImpl(
                new GitHubActivitiesImpl(github(), SERVED),
                new RailwayActivitiesImpl(railway(clock), SERVED, "http", clock, pace),
                new HealthActivitiesImpl(SERVED, pace, Reach.ofTheInternet().andThisMachine()),
                this::record,
                clock));
  }

  private Optional<LedgerRecord> record(String project, String environment, String commit) {
    if (!environment.equals("staging")) {
      return Optional.of(new LedgerRecord(null, false, null, mergesOf(commit)));
    }
    ledgerOfStaging.run();
    return Optional.of(new LedgerRecord(recordedInStaging, false, null, null));
  }

  private List<RecordedMerge> mergesOf(String commit) {
    askedOfProduction.add(commit);
    return List.of(new RecordedMerge(commit, promotedBefore));
  }

  @Test
  void asksTheLedgerWhatAMergeThatRunsStandsForWhereNothingIsRecordedAsLive() {
    promotedBefore = head("staging");
    services =
        List.of(
            new ServicePolicy(
                "backend", "backend", null, null, null, null, null, null, null, null));

    Facts first = look(null);

    assertThat(askedOfProduction).containsExactly(head("main"));
    assertThat(first.base()).isEqualTo(promotedBefore);
  }

  private static ServicePolicy backend(String... paths) {
    return new ServicePolicy(
        "backend",
        "backend",
        "/health",
        "/version",
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(paths));
  }

  @Test
  void saysWhichServicesAreUnchangedByWhatTheyRun() {
    services = List.of(backend("nowhere/**"));
    assertThat(look(null).release().unchanged()).containsExactly("backend");

    services = List.of(backend("**"));
    assertThat(look(null).release().unchanged()).isEmpty();

    services = List.of(backend());
    assertThat(look(null).release().unchanged()).isEmpty();
  }

  @Test
  void readsHowTheServicesAreSetInBothEnvironments() {
    services = List.of(backend());

    Facts look = look(null);

    assertThat(look.target().service("backend").orElseThrow().settings())
        .containsEntry("builder", "RAILPACK")
        .containsEntry("numReplicas", "1");
    assertThat(look.source().service("backend").orElseThrow().settings()).isNotEmpty();
  }

  @Test
  void asksTheSourceForTheOlderCommitOfWhatItsLedgerHasInTheSet() {
    services = List.of(backend());
    sandbox.repository().setBranch("next", head("staging"));
    String next = sandbox.pushRelease("next", Map.of("notes.txt", new byte[0]), "The next");
    assertThat(look(next, null).sourceHealth()).noneMatch(one -> one.reading() == Reading.GOOD);

    ServiceDeployment left = look(null).source().service("backend").orElseThrow().active();
    recordedInStaging = new LiveSet(next, null, NOON, List.of(left));

    assertThat(look(next, null).sourceHealth())
        .singleElement()
        .satisfies(sample -> assertThat(sample.reading()).isEqualTo(Reading.GOOD));
  }

  @Test
  void saysWhatTheSourcesBranchHasInPlaceOfACommitThatWasAmended() {
    services = List.of(backend());
    String runs = head("staging");
    sandbox.repository().setBranch("amended", head("main"));
    String former = push("amended", "as it was");
    sandbox.repository().setBranch("amended", runs);
    String newer = push("amended", "not there yet");

    assertThat(look(former, null).strayed()).isEqualTo(runs);
    assertThat(look(newer, null).strayed()).isNull();
    assertThat(look(runs, null).strayed()).isNull();
  }

  @Test
  void namesTheLedgerThatDoesNotAnswerAndKnowsNothingThatNeedsIt() {
    ledgerOfStaging =
        () -> {
          throw new WorkflowServiceException(
              WorkflowExecution.getDefaultInstance(), "Environment", new IOException("deadline"));
        };

    Facts first = look(null);

    assertThat(first.unavailable())
        .singleElement()
        .satisfies(
            ledger -> {
              assertThat(ledger.system()).isEqualTo("Temporal: the ledger of staging");
              assertThat(ledger.sentence()).startsWith("the ledger of staging does not answer");
              assertThat(ledger.permanent()).isFalse();
            });
    assertThat(first.source()).isNull();
    assertThat(first.release()).isNull();
    assertThat(first.target()).isNotNull();
    assertThat(first.checks()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"true, what the ledger recorded as live", "false, what Railway runs"})
  void namesWhatRunsWhereTheRepositoryWasReplacedAndReadsTheChecksAllTheSame(
      boolean recorded, String origin) {
    String lost = "d".repeat(40);
    promotedBefore = lost;
    recordedInProduction =
        recorded ? new LiveSet(lost, null, NOON, List.of()) : recordedInProduction;
    services = List.of(backend());

    Facts look = look(null);

    assertThat(look.release()).isNull();
    assertThat(look.checks()).isNotNull();
    assertThat(look.unavailable())
        .singleElement()
        .satisfies(
            github -> {
              assertThat(github.permanent()).isTrue();
              assertThat(github.sentence())
                  .startsWith(lost + " is " + origin + ", and " + sandbox.repositoryName())
                  .contains("replaced", "git merge -s ours --allow-unrelated-histories ddddddd");
            });
  }

  @Test
  void givesSignsOfLifeWhileAnAnswerIsSlow() {
    CompletableFuture<Void> alive = new CompletableFuture<>();
    engine.setActivityHeartbeatListener(Void.class, beat -> alive.complete(null));
    ledgerOfStaging = () -> alive.orTimeout(2, TimeUnit.MINUTES).join();

    assertThat(look(null).unavailable()).isEmpty();
  }

  @Test
  void answersOnlyWhenWhatTheGatesJudgeByHasChanged() {
    Facts first = look(null);

    assertThat(typeOf(() -> look(first))).isEqualTo(FailureType.UNCHANGED);
  }

  @Test
  void noticesThatTheLedgerOfTheSourceRecordsAnother() {
    recordedInStaging = new LiveSet(head("staging"), null, NOON, List.of());
    Facts first = look(null);

    recordedInStaging = new LiveSet(head("staging"), null, NOON.plusSeconds(60), List.of());

    assertThat(look(first).sourceLive().since()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void noticesThatASystemThatWasAwayNowRefusesForGood() {
    away(503);
    Facts first = look(null);
    assertThat(first.unavailable()).extracting(Unavailable::permanent).containsExactly(false);
    sandbox.faults().clear();

    away(401);

    assertThat(look(first).unavailable()).extracting(Unavailable::permanent).containsExactly(true);
  }

  @Test
  void takesWhatAPersonCallsTheMendingOfACommitForItsRevertWhereItIsInTheRelease() {
    String runs = head("main");
    sandbox.repository().setBranch("mended", runs);
    String bad = push("mended", "bad");
    String without = push("mended", "more");
    String fix = push("mended", "mended");
    String release = push("mended", "and more");
    Quarantined entry =
        new Quarantined(bad, "500", null, null, null, new Mended(fix, "ana", "tested"));
    Revert mending = new Revert(fix, bad);

    assertThat(quarantineIn(runs, release, entry).reverts()).containsExactly(mending);
    assertThat(quarantineIn(runs, without, entry).contained()).containsExactly(entry);
    assertThat(quarantineIn(runs, without, entry).reverts()).isEmpty();
    // It is among what runs already, so the release does not bring it.
    assertThat(quarantineIn(fix, release, entry).reverts()).containsExactly(mending);
    assertThat(quarantineIn(bad, without, entry).reverts()).isEmpty();
  }

  private QuarantineReading quarantineIn(String runs, String revision, Quarantined entry) {
    GitHubActivitiesImpl hub = new GitHubActivitiesImpl(github(), SERVED);
    ReleaseFacts release =
        hub.readRelease(
            new ReleaseQuery(
                PROJECT, sandbox.repositoryName(), revision, runs, true, "main", null));
    FactsActivitiesImpl.Records records =
        new FactsActivitiesImpl.Records() {
          @Override
          public Optional<LedgerRecord> of(String project, String environment, String commit) {
            return Optional.empty();
          }

          @Override
          public List<Quarantined> quarantined(
              String project, String environment, List<String> commits) {
            return List.of(entry);
          }
        };
    QuarantineReading reading =
        new QuarantineReading(
            hub,
            records,
            new FactsQuery(PROJECT, pipeline(), revision, null, null, Duration.ofSeconds(1)),
            release);
    reading.askTheLedger("the ledger");
    reading.askGitHub();
    return reading;
  }

  private String push(String branch, String text) {
    return sandbox.repository().push(branch, Map.of("m.txt", text.getBytes(UTF_8)), text);
  }

  private void away(int status) {
    sandbox.faults().add(Rule.of("*", Fault.SERVER_ERROR).at("github").answering(status).times(0));
  }

  private Facts look(Facts known) {
    return look(head("staging"), known);
  }

  private Facts look(String revision, Facts known) {
    return facts.read(
        new FactsQuery(
            PROJECT,
            pipeline(),
            revision,
            recordedInProduction,
            known == null ? null : known.fingerprint(),
            Duration.ofSeconds(1)));
  }

  private Pipeline pipeline() {
    return new Pipeline(
        new Pipeline.Project(PROJECT, sandbox.repositoryName(), sandbox.projectId()),
        EnvironmentPolicy.of("production", "main", "staging"),
        EnvironmentPolicy.of("staging", "staging", null),
        services,
        List.of());
  }
}
