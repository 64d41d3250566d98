package dev.signalbox.starter.gateway;

import com.google.common.net.InetAddresses;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much one address may ask before anybody looks at what it asks: a burst, refilled steadily.
 * The newest addresses are remembered; one that is forgotten begins with a full burst.
 */
final class Rates {
  private static final int MOST_ADDRESSES = 10_000;
  private static final double NANOS = 1e9;
  private static final int IPV4 = 4;
  private static final int IPV6_NETWORK = 8;

  private final double burst;
  private final double perSecond;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = Newest.byUse(MOST_ADDRESSES);

  private static final class Bucket {
    private double left;
    private long at;
  }

  /**
   * @param burst requests at once
   * @param perSecond requests in the long run
   */
  Rates(double burst, double perSecond, LongSupplier nanos) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  /** Of IPv6 the first half: whoever has one address of it has all the others too. */
  private static String sender(String address) {
    try {
      byte[] bytes =
          address.contains(":") ? InetAddresses.forString(bare(address)).getAddress() : null;
      return bytes == null || bytes.length == IPV4
          ? address
          : HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK);
    } catch (IllegalArgumentException unknown) {
      return address;
    }
  }

  /** Without brackets and scope. */
  private static String bare(String address) {
    return address.replaceAll("[\\[\\]]|%.*", "");
  }

  /** Whether another request of this address is let in; it counts. */
  synchronized boolean letIn(String address) {
    long now = nanos.getAsLong();
    Bucket bucket =
        buckets.computeIfAbsent(
            sender(address),
            first -> {
              Bucket full = new Bucket();
              full.left = burst;
              full.at = now;
              return full;
            });
    bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / NANOS * perSecond);
    bucket.at = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }
}
