package dev.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Sends the documents that Railway's command line sends. */
abstract class RailwayCommandLineHouse extends SandboxTest {
  static final String STAGING = "staging";
  static final String BACKEND = "backend";

  JsonNode send(String operation, Object... variables) {
    return trySend(operation, variables).data();
  }

  Client.Answer trySend(String operation, Object... variables) {
    Map<String, Object> named = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      named.put((String) variables[i], variables[i + 1]);
    }
    Map<String, Object> body = new HashMap<>();
    body.put("query", document(operation));
    body.put("variables", variables.length == 0 ? null : named);
    body.put("operationName", operation);
    return client.call("POST", sandbox.railwayUrl(), body);
  }

  static String document(String operation) {
    String name = "railwaycli/" + operation + ".graphql";
    try (InputStream resource = RailwayCommandLineRequestsTest.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode backend(String environment) {
    JsonNode edges =
        send(
                "EnvironmentInstances",
                "environmentId",
                sandbox.environmentId(environment),
                "projectId",
                sandbox.projectId(),
                "serviceInstancesFirst",
                500,
                "serviceInstancesAfter",
                null,
                "volumeInstancesFirst",
                500,
                "volumeInstancesAfter",
                null)
            .at("/environment/serviceInstances/edges");
    for (JsonNode edge : edges) {
      if (edge.at("/node/serviceName").asText().equals(BACKEND)) {
        return edge.get("node");
      }
    }
    throw new AssertionError("no backend in " + environment);
  }

  String latest() {
    return sandbox.railway().deployments(STAGING, BACKEND).get(0).id();
  }

  Map<String, String> variables() {
    JsonNode shown = send("VariablesForServiceDeployment", here());
    Map<String, String> variables = new HashMap<>();
    shown
        .get("variablesForServiceDeployment")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
    return variables;
  }

  Object[] here(Object... more) {
    Object[] all = new Object[6 + more.length];
    all[0] = "projectId";
    all[1] = sandbox.projectId();
    all[2] = "environmentId";
    all[3] = sandbox.environmentId(STAGING);
    all[4] = "serviceId";
    all[5] = sandbox.serviceId(BACKEND);
    System.arraycopy(more, 0, all, 6, more.length);
    return all;
  }
}
