package dev.signalbox.starter.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A whole installation on this machine: sandbox and engine, a worker in this process or in one of
 * its own, and the client that asks. Everything in it is quick: short soaks, polls and builds.
 */
final class House implements AutoCloseable {
  static final String PROJECT = "inspector";
  static final String STAGING = "staging";
  static final String PRODUCTION = "production";
  static final String MERGE = "PUT /repos/{owner}/{repo}/pulls/{number}/merge";
  static final String DEPLOY = "serviceInstanceDeployV2";
  static final String ROLLBACK = "deploymentRollback";

  /** Order classes of tests that take long before the others, so that they are not waited for. */
  static final int LONG = 1;

  static final int MIDDLING = 2;

  private static final Duration VERIFIED = Duration.ofMillis(1500);

  private final Path directory;
  private final WorkerApart apart;
  private final Map<String, String> variables;
  private final Sandbox sandbox;
  private final TestEngine engine;
  private final EngineConnection connection;
  private final SignalboxClient client;
  private Wiring wiring;

  House(HousePlan plan) {
    directory = plan.directory();
    variables = plan.variables();
    sandbox = Sandbox.start(plan.settings());
    sandbox.write(directory);
    configure(plan.configuration());
    engine = plan.engine();
    connection = EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"));
    client = new SignalboxClient(connection, PROJECT);
    apart = plan.apart() ? new WorkerApart(plan, engine, sandbox) : null;
    startWorker();
  }

  /** Begins the plan of a house whose files lie in this directory. */
  static HousePlan at(Path directory) {
    return new HousePlan(directory);
  }

  /** Changes the worker's {@code signalbox.toml} while it runs. */
  void configure(UnaryOperator<String> change) {
    Path file = directory.resolve("signalbox.toml");
    try {
      Files.writeString(file, change.apply(Files.readString(file)));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  // ---- the worker

  /** Starts a worker and returns when it answers. */
  void startWorker() {
    if (apart != null) {
      apart.start();
    } else {
      wiring =
          Wiring.start(
              WorkerConfig.read(new Env(environment()), directory),
              connection,
              Wiring.Purpose.EVERYTHING);
    }
    awaitWorker(STAGING);
  }

  /**
   * Waits until a worker answers for this environment. After a kill that may be later for one than
   * for another: a Temporal server first waits 5 s for the dead worker.
   */
  void awaitWorker(String environment) {
    Eventually.that("the worker answers for " + environment, () -> answers(environment));
  }

  private boolean answers(String environment) {
    if (apart != null) {
      apart.requireAlive();
    }
    try {
      return client.ledger(environment).isPresent();
    } catch (TroubleException notThereYet) {
      return false;
    }
  }

  /** SIGKILL. */
  void killWorker() {
    apart.kill();
  }

  /** Ends the worker of this process as a deployment of ours would: it finishes what it does. */
  void stopWorker() {
    wiring.close();
    wiring = null;
  }

  /** The variables that the worker has; for a command line that stands beside it too. */
  Map<String, String> environment() {
    Map<String, String> all = new HashMap<>();
    try {
      for (String line : Files.readAllLines(directory.resolve("sandbox.env"))) {
        String[] parts = line.substring("export ".length()).split("=", 2);
        all.put(parts[0], parts[1].replace("'", ""));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    all.putAll(variables);
    return all;
  }

  // ---- what is in it

  /** {@code host:port} of the engine. */
  String engineAddress() {
    return engine.address();
  }

  Path directory() {
    return directory;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  SignalboxClient client() {
    return client;
  }

  /** Somebody at a terminal in this house's directory, who has the sandbox's variables. */
  Terminal terminal() {
    Terminal terminal = new Terminal(directory).with("TEMPORAL_ADDRESS", engine.address());
    environment().forEach(terminal::with);
    return terminal;
  }

  WorkflowClient temporal() {
    return connection.client();
  }

  // ---- releases

  /** Puts a commit on staging and waits until it serves there. */
  String releaseOnStaging(Map<String, String> files) {
    return releaseOnStaging("Release " + files.keySet(), files);
  }

  String releaseOnStaging(String message, Map<String, String> files) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    String revision = sandbox.pushRelease(STAGING, bytes, message);
    Eventually.that("staging serves " + revision, () -> serves(STAGING, revision));
    return revision;
  }

  /** A commit that changes nothing of how the services behave. */
  String releaseOnStaging() {
    return releaseOnStaging(Map.of("backend/release.txt", UUID.randomUUID().toString()));
  }

  boolean serves(String environment, String revision) {
    return sandbox.railway().settings().services().stream()
        .allMatch(
            service ->
                sandbox
                    .railway()
                    .active(environment, service.name())
                    .filter(active -> revision.equals(active.commit()))
                    .isPresent());
  }

  String promote() {
    return promote(PRODUCTION);
  }

  String promote(String environment) {
    return client.promote(environment, null, "bob", "a test").id();
  }

  /** From asking to the end, approved by ana on the way. */
  PromotionResult promoteAndApprove(String environment) {
    String id = promote(environment);
    approve(id);
    return end(id);
  }

  /** A promotion that ends without anybody's answer. */
  PromotionResult promoteAndEnd(String environment, String commit) {
    return end(client.promote(environment, commit, "bob", "a test").id());
  }

  /** Rolls back by hand to the former set, and says how that ended. */
  PromotionResult.Result rollBack(String environment) {
    return end(client.rollback(environment, null, "bob", "a test").id()).result();
  }

  /** Makes what runs answer 503 from now on. */
  void sicken(String environment, String service) {
    sandbox
        .railway()
        .behave(environment, service, JsonNodeFactory.instance.objectNode().put("health", 503));
  }

  // ---- decisions

  /** Waits until approval is wanted. */
  Ask awaitApproval(String id) {
    return await(id, status -> ask(status, Ask.Kind.APPROVAL).isPresent()).asks().get(0);
  }

  /** Waits until a question is open. */
  Ask awaitQuestion(String id) {
    return ask(await(id, status -> ask(status, Ask.Kind.QUESTION).isPresent()), Ask.Kind.QUESTION)
        .orElseThrow();
  }

  static Optional<Ask> ask(PromotionStatus status, Ask.Kind kind) {
    return status.asks().stream().filter(ask -> ask.kind() == kind).findFirst();
  }

  /** Waits until approval is wanted, and gives it. */
  void approve(String id) {
    approve(id, awaitApproval(id));
  }

  void approve(String id, Ask ask) {
    signal(id, "approve", Map.of("digest", ask.digest(), "reason", "looks good"));
  }

  void reject(String id, Ask ask) {
    signal(id, "reject", Map.of("digest", ask.digest(), "reason", "not today"));
  }

  void resolve(String id, Ask question, String answer) {
    signal(
        id,
        "resolve",
        Map.of("question", question.id(), "answer", answer, "reason", "looked it up"));
  }

  // As a raw Temporal client does, whether a worker lives or not.
  private void signal(String id, String name, Map<String, String> message) {
    Map<String, String> said = new HashMap<>(message);
    said.put("person", "ana");
    temporal().newUntypedWorkflowStub(id).signal(name, said);
  }

  // ---- waiting

  PromotionResult end(String id) {
    return PromotionEnd.heard(temporal(), id)
        .orElseGet(() -> await(id, status -> status.result() != null).result());
  }

  PromotionStatus await(String id, Predicate<PromotionStatus> condition) {
    PromotionStatus[] last = new PromotionStatus[1];
    Eventually.that(
        () -> id + "; last seen: " + last[0],
        () -> {
          last[0] = status(id).orElse(last[0]);
          return last[0] != null && condition.test(last[0]);
        });
    return last[0];
  }

  /** Empty also while no worker answers. */
  Optional<PromotionStatus> status(String id) {
    try {
      return client.status(id);
    } catch (TroubleException noWorker) {
      return Optional.empty();
    }
  }

  LedgerStatus ledger(String environment) {
    return client.ledger(environment).orElseThrow();
  }

  String deployId(String environment) {
    return MigrateAndDeployWorkflow.id(PROJECT, environment);
  }

  /** Waits until the deploy of this environment is in this stage. */
  void awaitDeploy(String environment, String stage) {
    await(deployId(environment), status -> stage.equals(status.state()));
  }

  /**
   * Waits until the deploy of this environment has been watched for longer than its verification
   * takes: it soaks.
   */
  void awaitSoak(String environment) {
    await(
        deployId(environment),
        status ->
            status.steps().stream()
                .filter(step -> step.name().equals("verify") && step.startedAt() != null)
                .anyMatch(step -> step.startedAt().plus(VERIFIED).isBefore(Instant.now())));
  }

  /** Waits until a call is in the journal. */
  void awaitCall(Predicate<Journal.Entry> wanted) {
    Eventually.that(
        "a call in the journal", () -> sandbox.journal().entries().stream().anyMatch(wanted));
  }

  // ---- the witness

  /** What changed in the outside systems by this operation. */
  List<Journal.Entry> effects(String operation) {
    return sandbox.journal().entries().stream()
        .filter(entry -> entry.changedState() && entry.operation().equals(operation))
        .toList();
  }

  /** How often each service of this environment was changed by this operation. */
  Map<String, Long> effectsByService(String operation, String environment) {
    return effects(operation).stream()
        .filter(entry -> environment.equals(entry.target().environment()))
        .collect(Collectors.groupingBy(entry -> entry.target().service(), Collectors.counting()));
  }

  /** How often something was merged into this branch. */
  long mergesInto(String branch) {
    return effects(MERGE).stream().filter(entry -> branch.equals(entry.target().branch())).count();
  }

  /** What GitHub shows. */
  ShownByGitHub github() {
    return new ShownByGitHub(sandbox);
  }

  @Override
  public void close() {
    // First: the worker finishes what it does, and with what hangs there it would for long.
    sandbox.close();
    if (apart != null) {
      apart.kill();
    }
    if (wiring != null) {
      wiring.close();
    }
    connection.close();
    engine.close();
  }
}
