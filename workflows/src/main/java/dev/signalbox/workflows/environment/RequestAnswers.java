package dev.signalbox.workflows.environment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest answers to requests, so that the same request twice has one. */
final class RequestAnswers {
  private static final int MOST = 500;

  private final Map<String, RequestAnswer> byRequest;

  RequestAnswers(Map<String, RequestAnswer> known) {
    byRequest = new LinkedHashMap<>(known);
  }

  Optional<RequestAnswer> to(String requestId) {
    return Optional.ofNullable(byRequest.get(requestId));
  }

  RequestAnswer keep(String requestId, RequestAnswer answer) {
    byRequest.put(requestId, answer);
    if (byRequest.size() > MOST) {
      byRequest.remove(byRequest.keySet().iterator().next());
    }
    return answer;
  }

  Map<String, RequestAnswer> all() {
    return byRequest;
  }
}
