package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One service of the project, for one environment (overrides already applied).
 *
 * @param railway the service's name at Railway
 * @param health path of the health answer, from the root; null = the platform's word is the only
 *     proof
 * @param version JSON pointer into the health answer where the running commit stands; null = weaker
 *     evidence
 * @param url base address; null = read from Railway's domains
 * @param after services that must be live before this one is deployed
 * @param expect by JSON pointer, what must stand there: all of it
 * @param timeout of one request
 * @param sampling how this one service is asked; null = as all are
 * @param versionFrom where the version stands that {@code version} must show; null = it shows the
 *     commit
 * @param paths patterns of the files that it is made of; empty = nobody knows, so that it always
 *     counts as changed
 * @param kind null = {@code web}
 */
public record ServicePolicy(
    String name,
    String railway,
    String health,
    String version,
    String url,
    List<String> after,
    Map<String, List<Condition>> expect,
    Duration timeout,
    Sampling sampling,
    VersionFile versionFrom,
    // Nothing said is nothing in the digest either.
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> paths,
    Kind kind) {

  public ServicePolicy {
    after = after == null ? List.of() : List.copyOf(after);
    expect = expect == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(expect));
    timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    paths = paths == null ? List.of() : List.copyOf(paths);
  }

  /** One that serves, and of which nobody says what files it is made of. */
  public ServicePolicy(
      String name,
      String railway,
      String health,
      String version,
      String url,
      List<String> after,
      Map<String, List<Condition>> expect,
      Duration timeout,
      Sampling sampling,
      VersionFile versionFrom) {
    this(
        name,
        railway,
        health,
        version,
        url,
        after,
        expect,
        timeout,
        sampling,
        versionFrom,
        List.of(),
        null);
  }

  /**
   * @param interval time between two samples; null = the environment's {@code verify.every}
   * @param retries further requests within one sample, before no answer counts as none
   */
  public record Sampling(Duration interval, int retries) {}

  /** One that serves. */
  public ServicePolicy(
      String name,
      String railway,
      String health,
      String version,
      String url,
      List<String> after,
      Map<String, List<Condition>> expect,
      Duration timeout,
      Sampling sampling,
      VersionFile versionFrom,
      List<String> paths) {
    this(
        name,
        railway,
        health,
        version,
        url,
        after,
        expect,
        timeout,
        sampling,
        versionFrom,
        paths,
        null);
  }

  /** What a deployment is for. */
  public enum Kind {
    /** It serves. */
    @JsonProperty("web")
    WEB,
    /** It ends, or runs at the ticks of a clock. */
    @JsonProperty("job")
    JOB
  }

  /** Whether its deployment is good once its process has ended, not as long as it runs. */
  public boolean job() {
    return kind == Kind.JOB;
  }

  /** The same service at another address; null = as Railway names it. */
  public ServicePolicy at(String address) {
    return new ServicePolicy(
        name,
        railway,
        health,
        version,
        address,
        after,
        expect,
        timeout,
        sampling,
        versionFrom,
        paths,
        kind);
  }

  /** Null = the environment's {@code verify.every}. */
  public Duration interval() {
    return sampling == null ? null : sampling.interval();
  }

  public int retries() {
    return sampling == null ? 0 : sampling.retries();
  }
}
