package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** Somebody at the other end of the sandbox's web-socket, who keeps what comes until it is read. */
final class Subscriber implements AutoCloseable {
  private final OkHttpClient http = new OkHttpClient();
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private WebSocket socket;
  private volatile String protocol;

  /** Opens the line with this header for the token, and says nothing yet. */
  void connect(Sandbox sandbox, String header, String token) {
    Request request =
        new Request.Builder()
            .url(json(sandbox.readyLine()).at("/railway/ws").asText())
            .header("Sec-WebSocket-Protocol", "graphql-transport-ws")
            .header(header, token)
            .header("User-Agent", "test-client 1.0")
            .build();
    socket = http.newWebSocket(request, new Listener());
  }

  /** The same, up to the server's acknowledgement. */
  void begin(Sandbox sandbox, String header, String token) {
    connect(sandbox, header, token);
    say(Map.of("type", "connection_init"));
    assertThat(next().get("type").asText()).isEqualTo("connection_ack");
  }

  /** The subprotocol that the server agreed to. */
  String protocol() {
    return protocol;
  }

  void say(Object message) {
    try {
      socket.send(Client.JSON.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void subscribe(String id, String query, Map<String, ?> variables) {
    say(
        Map.of(
            "id",
            id,
            "type",
            "subscribe",
            "payload",
            Map.of("query", query, "variables", variables)));
  }

  JsonNode next() {
    try {
      JsonNode message = heard.poll(2, TimeUnit.MINUTES);
      assertThat(message).as("a message within two minutes").isNotNull();
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode until(Predicate<JsonNode> wanted) {
    JsonNode message = next();
    while (!wanted.test(message)) {
      message = next();
    }
    return message;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.cancel();
    }
    http.dispatcher().executorService().shutdownNow();
  }

  private static JsonNode json(String text) {
    try {
      return Client.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes, and how it ends: as a message of the type closed, or failed. */
  private final class Listener extends WebSocketListener {
    @Override
    public void onOpen(WebSocket open, Response response) {
      protocol = response.header("Sec-WebSocket-Protocol");
    }

    @Override
    public void onMessage(WebSocket open, String text) {
      heard.add(json(text));
    }

    @Override
    public void onClosing(WebSocket closing, int code, String reason) {
      heard.add(json("{\"type\":\"closed\",\"code\":" + code + "}"));
    }

    @Override
    public void onFailure(WebSocket failed, Throwable cause, Response response) {
      heard.add(json("{\"type\":\"failed\"}"));
    }
  }
}
