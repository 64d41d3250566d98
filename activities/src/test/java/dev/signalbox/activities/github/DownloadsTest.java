package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GitHub that sends its clients on to another host, as the real one does. */
class DownloadsTest {
  private static final Repository SHOP = new Repository("acme", "shop");

  @TempDir Path directory;
  private final Map<String, String> heard = new ConcurrentHashMap<>();
  private HttpServer hub;
  private HttpServer other;
  private String location;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    other = server();
    other.createContext(
        "/",
        exchange -> {
          heard.put("other", String.valueOf(exchange.getRequestHeaders().get("Authorization")));
          byte[] answer = "packed".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    hub = server();
    hub.createContext(
        "/",
        exchange -> {
          heard.put("hub", String.valueOf(exchange.getRequestHeaders().get("Authorization")));
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    location = at(other) + "/acme/shop?token=canary-of-the-address";
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static String at(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
    other.stop(0);
  }

  private Path fetch() {
    Path file = directory.resolve("file");
    new GitHubClient(URI.create(at(hub)), new Secret("canary-token"), Clock.systemUTC())
        .tarball(SHOP, "1a2b", file, 1_000);
    return file;
  }

  private String refused(Kind kind) {
    ApiException failure = catchThrowableOfType(ApiException.class, this::fetch);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain("canary");
    return failure.getMessage();
  }

  @Test
  void saysItsTokenToTheFirstHostOnly() {
    assertThat(fetch()).hasContent("packed");

    assertThat(heard).containsEntry("hub", "[Bearer canary-token]").containsEntry("other", "null");
  }

  @Test
  void showsNothingOfTheAddressThatOpensTheOtherHost() {
    status = 403;

    assertThat(refused(Kind.REJECTED)).contains("/acme/shop) answered 403");
  }

  @Test
  void isAnsweredByNobody() {
    other.stop(0);

    assertThat(refused(Kind.UNAVAILABLE)).contains("fetch the files of 1a2b");
  }

  @Test
  void doesNotWalkInCircles() {
    location = at(hub) + "/again";

    assertThat(refused(Kind.REJECTED)).contains("sent on more than 5 times");
  }
}
