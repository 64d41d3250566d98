package dev.signalbox.sandbox.railway;

import io.javalin.websocket.WsConnectContext;

/** One web-socket, as much of it as a conversation needs. What is said to a closed one is lost. */
final class Socket {
  private final WsConnectContext ctx;

  Socket(WsConnectContext ctx) {
    this.ctx = ctx;
  }

  /** The User-Agent of the upgrade. */
  String agent() {
    return ctx.header("User-Agent");
  }

  synchronized void say(String text) {
    if (ctx.session.isOpen()) {
      ctx.send(text);
    }
  }

  void close(int code, String reason) {
    ctx.closeSession(code, reason);
  }

  /** Cuts the connection without the closing words. */
  void cut() {
    ctx.session.disconnect();
  }
}
