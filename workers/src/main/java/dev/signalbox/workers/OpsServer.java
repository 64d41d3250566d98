package dev.signalbox.workers;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.util.List;

/** Answers {@code /healthz}, {@code /readyz} and {@code /metrics} on 127.0.0.1. */
public final class OpsServer implements AutoCloseable {
  private static final int UNAVAILABLE = 503;

  private final Javalin server;

  private OpsServer(Javalin server) {
    this.server = server;
  }

  /**
   * @param port 0 picks a free one
   * @throws TroubleException exit 2, when another process has it
   */
  public static OpsServer start(int port, Health health, Metrics metrics) {
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = "127.0.0.1";
              config.jetty.port = port;
              config.routes.get("/healthz", context -> healthz(context, health));
              config.routes.get("/readyz", context -> readyz(context, health));
              config.routes.get(
                  "/metrics",
                  context ->
                      context
                          .contentType("text/plain; version=0.0.4; charset=utf-8")
                          .result(metrics.scrape()));
            });
    try {
      server.start();
    } catch (JavalinBindException taken) {
      throw new TroubleException(
          Trouble.usage(
              "Opening the worker's ops port",
              "127.0.0.1:" + port,
              "another process has it",
              "Name a free one in SIGNALBOX_OPS_PORT, or none (0)."),
          taken);
    }
    return new OpsServer(server);
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void healthz(Context context, Health health) {
    boolean alive = health.alive();
    context.status(alive ? 200 : UNAVAILABLE).result(alive ? "ok\n" : "stopped\n");
  }

  private static void readyz(Context context, Health health) {
    List<String> obstacles = health.obstacles();
    if (obstacles.isEmpty()) {
      context.result("ready\n");
    } else {
      context.status(UNAVAILABLE).result(String.join("\n", obstacles) + "\n");
    }
  }
}
