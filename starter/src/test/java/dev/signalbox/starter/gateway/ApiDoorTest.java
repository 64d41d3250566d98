package dev.signalbox.starter.gateway;

import static dev.signalbox.starter.gateway.ListeningGateway.BOT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.starter.Sender;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDoorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> RUN = new CopyOnWriteArrayList<>();
  private static final CountDownLatch SLOW = new CountDownLatch(1);
  private static final Semaphore BEGUN = new Semaphore(0);
  private static ListeningGateway gateway;
  private static Instant said;
  private static String decision;
  private static volatile Commands.Verdict judged;

  /** Notes what it is to run, and says that it did. */
  private static final class Noting implements Commands {
    @Override
    public Said run(Sender sender, List<String> words, boolean json) {
      said = sender.said();
      decision = sender.decisionId();
      RUN.add(sender.person() + ": " + String.join(" ", words));
      if (words.equals(List.of("plan", "slow"))) {
        BEGUN.release();
        await(SLOW);
      }
      return words.get(0).equals("approve")
          ? new Said(4, "{\"recorded\":true}\n", "", new LeftDecision("p", sender.decisionId()))
          : new Said(0, "{\"environments\":[]}\n", "", null);
    }

    @Override
    public Optional<String> promotionOf(String revision) {
      return Optional.empty();
    }

    @Override
    public Verdict verdict(LeftDecision decision) {
      return judged;
    }
  }

  @BeforeAll
  static void start() {
    gateway = new ListeningGateway(Limits.DEFAULTS, new Noting());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void forget() {
    RUN.clear();
    judged = new Commands.Verdict(0, "counted: approve by ana");
  }

  @Test
  void showsWhoMayViewWhatTheTerminalWouldShow() throws Exception {
    HttpResponse<String> answer = get("/api/v1/status?environment=production", "viewer-token");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).at("/answer/environments").isArray()).isTrue();
    assertThat(RUN).containsExactly("api:viewer: status production");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/status", "/api/v1/why?run=x", "/api/v1/plan", "/api/v1/openapi.json"})
  void wantsATokenOnEveryRoute(String path) {
    assertThat(get(path, "").statusCode()).isEqualTo(401);
    assertThat(get(path, "viewer-toke").statusCode()).isEqualTo(401);
    assertThat(gateway.get(path).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesAParameterThatItWouldNotHeed() {
    HttpResponse<String> answer =
        get("/api/v1/plan?environment=production&commit=1a2b3c4", "viewer-token");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("there is no such parameter here; plan takes environment alone");
    assertThat(RUN).isEmpty();
  }

  @Test
  void servesGitHubWhileItsCommandsTakeTheirTime() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> plans =
        Stream.generate(
                () -> gateway.later(request("/api/v1/plan?environment=slow", "viewer-token")))
            .limit(100)
            .toList();
    assertThat(BEGUN.tryAcquire(10, 2, TimeUnit.MINUTES)).isTrue();

    assertThat(gateway.deliver("ping", "d-1", "{}").statusCode()).isEqualTo(202);
    assertThat(plans).noneMatch(CompletableFuture::isDone);
    SLOW.countDown();
    assertThat(plans).allMatch(plan -> plan.join().statusCode() == 200);
  }

  @Test
  void hasNoOtherRoutes() {
    assertThat(get("/api/v1/nothing", "viewer-token").statusCode()).isEqualTo(404);
    assertThat(get("/api/v2/status", "viewer-token").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesWhatTheTokenHasNoRightTo() {
    String promote = "{\"text\": \"promote production\"}";

    assertThat(post(promote, "viewer-token", Map.of())).isEqualTo(403);
    assertThat(post(promote, "bot-token", Map.of())).isEqualTo(200);
    assertThat(RUN).containsExactly("api:bot: promote production");
  }

  @Test
  void knowsARequestOfAProgramThatIsSentAgainByItsMessage() {
    String promote = "{\"text\": \"promote production\", \"message\": \"m-1\"}";

    assertThat(post(promote, "bot-token", Map.of())).isEqualTo(200);
    assertThat(decision).isEqualTo("api-bot:m-1");
    assertThat(post(promote.replace("m-1", "m 1"), "bot-token", Map.of())).isEqualTo(400);
  }

  @Test
  void takesADecisionOfWhomTheProgramSigns() {
    String approve = "{\"text\": \"approve p\", \"person\": \"ana\", \"message\": \"m-1\"}";
    long now = Instant.now().getEpochSecond();

    assertThat(post(approve, "bot-token", signed(approve, now))).isEqualTo(200);
    assertThat(RUN).containsExactly("ana: approve p --reason=-");
    assertThat(said).isEqualTo(Instant.ofEpochSecond(now));
  }

  @Test
  void takesADecisionForAsOldAsTheProgramSaysHoweverLateItSendsIt() {
    String approve =
        "{'text': 'approve p', 'person': 'ana', 'message': 'm-1', 'said': '2026-11-20T10:00:00Z'}"
            .replace('\'', '"');
    String tomorrow = approve.replace("2026-11-20T10", "2126-11-20T10");
    long now = Instant.now().getEpochSecond();

    assertThat(post(approve, "bot-token", signed(approve, now))).isEqualTo(200);
    assertThat(said).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
    assertThat(post(tomorrow, "bot-token", signed(tomorrow, now))).isEqualTo(400);
  }

  @Test
  void tellsTheVerdictOnADecisionWhereAWorkerGivesItAtOnce() throws Exception {
    judged = new Commands.Verdict(1, "refused: ana asked for this and may not approve it");

    HttpResponse<String> answer = approved("m-refused");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode shown = JSON.readTree(answer.body());
    assertThat(shown.at("/exit").intValue()).isEqualTo(1);
    assertThat(shown.at("/verdict").asText()).startsWith("refused: ana asked for this");
    assertThat(shown.at("/answer/recorded").booleanValue()).isTrue();
  }

  @Test
  void showsTheVerdictLaterToTheProgramThatSentTheDecision() throws Exception {
    judged = null;
    HttpResponse<String> answer = approved("m-later");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).at("/exit").intValue()).isEqualTo(4);
    String url = JSON.readTree(answer.body()).at("/decision/url").asText();
    assertThat(url).isEqualTo("/api/v1/decisions?run=p&decision=api-bot:m-later");

    judged = new Commands.Verdict(0, "counted: approve by ana");

    HttpResponse<String> later = get(url, "bot-token");
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(later.body()).at("/exit").intValue()).isZero();
    assertThat(JSON.readTree(later.body()).at("/verdict").asText()).startsWith("counted: ");
    assertThat(get(url, "viewer-token").statusCode()).isEqualTo(403);
    assertThat(get("/api/v1/decisions?run=p", "bot-token").statusCode()).isEqualTo(400);
  }

  @Test
  void showsNoVerdictToAProgramWhoseNameOnlyBeginsOrGoesOnLikeTheSenders() throws Exception {
    String url = "/api/v1/decisions?run=p&decision=";
    String ofBot = JSON.readTree(approved("later").body()).at("/decision/decision").asText();
    String ofNamesake = ofBot.replace("bot", "bot-m");

    assertThat(get(url + ofNamesake, "bot-token").statusCode()).isEqualTo(403);
    assertThat(get(url + ofNamesake, "namesake-token").statusCode()).isEqualTo(200);
    assertThat(get(url + ofBot, "namesake-token").statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> approved(String message) {
    String body =
        "{\"text\": \"approve p\", \"person\": \"ana\", \"message\": \"" + message + "\"}";
    Map<String, String> headers = new HashMap<>(signed(body, Instant.now().getEpochSecond()));
    headers.put("Authorization", "Bearer bot-token");
    return gateway.post("/api/v1/commands", headers, body);
  }

  @Test
  void believesNobodyElseWhoSpeaks() {
    String approve = "{\"text\": \"approve p\", \"person\": \"ana\", \"message\": \"m-1\"}";
    long now = Instant.now().getEpochSecond();
    Map<String, String> other = new HashMap<>(signed(approve, now));
    other.put("X-Signalbox-Timestamp", Long.toString(now + 1));

    assertThat(post(approve, "bot-token", Map.of())).isEqualTo(401);
    assertThat(post(approve, "bot-token", other)).isEqualTo(401);
    assertThat(post(approve.replace("ana", "eva"), "bot-token", signed(approve, now)))
        .isEqualTo(401);
    assertThat(post(approve, "bot-token", signed(approve, now - 310))).isEqualTo(401);
    assertThat(post(approve, "bot-token", signed(approve, now + 310))).isEqualTo(401);
    assertThat(post(approve, "viewer-token", signed(approve, now))).isEqualTo(401);
    assertThat(post("{\"text\": \"approve p\"}", "bot-token", Map.of())).isEqualTo(403);
    assertThat(RUN).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "freeze production --reason r",
        "override production --reason r",
        "rollback production --yes",
        "promote production --emergency --reason r"
      })
  void takesAnOrderOfAPersonThroughATokenWithThatRight(String text) {
    String order = "{\"text\": \"" + text + "\", \"person\": \"ana\", \"message\": \"m-2\"}";
    Map<String, String> signed = signed(order, Instant.now().getEpochSecond());

    assertThat(post(order, "bot-token", signed)).as("without the right").isEqualTo(403);
    assertThat(post("{\"text\": \"" + text + "\"}", "guard-token", Map.of()))
        .as("without a person")
        .isEqualTo(403);
    assertThat(post(order, "guard-token", signed)).isEqualTo(200);
    assertThat(RUN).singleElement().asString().startsWith("ana: " + text.substring(0, 5));
  }

  @Test
  void givesTheRightToOverrideNoOther() {
    String approve = "{\"text\": \"approve p\", \"person\": \"ana\", \"message\": \"m-3\"}";
    Map<String, String> signed = signed(approve, Instant.now().getEpochSecond());

    assertThat(post(approve, "guard-token", signed)).isEqualTo(403);
    assertThat(post("{\"text\": \"promote production\"}", "guard-token", Map.of())).isEqualTo(403);
    assertThat(get("/api/v1/status", "guard-token").statusCode()).isEqualTo(403);
    assertThat(RUN).isEmpty();
  }

  @Test
  void refusesWhatIsNoCommand() {
    assertThat(post("{\"text\": \"worker\"}", "bot-token", Map.of())).isEqualTo(400);
    assertThat(post("[]", "bot-token", Map.of())).isEqualTo(400);
    assertThat(post("{}", "bot-token", Map.of())).isEqualTo(400);
    assertThat(get("/api/v1/why?run=a%20b", "bot-token").statusCode()).isEqualTo(400);
  }

  @Test
  void servesTheDescriptionThatTheDocumentationHas() throws Exception {
    Path documented = Path.of("../docs/reference/openapi.json");

    JsonNode served = JSON.readTree(get("/api/v1/openapi.json", "viewer-token").body());

    assertThat(served).isEqualTo(JSON.readTree(Files.readString(documented)));
    for (String path : (Iterable<String>) () -> served.at("/paths").fieldNames()) {
      assertThat(
              List.of(
                  get(path, "nobody").statusCode(),
                  gateway.post(path, Map.of(), "{}").statusCode()))
          .as(path)
          .contains(401);
    }
  }

  private static Map<String, String> signed(String body, long at) {
    return Map.of(
        "X-Signalbox-Timestamp",
        Long.toString(at),
        "X-Signalbox-Signature",
        BOT.identity().orElseThrow().sign(("v1:" + at + ":" + body).getBytes(UTF_8)));
  }

  private static int post(String body, String token, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Authorization", "Bearer " + token);
    return gateway.post("/api/v1/commands", headers, body).statusCode();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpResponse<String> get(String path, String token) {
    return gateway.send(request(path, token));
  }

  private static HttpRequest request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + path))
        .header("Authorization", "Bearer " + token)
        .build();
  }
}
