package dev.signalbox.starter.gateway;

import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the doors, {@code /healthz} and {@code /metrics}; everything else is not there. */
public final class GatewayServer implements AutoCloseable {
  private static final int THREADS = 64;

  private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

  private final Javalin server;
  private final String host;
  private final List<Runnable> closing = new ArrayList<>();

  private GatewayServer(Javalin server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * @param host address to listen on
   * @param port 0 picks a free one
   * @throws TroubleException exit 2, when it cannot listen there
   */
  static GatewayServer start(
      String host, int port, Limits limits, List<GatewayDoor> doors, Metrics metrics) {
    Javalin server =
        Javalin.create(config -> configure(config, host, port, limits, doors, metrics));
    try {
      server.start();
    } catch (JavalinBindException taken) {
      server.stop();
      throw new TroubleException(
          Trouble.usage(
              "Opening the gateway",
              host + ":" + port,
              "it cannot listen there: " + reason(taken),
              "Name an address of this machine with --host, and a free port with --port, or 0 for"
                  + " any."),
          taken);
    }
    return new GatewayServer(server, host);
  }

  /** What the machine said: the server's own words guess at a port that is taken. */
  private static String reason(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first instanceof UnresolvedAddressException
        ? "there is no such host"
        : Objects.requireNonNullElse(first.getMessage(), first.getClass().getSimpleName());
  }

  private static void configure(
      JavalinConfig config,
      String host,
      int port,
      Limits limits,
      List<GatewayDoor> doors,
      Metrics metrics) {
    config.startup.showJavalinBanner = false;
    config.http.maxRequestSize = limits.body();
    config.jetty.threadPool = new QueuedThreadPool(THREADS);
    LateHeaders lateHeaders = new LateHeaders(limits.headers());
    config.jetty.modifyServer(
        server -> {
          lateHeaders.setHandler(new WholeBody(limits));
          server.setHandler(lateHeaders);
          server.setErrorHandler(GatewayServer::bareError);
        });
    config.jetty.addConnector(
        (server, http) -> connector(server, http, host, port, limits, lateHeaders));
    config.routes.get("/healthz", context -> context.result("ok\n"));
    config.routes.get(
        "/metrics",
        context ->
            context
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(metrics.scrape()));
    doors.forEach(door -> door.open(config.routes));
    errors(config.routes);
  }

  private static ServerConnector connector(
      Server server,
      HttpConfiguration http,
      String host,
      int port,
      Limits limits,
      LateHeaders lateHeaders) {
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idle().toMillis());
    lateHeaders.closeBy(connector.getScheduler());
    connector.addBean(lateHeaders, false);
    connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    return connector;
  }

  private static void errors(RoutesConfig routes) {
    routes.exception(
        HttpResponseException.class,
        (known, context) ->
            Answers.sentence(context, known.getStatus(), HttpStatus.getMessage(known.getStatus())));
    routes.exception(
        Exception.class,
        (failure, context) -> {
          log.error("request failed path={}", context.endpoint().path, failure);
          Answers.sentence(context, 500, "this went wrong here; the gateway's log says more");
        });
  }

  /** What Jetty itself turns away: the status and its name, nothing of the request. */
  private static boolean bareError(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    String answer = "{\"message\":\"" + HttpStatus.getMessage(response.getStatus()) + "\"}\n";
    Content.Sink.write(response, true, answer, callback);
    return true;
  }

  /** {@code http://host:port}. */
  public String url() {
    return "http://" + host + ":" + server.port();
  }

  /** Ends with this server. */
  void closing(Runnable end) {
    closing.add(end);
  }

  @Override
  public void close() {
    server.stop();
    closing.forEach(Runnable::run);
  }
}
