package dev.signalbox.sandbox.github;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer before it is written.
 *
 * @param body null for none, bytes for raw content, else what Jackson writes
 * @param changed the call had an effect
 */
record Reply(int status, Object body, Map<String, String> headers, boolean changed) {

  static Reply ok(Object body) {
    return new Reply(200, body, Map.of(), false);
  }

  static Reply done(int status, Object body) {
    return new Reply(status, body, Map.of(), true);
  }

  static Reply empty(int status) {
    return new Reply(status, null, Map.of(), false);
  }

  Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, body, all, changed);
  }
}
