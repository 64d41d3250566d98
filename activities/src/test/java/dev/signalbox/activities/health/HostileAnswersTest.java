package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.policy.PageCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Services that mean harm, or look like it: one clean sentence each, and no more read than that.
 */
@Timeout(120)
class HostileAnswersTest extends HealthProbeHouse {
  @Test
  void unpacksNoMoreOfABombThanItNeeds() throws IOException {
    byte[] bomb = bomb();
    answering =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          send(exchange, 200, bomb);
        };

    Sample sample = sample(commit(), Map.of());

    assertThat(sample.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(sample.got()).contains("longer than");
  }

  /** Sixty-four megabytes in sixty-four kilobytes. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] block = new byte[1024 * 1024];
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      for (int megabyte = 0; megabyte < 64; megabyte++) {
        zip.write(block);
      }
    }
    return packed.toByteArray();
  }

  @Test
  void endsWithHeadersThatDoNotEnd() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> headers(server));

      Sample sample = sample("http://127.0.0.1:" + server.getLocalPort(), commit(), Map.of(), 0);

      assertThat(sample.reading()).isEqualTo(Reading.ERROR);
      assertClean(sample);
    }
  }

  private static void headers(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] line = ("X-More: " + "x".repeat(8000) + "\r\n").getBytes(StandardCharsets.UTF_8);
      while (true) {
        out.write(line);
      }
    } catch (IOException gone) {
      // The client has had enough.
    }
  }

  @Test
  void rendersNothingThatATerminalWouldObey() {
    answering =
        exchange ->
            send(
                exchange,
                503,
                "{\"error\": \"\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u202Egnp\r\nline two\"}");

    Sample sample = sample(commit(), Map.of());

    assertThat(sample.got()).contains("503").contains("red").contains("line two");
    assertClean(sample);
  }

  @Test
  void readsACharsetThatDoesNotExistAsWellAsItCan() {
    answering =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json; charset=klingon-8");
          send(exchange, 200, "{\"version\": \"" + REVISION + "\"}");
        };

    assertThat(sample(commit(), Map.of()).reading()).isEqualTo(Reading.GOOD);
  }

  @Test
  void saysThatAnAnswerIsNestedTooDeep() {
    answering = exchange -> send(exchange, 200, "[".repeat(100_000));

    Sample sample = sample(commit(), Map.of());

    assertThat(sample.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(sample.got()).contains("not JSON");
  }

  @Test
  void followsNoRedirectToTheMetadataOfACloud() {
    answering = HostileAnswersTest::toMetadata;

    Sample sample = sample(commit(), Map.of());
    Sample page =
        new PageProbe(new Visit(Reach.ofTheInternet().andThisMachine()))
            .probe(page(), NOW)
            .sample();

    assertThat(sample.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(sample.got()).isEqualTo("302, moved to http://169.254.169.254/latest/meta-data/");
    assertThat(page.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(page.got()).contains("302").contains("moved to http://169.254.169.254");
  }

  private static void toMetadata(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data/");
    send(exchange, 302, "");
  }

  private Target page() {
    return new Target(
        "web",
        url(),
        null,
        null,
        Map.of(),
        Duration.ofSeconds(5),
        null,
        0,
        new PageCheck("start", "/", 200, null, false));
  }

  @Test
  void callsNoAddressOutOfReachWhateverNameLeadsThere() {
    HealthProbe fromOutside = new HealthProbe(new Visit(Reach.ofTheInternet()));
    String name = url().replace("127.0.0.1", "localhost");

    Sample sample =
        fromOutside
            .probe(
                new Target("web", name, "/", null, Map.of(), Duration.ofSeconds(5), null, 2, null),
                NOW)
            .sample();

    // It says nothing of the service: nobody is rolled back for it.
    assertThat(sample.reading()).isEqualTo(Reading.INCONCLUSIVE);
    assertThat(sample.got()).contains("not called").contains("is loopback");
  }

  private static void assertClean(Sample sample) {
    assertThat(sample.got()).hasSizeLessThan(300).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
  }
}
