package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes webhooks and keeps them until they are asked for. */
final class HookReceiver implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What arrived. */
  record Delivered(String event, String guid, String signature, String text) {
    byte[] body() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    JsonNode payload() {
      try {
        return JSON.readTree(text);
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
    }
  }

  private final BlockingQueue<Delivered> arriving = new LinkedBlockingQueue<>();
  private final List<Delivered> passedOver = new ArrayList<>();
  private final Javalin server;

  HookReceiver() {
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.host = "127.0.0.1";
                  config.routes.post(
                      "/hook",
                      ctx ->
                          arriving.add(
                              new Delivered(
                                  ctx.header("X-GitHub-Event"),
                                  ctx.header("X-GitHub-Delivery"),
                                  ctx.header("X-Hub-Signature-256"),
                                  ctx.body())));
                })
            .start(0);
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + "/hook";
  }

  /** The next one of this event; others stay for later. */
  Delivered next(String event) {
    for (Iterator<Delivered> earlier = passedOver.iterator(); earlier.hasNext(); ) {
      Delivered delivered = earlier.next();
      if (delivered.event().equals(event)) {
        earlier.remove();
        return delivered;
      }
    }
    try {
      for (Delivered delivered = arriving.poll(2, TimeUnit.MINUTES);
          delivered != null;
          delivered = arriving.poll(2, TimeUnit.MINUTES)) {
        if (delivered.event().equals(event)) {
          return delivered;
        }
        passedOver.add(delivered);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no " + event + " arrived; there were " + passedOver);
  }

  @Override
  public void close() {
    server.stop();
  }
}
