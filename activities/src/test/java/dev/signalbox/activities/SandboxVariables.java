package dev.signalbox.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/** What somebody sets at the sandbox's Railway, in production, by its API. */
public final class SandboxVariables {
  private final Sandbox sandbox;

  SandboxVariables(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * @param service null = shared by all
   */
  public void set(String service, String name, String value) {
    Map<String, Object> input = new HashMap<>();
    input.put("projectId", sandbox.projectId());
    input.put("environmentId", sandbox.environmentId("production"));
    input.put("serviceId", service == null ? null : sandbox.serviceId(service));
    input.put("name", name);
    input.put("value", value);
    input.put("skipDeploys", true);
    mutate(
        "mutation($input: VariableUpsertInput!) { variableUpsert(input: $input) }",
        Map.of("input", input));
  }

  public void seal(String service, String name, String value) {
    mutate(
        "mutation($environment: String!, $patch: EnvironmentConfig) {"
            + " environmentPatchCommit(environmentId: $environment, patch: $patch) }",
        Map.of(
            "environment",
            sandbox.environmentId("production"),
            "patch",
            Map.of(
                "services",
                Map.of(
                    sandbox.serviceId(service),
                    Map.of("variables", Map.of(name, Map.of("value", value, "isSealed", true)))))));
  }

  public String mutate(String document, Map<String, ?> variables) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(sandbox.railwayUrl()))
              .header("Authorization", "Bearer " + sandbox.railwayToken())
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      JsonHttp.mapper()
                          .writeValueAsString(Map.of("query", document, "variables", variables))))
              .build();
      String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      assertThat(answer).doesNotContain("errors");
      return answer;
    } catch (IOException broken) {
      throw new AssertionError(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
