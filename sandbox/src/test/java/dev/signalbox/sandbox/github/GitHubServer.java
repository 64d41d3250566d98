package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.git.GitRepository;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A GitHub of its own on a free port, and a caller for it. */
final class GitHubServer implements AutoCloseable {

  static final String TOKEN = "ghp_sandbox";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Repeats nothing by itself: a lost answer is to be seen as lost. */
  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  final GitRepository repository;
  final FakeGitHub github;
  final Journal journal = new Journal();
  final Faults faults = new Faults();
  final MovableClock clock = new MovableClock();
  private final SandboxClock time = new SandboxClock(clock);
  private final Javalin server;
  private final Map<String, String> headers = new LinkedHashMap<>();

  record Answer(int status, JsonNode json, String text, okhttp3.Headers headers) {
    JsonNode at(String pointer) {
      return json.at(pointer);
    }
  }

  GitHubServer(Path directory) {
    repository = GitRepository.create(directory.resolve("inspector.git"), "acme/inspector");
    github =
        new FakeGitHub(
            repository,
            new Door("github", journal, faults, time),
            new Door("git", journal, faults, time),
            faults,
            time,
            TOKEN);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.host = "127.0.0.1";
                  github.register(config.routes);
                })
            .start(0);
    github.servedAt(url() + "/api/v3");
    headers.put("Authorization", "Bearer " + TOKEN);
    headers.put("User-Agent", "test");
  }

  /** One file of text on top of a branch; gives the SHA. */
  String commit(String branch, String path, String content) {
    return repository.commit(
        branch, Map.of(path, content.getBytes(StandardCharsets.UTF_8)), "Change " + path);
  }

  GitHubServer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  String cloneUrl() {
    return url() + "/acme/inspector.git";
  }

  /** Below {@code /repos/acme/inspector} of the prefixed API. */
  Answer get(String path) {
    return call("GET", "/api/v3/repos/acme/inspector" + path, null);
  }

  Answer post(String path, String body) {
    return call("POST", "/api/v3/repos/acme/inspector" + path, body);
  }

  Answer put(String path, String body) {
    return call("PUT", "/api/v3/repos/acme/inspector" + path, body);
  }

  Answer patch(String path, String body) {
    return call("PATCH", "/api/v3/repos/acme/inspector" + path, body);
  }

  Answer delete(String path) {
    return call("DELETE", "/api/v3/repos/acme/inspector" + path, null);
  }

  /** The whole answer after all redirects. */
  byte[] bytes(String path) {
    Request.Builder request =
        new Request.Builder().url(url() + "/api/v3/repos/acme/inspector" + path);
    headers.forEach(request::header);
    try (Response response = HTTP.newCall(request.build()).execute()) {
      return response.body().bytes();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  Answer call(String method, String pathOrUrl, String body) {
    String url = pathOrUrl.startsWith("http") ? pathOrUrl : url() + pathOrUrl;
    RequestBody sent =
        body == null && (method.equals("GET") || method.equals("DELETE"))
            ? null
            : RequestBody.create(
                (body == null ? "{}" : body.replace('\'', '"')).getBytes(StandardCharsets.UTF_8),
                MediaType.get("application/json"));
    Request.Builder request = new Request.Builder().url(url).method(method, sent);
    headers.forEach(request::header);
    try (Response response = HTTP.newCall(request.build()).execute()) {
      String text = response.body().string();
      JsonNode json =
          text.startsWith("{") || text.startsWith("[")
              ? JSON.readTree(text)
              : JSON.createObjectNode();
      return new Answer(response.code(), json, text, response.headers());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public void close() {
    server.stop();
    github.close();
    repository.close();
  }
}
