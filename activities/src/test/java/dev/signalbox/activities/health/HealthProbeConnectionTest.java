package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What lies between the probe and an answer: connections, certificates, redirects, endless and slow
 * answers.
 */
class HealthProbeConnectionTest extends HealthProbeHouse {
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
  @Timeout(120)
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
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @Timeout(120)
  void givesUpAnAnswerThatTrickles() throws IOException {
    timeout = Duration.ofSeconds(1);
    try (ServerSocket trickling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> trickle(trickling));

      Sample sample = sample("http://127.0.0.1:" + trickling.getLocalPort(), commit(), Map.of(), 0);

      assertThat(sample.reading()).isEqualTo(Reading.ERROR);
      assertThat(sample.got()).contains("no answer in time");
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
  @CsvSource({
    "http://no-such-host.invalid, unknown host",
    "http://127.0.0.1:1, connection refused"
  })
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
    assertThat(sample.got()).contains("no trusted connection");
  }

  @Test
  void readsFromTheConnectionHowLongItsCertificateIsGood(@TempDir Path directory) throws Exception {
    Path keys = directory.resolve("keys.p12");
    HttpsServer self =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    self.setHttpsConfigurator(new HttpsConfigurator(selfSigned(keys)));
    self.createContext("/", exchange -> send(exchange, 200, "{}"));
    self.start();
    KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
    X509Certificate certificate = (X509Certificate) store.getCertificate("self");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("self", certificate);
    Reach reach = Reach.ofTheInternet().andThisMachine();
    Target target = target("https://localhost:" + self.getAddress().getPort(), null, Map.of(), 0);

    Probed probed = new HealthProbe(new Visit(reach, trusted)).probe(target, NOW);
    self.stop(0);

    assertThat(probed.sample().got()).isEqualTo("200");
    assertThat(probed.certificateEnds()).isEqualTo(certificate.getNotAfter().toInstant());
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
            "-ext",
            "san=dns:localhost",
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
}
