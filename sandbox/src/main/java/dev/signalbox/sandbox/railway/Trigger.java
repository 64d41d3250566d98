package dev.signalbox.sandbox.railway;

/** A push to {@code branch} deploys {@code service} in {@code environment}. */
public record Trigger(
    String id,
    String environment,
    String service,
    String branch,
    String repository,
    boolean checkSuites) {

  Trigger in(String environmentName) {
    return new Trigger(id, environmentName, service, branch, repository, checkSuites);
  }
}
