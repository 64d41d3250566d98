package dev.signalbox.workers.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** What may be said about an address without calling it. */
public final class Addresses {
  private Addresses() {}

  /** Whether it is an absolute http or https address, without a password in it. */
  public static boolean web(String text) {
    try {
      URI address = URI.create(text);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null
          && address.getUserInfo() == null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** Whether calls to it stay on this machine. A name that does not resolve does not. */
  public static boolean loopback(URI address) {
    try {
      return InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
