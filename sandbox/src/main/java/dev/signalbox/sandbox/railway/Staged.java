package dev.signalbox.sandbox.railway;

import java.time.Instant;
import java.util.Map;

/** A patch of an environment that waits to be committed. */
record Staged(String id, Map<String, Object> patch, Instant createdAt) {}
