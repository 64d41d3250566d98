package dev.signalbox.sandbox.github;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What each read was answered the last time, for the fault {@code stale}. */
final class LastReads {

  private static final int REMEMBERED = 1000;

  private final Map<String, Reply> replies =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reply> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized Optional<Reply> find(String call) {
    return Optional.ofNullable(replies.get(call));
  }

  synchronized void keep(String call, Reply reply) {
    replies.put(call, reply);
  }
}
