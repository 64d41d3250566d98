package dev.signalbox.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Thousands of services in one process of their own, which is not measured: it answers all alike,
 * and says who was asked when. Ends with whoever started it.
 */
final class CheckedServer {
  private static final byte[] ANSWER = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
  private static final int BACKLOG = 4096;

  private CheckedServer() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    Map<String, Queue<Long>> asked = new ConcurrentHashMap<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext(
        "/",
        exchange -> {
          asked
              .computeIfAbsent(
                  exchange.getRequestURI().getPath(), p -> new ConcurrentLinkedQueue<>())
              .add(System.nanoTime());
          send(exchange, ANSWER);
        });
    server.createContext("/-/asked", exchange -> send(exchange, report(asked)));
    server.start();
    System.out.println(server.getAddress().getPort());
    // The pipe ends when the other side does, however it does.
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } finally {
      System.exit(0);
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** A line for each service: the moments in nanoseconds. */
  private static byte[] report(Map<String, Queue<Long>> asked) {
    StringBuilder lines = new StringBuilder();
    asked.forEach(
        (path, moments) -> {
          moments.forEach(moment -> lines.append(moment).append(' '));
          lines.append('\n');
        });
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
