package dev.signalbox.starter.gateway;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose first headers do not end: each byte that drips in would keep such a one
 * open beyond any limit on silence.
 */
final class LateHeaders extends Handler.Wrapper implements Connection.Listener {
  private final Duration longest;
  private final Set<Connection> silent = ConcurrentHashMap.newKeySet();
  private volatile Scheduler scheduler;

  LateHeaders(Duration longest) {
    this.longest = longest;
  }

  void closeBy(Scheduler clock) {
    scheduler = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    silent.remove(request.getConnectionMetaData().getConnection());
    return super.handle(request, response, callback);
  }

  @Override
  public void onOpened(Connection connection) {
    silent.add(connection);
    scheduler.schedule(() -> close(connection), longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void onClosed(Connection connection) {
    silent.remove(connection);
  }

  private void close(Connection connection) {
    if (silent.remove(connection)) {
      connection.getEndPoint().close();
    }
  }
}
