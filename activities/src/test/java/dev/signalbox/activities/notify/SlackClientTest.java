package dev.signalbox.activities.notify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Whoever knows a response address may answer there. */
class SlackClientTest {
  private final SlackClient slack =
      new SlackClient(
          SlackClient.SLACK, "SLACK_BOT_TOKEN", new Secret("xoxb-1"), Clock.systemUTC());

  @Test
  void namesNoResponseAddressThatIsUsedUp() throws IOException {
    HttpServer slacks =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slacks.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    slacks.start();
    try {
      assertNotNamed("http://127.0.0.1:" + slacks.getAddress().getPort() + "/");
    } finally {
      slacks.stop(0);
    }
  }

  @Test
  void namesNoResponseAddressThatDoesNotAnswer() {
    assertNotNamed("http://127.0.0.1:1/");
  }

  private void assertNotNamed(String machine) {
    assertThatThrownBy(
            () ->
                slack.respond(
                    URI.create(machine + "commands/T1/2/canary"),
                    JsonHttp.mapper().createObjectNode()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(machine)
        .hasMessageNotContaining("canary");
  }
}
