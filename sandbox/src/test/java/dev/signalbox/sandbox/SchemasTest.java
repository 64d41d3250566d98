package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.signalbox.sandbox.slack.FakeSlack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/reference/schemas} against what a running sandbox sends and takes. */
class SchemasTest extends SandboxTest {
  private static final Path SCHEMAS = Path.of("../docs/reference/schemas");

  private static Set<ValidationMessage> wrong(String schema, JsonNode json) {
    try {
      JsonNode text = Client.JSON.readTree(SCHEMAS.resolve(schema + ".schema.json").toFile());
      assertThat(text.get("$schema").asText())
          .isEqualTo("https://json-schema.org/draft/2020-12/schema");
      JsonSchema read = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
      return read.validate(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode control(String method, String path, Object body) {
    return client.control(method, path, body).json();
  }

  @Test
  void describeTheReadyLine() throws IOException {
    assertThat(wrong("ready", Client.JSON.readTree(sandbox.readyLine()))).isEmpty();
  }

  @Test
  void describeTheJournalOfAllDoorsWithFaultsAndRefusals() {
    client.deploy("production", "backend", staged());
    sandbox.faults().add(Faults.Rule.of("me", Fault.SERVER_ERROR));
    client.ask("{ me { id } }");
    client.tryDeploy("production", "backend", "no such commit");
    client.call("POST", sandbox.railwayUrl(), "no document");
    client.get(sandbox.githubUrl() + "/repos/acme/inspector/branches/staging");
    client.get(sandbox.cloneUrl() + "/info/refs?service=git-upload-pack");
    client.get(sandbox.slackUrl() + "/auth.test");

    JsonNode journal = control("GET", "/journal?since=0", null);

    assertThat(wrong("journal", journal)).isEmpty();
    assertThat(journal.findValuesAsText("door")).contains("railway", "github", "git", "slack");
    assertThat(journal.findValuesAsText("fault")).containsExactly("5xx");
  }

  @Test
  void describeTheStateWithEveryKindOfDeployment() {
    release("staging", "crash_after = \"10ms\"\nunhealthy_after = \"1h\"");
    client.await(client.deploy("production", "backend", staged()), "CRASHED");
    String broken = client.deploy("production", "frontend", release("broken", "build = \"fail\""));
    client.await(broken, "SUCCESS");
    control("POST", "/faults", Map.of("operation", "me", "fault", "latency", "for", "2s"));
    control("POST", "/clock", Map.of("advance", "5h"));
    client
        .ask(
            "mutation($p: String!, $e: String!, $s: String!) { variableUpsert(input: {projectId:"
                + " $p, environmentId: $e, serviceId: $s, name: \"COLOUR\", value: \"red\","
                + " skipDeploys: true}) volumeCreate(input: {projectId: $p, environmentId: $e,"
                + " serviceId: $s, mountPath: \"/data\"}) { id } }",
            Map.of(
                "p", sandbox.projectId(),
                "e", sandbox.environmentId("production"),
                "s", sandbox.serviceId("backend")))
        .data();
    client.with("Authorization", "Bearer " + sandbox.githubToken());
    client.call(
        "POST",
        sandbox.githubUrl() + "/repos/acme/inspector/pulls",
        Map.of("title", "Promote", "head", "staging", "base", "main"));
    client.with("Authorization", "Bearer " + sandbox.slackToken());
    client.call(
        "POST",
        sandbox.slackUrl() + "/chat.postMessage",
        Map.of("channel", FakeSlack.CHANNEL, "text", "hello"));
    control("POST", "/slack/commands", Map.of("text", "list", "url", sandbox.url() + "/nobody"));
    Eventually.see(
        () -> sandbox.railway().deployments("staging", "backend").get(0).status().toString(),
        status -> status.equals("CRASHED"));

    JsonNode state = control("GET", "/state", null);

    assertThat(wrong("state", state)).isEmpty();
    assertThat(
            state.at("/environments/staging/services/backend/behaviour/unhealthy_after").asText())
        .isEqualTo("PT1H");
    assertThat(state.at("/faults/0/for").asText()).isEqualTo("PT2S");
    assertThat(state.at("/environments/production/services/backend/variables/COLOUR").asText())
        .isEqualTo("red");
    assertThat(state.at("/volumes/0/mountPath").asText()).isEqualTo("/data");
    assertThat(state.at("/pulls/0/branch").asText()).isEqualTo("staging");
    assertThat(state.at("/slack/channels/0/messages/0/text").asText()).isEqualTo("hello");
    assertThat(state.at("/slack/requests/0/error").asText()).isEqualTo("dispatch_failed");
  }

  @Test
  void describeTheClockAndARunningService() {
    assertThat(wrong("clock", control("GET", "/clock", null))).isEmpty();
    Map<String, String> request = Map.of("advance", "1h30m");
    assertThat(wrong("clock-request", Client.JSON.valueToTree(request))).isEmpty();
    assertThat(wrong("clock", control("POST", "/clock", request))).isEmpty();
    JsonNode changed =
        control(
            "PATCH",
            "/services/production/backend",
            Map.of("health", 503, "latency", "10ms", "crash_after", "1h"));
    assertThat(wrong("service", changed)).isEmpty();
    assertThat(changed.get("crash_after").asText()).isEqualTo("PT1H");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'operation':'serviceInstanceDeployV2','fault':'reset-after','after':0,'count':1,'share':1.0,'seed':1,'for':'10s'}",
        "{'fault':'latency','for':'500ms'}",
        "{'fault':'429','door':'github'}",
        "{'fault':'5xx','status':504,'message':'ill'}",
        "{'fault':'reset-before','target':{'environment':'production','service':'backend'}}",
        "{'fault':'hang','for':'1s','operation':'subscription:deployment'}",
        "{'fault':'errors','message':'Whoa there pal'}",
        "{'fault':'errors','message':'channel_not_found','door':'slack'}",
        "{'fault':'reset-after','operation':'POST /chat.postMessage'}",
        "{'fault':'errors-with-data','door':'railway'}",
        "{'fault':'malformed','count':0}",
        "{'fault':'stale','for':'3s','share':0.5,'seed':7}",
        "{'operation':'webhooks','fault':'lose'}",
        "{'operation':'push','fault':'duplicate'}",
        "{'operation':'webhooks','fault':'reorder'}",
        "{'operation':'webhooks','fault':'delay','for':'2s'}",
        "[{'fault':'5xx'},{'fault':'429'}]"
      })
  void describeTheFaultsThatAreTaken(String text) throws IOException {
    JsonNode request = Client.JSON.readTree(text.replace('\'', '"'));

    Client.Answer answer = client.control("POST", "/faults", request);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(wrong("faults", request)).isEmpty();
    assertThat(wrong("fault-rules", answer.json())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'fault':'meteor'}",
        "{'fault':'5xx','door':'discord'}",
        "{'fault':'5xx','share':2}",
        "{'fault':'5xx','count':'two'}",
        "{'fault':'5xx','status':200}",
        "{'fault':'5xx','For':'1s'}",
        "{'fault':'5xx','for':'soon'}",
        "{'fault':'errors','door':'github'}",
        "{'fault':'5xx','target':{'town':'x'}}"
      })
  void refuseWhatTheSandboxRefuses(String text) throws IOException {
    JsonNode request = Client.JSON.readTree(text.replace('\'', '"'));

    assertThat(client.control("POST", "/faults", request).status()).isEqualTo(400);
    assertThat(wrong("faults", request)).isNotEmpty();
  }

  @Test
  void areNamedOnThePageOfTheSandbox() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/sandbox.md"));
    String[] names = SCHEMAS.toFile().list((directory, name) -> name.endsWith(".json"));

    assertThat(Arrays.stream(names).filter(name -> !page.contains("schemas/" + name))).isEmpty();
  }
}
