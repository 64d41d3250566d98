package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.gate.FactsActivitiesImpl;
import dev.signalbox.activities.github.GitHubActivitiesImpl;
import dev.signalbox.activities.health.HealthActivitiesImpl;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.TokenAdvice;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.VariablesState;
import dev.signalbox.workflows.railway.VariablesState.Elsewhere;
import dev.signalbox.workflows.railway.VariablesState.ServiceVariables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Staging lives in one Railway project, production in another one that only a token of its own can
 * see: two sandboxes behind one address, told apart by the token as Railway does it.
 */
class TwoProjectsTest extends OnSandbox {
  private static final String TOKEN = "RAILWAY_PRODUCTION";
  private static final String REVOKED = "Railway_of_2025";
  private static final List<String> KINDS = List.of("Authorization", "Project-Access-Token");

  private final Clock clock = Clock.systemUTC();
  private final HttpClient forward = HttpClient.newHttpClient();
  private Sandbox other;
  private HttpServer router;
  private RailwayActivities railway;
  private FactsActivities facts;

  @BeforeAll
  void startTheOtherProject() throws IOException {
    other = Sandbox.start(SandboxSettings.demo().withTiming(SandboxSettings.Timing.QUICK));
    router = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    router.createContext("/", this::route);
    router.start();
  }

  @AfterAll
  void stopTheOtherProject() {
    router.stop(0);
    other.close();
  }

  @BeforeEach
  void register() {
    RailwayActivitiesImpl both =
        new RailwayActivitiesImpl(
            RailwayClients.of(
                URI.create("http://127.0.0.1:" + router.getAddress().getPort() + "/graphql/v2"),
                new Secret(sandbox.railwayToken()),
                name ->
                    Optional.ofNullable(
                            Map.of(TOKEN, other.railwayToken(), REVOKED, "revoked").get(name))
                        .map(Secret::new),
                clock),
            SERVED,
            "http",
            clock,
            Pace.of(clock));
    railway = stub(RailwayActivities.class, both);
    facts =
        stub(
            FactsActivities.class,
            new FactsActivitiesImpl(
                new GitHubActivitiesImpl(github(), SERVED),
                both,
                new HealthActivitiesImpl(
                    SERVED, Pace.of(clock), Reach.ofTheInternet().andThisMachine()),
                (project, environment, commit) -> Optional.of(LedgerRecord.NONE),
                clock));
  }

  @Test
  void namesTheVariableOfTheTokenThatIsRefused() {
    String refusal =
        failureOf(
                () ->
                    railway.readEnvironment(
                        new EnvironmentQuery(
                            PROJECT, other.projectId(), "production", List.of("backend"), REVOKED)))
            .getOriginalMessage();

    assertThat(TokenAdvice.variable(refusal)).as(refusal).contains(REVOKED);
  }

  @Test
  void readsTheSourceInItsProjectAndTheTargetInAnotherEachByItsToken() {
    Facts seen =
        facts.read(
            new FactsQuery(
                PROJECT, pipeline(), head("staging"), null, null, Duration.ofSeconds(1)));

    assertThat(seen.unavailable()).isEmpty();
    assertThat(seen.source().environmentId())
        .isEqualTo(in(sandbox, "staging", null).environmentId());
    assertThat(seen.target().environmentId())
        .isEqualTo(in(other, "production", TOKEN).environmentId())
        .isNotEqualTo(in(sandbox, "production", null).environmentId());
  }

  @Test
  void knowsAVariableThatLeadsIntoTheOtherProject() throws Exception {
    String host = URI.create(sandbox.serviceUrl("staging", "backend")).getAuthority();
    set(other, "production", "ACROSS", "http://" + host + "/");

    assertThat(leading(new Home(sandbox.projectId(), null)).services())
        .flatExtracting(ServiceVariables::elsewhere)
        .containsExactly(new Elsewhere("ACROSS", "staging"));
    assertThat(leading(new Home(sandbox.projectId(), null)).unread()).isEmpty();
    assertThat(leading(new Home(sandbox.projectId(), "UNSET")).unread())
        .singleElement()
        .asString()
        .contains(sandbox.projectId(), "UNSET")
        .doesNotContain(host);
    assertThat(leading(new Home(sandbox.projectId(), REVOKED)).unread()).hasSize(1);
  }

  private VariablesState leading(Home elsewhere) {
    return railway
        .readEnvironment(
            new EnvironmentQuery(
                PROJECT,
                other.projectId(),
                "production",
                List.of("backend"),
                TOKEN,
                true,
                false,
                List.of(elsewhere)))
        .variables();
  }

  private void set(Sandbox project, String environment, String name, String value)
      throws IOException, InterruptedException {
    String body =
        JsonHttp.mapper()
            .writeValueAsString(
                Map.of(
                    "query",
                    "mutation($input: VariableUpsertInput!) { variableUpsert(input: $input) }",
                    "variables",
                    Map.of(
                        "input",
                        Map.of(
                            "projectId",
                            project.projectId(),
                            "environmentId",
                            project.environmentId(environment),
                            "serviceId",
                            project.serviceId("backend"),
                            "name",
                            name,
                            "value",
                            value,
                            "skipDeploys",
                            true))));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(project.railwayUrl()))
            .header("Authorization", "Bearer " + project.railwayToken())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(forward.send(request, BodyHandlers.ofString()).body()).doesNotContain("errors");
  }

  @Test
  void deploysByTheTokenOfTheEnvironmentAndTouchesNoOther() {
    EnvironmentState production = in(other, "production", TOKEN);
    int mark = other.journal().last();

    railway.deploy(
        new DeployOrder(
            PROJECT,
            production.environmentId(),
            production.services().get(0).serviceId(),
            "backend",
            other.repository().tip("main").orElseThrow(),
            TOKEN));

    assertThat(other.journal().since(mark))
        .anyMatch(entry -> entry.operation().equals("serviceInstanceDeployV2"));
    assertThat(effects("serviceInstanceDeployV2")).isZero();
  }

  @Test
  void refusesAnEnvironmentWhoseTokenTheWorkerDoesNotHave() {
    assertThat(failureOf(() -> in(other, "production", "RAILWAY_LIVE")).getOriginalMessage())
        .contains("env:RAILWAY_LIVE", "set it and start the worker again");
    assertThat(typeOf(() -> in(other, "production", "RAILWAY_LIVE")))
        .isEqualTo(FailureType.REJECTED);
  }

  @Test
  void seesNothingOfTheOtherProjectByItsOwnToken() {
    assertThat(typeOf(() -> in(other, "production", null)))
        .isIn(FailureType.REJECTED, FailureType.NOT_FOUND);
  }

  private EnvironmentState in(Sandbox project, String environment, String token) {
    return railway.readEnvironment(
        new EnvironmentQuery(
            PROJECT, project.projectId(), environment, List.of("backend", "frontend"), token));
  }

  private Pipeline pipeline() {
    return new Pipeline(
        new Pipeline.Project(PROJECT, sandbox.repositoryName(), sandbox.projectId()),
        EnvironmentPolicy.of("production", "main", "staging"),
        EnvironmentPolicy.of("staging", "staging", null),
        List.of(),
        List.of(),
        new Home(other.projectId(), TOKEN),
        null,
        null);
  }

  // ---- the one address

  private void route(HttpExchange exchange) throws IOException {
    try (exchange) {
      String token =
          KINDS.stream()
              .flatMap(kind -> Stream.ofNullable(exchange.getRequestHeaders().getFirst(kind)))
              .findFirst()
              .orElse("");
      Sandbox behind = token.endsWith(other.railwayToken()) ? other : sandbox;
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(behind.railwayUrl()))
              .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      Stream.concat(KINDS.stream(), Stream.of("Content-Type"))
          .forEach(
              name ->
                  Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                      .ifPresent(value -> request.header(name, value)));
      HttpResponse<byte[]> answer = forward.send(request.build(), BodyHandlers.ofByteArray());
      exchange.getResponseHeaders().putAll(Map.of("Content-Type", List.of("application/json")));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
