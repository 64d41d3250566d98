package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One deployment of one service in one environment.
 *
 * @param origin what it was made of
 * @param progress how far it has come
 * @param variables what its process was given, beside what Railway provides
 */
public record Deployment(
    String id,
    String environment,
    String service,
    Instant createdAt,
    @JsonUnwrapped Origin origin,
    @JsonUnwrapped Progress progress,
    @JsonIgnore Snapshot variables) {

  /**
   * What a deployment was made of.
   *
   * @param commit full SHA
   * @param branch where the commit came from; null when no branch is known
   * @param patchId of a change of variables or settings that caused it, else null
   */
  public record Origin(
      String commit, String branch, String message, String author, String patchId) {}

  /**
   * How far a deployment has come.
   *
   * @param image digest; null until an image exists, and for ever when it never did
   * @param skippedReason of SKIPPED, else null
   * @param removedAt since when only its image may remain; null while it is not REMOVED
   * @param stopped its process ended, or was ended, without a fault
   * @param buildOnly of a cron service: it runs at the next tick
   */
  public record Progress(
      Status status,
      Instant statusUpdatedAt,
      String image,
      String skippedReason,
      Instant removedAt,
      boolean stopped,
      boolean buildOnly) {

    Progress in(Status next, Instant now) {
      Instant removed = next == Status.REMOVED ? now : removedAt;
      return new Progress(
          next, now, image, skippedReason, removed, next == Status.REMOVED, buildOnly);
    }

    Progress withImage(String digest) {
      return new Progress(
          status, statusUpdatedAt, digest, skippedReason, removedAt, stopped, buildOnly);
    }

    Progress skipped(String reason, Instant now) {
      return new Progress(Status.SKIPPED, now, image, reason, removedAt, stopped, buildOnly);
    }

    Progress stoppedAt(Instant now) {
      return new Progress(status, now, image, skippedReason, removedAt, true, buildOnly);
    }

    Progress builtOnly() {
      return new Progress(status, statusUpdatedAt, image, skippedReason, removedAt, stopped, true);
    }
  }

  public String commit() {
    return origin.commit();
  }

  public String branch() {
    return origin.branch();
  }

  public Status status() {
    return progress.status();
  }

  public String image() {
    return progress.image();
  }

  public Instant statusUpdatedAt() {
    return progress.statusUpdatedAt();
  }

  Deployment in(Status next, Instant now) {
    return with(progress.in(next, now));
  }

  Deployment with(Progress next) {
    return new Deployment(id, environment, service, createdAt, origin, next, variables);
  }

  Deployment with(Snapshot given) {
    return new Deployment(id, environment, service, createdAt, origin, progress, given);
  }

  Deployment inEnvironment(String name) {
    return new Deployment(id, name, service, createdAt, origin, progress, variables);
  }

  boolean of(String environmentName, String serviceName) {
    return environment.equals(environmentName) && service.equals(serviceName);
  }

  /** Serves now, or did until it crashed. */
  boolean running() {
    return status() == Status.SUCCESS || status() == Status.CRASHED;
  }

  /** Railway's untyped {@code meta}; keys without a value are absent, as there. */
  Map<String, Object> meta(String repository) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("commitHash", origin.commit());
    meta.put("branch", origin.branch());
    meta.put("repo", repository);
    meta.put("commitMessage", origin.message());
    meta.put("commitAuthor", origin.author());
    meta.put("reason", "deploy");
    meta.put("patchId", origin.patchId());
    meta.put("imageDigest", progress.image());
    meta.put("skippedReason", progress.skippedReason());
    meta.put("buildOnly", progress.buildOnly() ? true : null);
    meta.values().removeIf(value -> value == null);
    return meta;
  }
}
