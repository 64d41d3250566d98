package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.github.ChecksReport.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit with more check suites than one: GitHub calls a run the latest of its suite alone. */
class ChecksReadingTest {
  private static final String RUNS =
      """
      {"check_runs": [
        {"id": 12, "name": "build", "status": "completed", "conclusion": "success",
         "app": {"slug": "github-actions"}},
        {"id": 11, "name": "build", "status": "completed", "conclusion": "failure",
         "app": {"slug": "github-actions"}},
        {"id": 10, "name": "build", "status": "completed", "conclusion": "cancelled",
         "app": {"slug": "circleci"}}
      ]}
      """;

  private HttpServer hub;

  @BeforeEach
  void start() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/",
        exchange -> {
          boolean runs = exchange.getRequestURI().getPath().endsWith("/check-runs");
          byte[] answer = (runs ? RUNS : "{\"statuses\": []}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  @Test
  void countsTheNewestOfWhatOneAppReportedTwiceAndEachAppForItself() {
    GitHubClient github =
        new GitHubClient(
            URI.create("http://127.0.0.1:" + hub.getAddress().getPort()),
            new Secret("token"),
            Clock.systemUTC());

    assertThat(new ChecksReading(github, new Repository("acme", "shop")).read("1a2b").checks())
        .extracting(Check::name, Check::conclusion)
        .containsExactlyInAnyOrder(tuple("build", "success"), tuple("build", "cancelled"));
  }
}
