package dev.signalbox.sandbox.railway;

import java.time.Instant;

/**
 * A name under which a service instance is reached.
 *
 * @param custom brought by the user; Railway's own is the instance's steady address
 */
record Domain(
    String id,
    String instanceId,
    String name,
    boolean custom,
    Integer targetPort,
    Instant createdAt) {

  Domain toPort(Integer port) {
    return new Domain(id, instanceId, name, custom, port, createdAt);
  }
}
