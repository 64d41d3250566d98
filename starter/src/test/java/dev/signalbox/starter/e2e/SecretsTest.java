package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canary values of every token, looked for wherever Signalbox writes or says something. */
@Order(House.LONG)
final class SecretsTest {
  private static final String GATEWAY_KEY = "canary-of-the-gateway-key";
  private static final String DIGEST_KEY = "canary-of-the-digest-key";
  private static final String COMMENT = "POST /repos/{owner}/{repo}/issues/{number}/comments";

  /** Everything at DEBUG; the worker itself sets its root logger to INFO. */
  private static final String DEBUG_LOG =
      """
      <configuration>
        <contextListener class="ch.qos.logback.classic.jul.LevelChangePropagator"/>
        <logger name="dev" level="DEBUG"/>
        <logger name="io" level="DEBUG"/>
        <logger name="com" level="DEBUG"/>
        <logger name="org" level="DEBUG"/>
        <logger name="okhttp3" level="DEBUG"/>
        <logger name="retrofit2" level="DEBUG"/>
      </configuration>
      """;

  /** Slow enough that the worker's heartbeat is seen while it waits. */
  private static final String SLOW_BUILD =
      """
      checks = { python-ci = "success" }
      [environments.production]
      build = "4s"
      """;

  /** What the sandbox cannot read of a commit's file, it says in that commit's build log. */
  private static final String FAILING_BUILD =
      """
      checks = { python-ci = "success" }
      [environments.production]
      "NPM_TOKEN=canary-of-the-build and postgres://app:canary-password@db/app" = 1
      """;

  @TempDir Path directory;

  private final Map<String, String> places = new LinkedHashMap<>();

  @Test
  void leavesNoTokenWhereverItWritesEvenWhenTheOtherSideRepeatsIt() throws IOException {
    int port = freePort();
    Path logging = Files.writeString(directory.resolve("debug.xml"), DEBUG_LOG);
    try (House house =
        House.at(directory)
            .workerApart()
            .variable("SIGNALBOX_DIGEST_KEY", DIGEST_KEY)
            .variable("SIGNALBOX_GATEWAY_KEY", GATEWAY_KEY)
            .variable("SIGNALBOX_OPS_PORT", Integer.toString(port))
            .variable("JAVA_TOOL_OPTIONS", "-Dlogback.configurationFile=" + logging)
            .open()) {
      List<String> runs = runs(house);
      house.sandbox().faults().clear();
      String metrics = "http://127.0.0.1:" + port + "/metrics";
      places.put("metrics", Addresses.get(metrics, "none"));
      lookAtRuns(house, runs);
      lookAtGitHub(house, runs);
      lookAtTheSandbox(house);
      runCommands(house, runs.get(0));
      lookAtAnEngineOfItsOwn(house);
      lookAtFiles();

      assertThat(places.get("metrics")).contains("temporal_");
      assertThat(places.keySet()).anyMatch(place -> place.endsWith("engine.json"));
      assertThat(places)
          .anySatisfy(
              (place, text) -> {
                assertThat(place).endsWith("signalbox.log");
                assertThat(text).contains(" DEBUG ");
              });
      assertNowhere(
          house.sandbox().railwayToken(), house.sandbox().githubToken(), DIGEST_KEY, GATEWAY_KEY);
    }
  }

  @Test
  void masksASecretInTheLogOfAFailedBuild() {
    try (House house = House.at(directory).open()) {
      house.releaseOnStaging(Map.of("backend/sandbox.toml", FAILING_BUILD));

      PromotionResult result = house.promoteAndApprove(House.PRODUCTION);

      String id = result.id();
      PromotionStatus status = house.status(id).orElseThrow();
      assertThat(result.result()).isEqualTo(Result.FAILED);
      places.put("result", result.toString());
      places.put("report", result.report());
      places.put("comments", house.github().comments(status));
      places.put("pull request", house.github().pull(status));
      places.put("status", status.toString());
      lookAtRuns(house, List.of(id, house.deployId(House.PRODUCTION)));
      assertThat(result.report()).contains("unknown key", "NPM_TOKEN=***");
      assertThat(places.get("comments")).contains("NPM_TOKEN=***");
      assertNowhere("canary-of-the-build", "canary-password");
    }
  }

  private void assertNowhere(String... secrets) {
    assertThat(places)
        .allSatisfy(
            (place, text) ->
                assertThat(Stream.of(secrets).filter(text::contains).toList()).as(place).isEmpty());
  }

  /** Three promotions through refusals and breakdowns that repeat the token; ids of all runs. */
  private List<String> runs(House house) {
    String railway = "Bad header Authorization: Bearer " + house.sandbox().railwayToken();
    String github = "Bad header Authorization: Bearer " + house.sandbox().githubToken();
    List<String> runs = new ArrayList<>();
    strike(house, Rule.of("project", Fault.ERRORS).after(1).saying(railway));
    strike(house, serverError("POST /repos/{owner}/{repo}/pulls", 503).saying(github));
    strike(house, serverError(COMMENT, 422).saying(github));
    runs.add(house.promoteAndApprove(House.PRODUCTION).id());
    house.releaseOnStaging();
    strike(house, serverError(House.MERGE, 401).saying(github));
    runs.add(house.promoteAndApprove(House.PRODUCTION).id());
    house.releaseOnStaging(Map.of("backend/sandbox.toml", SLOW_BUILD));
    strike(house, Rule.of("deployment", Fault.ERRORS).saying(railway));
    runs.add(watched(house));
    house.releaseOnStaging();
    strike(house, Rule.of(House.DEPLOY, Fault.ERRORS).saying("Not Authorized"));
    runs.add(house.promoteAndApprove(House.PRODUCTION).id());
    runs.add(house.deployId(House.PRODUCTION));
    runs.add(EnvironmentWorkflow.id(House.PROJECT, House.PRODUCTION));
    runs.add(EnvironmentWorkflow.id(House.PROJECT, House.STAGING));
    return runs;
  }

  private static void strike(House house, Rule rule) {
    house.sandbox().faults().add(rule);
  }

  private static Rule serverError(String operation, int status) {
    return Rule.of(operation, Fault.SERVER_ERROR).answering(status);
  }

  /** A promotion whose deploy is looked at while its activity sends heartbeats. */
  private String watched(House house) {
    String id = house.promote();
    house.approve(id);
    String deploy = house.deployId(House.PRODUCTION);
    Eventually.that(
        "a heartbeat of the deploy",
        () -> {
          String now = house.status(deploy).isEmpty() ? "" : description(house, deploy);
          places.merge("heartbeats", now, String::concat);
          return now.contains("heartbeat_details");
        });
    house.end(id);
    return id;
  }

  /** With memo, pending activities and their last failures; payloads are readable in it. */
  private static String description(House house, String id) {
    return house
        .temporal()
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                .build())
        .toString();
  }

  // As text: in a history's JSON every payload is base64, in which nothing would be found.
  private void lookAtRuns(House house, List<String> runs) {
    for (String id : runs) {
      String history = house.temporal().fetchHistory(id).getHistory().toString();
      assertThat(history).as("payloads of %s", id).contains(House.PROJECT);
      places.put("history of " + id, history);
      places.put("description of " + id, description(house, id));
    }
  }

  private void lookAtGitHub(House house, List<String> runs) {
    places.put("pulls", house.github().get("/pulls?state=all"));
    places.put("deployments", house.github().get("/deployments"));
    for (String id : runs) {
      if (id.startsWith("promotion/")) {
        PromotionStatus status = house.status(id).orElseThrow();
        String commit = "/commits/" + id.substring(id.lastIndexOf('/') + 1);
        places.put("comments of " + id, house.github().comments(status));
        places.put("pull request of " + id, house.github().pull(status));
        places.put("statuses of " + id, house.github().get(commit + "/status"));
      }
    }
  }

  private void lookAtTheSandbox(House house) {
    places.put("state", Addresses.get(house.sandbox().url() + "/_sandbox/state", "none"));
    places.put("journal", Addresses.get(house.sandbox().url() + "/_sandbox/journal", "none"));
  }

  /** Every command in both forms, with what succeeds and what fails. */
  private void runCommands(House house, String id) {
    String engine = house.engineAddress();
    List<List<String>> commands =
        List.of(
            List.of("status", "--address", engine),
            List.of("list", "--address", engine),
            List.of("why", id, "--address", engine),
            List.of("why", House.PRODUCTION, "--address", engine),
            List.of("plan", House.PRODUCTION, "--address", engine),
            List.of("promote", House.STAGING, "--address", engine),
            List.of("promote", "nowhere", "--address", engine),
            List.of("promote", House.PRODUCTION, "--address", engine),
            List.of("approve", id, "--reason", "late", "--address", engine),
            List.of("reject", id, "--reason", "late", "--address", engine),
            List.of("resolve", id, "--as", "retry", "--reason", "late", "--address", engine),
            List.of("cancel", id, "--address", engine),
            List.of("rollback", House.PRODUCTION, "--address", engine),
            List.of("rollback", House.PRODUCTION, "--to", "none", "--yes", "--address", engine),
            List.of("status", "--address", "127.0.0.1:1"),
            List.of("plan", House.PRODUCTION),
            List.of("worker", "--address", "127.0.0.1:1"),
            List.of("histories", "--address", engine),
            List.of("sandbox", "--port", "none"),
            List.of("nonsense"),
            List.of("help"));
    Terminal terminal = new Terminal(directory);
    house.environment().forEach(terminal::with);
    for (List<String> command : commands) {
      for (String form : List.of("text", "json")) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--output", form));
        int exit = terminal.run(words.toArray(String[]::new));
        places.put(words.toString(), exit + terminal.out() + terminal.err());
      }
    }
  }

  /** Such an engine lets other terminals find it, by a file. */
  private void lookAtAnEngineOfItsOwn(House house) throws IOException {
    WorkerConfig config = WorkerConfig.read(new Env(house.environment()), directory);
    try (Engine engine = Engine.start(config, directory, Wiring.Purpose.PLANNING)) {
      assertThat(engine.inProcess()).isTrue();
      lookAtFiles();
    }
  }

  /** Every file below the directory but the one that exists to hold the tokens. */
  private void lookAtFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("sandbox.env")) {
          places.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
