package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.SecondaryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GitHubTransportTest extends GitHubTest {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  @Test
  void refusesAWrongToken() {
    GitHubServer.Answer answer = server.header("Authorization", "Bearer wrong").get("");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.at("/message").asText()).isEqualTo("Bad credentials");
  }

  @Test
  void takesBothWaysToSendAToken() {
    server.header("Authorization", "token " + GitHubServer.TOKEN);

    assertThat(server.call("GET", "/user", null).at("/login").asText()).isEqualTo(FakeGitHub.LOGIN);
  }

  @Test
  void refusesACallerWithoutUserAgent() {
    assertThat(server.header("User-Agent", "").get("").status()).isEqualTo(403);
  }

  @Test
  void refusesAnUnknownVersion() {
    assertThat(server.header("X-GitHub-Api-Version", "2020-01-01").get("").status()).isEqualTo(400);
  }

  @Test
  void knowsOneRepositoryOnly() {
    GitHubServer.Answer answer = server.call("GET", "/repos/acme/other", null);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/message").asText()).isEqualTo("Not Found");
  }

  @Test
  void pointsItsUrlsAtTheBaseThatWasCalled() {
    assertThat(server.get("").at("/url").asText())
        .isEqualTo(server.url() + "/api/v3/repos/acme/inspector");
    server.header("Host", "api.github.localhost");
    assertThat(server.call("GET", "/repos/acme/inspector", null).at("/url").asText())
        .isEqualTo("http://api.github.localhost/repos/acme/inspector");
  }

  @Test
  void leadsThroughAllPages() {
    for (int i = 0; i < 7; i++) {
      server.commit("main", "app.txt", "change " + i);
    }

    List<String> seen = new ArrayList<>();
    String url = "/api/v3/repos/acme/inspector/commits?sha=main&per_page=3";
    while (url != null) {
      GitHubServer.Answer page = server.call("GET", url, null);
      for (JsonNode commit : page.json()) {
        seen.add(commit.at("/sha").asText());
      }
      Matcher next = NEXT.matcher(String.valueOf(page.headers().get("Link")));
      url = next.find() ? next.group(1) : null;
    }

    assertThat(seen).hasSize(8).doesNotHaveDuplicates();
    assertThat(seen.get(0)).isEqualTo(server.repository.tip("main").orElseThrow());
  }

  @Test
  void doesNotCountWhatHasNotChanged() {
    GitHubServer.Answer first = server.get("/branches/main");
    server.header("If-None-Match", first.headers().get("ETag"));

    GitHubServer.Answer second = server.get("/branches/main");
    GitHubServer.Answer third = server.get("/branches");

    assertThat(second.status()).isEqualTo(304);
    assertThat(second.text()).isEmpty();
    assertThat(remaining(second)).isEqualTo(remaining(first));
    assertThat(remaining(third)).isEqualTo(remaining(first) - 1);
  }

  private static int remaining(GitHubServer.Answer answer) {
    return Integer.parseInt(answer.headers().get("x-ratelimit-remaining"));
  }

  @Test
  void refusesMoreCallsThanTheHourAllows() {
    server.github.rateLimit(2);
    server.get("");
    server.get("");

    GitHubServer.Answer third = server.get("");

    assertThat(third.status()).isEqualTo(403);
    assertThat(remaining(third)).isZero();
    assertThat(third.headers().get("x-ratelimit-reset")).isNotNull();
    assertThat(server.call("GET", "/api/v3/rate_limit", null).at("/resources/core/used").asInt())
        .isEqualTo(2);
  }

  @Test
  void refusesMoreContentThanAMinuteAllowsAndSaysWhenToComeBack() {
    server.github.secondaryLimits(new SecondaryLimits(900, 2, 500, 100));
    report();
    server.clock.advance(Duration.ofSeconds(20));
    report();

    GitHubServer.Answer third = report();
    GitHubServer.Answer readWhileRefused = server.get("");
    server.clock.advance(Duration.ofSeconds(40));

    assertThat(third.status()).isEqualTo(403);
    assertThat(third.at("/message").asText())
        .startsWith("You have exceeded a secondary rate limit. Please wait a few minutes");
    assertThat(Integer.parseInt(third.headers().get("Retry-After"))).isBetween(1, 40);
    assertThat(remaining(third)).isPositive();
    assertThat(readWhileRefused.status()).isEqualTo(403);
    assertThat(report().status()).isEqualTo(201);
    assertThat(limits().at("/refused").asInt()).isEqualTo(2);
    assertThat(limits().at("/contentPerHour/used").asInt()).isEqualTo(3);
  }

  @Test
  void refusesMoreContentThanAnHourAllows() {
    server.github.secondaryLimits(new SecondaryLimits(900, 80, 2, 100));
    report();
    report();
    server.clock.advance(Duration.ofMinutes(59));

    assertThat(report().status()).isEqualTo(403);
    server.clock.advance(Duration.ofMinutes(1));
    assertThat(report().status()).isEqualTo(201);
  }

  @Test
  void countsAWriteForFiveReads() {
    server.github.secondaryLimits(new SecondaryLimits(8, 80, 500, 100));
    report();
    for (int read = 0; read < 3; read++) {
      assertThat(server.get("").status()).isEqualTo(200);
    }

    assertThat(server.get("").status()).isEqualTo(403);
    assertThat(limits().at("/pointsPerMinute/used").asInt()).isEqualTo(8);
  }

  @Test
  void refusesMoreCallsAtTheSameTimeThanItAllows() throws Exception {
    server.github.secondaryLimits(new SecondaryLimits(900, 80, 500, 1));
    server.faults.add(Faults.Rule.of("GET /user", Fault.HANG));
    var hanging = Executors.newSingleThreadExecutor();
    Future<?> first = hanging.submit(() -> server.call("GET", "/user", null));
    while (server.journal.entries().isEmpty()) {
      Thread.onSpinWait();
    }

    GitHubServer.Answer second = server.get("");
    first.cancel(true);
    hanging.shutdownNow();

    assertThat(second.status()).isEqualTo(403);
    assertThat(second.headers().get("Retry-After")).isEqualTo("60");
    assertThat(limits().at("/concurrent/most").asInt()).isEqualTo(2);
  }

  private GitHubServer.Answer report() {
    String head = server.repository.tip("main").orElseThrow();
    return server.post("/statuses/" + head, "{\"state\":\"success\",\"context\":\"ci\"}");
  }

  private JsonNode limits() {
    return new ObjectMapper().valueToTree(server.github.limits()).get(FakeGitHub.LOGIN);
  }

  @Test
  void answersAsBeforeWhileItIsStale() {
    String before = server.get("/branches/main").at("/commit/sha").asText();
    String after = server.commit("main", "app.txt", "two\n");
    server.faults.add(Faults.Rule.of("GET /repos/{owner}/{repo}/branches/{branch}", Fault.STALE));

    assertThat(server.get("/branches/main").at("/commit/sha").asText()).isEqualTo(before);
    assertThat(server.get("/branches/main").at("/commit/sha").asText()).isEqualTo(after);
  }
}
