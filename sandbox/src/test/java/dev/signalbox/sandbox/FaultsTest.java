package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest extends SandboxTest {
  private static final String DEPLOY = "serviceInstanceDeployV2";

  private Journal.Entry onlyDeploy() {
    var entries =
        sandbox.journal().entries().stream().filter(e -> e.operation().equals(DEPLOY)).toList();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private int deployments() {
    return sandbox.railway().deployments("production", "backend").size();
  }

  @Test
  void journalsACallOnceWithWhatItWasAbout() {
    String id = client.deploy("production", "backend", staged());

    Journal.Entry entry = onlyDeploy();
    assertThat(entry.caller()).isEqualTo("test-client");
    assertThat(entry.door()).isEqualTo("railway");
    assertThat(entry.target()).isEqualTo(new Target("production", "backend", null, id));
    assertThat(entry.status()).isEqualTo(200);
    assertThat(entry.changedState()).isTrue();
  }

  @Test
  void showsTheJournalToScripts() {
    client.deploy("production", "backend", staged());

    var entry = client.control("GET", "/journal?since=0", null).json().at("/entries/0");

    assertThat(entry.get("n").asInt()).isEqualTo(1);
    assertThat(entry.get("operation").asText()).isEqualTo(DEPLOY);
    assertThat(entry.at("/target/environment").asText()).isEqualTo("production");
    assertThat(entry.has("fault")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"door\":\"github\",\"fault\":\"errors\"}|it strikes calls of Railway only",
        "{\"operation\":\"GET /user\",\"fault\":\"errors-with-data\"}|calls of Railway only",
        "{\"fault\":\"5xx\",\"door\":\"discord\"}|unknown door 'discord'; one of [git",
        "{\"fault\":\"errors-with-data\",\"door\":\"slack\"}|calls of Railway only",
        "{\"fault\":\"5xx\",\"count\":\"two\"}|count: found \"two\"; a whole number from 0",
        "{\"fault\":\"5xx\",\"after\":-1}|after: found -1; a whole number",
        "{\"fault\":\"5xx\",\"share\":2}|share: found 2; a number from 0 to 1",
        "{\"fault\":\"5xx\",\"status\":200}|status: found 200; one from 500 to 599",
        "{\"fault\":\"5xx\",\"For\":\"1s\"}|unknown key 'For'",
        "{\"fault\":\"5xx\",\"operation\":\"serviceInstanceDeployV3\"}|no operation is called"
            + " 'serviceInstanceDeployV3'; write it as the journal does, for instance"
            + " 'serviceInstanceDeployV2'",
        "{\"fault\":\"hang\",\"operation\":\"deploymentRollback\",\"door\":\"git\"}|at the door"
            + " git",
        "{\"fault\":\"5xx\",\"operation\":\"GET /repos/a/b\"}|no operation is called 'GET"
            + " /repos/a/b'",
        "{\"fault\":\"lose\",\"operation\":\"*\"}|no webhook is called '*'",
        "{\"fault\":\"lose\",\"operation\":\"pushed\"}|for instance 'push'",
        "[{\"fault\":\"5xx\"},{\"fault\":\"6xx\"}]|unknown fault '6xx'"
      })
  void refusesAFaultThatNothingCouldBeStruckBy(String request, String sentence) throws IOException {
    var answer = client.control("POST", "/faults", Client.JSON.readTree(request));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("error").asText()).contains(sentence);
    assertThat(sandbox.faults().rules()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|5xx",
        "unreadable|5xx",
        "me|5xx",
        "subscription:deployment|hang",
        "subscription:connect|hang",
        "GET /repos/{owner}/{repo}/git/ref/{ref}|5xx",
        "GET /rate_limit|5xx",
        "GET (unknown path)|5xx",
        "POST /{owner}/{repo}.git/git-receive-pack|reset-after",
        "POST /chat.postMessage|errors",
        "chat.update|reset-after",
        "POST /response/{id}|5xx",
        "webhooks|lose",
        "check_run|delay",
        "Deployment.success|lose"
      })
  void takesAFaultForWhatTheJournalNames(String operation, String fault) {
    var answer = client.control("POST", "/faults", Map.of("operation", operation, "fault", fault));

    assertThat(answer.status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST|/clock|{\"advance\":5}|found {\"advance\":5}; write",
        "POST|/clock|{\"advance\":\"1h\",\"by\":1}|write {\"advance\":\"120h\"}",
        "POST|/clock|{\"advance\":\"-5h\"}|'-5h' is no duration",
        "PATCH|/services/production/backend|[]|found []; an object with keys of [build",
        "PATCH|/services/production/backend|{\"errors\":\"x\"}|errors is a share from 0 to 1",
        "PATCH|/services/production/nothing|{\"health\":503}|nothing runs as nothing",
        "POST|/faults|\"x\"|a rule is an object with"
      })
  void refusesOtherControlThatItWouldNotUnderstand(
      String method, String path, String body, String sentence) throws IOException {
    var answer = client.control(method, path, Client.JSON.readTree(body));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("error").asText()).contains(sentence);
  }

  @Test
  void losesTheAnswerAndKeepsTheEffectOfAResetAfter() {
    int before = deployments();
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.RESET_AFTER));

    assertThatThrownBy(() -> client.deploy("production", "backend", staged()))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(deployments()).isEqualTo(before + 1);
    assertThat(onlyDeploy().status()).isZero();
    assertThat(onlyDeploy().changedState()).isTrue();
    assertThat(onlyDeploy().fault()).isEqualTo("reset-after");
  }

  @Test
  void hasNoEffectWhenItIsResetBefore() {
    int before = deployments();
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.RESET_BEFORE));

    assertThatThrownBy(() -> client.deploy("production", "backend", staged()))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(deployments()).isEqualTo(before);
    assertThat(onlyDeploy().changedState()).isFalse();
  }

  @Test
  void hangsAfterTheEffect() {
    int before = deployments();
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.HANG).lasting(Duration.ofMillis(300)));

    var hanging =
        CompletableFuture.runAsync(() -> client.tryDeploy("production", "backend", staged()));
    Eventually.see(sandbox.journal()::last, last -> last > 0);

    assertThat(hanging).isNotDone();
    assertThat(deployments()).isEqualTo(before + 1);
    assertThat(onlyDeploy().changedState()).isTrue();
    assertThatThrownBy(hanging::join).hasCauseInstanceOf(UncheckedIOException.class);
  }

  @Test
  void refusesOverTheRateLimitWithRetryAfter() {
    sandbox
        .faults()
        .add(Faults.Rule.of(DEPLOY, Fault.TOO_MANY_REQUESTS).lasting(Duration.ofSeconds(7)));

    Client.Answer answer = client.tryDeploy("production", "backend", staged());

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers()).containsEntry("Retry-After", "7");
    assertThat(answer.headers()).containsEntry("X-RateLimit-Remaining", "0");
    assertThat(onlyDeploy().changedState()).isFalse();
  }

  @Test
  void isIllWithoutAnEffect() {
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.SERVER_ERROR).answering(504));

    assertThat(client.tryDeploy("production", "backend", staged()).status()).isEqualTo(504);

    assertThat(onlyDeploy().changedState()).isFalse();
  }

  @Test
  void answersErrorsInside200BeforeTheEffect() {
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.ERRORS).saying("Whoa there pal"));

    Client.Answer answer = client.tryDeploy("production", "backend", staged());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.error()).isEqualTo("Whoa there pal");
    assertThat(onlyDeploy().changedState()).isFalse();
  }

  @Test
  void answersErrorsBesideTheDataOfAnEffect() {
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.ERRORS_WITH_DATA));

    Client.Answer answer = client.tryDeploy("production", "backend", staged());

    assertThat(answer.error()).isEqualTo("Problem processing request");
    assertThat(answer.json().at("/data/serviceInstanceDeployV2").asText()).isNotBlank();
    assertThat(onlyDeploy().changedState()).isTrue();
  }

  @Test
  void breaksTheJsonOffAfterTheEffect() {
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.MALFORMED));

    Client.Answer answer = client.tryDeploy("production", "backend", staged());

    assertThat(answer.status()).isEqualTo(200);
    assertThatThrownBy(answer::json).isInstanceOf(UncheckedIOException.class);
    assertThat(onlyDeploy().changedState()).isTrue();
  }

  @Test
  void answersReadsFromBeforeTheLastWriteWhenStale() {
    sandbox.faults().add(Faults.Rule.of("serviceInstance", Fault.STALE));
    String before = sandbox.railway().deployments("production", "backend").get(0).id();

    String id = client.deploy("production", "backend", staged());

    String latest = "/latestDeployment/id";
    assertThat(client.instance("production", "backend").at(latest).asText()).isEqualTo(before);
    assertThat(client.instance("production", "backend").at(latest).asText()).isEqualTo(id);
  }

  @Test
  void waitsBeforeTheCallWhenLate() {
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.LATENCY).lasting(Duration.ofMillis(300)));
    long begun = System.nanoTime();

    client.deploy("production", "backend", staged());

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
    assertThat(onlyDeploy().fault()).isEqualTo("latency");
  }

  @Test
  void strikesOnlyAsOftenAsAskedFor() {
    client.control(
        "POST",
        "/faults",
        Map.of("operation", "platformStatus", "fault", "5xx", "after", 1, "count", 1));

    String query = "{ platformStatus { isStable } }";
    assertThat(client.ask(query).status()).isEqualTo(200);
    assertThat(client.ask(query).status()).isEqualTo(503);
    assertThat(client.ask(query).status()).isEqualTo(200);
  }

  @Test
  void strikesOnlyTheTargetThatTheRuleNames() {
    sandbox
        .faults()
        .add(
            Faults.Rule.of(DEPLOY, Fault.SERVER_ERROR)
                .on(new Target("production", "frontend", null, null)));

    assertThat(client.tryDeploy("production", "backend", staged()).status()).isEqualTo(200);
    assertThat(client.tryDeploy("production", "frontend", staged()).status()).isEqualTo(503);
  }

  @Test
  void saysWhatIsWrongWithARule() {
    Client.Answer answer =
        client.control("POST", "/faults", Map.of("operation", "*", "fault", "meteor"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("unknown fault 'meteor'").contains("reset-after");
  }

  @Test
  void drawsTheSameStrikesFromTheSameSeed() {
    Faults one = new Faults();
    Faults other = new Faults();
    Faults.Rule half = Faults.Rule.of("*", Fault.SERVER_ERROR).times(0).withShare(0.5, 42);
    one.add(half);
    other.add(half);

    for (int i = 0; i < 50; i++) {
      assertThat(one.strike("railway", "me", Target.NONE))
          .isEqualTo(other.strike("railway", "me", Target.NONE));
    }
  }
}
