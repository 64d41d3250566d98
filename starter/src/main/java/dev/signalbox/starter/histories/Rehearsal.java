package dev.signalbox.starter.histories;

import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.postgres.LocalPostgres;
import dev.signalbox.starter.Pause;
import dev.signalbox.starter.PreviewClient;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.demo.DemoPostgres;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.arrival.ArrivalRequest;
import dev.signalbox.workflows.arrival.ArrivalWorkflow;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupWorkflow;
import dev.signalbox.workflows.backup.ScheduledBackup;
import dev.signalbox.workflows.backup.ScheduledBackupWorkflow;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.logs.LogsRequest;
import dev.signalbox.workflows.logs.LogsWorkflow;
import dev.signalbox.workflows.plan.PlanRequest;
import dev.signalbox.workflows.plan.PlanWorkflow;
import dev.signalbox.workflows.policy.PolicyActivities.ProjectQuery;
import dev.signalbox.workflows.preview.PreviewListWorkflow;
import dev.signalbox.workflows.preview.PreviewOrder;
import dev.signalbox.workflows.preview.PreviewReconcilerWorkflow;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A whole installation in this process, with short times, on which one scenario is played. */
final class Rehearsal implements AutoCloseable {
  static final String PROMOTED_TO = "production";
  static final String PROJECT = "inspector";

  private static final Pattern PAYLOAD = Pattern.compile("(\"data\"\\s*:\\s*\")([A-Za-z0-9+/=]*)");
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Path directory;
  private final Sandbox sandbox;
  private final Engine engine;
  private final SignalboxClient client;
  private final LocalPostgres database;

  private Rehearsal(Path directory, UnaryOperator<String> configuration, boolean withDatabase) {
    this.directory = directory;
    this.database = withDatabase ? DemoPostgres.start(directory) : null;
    this.sandbox = Sandbox.start(SandboxSettings.demo().withInstances(instances()));
    sandbox.write(directory);
    change(toml -> configuration.apply(withShortTimes(toml)));
    this.engine =
        Engine.start(
            WorkerConfig.read(new Env(variables()), directory),
            directory,
            Wiring.Purpose.EVERYTHING);
    this.client = new SignalboxClient(engine.connection(), PROJECT);
  }

  /**
   * @param withDatabase whether the backend has a real PostgreSQL that can be backed up
   */
  static Rehearsal with(UnaryOperator<String> configuration, boolean withDatabase) {
    try {
      return new Rehearsal(
          Files.createTempDirectory("signalbox-histories"), configuration, withDatabase);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making a directory for the rehearsal", unwritable);
    }
  }

  private List<InstanceSettings> instances() {
    if (database == null) {
      return List.of();
    }
    String address = database.database("shop");
    LocalPostgres.execute(
        address,
        "create table alembic_version (version_num varchar(32) primary key)",
        "insert into alembic_version values ('6f7a8b9c0d1e')",
        "create table accounts as select generate_series(1, 500) as id");
    return List.of(
        new InstanceSettings(PROMOTED_TO, "backend", Map.of("DATABASE_URL", address), null));
  }

  private static String withShortTimes(String toml) {
    return toml.replace("soak = \"5s\"", "soak = \"1s\"")
        .replace("poll = \"500ms\"", "poll = \"200ms\"")
        .replace("settle = \"3s\"", "settle = \"1s\"")
        .replace("every = \"500ms\"", "every = \"200ms\"");
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("RAILWAY_API_TOKEN", sandbox.railwayToken());
    variables.put("GITHUB_TOKEN", sandbox.githubToken());
    variables.put("SIGNALBOX_RAILWAY_URL", sandbox.railwayUrl());
    variables.put("SIGNALBOX_GITHUB_URL", sandbox.githubUrl());
    variables.put("SIGNALBOX_SERVICE_SCHEME", "http");
    if (database != null) {
      variables.put("PG_BIN", database.programs().toString());
    }
    return variables;
  }

  /** Changes the configuration that the worker reads. */
  void change(UnaryOperator<String> configuration) {
    Path file = directory.resolve("signalbox.toml");
    try {
      Files.writeString(file, configuration.apply(Files.readString(file)));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("changing " + file, unwritable);
    }
  }

  Sandbox sandbox() {
    return sandbox;
  }

  SignalboxClient client() {
    return client;
  }

  /** Plans, and answers the plan's id. */
  String plan() {
    String id = PlanWorkflow.id(PROJECT, PROMOTED_TO, "recorded");
    reading(PlanWorkflow.class, id)
        .run(PlanRequest.of(PROJECT, PROMOTED_TO, null, client.ledger(PROMOTED_TO).orElse(null)));
    return id;
  }

  /** Reads the logs of an environment, and answers the reading's id. */
  String logs(String environment, boolean build) {
    String id = LogsWorkflow.id(PROJECT, environment, "recorded");
    reading(LogsWorkflow.class, id)
        .run(new LogsRequest(PROJECT, environment, null, build, 5, null, Duration.ZERO));
    return id;
  }

  /** Looks whether a commit has arrived in an environment, and answers the look's id. */
  String arrival(String environment, String revision, Duration longest) {
    String id = ArrivalWorkflow.id(PROJECT, environment, "recorded");
    reading(ArrivalWorkflow.class, id)
        .run(new ArrivalRequest(PROJECT, environment, revision, null, null, null, longest));
    return id;
  }

  /** Takes, lists or verifies backups, and answers the id of the run. */
  String backup(BackupRequest.Deed deed) {
    String id = BackupWorkflow.id(PROJECT, PROMOTED_TO, "recorded-" + deed);
    reading(BackupWorkflow.class, id).run(new BackupRequest(PROJECT, PROMOTED_TO, deed, null));
    return id;
  }

  /** Takes one as the clock would, and answers the id of the run. */
  String scheduledBackup() {
    String id = ScheduledBackupWorkflow.id(PROJECT, PROMOTED_TO);
    reading(ScheduledBackupWorkflow.class, id)
        .run(
            new ScheduledBackup(
                PROJECT, PROMOTED_TO, new ClockTimes("0 3 * * *", "UTC"), Instant.now(), null));
    return id;
  }

  /** Opens a pull request into staging, and answers its number. */
  int openPull() {
    sandbox.repository().setBranch("feature", sandbox.repository().tip("staging").orElseThrow());
    sandbox.pushRelease(
        "feature",
        Map.of("backend/feature.txt", "new".getBytes(StandardCharsets.UTF_8)),
        "A feature");
    return sandbox.github().openPull("feature", "staging", "A feature", "ben");
  }

  /** Makes a preview, waits until it is there, takes it away, and answers the id of its run. */
  String previewed(int number) {
    PreviewClient previews = client.previews();
    for (PreviewOrder.Kind kind : List.of(PreviewOrder.Kind.CREATE, PreviewOrder.Kind.DESTROY)) {
      previews.request(number, kind, "ana", "a rehearsal");
      Stage wanted = kind == PreviewOrder.Kind.CREATE ? Stage.READY : Stage.GONE;
      await(previews.id(number), status -> status.state().equals(wanted.word()));
    }
    await(
        previews.id(number),
        status -> !client.describe(previews.id(number)).map(run -> run.running()).orElse(false));
    return previews.id(number);
  }

  /** Has the previews swept, and answers the id of the run. */
  String swept() {
    client.previews().sweep("ana");
    return PreviewReconcilerWorkflow.id(PROJECT);
  }

  /** Lists the previews, and answers the id of the run. */
  String previewList() {
    String id = PreviewListWorkflow.id(PROJECT, "recorded");
    reading(PreviewListWorkflow.class, id).run(new ProjectQuery(PROJECT));
    return id;
  }

  private <T> T reading(Class<T> workflow, String id) {
    return engine
        .connection()
        .client()
        .newWorkflowStub(
            workflow,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(new TaskQueues(PROJECT).workflows())
                .build());
  }

  String promote() {
    return client.promote(PROMOTED_TO, null, "bob", "a rehearsal").id();
  }

  /** Promotes, approves and waits for the end. */
  String promoteApproved() {
    String id = promote();
    decide(id, Ask.Kind.APPROVAL, "approve");
    awaitEnd(id);
    return id;
  }

  /** Pushes to staging; what it holds in {@code sandbox.toml} of the backend is how it behaves. */
  String push(String behaviour) {
    String toml = "checks = { python-ci = \"success\" }\n" + behaviour;
    return sandbox.pushRelease(
        "staging",
        Map.of(
            "backend/sandbox.toml", toml.getBytes(StandardCharsets.UTF_8),
            "backend/release.txt", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8)),
        "Another release");
  }

  /** Waits until something of this kind is asked, and answers it. */
  void decide(String id, Ask.Kind asked, String verdict) {
    PromotionStatus status =
        await(id, seen -> seen.asks().stream().anyMatch(ask -> ask.kind() == asked));
    client.decide(
        id,
        new DecideMessage(
            verdict,
            asked == Ask.Kind.APPROVAL ? status.digest() : null,
            "ana",
            "a rehearsal",
            null,
            null,
            "cli",
            UUID.randomUUID().toString(),
            null));
  }

  PromotionStatus await(String id, Predicate<PromotionStatus> condition) {
    Instant deadline = Instant.now().plus(LONGEST);
    PromotionStatus last = null;
    while (Instant.now().isBefore(deadline)) {
      last = client.status(id).orElse(null);
      if (last != null && condition.test(last)) {
        return last;
      }
      Pause.of(BETWEEN_LOOKS);
    }
    throw new IllegalStateException(id + " did not get there; last seen: " + last);
  }

  PromotionStatus awaitEnd(String id) {
    PromotionStatus end = await(id, status -> status.result() != null);
    await(id, status -> !client.describe(id).map(run -> run.running()).orElse(false));
    return end;
  }

  void terminate(String id) {
    engine.connection().client().newUntypedWorkflowStub(id).terminate("a rehearsal");
  }

  /** Waits until a run has carried out an activity of this type. */
  void awaitActivity(String id, String type) {
    Instant deadline = Instant.now().plus(LONGEST);
    while (!carriedOut(id, type)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(id + " did not carry out " + type);
      }
      Pause.of(BETWEEN_LOOKS);
    }
  }

  private boolean carriedOut(String id, String type) {
    List<HistoryEvent> events = engine.connection().client().fetchHistory(id).getEvents();
    Set<Long> scheduled =
        events.stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .filter(
                event ->
                    event
                        .getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals(type))
            .map(HistoryEvent::getEventId)
            .collect(Collectors.toSet());
    return events.stream()
        .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
        .anyMatch(
            event ->
                scheduled.contains(
                    event.getActivityTaskCompletedEventAttributes().getScheduledEventId()));
  }

  /** The newest run's history as JSON. What names the machine that recorded it is left out. */
  String history(String id) {
    String json =
        engine
            .connection()
            .client()
            .fetchHistory(id)
            .toJson(true)
            .replaceAll("(\"identity\"\\s*:\\s*)\"[^\"]*\"", "$1\"recorder\"");
    return PAYLOAD.matcher(json).replaceAll(found -> found.group(1) + elsewhere(found.group(2)));
  }

  /** A payload with another directory than ours. */
  private String elsewhere(String payload) {
    String text = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    String ours = directory.toString();
    return text.contains(ours)
        ? Base64.getEncoder()
            .encodeToString(
                text.replace(ours, "/var/lib/signalbox").getBytes(StandardCharsets.UTF_8))
        : payload;
  }

  @Override
  public void close() {
    engine.close();
    sandbox.close();
    if (database != null) {
      database.close();
    }
  }
}
