package dev.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A client from outside: plain HTTP, no retries of its own. */
final class Client {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType TYPE = MediaType.get("application/json");

  private final Sandbox sandbox;
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .readTimeout(Duration.ofSeconds(10))
          .build();
  private String header = "Authorization";
  private String value;

  Client(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.value = "Bearer " + sandbox.railwayToken();
  }

  Client with(String newHeader, String newValue) {
    this.header = newHeader;
    this.value = newValue;
    return this;
  }

  record Answer(int status, Map<String, String> headers, String text) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    JsonNode data() {
      JsonNode json = json();
      if (json.has("errors")) {
        throw new AssertionError(text);
      }
      return json.get("data");
    }

    String error() {
      return json().path("errors").path(0).path("message").asText();
    }
  }

  Answer ask(String query) {
    return ask(query, Map.of());
  }

  Answer ask(String query, Map<String, ?> variables) {
    return call("POST", sandbox.railwayUrl(), Map.of("query", query, "variables", variables));
  }

  String deploy(String environment, String service, String sha) {
    return tryDeploy(environment, service, sha).data().get("serviceInstanceDeployV2").asText();
  }

  Answer tryDeploy(String environment, String service, String sha) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("e", sandbox.environmentId(environment));
    variables.put("s", sandbox.serviceId(environment, service));
    variables.put("c", sha);
    return ask(
        "mutation D($e: String!, $s: String!, $c: String) {"
            + " serviceInstanceDeployV2(environmentId: $e, serviceId: $s, commitSha: $c) }",
        variables);
  }

  JsonNode deployment(String id) {
    return ask(
            "query($id: String!) { deployment(id: $id) {"
                + " id status canRollback canRedeploy meta instances { status } } }",
            Map.of("id", id))
        .data()
        .get("deployment");
  }

  JsonNode await(String id, String status) {
    return Eventually.see(() -> deployment(id), seen -> seen.get("status").asText().equals(status));
  }

  JsonNode instance(String environment, String service) {
    return ask(
            "query($e: String!, $s: String!) { serviceInstance(environmentId: $e, serviceId: $s) {"
                + " latestDeployment { id status meta } activeDeployments { id status meta }"
                + " domains { serviceDomains { domain } } } }",
            Map.of(
                "e",
                sandbox.environmentId(environment),
                "s",
                sandbox.serviceId(environment, service)))
        .data()
        .get("serviceInstance");
  }

  String activeId(String environment, String service) {
    return instance(environment, service).at("/activeDeployments/0/id").asText();
  }

  Answer get(String url) {
    return call("GET", url, null);
  }

  Answer control(String method, String path, Object body) {
    return call(method, sandbox.url() + "/_sandbox" + path, body);
  }

  String version(String environment, String service) {
    return get(sandbox.serviceUrl(environment, service) + "/api/health")
        .json()
        .path("version")
        .asText();
  }

  Answer call(String method, String url, Object body) {
    try {
      return tryCall(method, url, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer tryCall(String method, String url, Object body) throws IOException {
    RequestBody content =
        body == null
            ? null
            : RequestBody.create(
                JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8), TYPE);
    Request request =
        new Request.Builder()
            .url(url)
            .header(header, value)
            .header("User-Agent", "test-client 1.0")
            .method(method, content)
            .build();
    try (Response response = http.newCall(request).execute()) {
      Map<String, String> headers = new HashMap<>();
      response.headers().forEach(pair -> headers.put(pair.getFirst(), pair.getSecond()));
      return new Answer(response.code(), headers, response.body().string());
    }
  }
}
