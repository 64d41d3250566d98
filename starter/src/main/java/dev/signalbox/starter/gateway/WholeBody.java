package dev.signalbox.starter.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Receives a request whole before anybody works on it. While it comes in no thread waits for it, so
 * that slow senders keep nobody from being served; what is too large, too slow or too much is
 * turned away before its first byte is verified.
 */
final class WholeBody extends Handler.Wrapper {
  private static final int TOO_LARGE = 413;
  private static final int TOO_SLOW = 408;
  private static final int TOO_MANY = 429;
  private static final int NO_ROOM = 503;
  private static final int BROKEN = 400;

  private final Limits limits;
  private final Rates rates;
  private final Room room;

  WholeBody(Limits limits) {
    this.limits = limits;
    this.rates = new Rates(limits.burst(), limits.perSecond(), System::nanoTime);
    this.room = new Room(limits.room());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!rates.letIn(Request.getRemoteAddr(request))) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
      return refuse(TOO_MANY, request, response, callback);
    }
    if (request.getLength() > limits.body()) {
      return refuse(TOO_LARGE, request, response, callback);
    }
    if (request.getLength() == 0) {
      return super.handle(request, response, callback);
    }
    new Receiving(request, response, callback).begin();
    return true;
  }

  /** The rest of the body is not wanted, so the connection ends with the answer. */
  private static boolean refuse(int status, Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    Response.writeError(request, response, callback, status);
    return true;
  }

  private final class Receiving implements Runnable {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream body;
    private Scheduler.Task limit;
    private boolean ended;

    Receiving(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.body = new ByteArrayOutputStream();
    }

    synchronized void begin() {
      limit =
          request
              .getComponents()
              .getScheduler()
              .schedule(() -> end(TOO_SLOW), limits.receiving().toMillis(), TimeUnit.MILLISECONDS);
      run();
    }

    @Override
    public void run() {
      if (received()) {
        work();
      }
    }

    /** Takes what has come; true once it is all there. */
    private synchronized boolean received() {
      while (!ended) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return false;
        }
        if (Content.Chunk.isFailure(chunk)) {
          end(BROKEN);
          return false;
        }
        boolean last = chunk.isLast();
        int refusal = keep(chunk);
        if (refusal != 0) {
          end(refusal);
          return false;
        }
        if (last) {
          ended = true;
          limit.cancel();
          return true;
        }
      }
      return false;
    }

    private int keep(Content.Chunk chunk) {
      int size = chunk.remaining();
      try {
        if (body.size() + size > limits.body()) {
          return TOO_LARGE;
        }
        if (!room.take(size)) {
          return NO_ROOM;
        }
        byte[] bytes = new byte[size];
        chunk.getByteBuffer().get(bytes);
        body.writeBytes(bytes);
        return 0;
      } finally {
        chunk.release();
      }
    }

    private synchronized void end(int status) {
      if (!ended) {
        ended = true;
        limit.cancel();
        room.giveBack(body.size());
        refuse(status, request, response, callback);
      }
    }

    private void work() {
      Callback done = Callback.from(callback, () -> room.giveBack(body.size()));
      try {
        if (!WholeBody.super.handle(new Received(request, body.toByteArray()), response, done)) {
          Response.writeError(request, response, done, 404);
        }
      } catch (Exception failure) {
        Response.writeError(request, response, done, 500);
      }
    }
  }

  /** The request with its body at hand. */
  private static final class Received extends Request.Wrapper {
    private final byte[] body;
    private boolean read;

    Received(Request request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public long getLength() {
      return body.length;
    }

    @Override
    public Content.Chunk read() {
      if (read) {
        return Content.Chunk.EOF;
      }
      read = true;
      return Content.Chunk.from(ByteBuffer.wrap(body), true);
    }

    @Override
    public void demand(Runnable demand) {
      demand.run();
    }
  }
}
