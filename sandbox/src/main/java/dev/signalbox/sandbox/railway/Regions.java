package dev.signalbox.sandbox.railway;

import java.util.Map;

/** Where the sandbox's services run: here. */
final class Regions {
  static final String ONLY = "sandbox-local1";

  private Regions() {}

  static Map<String, Object> view() {
    return Map.of(
        "id", ONLY, "name", ONLY, "region", "sandbox", "country", "local", "location", "127.0.0.1");
  }
}
