package dev.signalbox.sandbox;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** The TCP connection below a call. */
final class Connections {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private Connections() {}

  /** Resets the connection (RST, not a polite end), so that the client sees it cut. */
  static void cut(Context ctx) {
    EndPoint endPoint = endPoint(ctx);
    if (endPoint.getTransport() instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException alreadyClosed) {
        // Then the client is gone, which is what was wanted.
      }
    }
    endPoint.close(new IOException("cut by a fault of the sandbox"));
  }

  /** Blocks until the client has gone away, at most for {@code longest}. */
  static void awaitGone(Context ctx, Duration longest) throws InterruptedException {
    EndPoint endPoint = endPoint(ctx);
    Instant until = Instant.now().plus(longest);
    ByteBuffer nothing = ByteBuffer.allocate(1);
    while (endPoint.isOpen() && Instant.now().isBefore(until)) {
      try {
        nothing.clear();
        if (endPoint.fill(nothing) < 0) {
          return;
        }
      } catch (IOException gone) {
        return;
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private static EndPoint endPoint(Context ctx) {
    return ServletContextRequest.getServletContextRequest(ctx.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }
}
