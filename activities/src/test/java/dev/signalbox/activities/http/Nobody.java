package dev.signalbox.activities.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine that refuses every connection: it is taken, so that nobody else begins to
 * listen there meanwhile, and not listened at.
 */
public final class Nobody implements AutoCloseable {
  private final Socket taken = new Socket();

  public Nobody() {
    try {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  public int port() {
    return taken.getLocalPort();
  }

  @Override
  public void close() {
    try {
      taken.close();
    } catch (IOException harmless) {
      throw new UncheckedIOException(harmless);
    }
  }
}
