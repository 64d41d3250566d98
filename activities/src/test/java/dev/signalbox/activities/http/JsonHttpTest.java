package dev.signalbox.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.http.ApiException.Kind;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonHttpTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private final Secret token = new Secret("canary-0123456789");
  private final List<Headers> requests = new ArrayList<>();
  private final JsonHttp http = new JsonHttp("Elsewhere", Clock.systemUTC(), List.of(token));

  /** Of letters alone: only who knows it can tell it from a word. */
  private final Secret wordy = new Secret("canaryofletters");

  private final JsonHttp discreet = new JsonHttp("Elsewhere", Clock.systemUTC(), List.of(wordy));
  private HttpServer server;
  private int status = 200;
  private Map<String, String> headers = Map.of();
  private String body = "{}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestHeaders());
          exchange.getRequestBody().readAllBytes();
          headers.forEach(exchange.getResponseHeaders()::set);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Answer post() {
    return postTo(server.getAddress().getPort());
  }

  private Answer postTo(int port) {
    return http.postOnce(
        "try it",
        URI.create("http://127.0.0.1:" + port + "/path"),
        JsonHttp.mapper().createObjectNode(),
        Credential.bearer(token),
        Instant.now().plusSeconds(60));
  }

  private static Answer answer(int status, Map<String, String> headers, String text) {
    return new Answer("try it", "POST", "http://x/path", status, okhttp3.Headers.of(headers), text);
  }

  @Test
  void saysWhoItIs() {
    post();

    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).getFirst("User-Agent")).matches("signalbox/\\d.*");
    assertThat(requests.get(0).getFirst("Authorization")).isEqualTo("Bearer canary-0123456789");
  }

  @Test
  void isNotSentTwiceWhenTheServerAsksForThat() {
    status = 503;
    headers = Map.of("Retry-After", "0");

    assertThat(post().status()).isEqualTo(503);
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "307", "308"})
  void doesNotFollowARedirect(int redirect) {
    status = redirect;
    headers = Map.of("Location", "/elsewhere");

    Answer answer = post();

    assertThat(requests).hasSize(1);
    assertThat(http.refused(answer).kind()).isEqualTo(Kind.REJECTED);
    assertThat(http.refused(answer)).hasMessageContaining("/elsewhere");
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED", "401, REJECTED", "403, REJECTED", "404, NOT_FOUND", "408, UNAVAILABLE",
    "409, REJECTED", "422, REJECTED", "429, RATE_LIMITED", "500, UNAVAILABLE", "504, UNAVAILABLE"
  })
  void givesEachStatusItsMeaning(int answered, Kind meaning) {
    assertThat(http.refused(answer(answered, Map.of(), "")).kind()).isEqualTo(meaning);
  }

  @Test
  void quotesTheServerAndNamesTheNextMove() {
    ApiException failure =
        http.refused(
            answer(
                422,
                Map.of(),
                "{\"message\":\"Validation Failed\",\"errors\":[{\"message\":\"No commits between a"
                    + " and b\"}]}"));

    assertThat(failure)
        .hasMessage(
            "Elsewhere: try it (POST http://x/path) answered 422: Validation Failed; No commits"
                + " between a and b; next: change what the message names");
    assertThat(failure.status()).isEqualTo(422);
  }

  @Test
  void keepsTheTokenOutOfEveryMessage() {
    assertThat(http.refused(answer(403, Map.of(), "no canary-0123456789 here")))
        .hasMessageContaining("no *** here")
        .hasMessageNotContaining("canary");
    assertThat(token).hasToString("***");
    assertThatThrownBy(() -> new Secret("canary\n")).hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 408, 422, 429, 500, 503})
  void keepsATokenThatTheOtherSideRepeatsOutOfEverythingThatTheFailureSays(int answered) {
    for (String repeated : List.of(wordy.value(), "Bearer " + wordy.value())) {
      for (ApiException refusal : refusalsThatRepeat(answered, repeated)) {
        assertThat(everythingOf(refusal)).doesNotContain("canary");
      }
    }
  }

  private List<ApiException> refusalsThatRepeat(int answered, String repeated) {
    Map<String, String> echo = Map.of("Location", "http://x/" + repeated, "Echo", repeated);
    String json = "{\"message\":\"" + repeated + "\",\"errors\":[\"" + repeated + "\"]}";
    return List.of(repeated, json, "<p>" + repeated + "</p>", upToTheCut(repeated)).stream()
        .map(text -> discreet.refused(answer(answered, echo, text)))
        .toList();
  }

  /** So that a quote of 400 characters would end in the middle of what follows. */
  private static String upToTheCut(String text) {
    return "so it is ".repeat(43) + text;
  }

  @Test
  void keepsATokenInAnAnswerThatIsNoHttpOutOfTheCause() throws Exception {
    try (ServerSocket parrot = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerWith(parrot, "Bearer " + wordy.value()));
      answering.start();

      ApiException failure =
          catchThrowableOfType(
              ApiException.class,
              () ->
                  discreet.post(
                      "try it",
                      URI.create("http://127.0.0.1:" + parrot.getLocalPort() + "/path"),
                      JsonHttp.mapper().createObjectNode(),
                      Credential.bearer(wordy)));

      answering.join();
      assertThat(failure).hasMessageContaining("Unexpected status line");
      assertThat(everythingOf(failure)).contains("***").doesNotContain("canary");
    }
  }

  private static void answerWith(ServerSocket server, String line) {
    try (Socket caller = server.accept()) {
      caller.getInputStream().read();
      caller.getOutputStream().write((line + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      caller.getOutputStream().flush();
    } catch (IOException hungUp) {
      throw new UncheckedIOException(hungUp);
    }
  }

  /** Its words and those of all its causes, and what a history is given of it. */
  private static String everythingOf(ApiException failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    ApplicationFailure kept = Failures.of(failure);
    return trace + failure.tried() + kept.getMessage() + kept.getDetails() + kept.getCause();
  }

  @Test
  void knowsThatNothingLeftWhenNobodyListens() {
    try (Nobody nobody = new Nobody()) {
      ApiException failure = catchThrowableOfType(ApiException.class, () -> postTo(nobody.port()));

      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure)
          .hasMessageContaining("got no answer: connection refused; nothing was sent")
          .hasMessageNotContaining("java.");
    }
  }

  @Test
  void readsHowLongItShallWait() {
    Map<String, String> reset =
        Map.of(
            "x-ratelimit-remaining",
            "0",
            "x-ratelimit-reset",
            Long.toString(NOW.plusSeconds(90).getEpochSecond()));

    assertThat(RateLimits.delay(answer(403, reset, ""), NOW)).isEqualTo(Duration.ofSeconds(91));
    assertThat(RateLimits.delay(answer(429, Map.of("Retry-After", "7"), ""), NOW))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(
            RateLimits.delay(
                answer(403, Map.of(), "You have exceeded a secondary rate limit."), NOW))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(RateLimits.delay(answer(403, Map.of(), "Resource not accessible"), NOW)).isNull();
  }

  @Test
  void leavesTheThreadInterruptedWhenTheWorkerShutsDown() {
    Thread.currentThread().interrupt();

    ApiException failure = catchThrowableOfType(ApiException.class, this::post);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isIn(Kind.NOT_SENT, Kind.UNAVAILABLE);
  }
}
