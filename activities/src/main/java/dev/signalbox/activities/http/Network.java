package dev.signalbox.activities.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses, as {@code 10.1.0.0/16}, {@code fd12::/16} or one address. */
public final class Network {
  /** What {@link #parse} takes, in words. */
  public static final String ALLOWED = "networks such as \"10.1.0.0/16\", \"fd12::/16\"";

  /** No name is looked up. */
  private static final Pattern NUMERIC =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** Empty when it is none. */
  public static Optional<Network> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || !NUMERIC.matcher(parts[0]).matches()) {
      return Optional.empty();
    }
    try {
      byte[] address = InetAddress.getByName(parts[0]).getAddress();
      int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
      return bits >= 0 && bits <= address.length * 8
          ? Optional.of(new Network(address, bits))
          : Optional.empty();
    } catch (UnknownHostException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  static Network of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no network: " + text));
  }

  /** {@code ::ffff:0:0/96}: read as text, Java makes an address of version 4 of it. */
  static Network mapped() {
    byte[] address = new byte[16];
    address[10] = (byte) 0xff;
    address[11] = (byte) 0xff;
    return new Network(address, 96);
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ other[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
  }
}
