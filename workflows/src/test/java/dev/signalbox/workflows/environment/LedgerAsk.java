package dev.signalbox.workflows.environment;

/** A request as a test words it. */
record LedgerAsk(
    String requestId,
    LedgerRequest.Kind kind,
    String revision,
    String deployment,
    String reason,
    String service) {
  LedgerAsk withId(String id) {
    return new LedgerAsk(id, kind, revision, deployment, reason, service);
  }

  LedgerAsk because(String words) {
    return new LedgerAsk(requestId, kind, revision, deployment, words, service);
  }

  LedgerAsk ofTheBackendAlone() {
    return new LedgerAsk(requestId + "-alone", kind, revision, deployment, reason, "backend");
  }

  LedgerRequest request() {
    return new LedgerRequest(requestId, kind, revision, deployment, "ana", reason, service);
  }
}
