package dev.signalbox.starter.gateway;

import java.time.Duration;

/**
 * What a stranger may take of us before we know who it is.
 *
 * @param body largest body in bytes; GitHub sends none above 25 MB ("Webhook events and payloads")
 * @param room memory for bodies that are being received or worked on, all together
 * @param receiving longest time from the headers to the last byte of a body
 * @param idle longest silence on a connection
 * @param headers longest time from a connection's opening to the end of its first headers
 * @param connections open at once; more wait to be accepted
 * @param burst requests that one address may send at once
 * @param perSecond requests that one address may send in the long run
 */
record Limits(
    int body,
    long room,
    Duration receiving,
    Duration idle,
    Duration headers,
    int connections,
    double burst,
    double perSecond) {
  static final int GITHUB_CAP = 25 * 1024 * 1024;

  private static final long LEAST_ROOM = 2L * GITHUB_CAP;

  static final Limits DEFAULTS =
      new Limits(
          GITHUB_CAP,
          Math.max(LEAST_ROOM, Runtime.getRuntime().maxMemory() / 4),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          2000,
          3000,
          100);
}
