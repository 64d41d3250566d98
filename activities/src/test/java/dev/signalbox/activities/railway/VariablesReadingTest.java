package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.ChangedVariables;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.VariablesState.Elsewhere;
import dev.signalbox.workflows.railway.VariablesState.ServiceVariables;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class VariablesReadingTest extends RailwayHouse {
  private static final String CANARY = "canary-5f1c";

  @Test
  void readsNoVariablesUnasked() {
    int calls = sandbox.journal().last();

    assertThat(read(false).variables()).isNull();
    assertThat(sandbox.journal().last()).isEqualTo(calls + 1);
  }

  @Test
  void namesWhatIsThereSealedOnesToo() throws Exception {
    set("backend", "API_KEY", CANARY);
    set("backend", "NOTHING", "");
    variables().seal("backend", "SEALED_KEY", CANARY);

    EnvironmentState state = read(true);

    assertThat(of("backend", state).names()).contains("API_KEY", "NOTHING", "SEALED_KEY");
    assertThat(of("backend", state).empty()).contains("NOTHING").doesNotContain("SEALED_KEY");
    assertThat(of("frontend", state).names()).doesNotContain("API_KEY");
    assertThat(JsonHttp.mapper().writeValueAsString(state)).doesNotContain(CANARY);
  }

  @Test
  void namesTheEnvironmentThatAVariableLeadsTo() throws Exception {
    String host = URI.create(sandbox.serviceUrl("staging", "backend")).getAuthority();
    set("backend", "BY_HOST", "postgres://user:" + CANARY + "@" + host + "/db");
    set("backend", "BY_ID", "x/" + sandbox.environmentId("staging"));
    set("backend", "LONGER", host + "9 and my-" + host);
    set("backend", "OWN", "http://" + sandbox.serviceUrl("production", "frontend").substring(7));

    List<Elsewhere> elsewhere = of("backend", read(true)).elsewhere();

    assertThat(elsewhere)
        .contains(new Elsewhere("BY_HOST", "staging"), new Elsewhere("BY_ID", "staging"))
        .extracting(Elsewhere::name)
        .doesNotContain("LONGER", "OWN");
  }

  @Test
  void knowsTheTcpProxiesOfOtherEnvironmentsByHostAndPort() throws Exception {
    String staging = tcpProxy("staging", "backend");
    String own = tcpProxy("production", "backend");
    set("backend", "BY_PROXY", "postgres://user:" + CANARY + "@" + staging + "/db");
    set("backend", "BY_OWN_PROXY", "postgres://user:" + CANARY + "@" + own + "/db");
    set("backend", "BY_ANOTHER_PORT", "tcp://" + staging + "1");

    assertThat(of("backend", read(true)).elsewhere())
        .contains(new Elsewhere("BY_PROXY", "staging"))
        .extracting(Elsewhere::name)
        .doesNotContain("BY_OWN_PROXY", "BY_ANOTHER_PORT");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://user:secret@shuttle.proxy.rlwy.net:15140/db, true",
    "postgres://user:secret@postgres.railway.internal:5432/db, false",
    "https://example.com/path, false"
  })
  void looksForProxiesOnlyWhereAPublicHostHasAPort(String value, boolean looks) {
    assertThat(VariablesReading.mayBeAProxy(value)).isEqualTo(looks);
  }

  @Test
  void namesTheEnvironmentWhoseProxiesItsTokenDoesNotShow() throws Exception {
    set("backend", "BY_PORT", "tcp://db.example.com:5432");
    RailwayClient narrow =
        new RailwayClient(
            URI.create(sandbox.railwayUrl()),
            new Secret(sandbox.projectToken("production")),
            Clock.systemUTC());

    EnvironmentState state =
        new EnvironmentReading(narrow, "http", 10)
            .read(
                new EnvironmentQuery(
                    PROJECT,
                    sandbox.projectId(),
                    "production",
                    List.of("backend"),
                    null,
                    true,
                    false,
                    null));

    assertThat(state.variables().unread())
        .singleElement()
        .asString()
        .startsWith("environment staging: ");
  }

  private String tcpProxy(String environment, String service) throws Exception {
    String answer =
        variables()
            .mutate(
                "mutation($input: TCPProxyCreateInput!) {"
                    + " tcpProxyCreate(input: $input) { domain proxyPort } }",
                Map.of(
                    "input",
                    Map.of(
                        "environmentId",
                        sandbox.environmentId(environment),
                        "serviceId",
                        sandbox.serviceId(service),
                        "applicationPort",
                        5432)));
    var proxy = JsonHttp.mapper().readTree(answer).at("/data/tcpProxyCreate");
    return proxy.get("domain").asText() + ":" + proxy.get("proxyPort").asText();
  }

  @Test
  void changesItsFingerprintWithTheNamesAndNotWithTheValues() throws Exception {
    // Others deploy the backend meanwhile, and a deployment is part of the fingerprint.
    set("frontend", "TURNING", "one");
    String before = read(true, "frontend").fingerprint();

    set("frontend", "TURNING", "two");
    assertThat(read(true, "frontend").fingerprint()).isEqualTo(before);

    set("frontend", "ANOTHER", "one");
    assertThat(read(true, "frontend").fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ERRORS_WITH_DATA", "MALFORMED", "SERVER_ERROR", "TOO_MANY_REQUESTS"})
  void quotesNoValueWhenTheAnswerIsNone(Fault fault) throws Exception {
    // Where a quote of the answer would begin, under a name that no rule would mask.
    set("backend", "AAA", CANARY);
    sandbox.faults().add(Faults.Rule.of("variables", fault));

    ApplicationFailure failure = failureOf(() -> read(true));

    assertThat(FailureType.of(failure.getType()))
        .isIn(FailureType.UNAVAILABLE, FailureType.RATE_LIMITED);
    assertThat(String.valueOf(failure)).doesNotContain(CANARY);
    assertThat(String.valueOf(failure.getCause())).doesNotContain(CANARY);
  }

  @Test
  void namesWhatWouldChangeBackWithADeployment() throws Exception {
    set("backend", "KEPT", CANARY + "-1");
    set("backend", "FEATURE", CANARY + "-1");
    redeploy();
    String then = sandbox.railway().active("production", "backend").orElseThrow().id();
    assertThat(changedSince(then).names()).isEmpty();
    int calls = sandbox.journal().last();

    set("backend", "FEATURE", CANARY + "-2");
    set("backend", "LATER", CANARY + "-3");
    ChangedVariables changed = changedSince(then);

    assertThat(sandbox.journal().last()).isEqualTo(calls + 3);
    assertThat(changed.names()).containsExactly("FEATURE", "LATER");
    assertThat(JsonHttp.mapper().writeValueAsString(changed)).doesNotContain(CANARY);
  }

  private ChangedVariables changedSince(String deployment) {
    return railway.changedVariables(
        new ChangedVariables.Query(
            PROJECT,
            sandbox.projectId(),
            sandbox.environmentId("production"),
            sandbox.serviceId("backend"),
            "backend",
            deployment,
            null));
  }

  private void redeploy() {
    await(deploy("production", head("staging")));
  }

  private EnvironmentState read(boolean variables) {
    return read(variables, "backend", "frontend");
  }

  private EnvironmentState read(boolean variables, String... services) {
    return railway.readEnvironment(
        new EnvironmentQuery(
            PROJECT,
            sandbox.projectId(),
            "production",
            List.of(services),
            null,
            variables,
            false,
            null));
  }

  private static ServiceVariables of(String service, EnvironmentState state) {
    return state.variables().services().stream()
        .filter(one -> one.railway().equals(service))
        .findFirst()
        .orElseThrow();
  }

  private void set(String service, String name, String value) {
    variables().set(service, name, value);
  }
}
