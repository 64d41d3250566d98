package dev.signalbox.sandbox.railway;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One deployment of one service in one environment.
 *
 * @param commit full SHA
 * @param branch where the commit came from; null when no branch is known
 * @param image digest; null until an image exists, and for ever when it never did
 * @param skippedReason of SKIPPED, else null
 * @param removedAt since when only its image may remain; null while it is not REMOVED
 */
public record Deployment(
    String id,
    String environment,
    String service,
    String commit,
    String branch,
    String message,
    String author,
    Status status,
    Instant createdAt,
    Instant statusUpdatedAt,
    String image,
    String skippedReason,
    Instant removedAt) {

  Deployment in(Status next, Instant now) {
    return new Deployment(
        id,
        environment,
        service,
        commit,
        branch,
        message,
        author,
        next,
        createdAt,
        now,
        image,
        skippedReason,
        next == Status.REMOVED ? now : removedAt);
  }

  Deployment withImage(String digest) {
    return new Deployment(
        id,
        environment,
        service,
        commit,
        branch,
        message,
        author,
        status,
        createdAt,
        statusUpdatedAt,
        digest,
        skippedReason,
        removedAt);
  }

  Deployment skipped(String reason) {
    return new Deployment(
        id,
        environment,
        service,
        commit,
        branch,
        message,
        author,
        Status.SKIPPED,
        createdAt,
        statusUpdatedAt,
        image,
        reason,
        removedAt);
  }

  boolean of(String environmentName, String serviceName) {
    return environment.equals(environmentName) && service.equals(serviceName);
  }

  /** Railway's untyped {@code meta}; keys without a value are absent, as there. */
  Map<String, Object> meta(String repository) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("commitHash", commit);
    meta.put("branch", branch);
    meta.put("repo", repository);
    meta.put("commitMessage", message);
    meta.put("commitAuthor", author);
    meta.put("reason", "deploy");
    meta.put("imageDigest", image);
    meta.put("skippedReason", skippedReason);
    meta.values().removeIf(value -> value == null);
    return meta;
  }
}
