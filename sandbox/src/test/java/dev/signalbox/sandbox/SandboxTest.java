package dev.signalbox.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A quick sandbox with the demo's project for each test. */
abstract class SandboxTest {
  /** Of a release that builds long enough to be looked at meanwhile. */
  static final String SLOW = "build = \"2s\"";

  Sandbox sandbox;
  Client client;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(settings());
    client = new Client(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  SandboxSettings settings() {
    return SandboxSettings.demo().withTiming(SandboxSettings.Timing.QUICK);
  }

  /** A release of the backend that behaves as this {@code sandbox.toml} says. */
  String release(String branch, String toml) {
    return sandbox.pushRelease(
        branch,
        Map.of("backend/sandbox.toml", toml.getBytes(StandardCharsets.UTF_8)),
        "A release that says " + toml.strip());
  }

  String staged() {
    return sandbox.repository().resolve("staging").orElseThrow();
  }

  int since() {
    return sandbox.journal().last();
  }
}
