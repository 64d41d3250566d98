package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.policy.PageCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageProbeTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private record Answer(int status, String type, String body) {}

  private final PageProbe probe = new PageProbe(new Visit(Reach.ofTheInternet().andThisMachine()));
  private final Map<String, Answer> site = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            Answer answer = site.getOrDefault(path, new Answer(404, "text/html", "not here"));
            if (answer.status() >= 300 && answer.status() < 400) {
              exchange.getResponseHeaders().set("Location", answer.body());
            }
            if (answer.type() != null) {
              exchange.getResponseHeaders().set("Content-Type", answer.type());
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void page(String path, String html) {
    site.put(path, new Answer(200, "text/html; charset=utf-8", html));
  }

  private void answer(String path, int status, String type, String body) {
    site.put(path, new Answer(status, type, body));
  }

  private Sample look(String path, int status, String contains, boolean assets) {
    return probe
        .probe(
            new Target(
                "web " + path,
                "http://127.0.0.1:" + server.getAddress().getPort(),
                path,
                null,
                null,
                Duration.ofSeconds(2),
                null,
                0,
                new PageCheck(null, path, status, contains, assets)),
            NOW)
        .sample();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | 200 | GOOD",
        "404 | 404 | GOOD",
        "404 | 200 | BAD",
        "500 | 200 | BAD",
        "502 | 200 | ERROR",
        "429 | 200 | INCONCLUSIVE",
        "200 | 404 | BAD",
      })
  void comparesTheStatus(int answers, int expected, Reading reading) {
    answer("/", answers, "text/html", "<p>hello</p>");

    assertThat(look("/", expected, null, false).reading()).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Sign in | GOOD", "Tom & Jerry | GOOD", "id=\"form\" | GOOD", "Sign out | BAD"})
  void looksForTheTextAsItIsWrittenAndAsItIsRead(String text, Reading reading) {
    page("/", "<h1>Sign <b>in</b></h1><p id=\"form\">Tom &amp; Jerry</p>");

    assertThat(look("/", 200, text, false).reading()).isEqualTo(reading);
  }

  @Test
  void followsRedirectsOfItsOwnHost() {
    answer("/", 302, null, "/home/");
    answer("/home/", 307, null, "login?next=%2F");
    page("/home/login?next=%2F", "<p>Sign in</p>");

    Sample sample = look("/", 200, "Sign in", false);

    assertThat(sample.reading()).isEqualTo(Reading.GOOD);
    assertThat(sample.got()).isEqualTo("200 from /home/login");
  }

  @Test
  void followsNobodyToAnotherHost() {
    answer("/", 302, null, "https://login.example.com/?token=secret");

    Sample sample = look("/", 200, null, false);

    assertThat(sample.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(sample.got())
        .contains("moved to https://login.example.com/")
        .doesNotContain("secret");
  }

  @Test
  void endsACircleOfRedirects() {
    answer("/", 302, null, "/");

    assertThat(look("/", 200, null, false).reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(asked).hasSizeLessThan(10);
  }

  @Test
  void takesARedirectThatIsExpectedForGood() {
    answer("/old", 301, null, "/new");

    assertThat(look("/old", 301, null, false).reading()).isEqualTo(Reading.GOOD);
    assertThat(asked).containsExactly("/old");
  }

  @Test
  void loadsWhatThePageNamesWhereverThatIsOfItsOwnOrigin() {
    page(
        "/app/start",
        """
        <base href="/static/v2/">
        <link rel="stylesheet" href="main.4f1c.css?v=1">
        <link rel="modulepreload" href="chunk.js">
        <link rel="icon" href="missing.ico">
        <script src="../app.9a8b.js" type="module"></script>
        <script src="/static/app.9a8b.js"></script>
        <script src="https://cdn.example.com/lib.js"></script>
        <script type="application/json" src="missing.json"></script>
        <script>inline()</script>
        """);
    answer("/static/v2/main.4f1c.css?v=1", 200, "text/css; charset=utf-8", "body{}");
    answer("/static/v2/chunk.js", 302, null, "/moved.js");
    answer("/moved.js", 200, "application/javascript", "");
    answer("/static/app.9a8b.js", 200, "text/javascript", "x".repeat(500_000));

    Sample sample = look("/app/start", 200, null, true);

    assertThat(sample.reading()).as(sample.got()).isEqualTo(Reading.GOOD);
    assertThat(sample.got())
        .isEqualTo(
            "200 from /app/start, 3 style sheets and scripts load, 1 on other hosts not asked");
    assertThat(asked.stream().filter("/static/app.9a8b.js"::equals)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | text/css | BAD | answers 404",
        "200 | text/html | BAD | 200 with text/html, no style sheet",
        "500 | text/css | BAD | answers 500",
        "503 | text/css | BAD | answers 503",
        "502 | text/css | ERROR | answers 502",
        "429 | text/css | INCONCLUSIVE | answers 429",
      })
  void isAsBadAsTheWorstOfWhatItNames(int status, String type, Reading reading, String got) {
    page("/", "<link rel=stylesheet href=/old.css><script src=/app.js></script>");
    answer("/old.css", status, type, "<html>");
    answer("/app.js", 200, "application/javascript", "");

    Sample sample = look("/", 200, null, true);

    assertThat(sample.reading()).isEqualTo(reading);
    assertThat(sample.got()).startsWith("200 from /, but /old.css").contains(got);
  }

  @Test
  void saysNothingOfAPageThatNamesNothingOfItsOwn() {
    page("/", "<p>Just text</p>");

    assertThat(look("/", 200, null, true).reading()).isEqualTo(Reading.INCONCLUSIVE);
  }

  @Test
  void readsTheBeginOfAPageThatHasNoEnd() {
    page("/", "<p>Sign in</p>" + "x".repeat(3_000_000));

    assertThat(look("/", 200, "Sign in", false).reading()).isEqualTo(Reading.GOOD);
    assertThat(look("/", 200, "Sign out", false).reading()).isEqualTo(Reading.INCONCLUSIVE);
  }
}
