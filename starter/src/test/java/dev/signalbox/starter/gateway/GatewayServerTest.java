package dev.signalbox.starter.gateway;

import static dev.signalbox.starter.gateway.ListeningGateway.SHA;
import static dev.signalbox.starter.gateway.ListeningGateway.checkRun;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.TroubleException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayServerTest {
  private static final int LARGE = 100 * 1024 * 1024;
  private static final Limits QUICK =
      new Limits(
          Limits.GITHUB_CAP,
          2L * Limits.GITHUB_CAP,
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          2000,
          500,
          100);

  @Test
  void hasHealthAndMetricsAndNothingElseThatWasNotAskedFor() {
    try (ListeningGateway gateway = new ListeningGateway(QUICK)) {
      gateway.deliver("check_run", "d-1", checkRun(SHA));

      assertThat(gateway.get("/healthz").body()).isEqualTo("ok\n");
      assertThat(gateway.get("/metrics").body())
          .contains("signalbox_gateway_requests_total{door=\"github\",outcome=\"taken\"} 1.0");
      assertThat(
              List.of(
                  gateway.get("/").statusCode(),
                  gateway.get(GitHubDoor.PATH).statusCode(),
                  gateway.get("/webhooks/github/x").statusCode(),
                  gateway.get("/readyz").statusCode()))
          .containsOnly(404);
    }
  }

  @Test
  void saysOfAHostThatThereIsNoneAndNotThatItsPortIsTaken() {
    assertThatThrownBy(
            () -> GatewayServer.start("no.such.host.invalid", 0, QUICK, List.of(), new Metrics()))
        .isInstanceOfSatisfying(
            TroubleException.class,
            trouble ->
                assertThat(trouble.trouble().answer())
                    .isEqualTo("it cannot listen there: there is no such host"));
  }

  @Test
  void answersThatTheEngineHasNotTakenItWhileThereIsNone() {
    try (ListeningGateway gateway = new ListeningGateway(QUICK)) {
      gateway.stopEngine();

      HttpResponse<String> answer = gateway.deliver("check_run", "d-1", checkRun(SHA));

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).doesNotContain("Exception").contains("send it again later");
    }
  }

  @Test
  void turnsAwayABodyThatIsLargerThanGitHubSendsAny() throws IOException {
    try (ListeningGateway gateway = new ListeningGateway(QUICK)) {
      assertThat(status(gateway, "Content-Length: " + LARGE + "\r\n\r\n")).contains("413");
      assertThat(chunked(gateway)).contains("413");
      assertThat(gateway.deliver("check_run", "d-1", checkRun(SHA)).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void servesOthersWhileManySendSlowlyAndEndsThose() throws IOException {
    try (ListeningGateway gateway = new ListeningGateway(QUICK)) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        slow.add(opened(gateway, "POST /webhooks/github HTTP/1.1\r\nHost: x\r\n"));
        slow.add(opened(gateway, head("Content-Length: 1000\r\n\r\n{")));
      }

      HttpResponse<String> answer = gateway.deliver("check_run", "d-1", checkRun(SHA));

      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(rest(slow.get(0))).isEmpty();
      assertThat(rest(slow.get(1))).contains("408");
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void turnsAwayWhoAsksTooMuchBeforeItLooksAtWhatIsAsked() {
    Limits few =
        new Limits(
            Limits.GITHUB_CAP,
            Limits.GITHUB_CAP,
            QUICK.receiving(),
            QUICK.idle(),
            QUICK.headers(),
            100,
            3,
            0.001);
    try (ListeningGateway gateway = new ListeningGateway(few)) {
      List<Integer> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        answers.add(gateway.post(GitHubDoor.PATH, Map.of(), "{}").statusCode());
      }

      assertThat(answers).containsExactly(401, 401, 401, 429, 429);
    }
  }

  @Test
  void saysNothingOfItselfToWhoSendsNonsense() throws IOException {
    try (ListeningGateway gateway = new ListeningGateway(QUICK)) {
      HttpResponse<String> query =
          gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/%ff?x=1")).build());

      try (Socket socket = opened(gateway, "NONSENSE\r\n\r\n")) {
        assertThat(rest(socket)).contains("400").doesNotContain("Jetty", "Exception", "at org.");
      }
      assertThat(query.body()).doesNotContain("Exception", "Javalin", "Jetty");
    }
  }

  private static String chunked(ListeningGateway gateway) throws IOException {
    try (Socket socket = opened(gateway, head("Transfer-Encoding: chunked\r\n\r\n"))) {
      OutputStream out = socket.getOutputStream();
      byte[] chunk = ("100000\r\n" + "x".repeat(0x100000) + "\r\n").getBytes(US_ASCII);
      try {
        for (int sent = 0; sent < LARGE; sent += 0x100000) {
          out.write(chunk);
        }
      } catch (IOException turnedAway) {
        // It does not wait for the rest.
      }
      return rest(socket);
    }
  }

  private static String status(ListeningGateway gateway, String headers) throws IOException {
    try (Socket socket = opened(gateway, head(headers))) {
      return rest(socket);
    }
  }

  private static String head(String headers) {
    return "POST /webhooks/github HTTP/1.1\r\nHost: x\r\n" + headers;
  }

  private static Socket opened(ListeningGateway gateway, String first) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(first.getBytes(US_ASCII));
    return socket;
  }

  /** What comes until the other side closes. */
  private static String rest(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      for (int next = socket.getInputStream().read(); next >= 0; ) {
        text.append((char) next);
        next = socket.getInputStream().read();
      }
    } catch (SocketTimeoutException open) {
      throw new AssertionError("it stays open", open);
    } catch (IOException reset) {
      // Closed while there was more to say.
    }
    return text.toString();
  }
}
