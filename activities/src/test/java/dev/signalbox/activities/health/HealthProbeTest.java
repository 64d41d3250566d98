package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import dev.signalbox.workflows.policy.Condition;
import dev.signalbox.workflows.policy.Condition.Comparison;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthProbeTest {
  private static final String REVISION = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  private static final String BEFORE = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private final HealthProbe probe = new HealthProbe();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer service;
  private Answering answering = exchange -> send(exchange, 200, "{}");

  private interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(threads);
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answering.answer(exchange);
          }
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
    threads.shutdownNow();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private void saying(int status, String body) {
    answering = exchange -> send(exchange, status, body);
  }

  private String url() {
    return "http://127.0.0.1:" + service.getAddress().getPort();
  }

  private Sample sample(WantedVersion version, Map<String, List<Condition>> expect) {
    return sample(url(), version, expect, 0);
  }

  private Sample sample(
      String url, WantedVersion version, Map<String, List<Condition>> expect, int retries) {
    return probe.sample(
        new Target(
            "web", url, "/health", version, expect, Duration.ofSeconds(1), null, retries, null),
        NOW);
  }

  private Sample expecting(Comparison comparison, String than) {
    return sample(null, Map.of("/value", List.of(new Condition(comparison, than))));
  }

  private static WantedVersion commit() {
    return new WantedVersion("/version", REVISION, null, null, List.of(BEFORE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"connected\" | IS | \"connected\" | GOOD",
        "\"disconnected\" | IS | \"connected\" | BAD",
        "\"true\" | IS | true | BAD",
        "true | IS | true | GOOD",
        "\"2\" | IS | 2 | BAD",
        "2.0 | IS | 2 | GOOD",
        "null | IS | \"connected\" | BAD",
        "{\"a\":1} | IS | \"connected\" | BAD",
        "[] | IS | [] | GOOD",
        "[\"late\"] | IS | [] | BAD",
        "[1,2] | IS | [1.0,2] | GOOD",
        "\"down\" | NOT | \"down\" | BAD",
        "\"up\" | NOT | \"down\" | GOOD",
        "\"degraded\" | ONE_OF | [\"up\",\"degraded\"] | GOOD",
        "\"down\" | ONE_OF | [\"up\",\"degraded\"] | BAD",
        "3 | AT_LEAST | 3 | GOOD",
        "2.9 | AT_LEAST | 3 | BAD",
        "\"9\" | AT_LEAST | 3 | BAD",
        "100 | AT_MOST | 99.5 | BAD",
        "12 | AT_MOST | 99.5 | GOOD",
        "[\"a\",\"b\"] | CONTAINS | \"b\" | GOOD",
        "[\"a\",\"b\"] | CONTAINS | \"c\" | BAD",
        "\"all is well\" | CONTAINS | \"well\" | GOOD",
        "\"14.2\" | MATCHES | \"14[.][0-9]+\" | GOOD",
        "\"v14.2\" | MATCHES | \"14[.][0-9]+\" | BAD",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | MATCHES | \"(a+)+\" | BAD",
        "null | PRESENT | true | GOOD",
        "null | PRESENT | false | BAD",
      })
  void comparesAValueAndItsType(String value, Comparison comparison, String than, Reading reading) {
    saying(200, "{\"value\":" + value + "}");

    assertThat(expecting(comparison, than).reading()).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"other\":1} | IS | 1 | INCONCLUSIVE",
        "{\"other\":1} | NOT | 1 | INCONCLUSIVE",
        "{\"other\":1} | PRESENT | true | BAD",
        "{\"other\":1} | PRESENT | false | GOOD",
        "<html>hello</html> | IS | 1 | INCONCLUSIVE",
        "{\"value\":1 | IS | 1 | INCONCLUSIVE",
      })
  void takesWhatIsNotThereForNoAnswer(
      String body, Comparison comparison, String than, Reading reading) {
    saying(200, body);

    assertThat(expecting(comparison, than).reading()).isEqualTo(reading);
  }

  @Test
  void saysWhatWasExpectedAndWhatCame() {
    saying(200, "{\"checks\":[{\"name\":\"db\",\"state\":\"disconnected\"}]}");

    Sample sample =
        sample(
            null,
            Map.of(
                "/checks/0/state", List.of(new Condition(Comparison.IS, "\"connected\"")),
                "/missing", List.of(new Condition(Comparison.IS, "1"))));

    assertThat(sample.reading()).isEqualTo(Reading.BAD);
    assertThat(sample.expected())
        .isEqualTo("2xx from /health, /checks/0/state = \"connected\", /missing = 1");
    assertThat(sample.got()).isEqualTo("200, /checks/0/state = \"disconnected\"");
  }

  @Test
  void isWrongWhenTheVersionIsRightAndTheDatabaseIsNot() {
    saying(200, "{\"version\":\"" + REVISION + "\",\"database\":\"disconnected\"}");

    Sample sample =
        sample(
            commit(), Map.of("/database", List.of(new Condition(Comparison.IS, "\"connected\""))));

    assertThat(sample.reading()).isEqualTo(Reading.BAD);
  }

  @ParameterizedTest
  @CsvSource({"200, EARLIER", "503, EARLIER", "502, ERROR"})
  void knowsTheReleaseBeforeByItsVersionHoweverItIs(int status, Reading reading) {
    saying(status, "{\"version\":\"" + BEFORE + "\",\"database\":\"gone\"}");

    Sample sample =
        sample(
            commit(), Map.of("/database", List.of(new Condition(Comparison.IS, "\"connected\""))));

    assertThat(sample.reading()).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"1.4.2\" | GOOD",
        "\"1.4.1\" | EARLIER",
        "\"1.4\" | BAD",
        "\"1.4.20\" | BAD",
        "null | INCONCLUSIVE",
        "\" \" | INCONCLUSIVE",
      })
  void comparesAVersionOfItsOwnToTheLetter(String shown, Reading reading) {
    saying(200, "{\"version\":" + shown + "}");
    WantedVersion own = new WantedVersion("/version", REVISION, null, "1.4.2", List.of("1.4.1"));

    assertThat(sample(own, Map.of()).reading()).isEqualTo(reading);
  }

  @Test
  void saysNothingOfAVersionThatNobodyKnows() {
    saying(200, "{\"version\":\"1.4.2\"}");
    WantedVersion unknown = new WantedVersion("/version", REVISION, null, "", List.of());

    assertThat(sample(unknown, Map.of()).reading()).isEqualTo(Reading.INCONCLUSIVE);
  }

  @Test
  void readsAPackedAnswerThatBeginsWithAByteOrderMark() {
    answering =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          send(exchange, 200, packed("\uFEFF{\"version\":\"" + REVISION + "\"}"));
        };

    assertThat(sample(commit(), Map.of()).reading()).isEqualTo(Reading.GOOD);
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @Test
  void showsWhereARedirectLeads() {
    answering =
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/login?next=secret");
          send(exchange, 302, "");
        };

    Sample sample = sample(commit(), Map.of());

    assertThat(sample.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(sample.got())
        .startsWith("302, moved to http://")
        .contains("/login")
        .doesNotContain("secret");
  }

  @Test
  @Timeout(10)
  void readsNoMoreOfAnEndlessAnswerThanItNeeds() {
    answering =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(block);
            }
          }
        };

    Instant begun = Instant.now();
    Sample sample = sample(commit(), Map.of());

    assertThat(sample.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(sample.got()).contains("longer than").hasSizeLessThan(300);
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  @Timeout(10)
  void givesUpAnAnswerThatTrickles() throws IOException {
    try (ServerSocket trickling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> trickle(trickling));

      Sample sample = sample("http://127.0.0.1:" + trickling.getLocalPort(), commit(), Map.of(), 0);

      assertThat(sample.reading()).isEqualTo(Reading.ERROR);
      assertThat(sample.got()).contains("timeout");
    }
  }

  /** One header a twentieth of a second, for ever: each arrives in time. */
  private static void trickle(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
      socket.setSoTimeout(50);
      for (int line = 0; line < 1000; line++) {
        out.write(("X-Line-" + line + ": x\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        awaitNothing(socket);
      }
    } catch (IOException gone) {
      // The client has had enough.
    }
  }

  private static void awaitNothing(Socket socket) throws IOException {
    try {
      if (socket.getInputStream().read() < 0) {
        throw new IOException("gone");
      }
    } catch (SocketTimeoutException nothingMore) {
      // As it should be.
    }
  }

  @ParameterizedTest
  @CsvSource({"http://no-such-host.invalid, UnknownHost", "http://127.0.0.1:1, ConnectException"})
  void countsWhatIsNoAnswerAsNone(String url, String why) {
    Sample sample =
        sample(String.format(url, service.getAddress().getPort()), commit(), Map.of(), 0);

    assertThat(sample.reading()).isEqualTo(Reading.ERROR);
    assertThat(sample.got()).contains(why);
  }

  @Test
  void countsACertificateThatNobodyVouchesForAsNoAnswer(@TempDir Path directory) throws Exception {
    HttpsServer self =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    self.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory.resolve("keys.p12"))));
    self.start();

    Sample sample = sample("https://127.0.0.1:" + self.getAddress().getPort(), null, Map.of(), 0);
    self.stop(0);

    assertThat(sample.reading()).isEqualTo(Reading.ERROR);
    assertThat(sample.got()).contains("SSLHandshakeException");
  }

  private static SSLContext selfSigned(Path keys) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    new ProcessBuilder(
            keytool,
            "-genkeypair",
            "-alias",
            "self",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-keystore",
            keys.toString(),
            "-storepass",
            "changeit")
        .inheritIO()
        .start()
        .waitFor();
    KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void comesOnAConnectionOfItsOwnEachTimeAndPastCaches() {
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    Set<String> caching = ConcurrentHashMap.newKeySet();
    answering =
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          caching.add(exchange.getRequestHeaders().getFirst("Cache-Control"));
          send(exchange, 200, "{}");
        };

    for (int time = 0; time < 5; time++) {
      sample(null, Map.of());
    }

    assertThat(ports).hasSize(5);
    assertThat(caching).containsExactly("no-cache");
  }

  @ParameterizedTest
  @CsvSource({"0, ERROR, 1", "1, ERROR, 2", "2, GOOD, 3", "5, GOOD, 3"})
  void asksAgainWithinOneSampleWhereNobodyAnswered(int retries, Reading reading, int requests) {
    AtomicInteger asked = new AtomicInteger();
    answering = exchange -> send(exchange, asked.incrementAndGet() < 3 ? 502 : 200, "{}");

    Sample sample = sample(url(), null, Map.of(), retries);

    assertThat(sample.reading()).isEqualTo(reading);
    assertThat(asked).hasValue(requests);
  }

  @Test
  void asksNotAgainWhenTheAnswerIsWrong() {
    AtomicInteger asked = new AtomicInteger();
    answering =
        exchange -> {
          asked.incrementAndGet();
          send(exchange, 500, "{}");
        };

    assertThat(sample(url(), null, Map.of(), 5).reading()).isEqualTo(Reading.BAD);
    assertThat(asked).hasValue(1);
  }

  @Test
  void keepsSecretsOutOfWhatItSaw() {
    saying(500, "{\"error\":\"no login at postgres://app:hunter2@db/app\"}");

    assertThat(sample(null, Map.of()).got()).contains("***").doesNotContain("hunter2");
  }
}
