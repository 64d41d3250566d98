package dev.signalbox.activities.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.NoAnswer;
import java.io.IOException;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * One subscription on a web-socket of its own, in the protocol {@code graphql-transport-ws}: greet,
 * subscribe once greeted back, listen until either side ends it.
 *
 * @see <a href="https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md">The protocol</a>
 */
final class EventLine extends WebSocketListener implements AutoCloseable {
  static final String PROTOCOL = "graphql-transport-ws";

  private static final int NORMAL = 1000;

  private final ObjectNode subscription;
  private final Listener listener;
  private volatile WebSocket socket;
  private volatile boolean told;
  private volatile String end;
  private volatile boolean refused;

  /** Called on the socket's thread. */
  interface Listener {
    /**
     * @param data of one answer
     */
    void told(JsonNode data);

    /** Nothing more comes. */
    void ended();
  }

  /**
   * @param subscription query, variables and operation name, as in the body of a request
   */
  EventLine(ObjectNode subscription, Listener listener) {
    this.subscription = subscription;
    this.listener = listener;
  }

  void opened(WebSocket by) {
    socket = by;
  }

  /** Whether anything was told on it. */
  boolean hasTold() {
    return told;
  }

  /** Why nothing more comes, without anything secret; null while it is open. */
  String end() {
    return end;
  }

  /** Whether the other side wants no web-socket at all. */
  boolean refused() {
    return refused;
  }

  @Override
  public void onOpen(WebSocket open, Response response) {
    open.send("{\"type\":\"connection_init\"}");
  }

  @Override
  public void onMessage(WebSocket open, String text) {
    JsonNode message;
    try {
      message = JsonHttp.mapper().readTree(text);
    } catch (JsonProcessingException notJson) {
      open.close(NORMAL, null);
      over("said what is not JSON");
      return;
    }
    switch (message.path("type").asText()) {
      case "connection_ack" -> open.send(subscribe());
      case "ping" -> open.send("{\"type\":\"pong\"}");
      case "next" -> next(message.path("payload"));
      case "error", "complete" -> {
        open.close(NORMAL, null);
        over("ended the subscription (" + message.path("type").asText() + ")");
      }
      // Later versions may say more; it is no reason to hang up.
      default -> {}
    }
  }

  private String subscribe() {
    ObjectNode message = JsonHttp.mapper().createObjectNode();
    message.put("id", "1").put("type", "subscribe").set("payload", subscription);
    return message.toString();
  }

  private void next(JsonNode payload) {
    if (payload.path("data").isObject()) {
      told = true;
      listener.told(payload.path("data"));
    }
  }

  @Override
  public void onClosing(WebSocket closing, int code, String reason) {
    closing.close(NORMAL, null);
    over("hung up with " + code);
  }

  @Override
  public void onFailure(WebSocket failed, Throwable cause, Response response) {
    // An answer to the upgrade other than 101: there is no web-socket here.
    refused = response != null;
    over(
        refused
            ? "answered " + response.code()
            : "broke off: "
                + (cause instanceof IOException lost
                    ? NoAnswer.words(lost)
                    : cause.getClass().getSimpleName()));
  }

  private synchronized void over(String why) {
    if (end == null) {
      end = why;
      listener.ended();
    }
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null && end == null) {
      open.close(NORMAL, null);
    }
  }
}
